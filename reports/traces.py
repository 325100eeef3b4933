"""The records behind a figure, as a table that anybody can check: what a number is made of, and where to correct it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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


def visit_records(figures: Figures) -> list[VisitRecord] | list[SurveyRecord]:
    """The surveys as they were stated where no visit is on record."""
    if not figures.survey.surveys or figures.survey.is_stated:
        return survey_records(figures)
    return [
        VisitRecord(visit.pk, visit.organization.name, visit.when, str(visit.organization.region or ""))
        for visit in figures.survey.visits
    ]


def rostered(figures: Figures, events: list[EventRecord]) -> list[EventRecord]:
    """Those with anybody counted on their roster."""
    return [event for event in events if event.pk in figures.rosters]


def area_name(figures: Figures, event: EventRecord) -> str:
    return next((str(area) for area in figures.scope.all_areas if area.pk == event.area), "")


def columns_of(kind: type, figures: Figures) -> list[Column]:
    """What is told of each record of that kind."""
    text, number = Kind.TEXT, Kind.NUMBER
    told = {
        EventRecord: [
            (pgettext("column", "Time"), "when", Kind.DATE, False),
            (pgettext("column", "Content"), "title", text, False),
            (pgettext("column", "People"), "people", number, True),
            (pgettext("column", "Region"), "region", text, False),
            (pgettext("column", "Work area"), partial(area_name, figures), text, False),
        ],
        GrantRecord: [
            (pgettext("column", "Organisation or person"), "recipient", text, False),
            (pgettext("column", "Project"), "project", text, False),
            (pgettext("column", "Amount"), "amount", Kind.MONEY, True),
            (pgettext("column", "Paid"), "paid", Kind.MONEY, True),
            (pgettext("column", "Returned"), "returned", Kind.MONEY, True),
            (pgettext("column", "Status"), lambda grant: str(GrantStatus(grant.status).label), text, False),
            (pgettext("column", "Funder"), "funder", text, False),
        ],
        OrganizationRecord: [
            (pgettext("column", "Organisation"), "name", text, False),
            (pgettext("column", "Events"), "events", number, False),
        ],
        CityRecord: [
            (pgettext("column", "City"), "name", text, False),
            (pgettext("column", "Events"), "events", number, True),
            (pgettext("column", "Person-times"), "people", number, True),
        ],
        SurveyRecord: [
            (pgettext("column", "Survey"), "title", text, False),
            (pgettext("column", "Time"), "period", Kind.DATE, False),
            (pgettext("column", "Target"), "target", number, True),
            (pgettext("column", "Visited"), "visited", number, True),
        ],
        VisitRecord: [
            (pgettext("column", "Time"), "when", Kind.DATE, False),
            (pgettext("column", "Organisation"), "organization", text, False),
            (pgettext("column", "Region"), "region", text, False),
        ],
    }
    return [Column(*column) for column in told[kind]]


def trace(name: str, records: list[Record], figures: Figures) -> Table:
    """The records as a table; no rows where nothing stands behind the figure."""
    kind = type(records[0]) if records else EventRecord
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
