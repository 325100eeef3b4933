"""The same events cut by place, by month, by kind of gathering; the years and the surveys beside each other."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from activities.formats import FORMATS, OTHER, OTHER_LABEL
from activities.models import WorkArea
from organizations.places import OUTSIDE, UNKNOWN_CITY
from organizations.tiles import cells_for
from reports.chart import Bar, Chart, ChartKind
from reports.figures import Figures, median_of, tally
from reports.records import EventRecord
from reports.table import Column, Kind, Spec, Table, Value
from reports.withholding import FEW, WITHHELD, listed_only, withheld, withheld_label
from yixin.quantities import known_sum


@dataclass(frozen=True)
class Cut:
    """One line of a cut: its name, and the events that fall into it. Of those in sums only the number is not told."""

    name: str
    events: list[EventRecord]

    @property
    def held(self) -> int | None:
        return self._number(self.events)

    @property
    def person_times(self) -> int:
        return tally(self.events).person_times

    @property
    def median(self) -> Value:
        return median_of(self.events)

    def held_in(self, area: WorkArea) -> int | None:
        return self._number([event for event in self.events if event.area == area.pk])

    def person_times_in(self, area: WorkArea) -> int:
        return tally(event for event in self.events if event.area == area.pk).person_times

    def _number(self, events: list[EventRecord]) -> int | None:
        return None if withheld(self.events) else len(events)


def city_rows(figures: Figures) -> list[Cut]:
    """Every city, zeros shown; then the unknown ones, those outside the province, and what is not told by city. No
    query of its own."""
    names = {city.code: city.name for city in figures.cities}
    names |= {UNKNOWN_CITY: _("City not on record"), OUTSIDE: _("Outside the province"), WITHHELD: withheld_label()}
    return [Cut(names.get(city, city), events) for city, events in figures.by_city.items()]


def city_columns(figures: Figures) -> list[Column]:
    """Two columns an area, two for all of them."""
    events, person_times = pgettext("column", "Events"), pgettext("column", "Person-times")

    def number(label: str, value: str | Callable[[Cut], int | None]) -> Column:
        return Column(label, value, Kind.NUMBER, totalled=True, noted=False)

    pairs = [
        (
            number(f"{area} · {events}", partial(Cut.held_in, area=area)),
            number(f"{area} · {person_times}", partial(Cut.person_times_in, area=area)),
        )
        for area in figures.scope.areas
    ]
    return [
        Column(_("City"), "name"),
        *(column for pair in pairs for column in pair),
        number(_("All events"), "held"),
        number(_("All person-times"), "person_times"),
    ]


def tile_map(table: Table, figures: Figures) -> Chart | None:
    cells = cells_for([city.code for city in figures.cities])
    bars = tuple(Bar(city.name, (len(figures.by_city[city.code]),), cell=cells[city.code]) for city in figures.cities)
    title = _("Events in each city in %(year)s; a city without any shows 0") % {"year": figures.scope.year}
    return Chart(ChartKind.TILES, title, (pgettext("chart", "events"),), bars) if bars else None


CITIES = Spec(
    code="cities",
    title=gettext_lazy("Cities and work areas"),
    columns=city_columns,
    records=city_rows,
    notes=lambda figures, rows: [
        _("Events dated in %(year)s, each counted once, in the city where they took place.")
        % {"year": figures.scope.year},
        *listed_only(figures.dated_within),
    ],
    chart=tile_map,
)


def tally_columns(label: str) -> list[Column]:
    return [
        Column(label, "name"),
        Column(pgettext_lazy("column", "Events"), "held", Kind.NUMBER, totalled=True, noted=False),
        Column(pgettext_lazy("column", "Person-times"), "person_times", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Median of people"), "median", Kind.NUMBER),
    ]


def month_rows(figures: Figures) -> list[Cut]:
    names = {
        f"{figures.scope.year}-{month:02}": pgettext("month", "%(month)s") % {"month": month} for month in range(1, 13)
    }
    names[WITHHELD] = withheld_label()
    return [Cut(names[month], events) for month, events in figures.by_month.items()]


def columns_of_months(table: Table, figures: Figures) -> Chart | None:
    bars = tuple(Bar(str(row.cells[0]), (row.cells[2],)) for row in table.rows[:12])
    title = _("Person-times in each month of %(year)s") % {"year": figures.scope.year}
    return Chart(ChartKind.COLUMNS, title, (_("person-times"),), bars) if figures.dated_within else None


MONTHS = Spec(
    code="months",
    title=gettext_lazy("Months"),
    columns=tally_columns(pgettext_lazy("column", "Month")),
    records=month_rows,
    notes=lambda figures, rows: [
        _("Events dated in %(year)s, each counted once, in the month of its first day.") % {"year": figures.scope.year},
        *listed_only(figures.dated_within),
    ],
    chart=columns_of_months,
)


def format_rows(figures: Figures) -> list[Cut]:
    names = {code: str(label) for code, (label, _words) in FORMATS.items()}
    names |= {OTHER: str(OTHER_LABEL), WITHHELD: withheld_label()}
    return [Cut(name, figures.by_format[code]) for code, name in names.items() if code in figures.by_format]


GATHERINGS = Spec(
    code="formats",
    title=gettext_lazy("Kinds of gatherings"),
    columns=tally_columns(pgettext_lazy("column", "Kind")),
    records=format_rows,
    notes=lambda figures, rows: [
        _("As the titles of the events tell; each event once, whatever its date."),
        *listed_only(figures.events),
    ],
)


def columns_of_years(table: Table, figures: Figures) -> Chart | None:
    rows = table.rows[:10][::-1]
    bars = tuple(Bar(str(row.cells[0]), (row.cells[2],)) for row in rows)
    title = _("Person-times, year beside year")
    return Chart(ChartKind.COLUMNS, title, (_("person-times"),), bars) if len(bars) > 1 else None


YEARS = Spec(
    code="years",
    title=gettext_lazy("Year beside year"),
    columns=[
        Column(pgettext_lazy("column", "Report year"), lambda row: str(row.year)),
        Column(pgettext_lazy("column", "Events"), "events", Kind.NUMBER),
        Column(pgettext_lazy("column", "Person-times"), "people", Kind.NUMBER),
        Column(pgettext_lazy("column", "Not counted by anybody"), "unknown", Kind.NUMBER),
        Column(pgettext_lazy("column", "Grants"), "committed", Kind.NUMBER),
        Column(pgettext_lazy("column", "Committed"), "money", Kind.MONEY),
        Column(pgettext_lazy("column", "Visits on record"), "visits", Kind.NUMBER),
    ],
    records=lambda figures: figures.years,
    chart=columns_of_years,
    is_public=False,  # other years may not be published yet
)


@dataclass(frozen=True)
class SurveyLine:
    """One city, or one survey without visits on record. None: not on record by city."""

    name: str
    target: int | None
    visited: int | None


def survey_rows(figures: Figures) -> list[SurveyLine]:
    """By city where any target or visit is on record; then what surveys only state: the sums are those of all."""
    survey = figures.survey
    names = {city.code: city.name for city in figures.cities}
    rows = [SurveyLine(names[code], numbers["target"], numbers["visited"]) for code, numbers in survey.by_city.items()]
    is_by_city = any(row.target is not None or row.visited is not None for row in rows)
    if is_by_city and survey.untold:
        rows = with_untold(rows, SurveyLine(_("Other cities, elsewhere, or not told by city"), **survey.elsewhere))
    elif is_by_city and any(survey.elsewhere.values()):
        rows.append(SurveyLine(_("Elsewhere or not on record"), **survey.elsewhere))
    return (rows if is_by_city else []) + stated_rows(figures)


def with_untold(rows: list[SurveyLine], rest: SurveyLine) -> list[SurveyLine]:
    """With the rest at the end, which takes in the cities with the fewest visits until nobody can tell from it how
    many organisations were visited of which no city is told."""
    while rest.visited < FEW and (cities := [row for row in rows if row.visited]):
        least = min(cities, key=lambda row: row.visited)
        rows = [row for row in rows if row is not least]
        target = known_sum((rest.target, least.target))
        rest = SurveyLine(rest.name, target, rest.visited + least.visited)
    return [*rows, rest]


def stated_rows(figures: Figures) -> list[SurveyLine]:
    """Surveys whose targets or visits are not on record one by one, with what they state instead."""
    survey, rows = figures.survey, []
    for one in survey.surveys:
        target = None if survey.is_on_record(one, "target") else one.stated_target
        visited = None if survey.is_on_record(one, "visited") else one.stated_visited
        is_told = survey.is_on_record(one, "target") or survey.is_on_record(one, "visited")
        if target is not None or visited is not None or not is_told:
            rows.append(SurveyLine(one.title, target, visited))
    return rows


def survey_chart(table: Table, figures: Figures) -> Chart | None:
    bars = tuple(Bar(str(row.cells[0]), (row.cells[1], row.cells[2])) for row in table.rows)
    title = _("Organisations to be visited and visited")
    return Chart(ChartKind.BARS, title, (_("target"), _("visited")), bars) if bars else None


SURVEYS = Spec(
    code="survey",
    title=gettext_lazy("Survey: target and visited"),
    columns=[
        Column(pgettext_lazy("column", "City"), "name"),
        Column(pgettext_lazy("column", "Target"), "target", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Visited"), "visited", Kind.NUMBER, totalled=True),
    ],
    records=survey_rows,
    notes=lambda figures, rows: [_("As stated; no list of visits is on record.")] if figures.survey.is_stated else [],
    chart=survey_chart,
)
