"""The tables of the yearly report, each one declaration. A new table is one more entry of ``CATALOGUE``."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from activities.models import Event, WorkArea
from grants.choices import GrantStatus
from grants.models import Grant
from organizations.places import OUTSIDE, UNKNOWN_CITY
from reports import summary
from reports.figures import Figures, Tally
from reports.table import Column, Kind, Spec, Table, build, listed


def event_link(event: Event) -> str:
    return reverse("admin:activities_event_change", args=[event.pk])


def event_tables(figures: Figures) -> list[Spec]:
    """One table a work area, in the order of the areas: next year's new area needs no developer."""
    return [event_table(area) for area in figures.scope.areas]


def event_table(area: WorkArea) -> Spec:
    return Spec(
        code=area.code,
        title=str(area),
        columns=[
            Column(pgettext_lazy("column", "Time"), "when", Kind.DATE),
            Column(pgettext_lazy("column", "Content"), "title"),
            Column(pgettext_lazy("column", "People"), "people", Kind.NUMBER, totalled=True),
        ],
        records=partial(events_printed_in, area),
        notes=partial(event_notes, area),
        link=event_link,
    )


def events_printed_in(area: WorkArea, figures: Figures):
    """One query."""
    return figures.scope.events().printed_in(area).select_related("area").in_report_order()


def event_notes(area: WorkArea, figures: Figures, events: list[Event]) -> list[str]:
    """What the reader of an event table must know to add it up with others."""
    year = figures.scope.year
    elsewhere = [event for event in events if event.area_id != area.pk]
    other_year = [event for event in events if event.when_earliest.year != year]
    estimated = [event for event in events if event.headcount_is_estimated]
    return [
        *(counts_elsewhere(event) for event in elsewhere),
        *([dated_elsewhere(other_year, year)] if other_year else []),
        *([are_estimates(estimated)] if estimated else []),
    ]


def counts_elsewhere(event: Event) -> str:
    return _("“%(title)s” (%(when)s, %(people)s) counts in %(area)s; it is printed here too and counted once.") % {
        "title": event.title,
        "when": event.when_text,
        "people": event.people if event.people else _("unknown"),
        "area": event.area,
    }


def dated_elsewhere(events: list[Event], year: int) -> str:
    sentence = ngettext(
        "%(count)s row (%(people)s person-times) is not dated in %(year)s: %(names)s.",
        "%(count)s rows (%(people)s person-times) are not dated in %(year)s: %(names)s.",
        len(events),
    )
    people = sum(event.headcount or 0 for event in events)
    names = listed([str(event) for event in events])
    return sentence % {"count": len(events), "people": people, "year": year, "names": names}


def are_estimates(events: list[Event]) -> str:
    sentence = ngettext(
        "%(count)s head-count is an estimate: %(names)s.",
        "%(count)s head-counts are estimates: %(names)s.",
        len(events),
    )
    return sentence % {"count": len(events), "names": listed([str(event) for event in events])}


def grant_notes(figures: Figures, grants: list[Grant]) -> list[str]:
    """Who is in the table and not in its total."""
    left_out = [grant for grant in grants if not grant.is_committed]
    return [
        _("%(recipient)s: %(status)s, amount %(amount)s; not in the total.")
        % {
            "recipient": grant.recipient,
            "status": GrantStatus(grant.status).label,
            "amount": _("unknown") if grant.awarded_amount is None else f"{grant.awarded_amount:,}",
        }
        for grant in left_out
    ]


GRANTS = Spec(
    code="grants",
    title=gettext_lazy("Micro-grants"),
    columns=[
        Column(pgettext_lazy("column", "Organisation or person"), "recipient.name"),
        Column(pgettext_lazy("column", "Project"), "project"),
        Column(pgettext_lazy("column", "Amount"), "awarded_amount", Kind.MONEY, totalled=True),
        Column(pgettext_lazy("column", "Remark"), "remark"),
    ],
    records=lambda figures: figures.grants.rows,
    counted=lambda grant: grant.is_committed,
    notes=grant_notes,
    link=lambda grant: reverse("admin:grants_grant_change", args=[grant.pk]),
)

AREAS = Spec(
    code="areas",
    title=gettext_lazy("Work areas"),
    columns=[
        Column(pgettext_lazy("column", "Work area"), lambda row: str(row.area)),
        Column(pgettext_lazy("column", "Events"), "counted.events", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Person-times"), "counted.person_times", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Not counted by anybody"), "unknown", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Rows printed"), "printed.events", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Total printed"), "printed.person_times", Kind.NUMBER, totalled=True),
    ],
    records=lambda figures: figures.areas,
)


@dataclass(frozen=True)
class CityRow:
    """One line of the table of places: its name, a tally for each area, and over all areas."""

    name: str
    by_area: dict[int, Tally]
    total: Tally


def city_rows(figures: Figures) -> list[CityRow]:
    """Every city, zeros shown; then the unknown ones and those outside the province. No query of its own."""
    names = {city.code: city.name for city in figures.cities}
    names |= {UNKNOWN_CITY: _("City not on record"), OUTSIDE: _("Outside the province")}
    return [
        CityRow(names.get(city, city), figures.area_tallies(city), total) for city, total in figures.by_city.items()
    ]


def city_columns(figures: Figures) -> list[Column]:
    """Two columns an area, two for all of them."""
    events, person_times = pgettext("column", "Events"), pgettext("column", "Person-times")

    def of_area(area: WorkArea, label: str, number: Callable[[Tally], int]) -> Column:
        return Column(f"{area} · {label}", lambda row: number(row.by_area[area.pk]), Kind.NUMBER, totalled=True)

    pairs = [
        (of_area(area, events, lambda t: t.events), of_area(area, person_times, lambda t: t.person_times))
        for area in figures.scope.areas
    ]
    return [
        Column(_("City"), "name"),
        *(column for pair in pairs for column in pair),
        Column(_("All events"), "total.events", Kind.NUMBER, totalled=True),
        Column(_("All person-times"), "total.person_times", Kind.NUMBER, totalled=True),
    ]


CITIES = Spec(
    code="cities",
    title=gettext_lazy("Cities and work areas"),
    columns=city_columns,
    records=city_rows,
    notes=lambda figures, rows: [
        _("Events dated in %(year)s, each counted once, in the city where they took place.")
        % {"year": figures.scope.year}
    ],
)

# In the order of the page and of the workbook's sheets.
CATALOGUE: list[Spec | Callable[[Figures], list[Spec]]] = [
    summary.SUMMARY,
    summary.BRIDGE,
    AREAS,
    event_tables,
    GRANTS,
    CITIES,
]


def tables(figures: Figures) -> list[Table]:
    """All tables of the year, in the active language. The number of queries does not grow with the rows."""
    specs = [spec for entry in CATALOGUE for spec in ([entry] if isinstance(entry, Spec) else entry(figures))]
    return [build(spec, figures) for spec in specs]
