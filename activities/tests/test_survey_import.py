"""Targets by city and visits of one round."""

from datetime import date

import pytest

from activities.models import Survey, SurveyTarget, Visit
from activities.resources import TargetResource, VisitResource
from activities.tests.factories import make_survey
from organizations.tests.factories import make_alias, make_organization
from yixin.intake.tests.tables import bring_in, done, plan, told

pytestmark = pytest.mark.django_db

TARGETS = ("地市", "计划走访家数")
VISITS = ("走访日期", "组织名称", "地市", "走访人", "结果")


def test_line_above_the_table_names_the_round_which_is_made_once():
    rows = [
        ("2013年11月至2014年1月江西公益组织调研走访目标表",),
        TARGETS,
        ("南昌", 20),
        ("江西省赣州市", "10家"),
        ("合计", 30),
    ]

    first, second = (bring_in(TargetResource, *rows, year=2014) for _ in range(2))

    assert (done(first), done(second)) == ({"new": 2}, {"same": 2})
    survey = Survey.objects.get()
    assert (survey.title, survey.period.earliest, survey.report_year) == ("江西公益组织调研", date(2013, 11, 1), 2014)
    assert list(SurveyTarget.objects.order_by("pk").values_list("region__name", "planned")) == [
        ("南昌市", 20),
        ("赣州市", 10),
    ]


def test_without_such_a_line_the_only_round_of_the_year_is_meant():
    survey = make_survey(report_year=2014)
    make_survey(report_year=2015)

    bring_in(TargetResource, TARGETS, ("南昌", 20), year=2014)

    assert SurveyTarget.objects.get().survey == survey
    assert told(plan(TargetResource, TARGETS, ("南昌", 20)).errors)[0] == (None, None)


def test_whole_province_is_the_rounds_stated_figure():
    survey = make_survey(report_year=2014, stated_target=50)
    rows = [(*TARGETS, "实际走访家数"), ("全省", 55, 72)]

    first, second = (bring_in(TargetResource, *rows, survey=survey.pk) for _ in range(2))

    survey.refresh_from_db()
    assert (done(first), done(second)) == ({"changed": 1}, {"same": 1})
    assert (survey.stated_target, survey.stated_visited, SurveyTarget.objects.count()) == (55, 72, 0)


def test_visits_come_into_the_only_round_of_the_year():
    make_survey(period="2013年11月至2014年1月", report_year=2014)
    known = make_organization(name="知行创新空间")
    make_alias(organization=known, name="知行空间")
    rows = [
        VISITS,
        ("2013-11-20", "知行空间", "南昌", "甲", "完成"),
        ("12月3日", "赣州新绿洲", "赣州", "乙", "拒绝访谈"),
        ("", "上饶某社", "上饶", "", ""),
    ]

    first, second = (bring_in(VisitResource, *rows, year=2014) for _ in range(2))

    known.refresh_from_db()
    assert known.region.name == "南昌市"
    assert (done(first), done(second)) == ({"new": 3}, {"same": 3})
    visits = Visit.objects.order_by("pk").values_list("organization__name", "when_earliest", "status", "outcome")
    assert list(visits) == [
        ("知行创新空间", date(2013, 11, 20), "done", "完成"),
        ("赣州新绿洲", date(2013, 12, 3), "refused", "拒绝访谈"),
        ("上饶某社", None, "planned", ""),
    ]


@pytest.mark.parametrize("rounds", [0, 2])
def test_no_round_or_several_can_be_looked_at_but_not_written(rounds):
    for _ in range(rounds):
        make_survey(report_year=2014)

    planned = plan(VisitResource, VISITS, ("2013-11-20", "知行空间", "", "", ""), year=2014)

    assert (done(planned), len(planned.blocks)) == ({"new": 1}, 1)


def test_line_above_chooses_among_several_rounds():
    survey = make_survey(title="春季调研", report_year=2014)
    make_survey(title="秋季调研", report_year=2014)
    rows = [("2014年春季调研走访情况",), VISITS, ("2014-10-20", "知行空间", "", "", "")]

    bring_in(VisitResource, *rows, year=2014)

    assert Visit.objects.get().survey == survey


@pytest.mark.parametrize("number", [1, 11])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, number):
    cities = ["南昌", "景德镇", "萍乡", "九江", "新余", "鹰潭", "赣州", "吉安", "宜春", "抚州", "上饶"][:number]
    make_survey(report_year=2014)
    visits = [("2014-10-20", f"受访社{n}甲乙丙", city, "", "") for n, city in enumerate(cities)]

    with django_assert_num_queries(3):
        targets = plan(TargetResource, TARGETS, *((city, 5) for city in cities), year=2014)
    with django_assert_num_queries(5):
        planned = plan(VisitResource, VISITS, *visits, year=2014)

    assert (done(targets), done(planned)) == ({"new": number}, {"new": number})


def test_refusal_told_under_another_head_is_no_visit():
    make_survey(report_year=2014)
    rows = [("走访时间", "机构名称", "所在市", "访谈情况"), ("5.4", "益路", "宜春", "婉拒访谈")]

    bring_in(VisitResource, *rows, year=2014)

    visit = Visit.objects.get()
    assert (visit.status, visit.outcome, visit.organization.region.name) == ("refused", "婉拒访谈", "宜春市")
