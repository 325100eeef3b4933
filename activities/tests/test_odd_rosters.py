"""Rosters: phones in every shape, who did not come, what must not be kept, and which event it was."""

import pytest

from organizations.tests.factories import make_organization, make_person
from yixin.quantities import HeadCount

from .factories import make_event
from .odd_files import ROW, Odd, Says, accepted, expected, hand_in, rejected, run, stored, xlsx

pytestmark = pytest.mark.django_db

ROSTER = ["姓名", "单位", "电话"]


def of_training(**changes) -> tuple[str, ...]:
    """The event whose roster comes, as an option; an organisation from which people come is on record."""
    make_organization(name="南昌义工联")
    event = make_event(**{"when": "2014-01-04", "title": ROW[1], "people": HeadCount(140)} | changes)
    return "--event", str(event.pk)


def of_training_not_told() -> None:
    of_training()


def roster(name: str, outcome: dict, *rows: list, heads: list = ROSTER, before=of_training) -> Odd:
    return Odd(name, xlsx(heads, *rows), outcome, "attendance", (), before)


ROSTERS = [
    roster(
        "phones in every shape",
        accepted(
            new=5,
            warnings=[(None, None)],
            records={
                "2": {"姓名": "张三", "单位": "南昌义工联", "电话": "13800138000"},
                "3": {"姓名": "李四", "单位": "南昌义工联", "电话": "13800138001"},
                "4": {"姓名": "王五", "单位": "南昌义工联", "电话": "13800138002"},
                "5": {"姓名": "赵六", "单位": "南昌义工联", "电话": "13800138003"},
                "6": {"姓名": "钱七", "单位": "南昌义工联", "电话": "0791-8800000"},
            },
        ),
        ["张三", "南昌义工联", 13800138000.0],
        ["李四", "南昌义工联", "+86 138-0013-8001"],
        ["王 五", "南昌义工联", "138 0013 8002"],
        ["赵六", "南昌义工联", "13800138003/13900139003"],
        ["钱七", "南昌义工联", "0791-8800000"],
    ),
    roster(
        "phone that is none",
        rejected((2, "电话"), refused=1, warnings=[(None, None)]),
        ["张三", "南昌义工联", "没有手机"],
    ),
    roster(
        "label of the total among the running numbers",
        accepted(new=2, warnings=[(None, None)]),
        [1, "张三", "南昌义工联", None],
        [2, "李四", "南昌义工联", None],
        ["合计", "2人", None, None],
        heads=["序号", *ROSTER],
    ),
    roster(
        "count below the names",
        accepted(new=2, warnings=[(None, None)]),
        ["张三", "南昌义工联"],
        ["李四", "南昌义工联"],
        ["共2人"],
        ["实到2人"],
    ),
    roster(
        "somebody who did not come",
        accepted(new=1, skipped=1, warnings=[(None, None)]),
        ["张三", "南昌义工联", None, None],
        ["李四", "南昌义工联", None, "请假"],
        heads=[*ROSTER, "备注"],
    ),
    roster(
        "columns of days that people tick",
        accepted(
            new=2,
            skipped=1,
            warnings=[(None, None)],
            records={
                "2": {"姓名": "张三", "单位": "南昌义工联"},
                "3": {"姓名": "李四", "单位": "南昌义工联"},
                "4": {"姓名": "王五", "单位": "南昌义工联"},
            },
        ),
        ["张三", "南昌义工联", "√", "√"],
        ["李四", "南昌义工联", "√", "×"],
        ["王五", "南昌义工联", None, "请假"],
        heads=["姓名", "单位", "1月4日", "1月5日"],
    ),
    roster(
        "identity and bank cards",
        accepted(
            new=1,
            warnings=[(1, "身份证号"), (1, "银行卡号"), (2, "备注"), (None, None)],
            records={"2": {"姓名": "张三", "单位": "南昌义工联", "备注": None}},
        ),
        ["张三", "南昌义工联", "110101199003070134", "6222020200112233445", "卡 6225 8801 2345 6783"],
        heads=["姓名", "单位", "身份证号", "银行卡号", "备注"],
    ),
    roster(
        "name twice with one phone",
        accepted(new=1, skipped=1, warnings=[(None, None)]),
        ["张三", "南昌义工联", "13800138000"],
        ["张 三", None, "13800138000"],
    ),
    roster(
        "roster of a sensitive event",
        rejected((2, "同意日期"), refused=1, warnings=[(None, None)]),
        ["张三", "南昌义工联", None],
        before=lambda: of_training(is_sensitive=True),
    ),
    roster(
        "roster of a sensitive event to which people agreed",
        accepted(new=1, warnings=[(None, None)]),
        ["张三", "南昌义工联", None, "2014-01-03"],
        heads=[*ROSTER, "同意日期"],
        before=lambda: of_training(is_sensitive=True),
    ),
    roster(
        "name that somebody on record has",
        accepted(skipped=1, warnings=[(2, "姓名"), (None, None)]),
        ["张三", None, None],
        before=lambda: make_person(name="张三") and of_training(),
    ),
    roster(
        "roster of an event that is not there",
        rejected(Says("There is no event no. %(number)s.", {"number": 999_999}), refused=1),
        ["张三", None, None],
        before=lambda: ("--event", "999999"),
    ),
    roster(
        "roster without an event can be looked at",
        accepted(new=1, warnings=[(None, None)]),
        ["张三", None, None],
        before=lambda: None,
    ),
    Odd(
        "event found by the lines above the roster",
        xlsx(["湘东志愿者培训签到表"], ["时间：2014年1月4日"], ROSTER, ["张三", "南昌义工联", "13800138000"]),
        accepted(new=1, warnings=[(None, None), (None, None)]),
        "attendance",
        (),
        of_training_not_told,
    ),
]


@pytest.mark.parametrize("odd", ROSTERS, ids=str)
def test_roster(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)


def test_roster_without_an_event_is_not_written(tmp_path):
    file, before = tmp_path / "handed-in", stored()
    file.write_bytes(xlsx(ROSTER, ["张三", "南昌义工联", "13800138000"])())

    report = run("attendance", str(file), "--commit")

    assert (report["status"], report["new"], len(report["errors"]), stored()) == ("rejected", 1, 1, before)
