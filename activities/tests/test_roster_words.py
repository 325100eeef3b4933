"""Who signed, who did not, and what stands in a roster where a name or an organisation should."""

from datetime import date

import pytest

from activities.models import Attendance
from activities.resources import AttendanceResource
from activities.resources.roster_words import name_and_aside
from activities.tests.factories import make_event
from organizations.models import Organization
from yixin.intake.tests.tables import bring_in, done, plan, told

pytestmark = pytest.mark.django_db


def came(*rows: tuple) -> list[tuple]:
    bring_in(AttendanceResource, *rows, event=make_event().pk)
    return list(
        Attendance.objects.order_by("pk").values_list("person__name", "organization__name", "person__phone", "remark")
    )


def test_days_with_two_halves_tell_who_was_there():
    rows = [
        ("姓名", "单位", "7月5日", "", "7月6日"),
        ("", "", "上午", "下午", "上午"),
        ("万红", "", "√", "√", "√"),
        ("熊伟", "", "√", "", ""),
        ("涂强", "", "", "", ""),
    ]

    assert came(*rows) == [("万红", None, "", ""), ("熊伟", None, "", "7月5日 上午")]


def test_who_did_not_sign_was_not_there():
    rows = [("姓名", "签名", "下午签到"), ("龚平", "龚平", "√"), ("邹丽", "", "")]

    assert came(*rows) == [("龚平", None, "", "")]


def test_column_that_nobody_signed_says_nothing():
    assert came(("姓名", "签名"), ("龚平", ""), ("邹丽", "")) == [("龚平", None, "", ""), ("邹丽", None, "", "")]


@pytest.mark.parametrize("remark", ["取消", "已取消", "因故取消了", "不去了", "去不了", "不参加", "未来"])
def test_who_says_so_did_not_come(remark):
    planned = plan(AttendanceResource, ("姓名", "备注"), ("张三", remark), event=make_event().pk)

    assert done(planned) == {"skipped": 1}


@pytest.mark.parametrize("remark", ["未来社区", "取消素食", "不吃辣"])
def test_who_only_sounds_so_came(remark):
    planned = plan(AttendanceResource, ("姓名", "备注"), ("张三", remark), event=make_event().pk)

    assert done(planned) == {"new": 1}


def test_no_organisation_is_made_of_words_for_none():
    rows = [("姓名", "单位"), ("鲁达", "无"), ("杨志", "个人"), ("林冲", "自由职业"), ("宋江", "暂无")]

    assert came(*rows) == [
        ("鲁达", None, "", ""),
        ("杨志", None, "", "个人"),
        ("林冲", None, "", "自由职业"),
        ("宋江", None, "", ""),
    ]
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("章平（组长）", ("章平", "组长")),
        ("樊丽 老师", ("樊丽", "老师")),
        ("殷秀(女)", ("殷秀", "女")),
        ("小鱼儿（余晓红）", ("余晓红", "小鱼儿")),
        ("小鱼儿（开心）", ("小鱼儿（开心）", "")),
        ("刘总", ("刘总", "")),
        ("张三", ("张三", "")),
    ],
)
def test_name_is_kept_without_what_stands_beside_it(text, name):
    assert name_and_aside(text) == name


def test_two_of_one_name_stay_two():
    rows = [("姓名", "单位"), ("王芳（大）", "益路"), ("王芳（小）", "益路"), ("章平（组长）", "益路")]

    assert came(*rows) == [
        ("王芳（大）", "益路", "", ""),
        ("王芳（小）", "益路", "", ""),
        ("章平", "益路", "", "组长"),
    ]


def test_name_alone_beside_its_namesake_is_pointed_out():
    rows = [("姓名", "电话"), ("王芳", "13800138000"), ("王芳", ""), ("李四", "")]

    planned = plan(AttendanceResource, *rows, event=make_event().pk)

    assert (done(planned), told(planned.warnings)) == ({"new": 3}, [(3, "姓名")])


def test_export_of_a_form_on_the_web_is_a_roster():
    rows = [
        (
            "序号",
            "提交答卷时间",
            "来自IP",
            "1、您的姓名：",
            "2、您的手机号码：",
            "3、您所在的单位名称：",
            "4、是否同意",
        ),
        (1, "2021/5/6 10:11:12", "117.40.1.2(江西-南昌)", "王琴", "13500001111", "益路", "同意"),
    ]

    assert came(*rows) == [("王琴", "益路", "13500001111", "")]


def test_phone_beside_the_name_is_no_part_of_it():
    rows = [("姓名", "备注"), ("张三 13800138000", ""), ("李四（13800138001）", ""), ("王五：请假", "")]

    assert came(*rows) == [("张三", None, "13800138000", ""), ("李四", None, "13800138001", "")]


def test_phone_without_a_name_is_nobody():
    planned = plan(AttendanceResource, ("姓名", "备注"), ("13800138000", ""), event=make_event().pk)

    assert (done(planned), told(planned.errors)) == ({"refused": 1}, [(2, "姓名")])


def test_line_for_a_signature_is_nobody():
    assert came(("姓名", "备注"), ("张三", ""), ("负责人签字：", "")) == [("张三", None, "", "")]


def test_days_that_are_dates_above_their_halves_tell_who_was_there():
    rows = [
        ("姓名", date(2019, 7, 5), ""),
        ("", "上午", "下午"),
        ("万红", "√", "√"),
        ("熊伟", "", "√"),
        ("涂强", "", ""),
    ]

    assert came(*rows) == [("万红", None, "", ""), ("熊伟", None, "", "2019-07-05 下午")]
