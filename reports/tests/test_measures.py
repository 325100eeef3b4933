"""Figures by their names: values, records behind them, and names that are nearly right."""

from decimal import Decimal

import pytest

from activities.tests.factories import make_attendance, make_event, make_survey, make_visit, make_work_area
from grants.tests.factories import make_grant
from organizations.tests.factories import make_organization, region
from reports.figures import Figures
from reports.measures import Book
from reports.scope import Scope
from reports.traces import trace

pytestmark = pytest.mark.django_db


def book(year: int = 2014) -> Book:
    return Book(Figures(Scope(year)))


def test_the_figures_of_2014(year_2014):
    found = {name: measure.value for name, measure in book().measures.items()}

    assert {name: found[name] for name in FIGURES_2014} == FIGURES_2014


FIGURES_2014 = {
    "交流.场次": 5,
    "陪伴.场次": 17,
    "陪伴.表中行数": 18,
    "陪伴.表中合计": 404,
    "陪伴.不详场次": 1,
    "培训.场次": 26,
    "培训.人次": 1462,
    "培训.中位数": 30,
    "培训.最大": 400,
    "培训.去重人数": None,
    "救灾.场次": 0,
    "救灾.最大": None,
    "全年.场次": 48,
    "全年.人次": 2078,
    "全年.表中合计": 2087,
    "全年.重复人次": 9,
    "全年.当年人次": 1983,
    "全年.地市": 6,
    "全年.空白地市": 5,
    "调研.目标": 55,
    "调研.实际": 72,
    "调研.超出": 17,
    "调研.地市": 11,
    "资助.总额": Decimal("53100.00"),
    "资助.行数": 8,
    "资助.项数": 7,
    "资助.组织": 6,
    "资助.个人": 1,
    "资助.退出": 1,
    "资助.最大": Decimal("24000.00"),
    "资助.已拨": None,
}
SUMMED = [
    "交流.人次",
    "陪伴.表中合计",
    "培训.人次",
    "全年.人次",
    "全年.当年人次",
    "资助.总额",
    "资助.最大",
    "调研.实际",
]
COUNTED = [
    "陪伴.场次",
    "陪伴.表中行数",
    "陪伴.不详场次",
    "全年.场次",
    "全年.地市",
    "全年.空白地市",
    "全年.组织",
    "资助.项数",
]


@pytest.mark.parametrize("name", SUMMED)
def test_the_records_behind_a_sum_add_up_to_it(year_2014, name):
    found = book()
    measure = found.find(name)

    table = trace(name, measure.records, found.figures)

    assert measure.value in table.totals


@pytest.mark.parametrize("name", COUNTED)
def test_there_are_as_many_records_behind_a_count(year_2014, name):
    measure = book().find(name)

    assert len(measure.records) == measure.value


def test_a_figure_answers_to_the_full_name_and_to_careless_typing(year_2014):
    found = book()

    names = ["培训.场次", "志愿者培训.场次", " 培训 。 场次", "培训．场次", "training.场次"]

    assert [found.find(name).name for name in names] == ["培训.场次"] * 5
    assert [found.find(name) for name in ("培训", "培训.", ".场次", "培训.没有", "")] == [None] * 5


def test_what_was_perhaps_meant(year_2014):
    assert [book().nearest(name) for name in ("培训.场", "资助总额", "xyz")] == ["培训.场次", "资助.总额", ""]


def test_a_new_work_area_has_its_figures_at_once_under_its_name():
    area = make_work_area(code="advocacy", name="倡导")
    make_event(area=area, headcount=3)

    assert book().find("倡导.人次").value == 3


def test_unduplicated_people_lead_to_the_events_with_a_roster():
    with_roster = make_event(headcount=3)
    make_attendance(event=with_roster)
    make_event(headcount=5)

    measure = book().find("培训.去重人数")

    assert (measure.value, [record.pk for record in measure.records]) == (1, [with_roster.pk])


def test_visits_on_record_stand_behind_the_number_visited():
    survey = make_survey(report_year=2014, stated_visited=99)
    visit = make_visit(survey=survey, organization=make_organization(name="知行", region=region("360100")))

    measure = book().find("调研.实际")

    assert (measure.value, [record.key for record in measure.records]) == (1, [f"activities.visit:{visit.pk}"])


def test_withdrawn_money_is_no_part_of_the_sum_behind_it():
    make_grant(report_year=2014, awarded_amount=Decimal(500))
    make_grant(report_year=2014, awarded_amount=Decimal(900), status="withdrawn")

    found = book()
    table = trace("资助.行数", found.find("资助.行数").records, found.figures)

    assert [row.counted for row in table.rows] == [True, False]
    assert table.totals[2] == Decimal("500.00")
