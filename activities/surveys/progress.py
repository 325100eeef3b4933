"""How far a survey has come, by city and by week, from its visits on record. Plain values; no query.

The target of a city, and the visits there, are known once any are on record by city; before that they are unknown,
and what was stated for the whole survey stands beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from activities.choices import VisitStatus
from activities.models import Survey, SurveyTarget, Visit
from organizations.models import Region
from organizations.places import OUTSIDE, UNKNOWN_CITY, city_of
from yixin.quantities import known_sum

WEEK = timedelta(days=7)
MOST_WEEKS = 60  # longer rounds, and mistyped years, show only the weeks in which anybody went


@dataclass(frozen=True)
class Place:
    """One line by city. None is unknown."""

    code: str
    name: str
    target: int | None
    visits: Sequence[Visit]
    is_told: bool = True  # whether visits are on record at all

    def _count(self, *statuses: str) -> int | None:
        return sum(visit.status in statuses for visit in self.visits) if self.is_told else None

    @property
    def listed(self) -> int | None:
        """On the list beforehand, whatever came of it."""
        return sum(not visit.is_added for visit in self.visits) if self.is_told else None

    @property
    def visited(self) -> int | None:
        return self._count(VisitStatus.DONE)

    @property
    def added(self) -> int | None:
        """Of those visited, the ones found on the way."""
        return sum(visit.is_added for visit in self.done) if self.is_told else None

    @property
    def refused(self) -> int | None:
        return self._count(VisitStatus.REFUSED)

    @property
    def missing(self) -> int | None:
        return self._count(VisitStatus.NOT_FOUND)

    @property
    def to_go(self) -> int | None:
        return self._count(VisitStatus.PLANNED)

    @property
    def over(self) -> int | None:
        """Visited beyond the target; below it, a negative number."""
        return None if None in (self.visited, self.target) else self.visited - self.target

    @property
    def done(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.status == VisitStatus.DONE]

    @property
    def planned(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.status == VisitStatus.PLANNED]

    @property
    def ended(self) -> list[Visit]:
        """Where nobody goes any more."""
        return [visit for visit in self.visits if visit.status != VisitStatus.PLANNED]


@dataclass(frozen=True)
class Week:
    """One ISO week, from Monday."""

    starts_on: date
    number: int

    @property
    def ends_on(self) -> date:
        return self.starts_on + timedelta(days=6)

    def __str__(self) -> str:
        year, week, _day = self.starts_on.isocalendar()
        return f"{year}-W{week:02d}"


class Progress:
    """``visits``: those of the survey with organisation and region; ``targets`` with region; ``cities``: all."""

    def __init__(
        self, survey: Survey, visits: Sequence[Visit], targets: Iterable[SurveyTarget], cities: Sequence[Region]
    ):
        self.survey, self.visits, self.targets = survey, list(visits), list(targets)
        self.done = [visit for visit in self.visits if visit.status == VisitStatus.DONE]
        self.is_told = bool(self.done) or (bool(self.visits) and survey.stated_visited is None)
        self.places = [self._place(city.code, city.name) for city in cities]
        known = {city.code for city in cities}
        self.places += [self._rest(OUTSIDE, _("outside the province"), {OUTSIDE})]
        elsewhere = {city_of_region(one.organization.region) for one in self.visits} | set(map(city, self.targets))
        self.places += [self._rest(UNKNOWN_CITY, _("city unknown"), elsewhere - known - {OUTSIDE})]
        self.places = [place for place in self.places if place.code in known or place.visits or place.target]

    def _place(self, code: str, name: str) -> Place:
        return self._rest(code, name, {code})

    def _rest(self, code: str, name: str, codes: set[str]) -> Place:
        here = [visit for visit in self.visits if city_of_region(visit.organization.region) in codes]
        targets = [target.planned for target in self.targets if city(target) in codes]
        return Place(code, name, known_sum(targets) if self.targets else None, here, self.is_told)

    @cached_property
    def total(self) -> Place:
        target = known_sum(one.planned for one in self.targets) if self.targets else None
        return Place("", str(_("Total")), target, self.visits, self.is_told)

    @property
    def without_target(self) -> list[str]:
        """The cities of which a target is on record and its number unknown."""
        return [str(target.region) for target in self.targets if target.planned is None]

    @property
    def cities_visited(self) -> int | None:
        """In how many of the cities anybody was visited."""
        return sum(bool(place.visited) for place in self.places if place.code.isdigit()) if self.is_told else None

    @property
    def stated(self) -> list[tuple[str, int]]:
        """What was stated for the whole survey where nothing is on record one by one, with its label."""
        survey = self.survey
        said = [] if self.targets else [(_("Target"), survey.stated_target)]
        if not self.is_told:
            said += [(_("Visited"), survey.stated_visited), (_("Cities"), survey.stated_cities)]
        return [(str(label), number) for label, number in said if number is not None]

    @cached_property
    def weeks(self) -> list[Week]:
        """The visits done, by the ISO week of their first day; between the first and the last no week is left out."""
        starts = [monday(visit.when_earliest) for visit in self.done if is_of_a_week(visit)]
        if not starts:
            return []
        first, last = min(starts), max(starts)
        every = [first + number * WEEK for number in range((last - first).days // 7 + 1)]
        shown = every if len(every) <= MOST_WEEKS else sorted(set(starts))
        return [Week(start, starts.count(start)) for start in shown]

    @cached_property
    def busiest(self) -> int:
        """Visits of the week with most of them."""
        return max((week.number for week in self.weeks), default=0)

    @property
    def undated(self) -> list[Visit]:
        """Done, but on no day, or on days that say no week."""
        return [visit for visit in self.done if not is_of_a_week(visit)]


def is_of_a_week(visit: Visit) -> bool:
    """Whether the date is known, and no wider than a week."""
    return visit.when_earliest is not None and visit.when_latest - visit.when_earliest < WEEK


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def city_of_region(region: Region | None) -> str:
    return city_of(region and region.code, region and region.level)


def city(target: SurveyTarget) -> str:
    return city_of_region(target.region)
