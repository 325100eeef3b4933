"""What the year adds up to: every number that the tables and the prose of a report may use.

The counting rules are in docs/architecture.md. Each number here is a sum over records that were
read once; the number of queries does not grow with them.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from activities.formats import format_of
from activities.models import WorkArea
from organizations.models import Region
from organizations.places import OUTSIDE, UNKNOWN_CITY
from reports.grant_figures import GrantFigures
from reports.records import EventRecord, GrantRecord, read_events, read_grants
from reports.rosters import Rosters, read_rosters
from reports.scope import Scope
from reports.survey_figures import SurveyFigures
from reports.withholding import WITHHELD, pooled, withheld
from reports.years import Year, read_years


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
class Presence:
    """Distinct people on rosters, and how many events have one. ``people`` None: there is no roster."""

    people: int | None = None
    rosters: int = 0


@dataclass(frozen=True)
class AreaFigures:
    """One work area: what counts in it, and what its table prints."""

    area: WorkArea
    events: list[EventRecord]
    counted: Tally
    printed: Tally
    unknown: int
    median: float | None
    presence: Presence

    def as_json(self) -> dict[str, int]:
        return self.counted.as_json() | {
            "printed_events": self.printed.events,
            "printed_total": self.printed.person_times,
            "unknown": self.unknown,
        }


def tally(events: Iterable[EventRecord]) -> Tally:
    """Unknown head-counts add nothing; who asks must say how many there are (``unknown``). The events are those that
    may be named, the people those of all."""
    events = list(events)
    return Tally(sum(event.is_named for event in events), sum(event.headcount or 0 for event in events))


def uncounted(events: Iterable[EventRecord]) -> list[EventRecord]:
    """Those that nobody counted, as far as they may be named."""
    return [event for event in events if event.people is None and event.is_named]


def median_of(events: Iterable[EventRecord]) -> int | float | None:
    """The head-count in the middle of those that may be named, None where none is known. A half where it is one."""
    known = [event.headcount for event in events if event.people and event.is_named]
    found = median(known) if known else None
    return int(found) if found is not None and found == int(found) else found


class Figures:
    """The figures of one scope. Everything is read when first asked for, once.

    ``is_public``: what only sits inside totals keeps its people there, and nothing else: see ``withholding``.
    """

    def __init__(self, scope: Scope, *, is_public: bool = False):
        self.scope, self.is_public = scope, is_public

    @cached_property
    def years(self) -> list[Year]:
        return read_years(self.scope)

    @cached_property
    def year(self) -> Year:
        """This year as the years beside each other have it: it tells what need not be asked for."""
        return next((year for year in self.years if year.year == self.scope.year), Year(self.scope.year))

    @property
    def is_empty(self) -> bool:
        return not (self.year.events or self.year.grants or self.year.surveys)

    @cached_property
    def _read(self) -> list[EventRecord]:
        return read_events(self.scope.events(), names_checked=self.is_public) if self.year.events else []

    @cached_property
    def events(self) -> list[EventRecord]:
        """By date; where the public reads, those that may be named, then what is left of the others."""
        return pooled(self._read, self.scope.year) if self.is_public else self._read

    def printed_in(self, area: WorkArea) -> list[EventRecord]:
        """The events that the area's table prints, by date."""
        return [event for event in self.events if area.pk in event.printed_in]

    def counted_in(self, area: WorkArea) -> list[EventRecord]:
        return [event for event in self.events if event.area == area.pk]

    @cached_property
    def areas(self) -> list[AreaFigures]:
        return [self.area(area) for area in self.scope.areas]

    def area(self, area: WorkArea) -> AreaFigures:
        own = self.counted_in(area)
        return AreaFigures(
            area=area,
            events=own,
            counted=tally(own),
            printed=tally(self.printed_in(area)),
            unknown=len(uncounted(own)),
            median=median_of(own),
            presence=self.presence.get(area.pk, Presence()),
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
        return len(uncounted(self.events))

    @cached_property
    def dated_before(self) -> Tally:
        return tally(event for event in self.events if event.starts_on.year < self.scope.year)

    @cached_property
    def dated_after(self) -> Tally:
        return tally(event for event in self.events if event.starts_on.year > self.scope.year)

    @cached_property
    def dated_within(self) -> list[EventRecord]:
        """The events that began in the year itself; places and months are counted over these."""
        return [event for event in self.events if event.starts_on.year == self.scope.year]

    @property
    def cities(self) -> list[Region]:
        return self.scope.cities

    def city_of(self, event: EventRecord) -> str:
        return event.city if event.is_named else WITHHELD

    @cached_property
    def by_city(self) -> dict[str, list[EventRecord]]:
        """Nothing where nothing happened; then the unknown city and everything outside the province, and what is not
        told by city, if anything."""
        keys = [*(city.code for city in self.cities), UNKNOWN_CITY, OUTSIDE]
        return self._by(keys, self.city_of)

    @cached_property
    def by_month(self) -> dict[str, list[EventRecord]]:
        keys = [f"{self.scope.year}-{month:02}" for month in range(1, 13)]
        return self._by(keys, lambda event: f"{event.starts_on:%Y-%m}" if event.is_named else WITHHELD)

    @cached_property
    def by_format(self) -> dict[str, list[EventRecord]]:
        """By the kind of gathering that the titles tell, over all events of the report year."""
        found: dict[str, list[EventRecord]] = {}
        for event in self.events:
            found.setdefault(format_of(event.title) if event.is_named else WITHHELD, []).append(event)
        return found

    def _by(self, keys: list[str], key_of: Callable[[EventRecord], str]) -> dict[str, list[EventRecord]]:
        found: dict[str, list[EventRecord]] = {key: [] for key in keys}
        for event in self.dated_within:
            found.setdefault(key_of(event), []).append(event)
        return found

    @cached_property
    def _rosters(self) -> Rosters:
        events = self.scope.events()
        if self.is_public:
            events = events.exclude(pk__in=[event.pk for event in withheld(self._read)])
        return read_rosters(events) if self._read else Rosters()

    @property
    def rosters(self) -> dict[int, int]:
        """How many counted people are on the roster of each event that has one."""
        return self._rosters.by_event

    @cached_property
    def presence(self) -> dict[int | None, Presence]:
        """Distinct people and rosters by area, and over all areas under None; nothing where there is no roster."""
        of_area = Counter(event.area for event in self._read if event.pk in self.rosters)
        found: dict[int | None, Presence] = {
            area: Presence(self._rosters.by_area[area], rosters) for area, rosters in of_area.items()
        }
        return found | ({None: Presence(self._rosters.people, of_area.total())} if of_area else {})

    @cached_property
    def people(self) -> dict[str, int | None]:
        """Distinct persons on rosters, and on how many events' rosters; None where there is no roster."""
        found = self.presence.get(None, Presence())
        return {"unduplicated": found.people, "rosters": found.rosters, "events": self.once.events}

    @cached_property
    def organizations(self) -> dict[int, str]:
        """The organisations named at events, by id."""
        return {part.organization: part.name for event in self.events for part in event.parts}

    @cached_property
    def naming_organizations(self) -> list[EventRecord]:
        """The events at which any organisation is named."""
        return [event for event in self.events if event.parts]

    @cached_property
    def grants(self) -> GrantFigures:
        rows = read_grants(self.scope.grants(), names_checked=self.is_public) if self.year.grants else []
        return GrantFigures(rows)

    @cached_property
    def named_grants(self) -> list[GrantRecord]:
        return [grant for grant in self.grants.rows if grant.is_named]

    @cached_property
    def survey(self) -> SurveyFigures:
        return SurveyFigures(self.scope, is_empty=not self.year.surveys, is_public=self.is_public)

    def as_json(self) -> dict:
        """The object that ``manage.py figures`` prints; its keys are a contract."""
        return {
            "year": self.scope.year,
            "areas": {figures.area.code: figures.as_json() for figures in self.areas},
            "sum_of_tables": self.printed.person_times,
            "once": self.once.as_json(),
            "dated_before": self.dated_before.as_json(),
            "dated_after": self.dated_after.as_json(),
            "by_city": {city: tally(events).as_json() for city, events in self.by_city.items()},
            "by_month": {month: tally(events).as_json() for month, events in self.by_month.items()},
            "people": self.people,
            "grants": self.grants.as_json(),
            "survey": self.survey.as_json(),
        }
