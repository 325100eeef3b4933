"""The year on one page: what it adds up to, and the bridge from the printed totals to each event once."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from reports.chart import Bar, Chart, ChartKind
from reports.figures import Figures, Tally, tally
from reports.records import EventRecord
from reports.table import Column, Kind, Spec, Table, Value, listed
from reports.withholding import listed_only, withheld


@dataclass(frozen=True)
class Line:
    """One measure of the year with what a reader must know about it."""

    label: str
    value: Value
    remark: str = ""


def lines(figures: Figures) -> list[Line]:
    return [*event_lines(figures), *grant_lines(figures), *survey_lines(figures)]


def event_lines(figures: Figures) -> list[Line]:
    people, named = figures.people, len(figures.naming_organizations)
    of_events = {"events": people["events"]}
    once = _("Each counted once, whatever its date.")
    some = withheld(figures.events)
    return [
        Line(_("Events listed one by one") if some else _("Events"), figures.once.events, once),
        Line(_("Person-times"), figures.once.person_times, unknown_remark(figures.unknown) + also_not_listed(some)),
        Line(
            _("Unduplicated people"),
            people["unduplicated"],
            _("Rosters on %(rosters)s of %(events)s events.") % (of_events | {"rosters": people["rosters"]}),
        ),
        Line(
            _("Organisations that took part"),
            len(figures.organizations) if named else None,
            _("Named at %(named)s of %(events)s events.") % (of_events | {"named": named}),
        ),
        city_line(figures),
    ]


def unknown_remark(count: int) -> str:
    if not count:
        return _("The sum of the head-counts.")
    sentence = ngettext(
        "The sum of the head-counts; %(count)s event that nobody counted adds nothing.",
        "The sum of the head-counts; %(count)s events that nobody counted add nothing.",
        count,
    )
    return sentence % {"count": count}


def also_not_listed(events: list[EventRecord]) -> str:
    return _(" Those of events that are not listed one by one are in it.") if events else ""


def city_line(figures: Figures) -> Line:
    """Cities in which something took place, and the names of those in which nothing did."""
    idle = [city.name for city in figures.cities if not figures.by_city[city.code]]
    reached = len(figures.cities) - len(idle)
    remark = _("Of %(all)s.") % {"all": len(figures.cities)}
    if idle:
        remark += _(" None on record: %(names)s.") % {"names": "、".join(idle)}
    return Line(_("Prefecture cities"), reached, remark)


def grant_lines(figures: Figures) -> list[Line]:
    grants = figures.grants
    if not grants.rows:
        return []
    if grants.withheld:
        sentence = _(
            "Listed one by one: %(count)s; grants to persons and to organisations that are not named are in the sum,"
            " too. Withdrawn, not in the sum: %(withdrawn)s."
        )
    else:
        sentence = _("Organisations: %(organizations)s, persons: %(people)s; withdrawn, not in the sum: %(withdrawn)s.")
    remark = sentence % {
        "count": len(grants.listed),
        "organizations": len(grants.to_organizations),
        "people": len(grants.to_people),
        "withdrawn": len(grants.withdrawn),
    }
    unknown = _("No payment is on record.") if grants.total.paid is None else ""
    return [
        Line(_("Grants committed (yuan)"), grants.total.committed, remark),
        Line(_("Grants paid (yuan)"), grants.total.paid, unknown),
    ]


def survey_lines(figures: Figures) -> list[Line]:
    survey = figures.survey
    if not survey.surveys:
        return []
    names = listed([f"{item.title}（{item.period_text}）" for item in survey.surveys])
    stated = _("As stated; no list of visits is on record.") if survey.is_stated else ""
    return [
        Line(_("Organisations to be visited"), survey.target, names),
        Line(_("Organisations visited"), survey.visited, stated),
    ]


SUMMARY = Spec(
    code="summary",
    title=gettext_lazy("The year at a glance"),
    columns=[
        Column(pgettext_lazy("column", "Measure"), "label"),
        Column(pgettext_lazy("column", "Number"), "value", Kind.NUMBER),
        Column(pgettext_lazy("column", "How it is counted"), "remark"),
    ],
    records=lines,
)


@dataclass(frozen=True)
class Step:
    """One step of the bridge: a sum, or what is taken from the one before."""

    label: str
    tally: Tally
    is_sum: bool = False


def steps(figures: Figures) -> list[Step]:
    """From all tables added up, to each event once, to those dated in the year. Empty steps are left out."""
    zero, year = Tally(), {"year": figures.scope.year}
    to_once = [
        Step(_("− printed in a second table"), zero - figures.repeated),
        Step(_("+ in an area without a table"), figures.in_no_table),
    ]
    to_the_year = [
        Step(_("− dated before %(year)s") % year, zero - figures.dated_before),
        Step(_("− dated after %(year)s") % year, zero - figures.dated_after),
    ]
    return [
        Step(_("All tables added up"), figures.printed, is_sum=True),
        *(step for step in to_once if step.tally != zero),
        Step(_("= each event counted once"), figures.once, is_sum=True),
        *(step for step in to_the_year if step.tally != zero),
        Step(_("= dated in %(year)s") % year, tally(figures.dated_within), is_sum=True),
    ]


def bridge_chart(table: Table, figures: Figures) -> Chart | None:
    """Sums stand on the ground; what is taken away or added hangs between them."""
    found = steps(figures)
    if all(step.is_sum for step in found):
        return None
    bars = tuple(Bar(step.label, (step.tally.person_times,), is_sum=step.is_sum) for step in found)
    title = _("From the printed totals to each event once, in person-times")
    return Chart(ChartKind.BRIDGE, title, (_("person-times"),), bars)


BRIDGE = Spec(
    code="bridge",
    title=gettext_lazy("From the printed totals to each event once"),
    columns=[
        Column(pgettext_lazy("column", "Step"), "label"),
        Column(pgettext_lazy("column", "Events"), "tally.events", Kind.NUMBER),
        Column(pgettext_lazy("column", "Person-times"), "tally.person_times", Kind.NUMBER),
    ],
    records=steps,
    notes=lambda figures, rows: listed_only(figures.events),
    chart=bridge_chart,
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
        Column(pgettext_lazy("column", "Median of people"), "median", Kind.NUMBER),
        Column(pgettext_lazy("column", "Rosters"), "presence.rosters", Kind.NUMBER, totalled=True),
        Column(pgettext_lazy("column", "Unduplicated people"), "presence.people", Kind.NUMBER),
    ],
    records=lambda figures: figures.areas,
    notes=lambda figures, rows: [
        _("Unduplicated people are never added up: one person may come to several work areas."),
        *listed_only(figures.events),
    ],
)
