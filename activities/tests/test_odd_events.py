"""Events that meet what is on record, and files of which a part or nothing may be written."""

from functools import partial

import pytest

from activities.models import Event
from yixin.quantities import HeadCount

from .factories import area, make_event
from .odd_files import (
    HEADS,
    READ,
    ROW,
    TRAININGS_2014,
    Odd,
    Says,
    accepted,
    expected,
    hand_in,
    rejected,
    run,
    stored,
    table,
    xlsx,
)

pytestmark = pytest.mark.django_db

OF_2014 = ("--year", "2014")
on_record = partial(make_event, when="2014-01-04", title=ROW[1], people=HeadCount(140))
BAD = ["2月30日", "管理层培训", 35]


EVENTS = [
    Odd("event pasted twice", table(ROW, ROW), accepted(new=1, skipped=1)),
    Odd("event on record", table(ROW), accepted(same=1), before=on_record),
    Odd(
        "event on record with another head-count",
        table([*ROW[:2], 141]),
        accepted(changed=1),
        before=on_record,
    ),
    Odd(
        "event on record whose head-count is left empty",
        table([*ROW[:2], None]),
        accepted(same=1),
        before=on_record,
    ),
    Odd(
        "event of another area",
        table(ROW),
        accepted(changed=1, warnings=[(2, "工作板块")]),
        before=lambda: on_record(area=area("exchange")),
    ),
    Odd(
        "event near to one on record",
        table(["2014-01-05", "湘东区志愿者培训", 140]),
        accepted(new=1, warnings=[(2, "内容")]),
        before=on_record,
    ),
    Odd(
        "unknown area in a column",
        xlsx([*HEADS, "工作板块"], [*ROW, "志愿者培训"], [*ROW, "外星事务"]),
        rejected((3, "工作板块"), new=1, refused=1),
        options=OF_2014,
    ),
    Odd(
        "no area at all",
        table(ROW),
        rejected(
            Says("Say in which work area these events count: choose it, or give it a column 工作板块."), refused=1
        ),
        options=OF_2014,
    ),
    Odd(
        "year that no report has",
        table(ROW),
        rejected(Says("The year must lie between 1900 and 2100.")),
        options=("--year", "20140"),
    ),
    Odd("unknown place", xlsx([*HEADS, "地区"], [*ROW, "亚特兰蒂斯"]), rejected((2, "地区"), refused=1)),
    Odd(
        "county of that time",
        xlsx([*HEADS, "地区"], [*ROW, "赣县"]),
        accepted(new=1, records={"2": READ | {"地区": "赣县"}}),
    ),
    Odd(
        "another province",
        xlsx([*HEADS, "地区"], [*ROW, "安徽合肥"]),
        accepted(new=1, records={"2": READ | {"地区": "安徽省"}}),
    ),
    Odd(
        "columns that are nobody's to set",
        xlsx(["id", *HEADS, "is_public", "is_sensitive", "敏感", "pk", "report"], [1, *ROW, True, False, "否", 1, 9]),
        accepted(new=1, records={"2": READ}),
    ),
    Odd(
        "cancelled in the remark",
        xlsx([*HEADS, "备注"], [*ROW[:2], None, "因雨取消"]),
        accepted(new=1, warnings=[(2, "状态")]),
    ),
    Odd(
        "only the good rows",
        table(ROW, BAD),
        accepted(new=1, refused=1) | {"errors": [(3, "时间")]},
        options=(*TRAININGS_2014, "--good-rows"),
    ),
]


@pytest.mark.parametrize("odd", EVENTS, ids=str)
def test_event(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)


def committed(file, folder, *more: str) -> tuple[str, dict]:
    """The status, and how many records of which kind came into the database."""
    path, before = folder / "handed-in", stored()
    path.write_bytes(file())
    report = run("events", str(path), *TRAININGS_2014, *more, "--commit")
    return report["status"], {
        kind: number - before[kind] for kind, number in stored().items() if number != before[kind]
    }


def test_one_bad_row_keeps_the_whole_file_out(tmp_path):
    assert committed(table(ROW, BAD), tmp_path) == ("rejected", {})


def test_good_rows_come_in_without_the_bad_one(tmp_path):
    status, came = committed(table(ROW, BAD), tmp_path, "--good-rows")

    assert status == "accepted"
    assert came == {"activities.Event": 1, "intake.Intake": 1, "intake.Change": 1, "access.Revision": 1}
    assert list(Event.objects.values_list("title", flat=True)) == [ROW[1]]


def test_texts_that_are_no_formulas_are_stored_as_text(tmp_path):
    titles = ["=1+1", "+2", "-3", "@SUM(A1)", "<script>alert(1)</script>", "'; DROP TABLE x; --"]

    committed(table(*([ROW[0], title, 5] for title in titles)), tmp_path)

    assert list(Event.objects.order_by("pk").values_list("title", flat=True)) == titles


def test_columns_that_are_nobodys_to_set_overwrite_nothing(tmp_path):
    event = on_record(is_sensitive=True)
    heads = ["id", "pk", *HEADS, "敏感", "is_sensitive", "is_public"]

    committed(
        xlsx(
            heads,
            [event.pk, event.pk, "2014-02-01", "管理层培训", 35, "否", False, True],
            [1, 1, *ROW, "否", False, True],
        ),
        tmp_path,
    )

    event.refresh_from_db()
    assert (event.title, event.is_sensitive) == (ROW[1], True)
    assert list(Event.objects.order_by("pk").values_list("title", "is_sensitive")) == [
        (ROW[1], True),
        ("管理层培训", False),
    ]


def test_event_of_another_area_is_listed_there_too(tmp_path):
    event = on_record(area=area("exchange"))

    committed(table(ROW), tmp_path)

    assert list(event.also_listed_in.values_list("code", flat=True)) == ["training"]
    assert list(Event.objects.values_list("area__code", flat=True)) == ["exchange"]
