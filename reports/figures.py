"""What the year adds up to: every number that the tables and the prose of a report may use.

The counting rules are in docs/architecture.md. Each number here is a sum over records that were
read once; the number of queries does not grow with them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count

from activities.models import Attendance, Event, EventOrganization, WorkArea
from organizations.models import Region
from organizations.places import OUTSIDE, UNKNOWN_CITY, city_of
from reports.grant_figures import GrantFigures
from reports.scope import Scope
from reports.survey_figures import SurveyFigures


@dataclass(frozen=True)
class Tally:
    """A number of events and the sum of their head-counts (person-times)."""

    events: int = 0
    person_times: int = 0

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.events - other.events, self.person_times - other.person_times)

    def as_json(self) -> dict[str, int]:
        return {"events": self.events, "person_times": self.person_times}


@dataclass(frozen=True)
class CountedEvent:
    """What counting needs of one held event. ``headcount`` None: nobody counted."""

    pk: int
    area: int
    printed_in: frozenset[int]
    headcount: int | None
    starts_on: date
    city: str


@dataclass(frozen=True)
class AreaFigures:
    """One work area: what counts in it, and what its table prints."""

    area: WorkArea
    counted: Tally
    printed: Tally
    unknown: int

    def as_json(self) -> dict[str, int]:
        return self.counted.as_json() | {
            "printed_events": self.printed.events,
            "printed_total": self.printed.person_times,
            "unknown": self.unknown,
        }


def tally(events: Iterable[CountedEvent]) -> Tally:
    """Unknown head-counts add nothing; who asks must say how many there are (``unknown``)."""
    headcounts = [event.headcount or 0 for event in events]
    return Tally(len(headcounts), sum(headcounts))


class Figures:
    """The figures of one scope. Everything is read when first asked for, once."""

    def __init__(self, scope: Scope):
        self.scope = scope

    @cached_property
    def events(self) -> list[CountedEvent]:
        """Two queries, whatever the number of events."""
        listed: dict[int, set[int]] = {}
        listings = Event.also_listed_in.through.objects.filter(event__in=self.scope.events())
        for event, area in listings.values_list("event_id", "workarea_id"):
            listed.setdefault(event, set()).add(area)
        columns = ("pk", "area_id", "headcount", "when_earliest", "region__code", "region__level")
        return [
            CountedEvent(pk, area, frozenset({area, *listed.get(pk, ())}), headcount, starts_on, city_of(code, level))
            for pk, area, headcount, starts_on, code, level in self.scope.events().values_list(*columns)
        ]

    @cached_property
    def areas(self) -> list[AreaFigures]:
        return [self._area(area) for area in self.scope.areas]

    def _area(self, area: WorkArea) -> AreaFigures:
        own = [event for event in self.events if event.area == area.pk]
        return AreaFigures(
            area=area,
            counted=tally(own),
            printed=tally(event for event in self.events if area.pk in event.printed_in),
            unknown=sum(event.headcount is None for event in own),
        )

    @cached_property
    def printed(self) -> Tally:
        """All tables added up, as somebody who adds their printed totals gets it."""
        return Tally(
            sum(figures.printed.events for figures in self.areas),
            sum(figures.printed.person_times for figures in self.areas),
        )

    @cached_property
    def in_no_table(self) -> Tally:
        """Events that no table prints, because their area has none."""
        tables = {area.pk for area in self.scope.areas}
        return tally(event for event in self.events if not event.printed_in & tables)

    @cached_property
    def once(self) -> Tally:
        """Every event of the report year once, whatever its date."""
        return tally(self.events)

    @cached_property
    def repeated(self) -> Tally:
        """What the tables print more than once: the bridge from printed to once."""
        return self.printed - (self.once - self.in_no_table)

    @cached_property
    def unknown(self) -> int:
        """Events that nobody counted."""
        return sum(event.headcount is None for event in self.events)

    @cached_property
    def dated_before(self) -> Tally:
        return tally(event for event in self.events if event.starts_on.year < self.scope.year)

    @cached_property
    def dated_after(self) -> Tally:
        return tally(event for event in self.events if event.starts_on.year > self.scope.year)

    @cached_property
    def dated_within(self) -> list[CountedEvent]:
        """The events that began in the year itself; places and months are counted over these."""
        return [event for event in self.events if event.starts_on.year == self.scope.year]

    @cached_property
    def cities(self) -> list[Region]:
        """The home province's prefecture cities as they were at the end of the year. One query."""
        return list(Region.objects.prefectures().in_use(self.scope.year))

    @cached_property
    def by_city(self) -> dict[str, Tally]:
        """Zero where nothing happened; then the unknown city and everything outside the province."""
        keys = [*(city.code for city in self.cities), UNKNOWN_CITY, OUTSIDE]
        return self._by(keys, lambda event: event.city)

    @cached_property
    def by_month(self) -> dict[str, Tally]:
        keys = [f"{self.scope.year}-{month:02}" for month in range(1, 13)]
        return self._by(keys, lambda event: f"{event.starts_on:%Y-%m}")

    def _by(self, keys: list[str], key_of: Callable[[CountedEvent], str]) -> dict[str, Tally]:
        found: dict[str, list[CountedEvent]] = {key: [] for key in keys}
        for event in self.dated_within:
            found.setdefault(key_of(event), []).append(event)
        return {key: tally(events) for key, events in found.items()}

    @cached_property
    def people(self) -> dict[str, int | None]:
        """Distinct persons on rosters, and on how many events' rosters; None where there is no roster."""
        counted = Attendance.objects.counted().filter(event__in=self.scope.events())
        found = counted.aggregate(people=Count("person", distinct=True), rosters=Count("event", distinct=True))
        return {
            "unduplicated": found["people"] if found["rosters"] else None,
            "rosters": found["rosters"],
            "events": len(self.events),
        }

    @cached_property
    def organizations(self) -> dict[str, int | None]:
        """Distinct organisations named at events, and at how many events any is; None where none is named."""
        parts = EventOrganization.objects.filter(event__in=self.scope.events())
        found = parts.aggregate(
            organizations=Count("organization", distinct=True), events=Count("event", distinct=True)
        )
        return {"organizations": found["organizations"] or None, "events": found["events"]}

    def area_tallies(self, city: str) -> dict[int, Tally]:
        """The tally of each area with a table, over the events dated in the year in that city."""
        here = [event for event in self.dated_within if event.city == city]
        return {area.pk: tally(e for e in here if e.area == area.pk) for area in self.scope.areas}

    @cached_property
    def grants(self) -> GrantFigures:
        return GrantFigures(self.scope)

    @cached_property
    def survey(self) -> SurveyFigures:
        return SurveyFigures(self.scope, [city.code for city in self.cities])

    def as_json(self) -> dict:
        """The object that ``manage.py figures`` prints; its keys are a contract."""
        return {
            "year": self.scope.year,
            "areas": {figures.area.code: figures.as_json() for figures in self.areas},
            "sum_of_tables": self.printed.person_times,
            "once": self.once.as_json(),
            "dated_before": self.dated_before.as_json(),
            "dated_after": self.dated_after.as_json(),
            "by_city": {city: found.as_json() for city, found in self.by_city.items()},
            "by_month": {month: found.as_json() for month, found in self.by_month.items()},
            "people": self.people,
            "grants": self.grants.as_json(),
            "survey": self.survey.as_json(),
        }
