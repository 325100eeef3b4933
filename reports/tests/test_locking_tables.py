"""Every table that comes in: which of them change a published year, and as what that is noted."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from activities.resources import AttendanceResource, EventResource, TargetResource, VisitResource
from activities.tests.factories import area, make_event, make_survey
from grants.resources import GrantResource, PaymentResource
from grants.tests.factories import make_grant
from organizations.resources import OrganizationResource
from organizations.tests.factories import make_organization
from reports.tests.published import publish, told
from yixin.intake.tests.tables import bring_in, plan
from yixin.locks import NO_REASON

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def new_round() -> tuple:
    return TargetResource, [("2014年第三轮调研",), ("地市", "计划走访家数"), ("南昌", 5)], {"year": 2014}


def stated() -> tuple:
    make_survey(title="第三轮调研")
    return TargetResource, [("地市", "计划走访家数", "实际走访家数"), ("江西省", 80, 72)], {"year": 2014}


def visits() -> tuple:
    make_survey(title="第三轮调研")
    return VisitResource, [("走访日期", "组织名称"), ("2014-10-20", "知行社"), ("2014-10-21", "合一社")], {"year": 2014}


def grants() -> tuple:
    return GrantResource, [("组织或者个人", "项目名称", "金额"), ("知行社", "助学", 7000)], {"year": 2014}


def payments() -> tuple:
    make_grant(organization=make_organization(name="知行社"), project="助学")
    return PaymentResource, [("日期", "组织或者个人", "项目", "拨款金额"), ("2014-3-1", "知行社", "助学", 3000)], {}


def roster() -> tuple:
    event = make_event(when="2014年1月9日", title="湘东培训")
    return AttendanceResource, [("姓名", "单位"), ("李文", "知行社"), ("王芳", "知行社")], {"event": event.pk}


def headcount() -> tuple:
    made, rows, options = roster()
    return made, rows, options | {"headcount_only": True}


def changed_event() -> tuple:
    make_event(when="2014年1月9日", title="湘东培训", headcount=32)
    rows = [("时间", "内容", "人数", "备注"), ("2014年1月9日", "湘东培训", 32, "雨天")]
    return EventResource, rows, {"year": 2014, "area": "training"}


TABLES = {
    "a new round": (new_round, ["activities.survey: 第三轮调研"]),
    "stated figures": (stated, ["activities.survey: 第三轮调研"]),
    "visits": (visits, ["activities.survey: visits · 第三轮调研"]),
    "grants": (grants, ["grants.grant: 知行社 · 助学"]),
    "payments": (payments, ["grants.grant: payments · 知行社 · 助学"]),
    "a roster": (roster, ["activities.event: roster · 2014年1月9日 湘东培训"]),
    "a head-count": (headcount, ["activities.event: 2014年1月9日 湘东培训"]),
    "an event that changes": (changed_event, ["activities.event: 2014年1月9日 湘东培训"]),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.usefixtures("in_english")
def test_every_table_is_noted_where_the_year_is_published(name):
    made, rows, options = TABLES[name][0]()

    before = plan(made, *rows, **options).published
    publish(2014)
    with pytest.raises(ValidationError) as refused:
        bring_in(made, *rows, **options)
    bring_in(made, *rows, reason="补录", **options)

    assert (before, refused.value.messages) == ([], [NO_REASON])
    assert [f"{key.split(':')[0]}: {title}" for year, key, title, reason in told()] == TABLES[name][1]
    assert {(year, reason) for year, key, title, reason in told()} == {(2014, "补录")}


@pytest.mark.usefixtures("in_english")
def test_row_that_moves_a_record_is_noted_in_both_years():
    publish(2014, 2015)
    event = make_event(when="2014年1月9日", title="湘东培训", headcount=32)
    rows = [("时间", "内容", "人数", "报告年度"), ("2014年1月9日", "湘东培训", 32, 2015)]

    bring_in(EventResource, *rows, reason="属于下一年度", area=area().code)

    assert [(year, title) for year, key, title, reason in told()] == [(2014, str(event)), (2015, str(event))]


def test_organisations_come_in_without_a_reason():
    publish(2014)

    planned = bring_in(OrganizationResource, ("组织名称", "地市"), ("知行社", "南昌"))

    assert (planned.published, told()) == ([], [])


@pytest.mark.usefixtures("in_english")
def test_of_a_table_of_two_years_only_the_published_one_is_noted():
    publish(2015)
    rows = [
        ("组织或者个人", "项目名称", "金额", "报告年度"),
        ("知行社", "助学", 7000, 2014),
        ("知行社", "阅读", 3000, 2015),
    ]

    planned = plan(GrantResource, *rows)
    bring_in(GrantResource, *rows, reason="补录")

    assert [year.year for year in planned.published] == [2015]
    assert [(year, title) for year, key, title, reason in told()] == [(2015, "知行社 · 阅读")]


@pytest.mark.usefixtures("in_english")
def test_of_a_sheet_of_two_events_only_the_published_one_is_noted():
    publish(2015)
    make_event(when="2014年1月9日", title="湘东培训")
    later = make_event(when="2015年1月9日", title="萍乡培训")
    rows = [("姓名", "活动时间", "活动内容"), ("李文", "2014-1-9", "湘东培训"), ("王芳", "2015-1-9", "萍乡培训")]

    bring_in(AttendanceResource, *rows, reason="补录")

    assert [(year, title) for year, key, title, reason in told()] == [(2015, f"roster · {later}")]
