"""How many events, people or grants are not named can be found out from nothing that the public reads.

The strongest attack: two worlds that differ in just that, and not in one character of what is published.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from activities.models import Event, WorkArea
from activities.tests.factories import (
    make_attendance,
    make_event,
    make_event_organization,
    make_survey,
    make_survey_target,
    make_visit,
)
from grants.models import Grant
from grants.tests.factories import make_grant
from organizations.tests.factories import make_organization, make_person, region
from reports.catalogue import tables
from reports.document import Document
from reports.figures import Figures
from reports.measures import Book
from reports.publishing import live, redactor_of
from reports.scope import Scope
from reports.snapshot import to_json
from reports.table import Kind, Table
from reports.tests.factories import make_report, make_section
from reports.tests.random_books import make_book
from reports.withholding import BOUNDS, Bound
from yixin.fuzzydate import FuzzyDate

pytestmark = pytest.mark.django_db
SEEDS = range(6)
SUMS = {"人数", "人次", "全部人次", "表中合计", "金额"}


def published() -> Document:
    return redactor_of(*live(2014)).redacted()


def write_every_figure() -> None:
    """A report whose text tells every figure that there is."""
    lines = [f"{measure.name}：{measure.token}" for measure in Book(Figures(Scope(2014))).measures.values()]
    make_section(report=make_report(year=2014), heading="数字", prose="\n".join(lines), table="")


@pytest.fixture(params=SEEDS)
def book(request) -> Random:
    """A random year in which something is not named; among it a meeting of three."""
    make_book(request.param)
    area = WorkArea.objects.filter(has_table=True).first()
    make_event(area=area, is_sensitive=True, headcount=30, when="2014年3月5日")
    make_event(area=area, is_sensitive=True, headcount=None, when="2013年12月5日")
    make_event(area=WorkArea.objects.filter(has_table=True).last(), is_sensitive=True, headcount=3, when="2014年3月5日")
    make_grant(organization=None, person=make_person(), awarded_amount=Decimal(4600), report_year=2014)
    write_every_figure()
    return Random(request.param)  # noqa: S311 no secret


def hidden_events() -> list[Event]:
    held = Event.objects.held().in_year(2014)
    return list(held.exclude(pk__in=Event.objects.public().values("pk")).order_by("pk"))


def another_of(event: Event, **changes) -> Event:
    """One more that may not be named, in the same tables and of the same year."""
    columns = {"area": event.area, "report_year": 2014, "when": event.when, "is_sensitive": True, "headcount": None}
    made = make_event(**columns | changes)
    made.also_listed_in.set(event.also_listed_in.all())
    return made


def one_is_two(random: Random) -> None:
    for event in hidden_events():
        if event.headcount:
            part = random.randint(0, event.headcount)
            Event.objects.filter(pk=event.pk).update(headcount=event.headcount - part)
            another_of(event, headcount=part)


def more_that_nobody_counted(random: Random) -> None:
    for event in hidden_events():
        for _ in range(random.randint(1, 7)):
            another_of(event)


def elsewhere_and_at_another_time(random: Random) -> None:
    for event in hidden_events():
        year = event.when_earliest.year
        event.when = FuzzyDate.on(date(year, 1, 1) + timedelta(days=random.randint(0, 364)))
        event.region = region(random.choice(["360100", "360721", "360900"]))
        event.title, event.is_sensitive = "艾滋病反歧视培训", True
        event.save()


def with_people_and_organizations(random: Random) -> None:
    for event in hidden_events():
        make_event_organization(event=event, organization=make_organization(is_sensitive=True))
        for _ in range(random.randint(1, 6)):
            make_attendance(event=event, person=make_person())


def three_are_four_or_one_or_nobody_counted(random: Random) -> None:
    meeting = Event.objects.get(headcount=3)
    pool = [e for e in hidden_events() if (e.area, e.when_earliest.year) == (meeting.area, 2014) and e != meeting]
    if not any(event.headcount for event in pool):
        Event.objects.filter(pk=meeting.pk).update(headcount=random.choice([1, 2, 4, None]))


def grants_in_parts(random: Random) -> None:
    for grant in hidden_grants():
        if grant.awarded_amount:
            Grant.objects.filter(pk=grant.pk).update(awarded_amount=grant.awarded_amount - 40)
            make_grant(
                organization=None,
                person=make_person(),
                report_year=2014,
                awarded_amount=Decimal(40),
                funding=grant.funding,
            )


def persons_are_organizations(random: Random) -> None:
    for grant in hidden_grants():
        if grant.person_id and not grant.payments.exists():
            grant.organization, grant.person = make_organization(is_sensitive=True), None
            grant.save()


def hidden_grants() -> list[Grant]:
    grants = Grant.objects.filter(report_year=2014, status__in=["awarded", "completed"])
    return list(grants.exclude(pk__in=Grant.objects.public().values("pk")).order_by("pk"))


WORLDS = [
    one_is_two,
    more_that_nobody_counted,
    elsewhere_and_at_another_time,
    with_people_and_organizations,
    three_are_four_or_one_or_nobody_counted,
    grants_in_parts,
    persons_are_organizations,
]


@pytest.mark.parametrize("differently", WORLDS, ids=lambda world: world.__name__)
def test_a_world_with_other_small_numbers_is_told_in_the_same_words(book, differently: Callable[[Random], None]):
    before = to_json(published())

    differently(book)

    assert to_json(published()) == before


def test_what_is_added_between_two_editions_shows_in_sums_alone(book):
    first = published()
    another_of(next(event for event in hidden_events() if event.headcount == 30), headcount=33)
    make_grant(organization=None, person=make_person(), awarded_amount=Decimal(70), report_year=2014)

    second = published()

    changed = {label for label, one, other in cells(first, second) if one != other}
    assert "人次" in changed
    assert changed <= SUMS | {f"{area} · 人次" for area in WorkArea.objects.values_list("name", flat=True)} | {"数值"}
    numbers = {row.cells[0]: row.cells[1] for row in first.table("summary").rows}
    later = {row.cells[0]: row.cells[1] for row in second.table("summary").rows}
    assert {name for name in numbers if numbers[name] != later[name]} == {"人次", "小额资助批准金额（元）"}


def cells(first: Document, second: Document) -> Iterator[tuple]:
    """Label and both values of every cell and total; the tables must have the same rows."""
    for one, other in zip(first.tables, second.tables, strict=True):
        for mine, its in zip([r.cells for r in one.rows], [r.cells for r in other.rows], strict=True):
            yield from zip(one.labels, mine, its, strict=True)
        yield from zip(one.labels, one.totals, other.totals, strict=True)


def numbers_of_events(document: Document) -> dict[str, int]:
    """Whatever a reader may take for the number of all events of a table, of a month or of the year."""
    months, areas = document.table("months"), document.table("areas")
    found = {f"{row.cells[0]} {areas.labels[4]}": row.cells[4] for row in areas.rows}
    found |= {f"{row.cells[0]}": row.cells[1] for row in months.rows[:12]}
    found["年"] = document.table("summary").rows[0].cells[1]
    return found | {table.code: table.totals[1] or 0 for table in (areas, document.table("formats"))}


def rows_listed(document: Document, codes: dict[str, str]) -> dict[str, int]:
    """The same numbers by counting the rows that are listed one by one."""
    tables = {name: document.table(code) for name, code in codes.items()}
    listed = {name: [row.cells for row in table.rows if row.cells[0] != ""] for name, table in tables.items()}
    found = {f"{name} 表中行数": len(rows) for name, rows in listed.items()}
    once = {(str(row[0]), row[1]): row[0].earliest for rows in listed.values() for row in rows}
    for month in range(1, 13):
        found[f"{month}月"] = sum((day.year, day.month) == (2014, month) for day in once.values())
    return found | dict.fromkeys(("年", "areas", "formats"), len(once))


def test_no_number_of_events_is_more_than_the_rows_that_are_listed(book):
    Event.objects.filter(area__has_table=False).delete()
    codes = dict(WorkArea.objects.filter(has_table=True).values_list("name", "code"))
    assert len(hidden_events()) > 1

    document = published()

    assert numbers_of_events(document) == rows_listed(document, codes)


def test_totals_hold_everybody_but_a_handful(book):
    document = published()

    full = {table.code: table for table in live_tables()}
    for area in WorkArea.objects.filter(has_table=True):
        gap = (total(full[area.code]) or 0) - (total(document.table(area.code)) or 0)
        assert gap in (0, 3)
    assert document.table("grants").totals[2] == full["grants"].totals[2]


def total(table: Table):
    return table.totals[table.kinds.index(Kind.NUMBER)]


def live_tables() -> list[Table]:
    return tables(Figures(Scope(2014)))


def test_figures_in_the_text_say_how_far_they_go():
    make_event(title="甲", headcount=10)
    make_event(title="乙", headcount=20, is_sensitive=True)
    prose = (
        "{全年.场次}场{培训.人次}人，最多{培训.最大}人，{全年.空白地市}个地市没有，居中{培训.中位数}，交流{交流.场次}"
    )
    make_section(report=make_report(year=2014), heading="数字", prose=prose)

    text = "".join(run.text for run in published().parts[0].blocks[0].runs)

    assert text == "至少1场30人，最多至少10人，至多11个地市没有，居中（不公开），交流0"


def test_bounds_are_of_figures_that_there_are():
    names = {measure.name.rpartition(".")[2] for measure in Book(Figures(Scope(2014))).measures.values()}

    assert BOUNDS.keys() <= names
    assert {measure.bound for measure in Book(Figures(Scope(2014))).measures.values()} == {Bound.EXACT}


def surveyed(sensitive_seat: str, number: int) -> list[list]:
    """The public survey table where so many sensitive organisations of that city were visited among others."""
    survey = make_survey(report_year=2014)
    for seat, many in {"360100": 9, "360700": 6, "360800": 2}.items():
        make_survey_target(survey=survey, region=region(seat), planned=many)
        for _ in range(many):
            make_visit(survey=survey, organization=make_organization(region=region(seat)))
    for _ in range(number):
        make_visit(survey=survey, organization=make_organization(region=region(sensitive_seat), is_sensitive=True))
    return [[*row.cells] for row in published().table("survey").rows if any(row.cells[1:])]


@pytest.mark.parametrize("seat", ["360100", "360900"])
def test_visits_to_sensitive_organizations_are_in_no_city(seat):
    assert surveyed(seat, 6) == [
        ["南昌市", 9, 9],
        ["赣州市", 6, 6],
        ["吉安市", 2, 2],
        ["其他地市、其他地方，或不按地市列出", 0, 6],
    ]


@pytest.mark.parametrize("seat", ["360100", "360900"])
def test_few_visits_to_sensitive_organizations_take_a_city_along(seat):
    assert surveyed(seat, 3) == [["南昌市", 9, 9], ["赣州市", 6, 6], ["其他地市、其他地方，或不按地市列出", 2, 5]]
