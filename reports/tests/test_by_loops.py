"""Every number again by plain loops over the records, written from the counting rules alone, on random books."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import Attendance, Event, WorkArea
from grants.models import Grant, Payment
from organizations.models import Organization
from reports.catalogue import tables
from reports.contents import compare, contents
from reports.drafts import Draft
from reports.figures import Figures, tally
from reports.measures import Book
from reports.records import EventRecord
from reports.scope import Scope
from reports.tests.random_books import make_book

pytestmark = pytest.mark.django_db
SEEDS = range(8)
SUMS = ["人数", "人次", "全部人次", "表中合计", "金额", "计划", "实际走访"]
COUNTED = ["场次", "表中行数", "不详场次", "当年场次", "跨年场次", "名单", "地市", "项数", "行数", "个人", "退出"]


def events_of(year: int, funder: Organization | None = None, cut_off: date | None = None) -> list[Event]:
    held = [event for event in Event.objects.all() if event.status == "held" and event.report_year == year]
    if funder:
        held = [event for event in held if event.funding and event.funding.funder == funder]
    return [event for event in held if not cut_off or event.when_earliest <= cut_off]


def added(events: list[Event], listed: set[Event]) -> tuple[int, int]:
    """How many of them are listed one by one, and the people of all."""
    headcounts = [event.headcount for event in events if event.headcount is not None]
    return len([event for event in events if event in listed]), sum(headcounts)


def by_loops(events: list[Event], year: int, hidden: set[Event] = frozenset()) -> dict:
    found = {"areas": {}}
    printed, listed = 0, set(events) - hidden
    for area in WorkArea.objects.filter(has_table=True):
        own = [event for event in events if event.area == area]
        rows = [event for event in events if event.area == area or area in event.also_listed_in.all()]
        printed += added(rows, listed)[1]
        unknown = sum(event.headcount is None for event in own if event in listed)
        found["areas"][area.code] = (*added(own, listed), *added(rows, listed), unknown)
    attendances = [a for a in Attendance.objects.all() if a.event in listed and a.is_counted]
    rosters = {a.event_id for a in attendances}
    found["sum_of_tables"], found["once"] = printed, added(events, listed)
    found["before"] = added([event for event in events if event.when_earliest.year < year], listed)
    found["after"] = added([event for event in events if event.when_earliest.year > year], listed)
    found["people"] = (len({a.person_id for a in attendances}) or None, len(rosters), len(listed))
    return found


def by_figures(figures: Figures) -> dict:
    told = figures.as_json()
    names = ("events", "person_times", "printed_events", "printed_total", "unknown")
    pair = ("events", "person_times")
    return {
        "areas": {code: tuple(area[name] for name in names) for code, area in told["areas"].items()},
        "sum_of_tables": told["sum_of_tables"],
        "once": tuple(told["once"][name] for name in pair),
        "before": tuple(told["dated_before"][name] for name in pair),
        "after": tuple(told["dated_after"][name] for name in pair),
        "people": tuple(told["people"].values()),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_events_of_the_year_of_a_funder_and_up_to_a_day(seed):
    funder = make_book(seed)

    for scope in (Scope(2014), Scope(2014, funder), Scope(2014, cut_off=date(2014, 6, 30)), Scope(2015)):
        events = events_of(scope.year, scope.funder, scope.cut_off)
        hidden = set(events) - set(Event.objects.public())
        assert by_figures(Figures(scope)) == by_loops(events, scope.year)
        assert by_figures(Figures(scope, is_public=True)) == by_loops(events, scope.year, hidden)


@pytest.mark.parametrize("seed", SEEDS)
def test_money_by_status_and_payment(seed):
    make_book(seed)
    grants = [grant for grant in Grant.objects.all() if grant.report_year == 2014]
    kept = [grant.awarded_amount for grant in grants if grant.status in ("awarded", "completed")]
    payments = [payment for payment in Payment.objects.all() if payment.grant in grants]

    told = Figures(Scope(2014)).grants.total

    known = [amount for amount in kept if amount is not None]
    assert told.count == len(kept)
    assert told.committed == (sum(known, Decimal(0)) if known or not kept else None)
    for kind, name in (("instalment", "paid"), ("refund", "returned")):
        paid = sum((payment.amount for payment in payments if payment.kind == kind), Decimal(0))
        assert getattr(told, name) == (paid if payments else None)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_records_behind_every_figure_add_up_to_it(seed):
    make_book(seed)

    for measure in Book(Figures(Scope(2014))).measures.values():
        records, counted = measure.records, measure.name.rpartition(".")[2]
        if counted in ("人次", "当年人次") or (measure.name != "全年.表中合计" and counted == "表中合计"):
            assert measure.value == sum(record.headcount or 0 for record in records), measure.name
        elif measure.name == "资助.总额" and measure.value is not None:
            assert measure.value == sum((record.amount or 0 for record in records), Decimal(0)), measure.name
        elif counted in COUNTED and not measure.name.startswith("调研"):
            assert measure.value == len(records), measure.name


@pytest.mark.parametrize("seed", SEEDS)
def test_cuts_years_and_public_tables_add_up_to_the_same(seed):
    make_book(seed)
    figures, public = Figures(Scope(2014)), Figures(Scope(2014), is_public=True)

    for told in (figures, public):
        within = told.once - told.dated_before - told.dated_after
        for cut in (told.by_city, told.by_month):
            assert tally(event for found in cut.values() for event in found) == within
    for year in figures.years:
        own = Figures(Scope(year.year))
        assert (year.events, year.people or 0, year.unknown) == (own.once.events, own.once.person_times, own.unknown)
        assert (year.grants, year.committed) == (len(own.grants.rows), len(own.grants.committed))
    full = {table.code: dict(zip(table.labels, table.totals, strict=True)) for table in tables(figures)}
    for table in tables(public):
        sums = {label: total for label, total in zip(table.labels, table.totals, strict=True) if label in SUMS}
        assert sums == {label: full[table.code][label] for label in sums}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_may_not_be_named_is_named_in_no_public_table(seed):
    make_book(seed)
    secret = {event.title for event in Event.objects.exclude(pk__in=Event.objects.public().values("pk"))}

    told = {
        str(cell) for table in tables(Figures(Scope(2014), is_public=True)) for row in table.rows for cell in row.cells
    }

    assert told & secret == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_year_never_differs_from_itself(seed):
    make_book(seed)

    first, second = (contents(Draft(), Book(Figures(Scope(2014)))) for _ in range(2))

    assert not compare(first, second)
    assert all(isinstance(event, EventRecord) for event in Figures(Scope(2014)).events)
