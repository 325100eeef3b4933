"""The records behind a figure, as a table that anybody can check: what a number is made of, and where to correct it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from grants.choices import GrantStatus
from reports.figures import Figures
from reports.records import EventRecord, GrantRecord
from reports.table import Column, Kind, Spec, Table, build
from yixin.fuzzydate import FuzzyDate


@dataclass(frozen=True)
class OrganizationRecord:
    """One organisation that is named at events."""

    pk: int
    name: str
    events: int

    @property
    def key(self) -> str:
        return f"organizations.organization:{self.pk}"


@dataclass(frozen=True)
class CityRecord:
    """One city, and how much took place there."""

    pk: int
    name: str
    events: int
    people: int

    @property
    def key(self) -> str:
        return f"organizations.region:{self.pk}"


@dataclass(frozen=True)
class SurveyRecord:
    """One round of visits."""

    pk: int
    title: str
    period: FuzzyDate | None
    target: int | None
    visited: int | None

    @property
    def key(self) -> str:
        return f"activities.survey:{self.pk}"


@dataclass(frozen=True)
class VisitRecord:
    """One visit that took place."""

    pk: int
    organization: str
    when: FuzzyDate | None
    region: str

    @property
    def key(self) -> str:
        return f"activities.visit:{self.pk}"


@dataclass(frozen=True)
class StatedVisits(VisitRecord):
    """What a survey says to have visited, without visits on record."""

    @property
    def key(self) -> str:
        return f"activities.survey:{self.pk}"


Record = EventRecord | GrantRecord | OrganizationRecord | CityRecord | SurveyRecord | VisitRecord


def organization_records(figures: Figures, organizations: Iterable[int]) -> list[OrganizationRecord]:
    """By name. No query of its own."""
    named: dict[int, set[int]] = {}
    for event in figures.events:
        for part in event.parts:
            named.setdefault(part.organization, set()).add(event.pk)
    found = [OrganizationRecord(pk, figures.organizations[pk], len(named[pk])) for pk in organizations]
    return sorted(found, key=lambda record: (record.name, record.pk))


def city_records(figures: Figures, *, busy: bool) -> list[CityRecord]:
    """The cities with anything, or those without."""
    found = []
    for city in figures.cities:
        events = figures.by_city[city.code]
        if bool(events) == busy:
            people = sum(event.headcount or 0 for event in events)
            found.append(CityRecord(city.pk, city.name, len(events), people))
    return found


def survey_records(figures: Figures) -> list[SurveyRecord]:
    survey = figures.survey
    return [SurveyRecord(s.pk, s.title, s.period, survey.target_of(s), survey.visited_of(s)) for s in survey.surveys]


def visit_records(figures: Figures) -> list[VisitRecord | SurveyRecord]:
    """The visits, and each survey of which no visit is on record as it was stated."""
    survey = figures.survey
    stated = {one.pk for one in survey.surveys if not survey.is_on_record(one, "visited")}
    visits = survey.visits if len(stated) < len(survey.surveys) else []
    found = [
        VisitRecord(visit.pk, visit.organization.name, visit.when, str(visit.organization.region or ""))
        for visit in visits
    ]
    return found + [record for record in survey_records(figures) if record.pk in stated]


def rostered(figures: Figures, events: list[EventRecord]) -> list[EventRecord]:
    """Those with anybody counted on their roster."""
    return [event for event in events if event.pk in figures.rosters]


TIME, CONTENT = pgettext_lazy("column", "Time"), pgettext_lazy("column", "Content")
REGION, EVENTS = pgettext_lazy("column", "Region"), pgettext_lazy("column", "Events")
ORGANIZATION = pgettext_lazy("column", "Organisation")

# What is told of each kind of record.
COLUMNS: dict[type, list[Column]] = {
    EventRecord: [
        Column(TIME, "when", Kind.DATE),
        Column(CONTENT, "title"),
        Column(pgettext_lazy("column", "People"), "people", Kind.NUMBER, totalled=True),
        Column(REGION, "region"),
    ],
    GrantRecord: [
        Column(pgettext_lazy("column", "Organisation or person"), "recipient"),
        Column(pgettext_lazy("column", "Project"), "project"),
        Column(pgettext_lazy("column", "Amount"), "amount", Kind.MONEY, totalled=True),
        Column(pgettext_lazy("column", "Paid"), "paid", Kind.MONEY, totalled=True),
        Column(pgettext_lazy("column", "Returned"), "returned", Kind.MONEY, totalled=True),
        Column(pgettext_lazy("column", "Status"), lambda grant: str(GrantStatus(grant.status).label)),
        Column(pgettext_lazy("column", "Funder"), "funder"),
    ],
    OrganizationRecord: [Column(ORGANIZATION, "name"), Column(EVENTS, "events", Kind.NUMBER)],
    CityRecord: [
        Column(pgettext_lazy("column", "City"), "name"),
        Column(EVENTS, "events", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Person-times"), "people", Kind.NUMBER, totalled=True),
    ],
    SurveyRecord: [
        Column(pgettext_lazy("column", "Survey"), "title"),
        Column(TIME, "period", Kind.DATE),
        Column(pgettext_lazy("column", "Target"), "target", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Visited"), "visited", Kind.NUMBER, totalled=True),
    ],
    VisitRecord: [
        Column(TIME, "when", Kind.DATE),
        Column(ORGANIZATION, "organization"),
        Column(REGION, "region"),
    ],
}


def columns_of(kind: type, figures: Figures) -> list[Column]:
    """Those of the kind; of an event also its area, which only the figures know by name."""
    names = {area.pk: str(area) for area in figures.scope.all_areas}
    area = Column(pgettext_lazy("column", "Work area"), lambda event: names.get(event.area, ""))
    return [*COLUMNS[kind], *([area] if kind is EventRecord else [])]


def as_visit(survey: SurveyRecord) -> VisitRecord:
    """A survey that is only stated, in a list of visits."""
    stated = _("%(title)s: %(count)s as stated") % {
        "title": survey.title,
        "count": _("unknown") if survey.visited is None else survey.visited,
    }
    return StatedVisits(survey.pk, stated, survey.period, "")


def trace(name: str, records: list[Record], figures: Figures) -> Table:
    """The records as a table; no rows where nothing stands behind the figure."""
    kind = type(records[0]) if records else EventRecord
    records = [record if isinstance(record, kind) else as_visit(record) for record in records]
    spec = Spec(
        code="trace",
        title=name,
        columns=columns_of(kind, figures),
        records=lambda _figures: records,
        counted=lambda record: not isinstance(record, GrantRecord) or record.is_committed,
        key=lambda record: record.key,
        notes=lambda _figures, rows: [_("Rows: %(count)s.") % {"count": len(rows)}] if rows else [],
    )
    return build(spec, figures)
