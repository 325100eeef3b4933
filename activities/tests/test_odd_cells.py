"""Cells as people fill them: dates, head-counts, amounts and texts, each with what it means or why it is refused."""

from datetime import date, datetime
from functools import partial

import pytest

from grants.tests.factories import make_grant
from organizations.tests.factories import make_organization
from yixin.intake.tests.files import inline, rows
from yixin.intake.tests.files import workbook as of_parts

from .odd_files import (
    HEADS,
    READ,
    ROW,
    Odd,
    Says,
    accepted,
    book,
    expected,
    hand_in,
    rejected,
    sheet,
    table,
    text,
    xlsx,
)

pytestmark = pytest.mark.django_db

TITLE, PEOPLE = ROW[1:]
NO_YEAR = ("--area", "training")


def dated(name: str, cell: object, day: str | None, **span: str) -> Odd:
    """One event of that date; ``day`` None: an error at the cell."""
    outcome = accepted(new=1, records={"2": READ | {"时间": day} | span}) if day else rejected((2, "时间"), refused=1)
    return Odd(f"date {name}", table([cell, TITLE, PEOPLE]), outcome)


def counted(name: str, cell: object, people: int | None, **rest) -> Odd:
    return Odd(
        f"people {name}", table([*ROW[:2], cell]), accepted(new=1, records={"2": READ | {"人数": people}}, **rest)
    )


def miscounted(name: str, cell: object) -> Odd:
    return Odd(f"people {name}", table([*ROW[:2], cell]), rejected((2, "人数"), refused=1))


def parts(title: str, people: str) -> bytes:
    """A table of one event, whose title and head-count are parts of the sheet as they are given."""
    head = "".join(inline(f"{letter}1", name) for letter, name in zip("ABC", HEADS, strict=True))
    return of_parts(rows(f'<row r="1">{head}</row><row r="2">{inline("A2", "2014-01-04")}{title}{people}</row>'))


def on_record() -> None:
    make_grant(organization=make_organization(name="知行社"), project="微公益")


def paid(name: str, cell: object, amount: str | None) -> Odd:
    """One payment; ``amount`` None: an error at the cell."""
    record = {"日期": "2014-03-01", "组织或者个人": "知行社", "项目": "微公益", "拨款金额": amount}
    outcome = accepted(new=1, records={"2": record}) if amount else rejected((2, "拨款金额"), refused=1)
    file = xlsx(["日期", "组织或者个人", "项目", "拨款金额"], ["2014-03-01", "知行社", "微公益", cell])
    return Odd(f"amount {name}", file, outcome, table="payments", options=(), before=on_record)


DATES = [
    dated("typed", date(2014, 1, 4), "2014-01-04"),
    dated("typed with a time", datetime(2014, 1, 4, 10, 30), "2014-01-04"),
    dated("with points", "2014.1.4", "2014-01-04"),
    dated("with a time as text", "2014/1/4 10:00", "2014-01-04"),
    dated("day number without a format", 41643, "2014-01-04"),
    dated("day number as text", "41643", "2014-01-04"),
    dated("without a year", "1月4日", "2014-01-04"),
    dated("full width", "２０１４年１月４日", "2014-01-04"),
    dated("in Chinese numerals", "二〇一四年一月四日", "2014-01-04"),
    dated("of several months", "2014年10-12月", "2014年10-12月", start="2014-10-01", end="2014-12-31"),
    dated("of several days", "4月26-28日", "4月26-28日", start="2014-04-26", end="2014-04-28"),
    dated("part of a month", "3月初", "3月初", start="2014-03-01", end="2014-03-10"),
    dated("that never was", "2月30日", None),
    dated("that ends before it starts", "4月28-26日", None),
    dated("in words", "去年冬天", None),
    dated("far away", "9999-01-01", None),
    dated("empty", None, None),
    dated("true", True, None),
    Odd(
        "date 1904",
        book(sheet(HEADS, [date(2014, 1, 4), TITLE, PEOPLE]), date_1904=True),
        accepted(new=1, records={"2": READ}),
    ),
    Odd(
        "date same as above",
        table(ROW, ["同上", "管理层培训", 35]),
        accepted(new=2, records={"2": READ, "3": READ | {"内容": "管理层培训", "人数": 35}}),
    ),
    Odd("date same as above in the first row", table(["同上", TITLE, PEOPLE]), rejected((2, "时间"), refused=1)),
    Odd(
        "date without a year, which the title line names",
        xlsx(["2014年志愿者培训"], HEADS, ["1月4日", TITLE, PEOPLE]),
        accepted(new=1, warnings=[(None, None)], records={"3": READ}),
        options=NO_YEAR,
    ),
    Odd(
        "date without any year",
        table(["1月4日", TITLE, PEOPLE]),
        rejected((2, "时间"), refused=1),
        options=NO_YEAR,
    ),
    Odd(
        "date of the year before stays in the report year",
        table(["2013-12-28", TITLE, PEOPLE]),
        accepted(new=1, records={"2": READ | {"时间": "2013-12-28"}}),
    ),
]

PEOPLE_COUNTED = [
    counted("about", "约40", 40),
    counted("and more", "30余人", 30),
    counted("with a unit", "400人", 400),
    counted("full width", "４００", 400),
    counted("a hundred or so", "百余人", 100),
    counted("a number as text", "140", 140),
    counted("with a thousands separator", "1,400", 1400),
    counted("zero", 0, 0),
    counted("a whole float", 140.0, 140),
    counted("nobody counted", None, None),
    counted("unknown", "不详", None),
    miscounted("a fraction", 12.7),
    miscounted("negative", -1),
    miscounted("true", True),
    miscounted("a range", "30-40人"),
    miscounted("too many", 10**9),
    miscounted("twenty digits", "1" * 20),
    miscounted("words", "很多"),
    Odd(
        "people in a formula that was never calculated",
        partial(parts, inline("B2", TITLE), '<c r="C2"><f>70+70</f></c>'),
        rejected((2, "人数"), refused=1),
    ),
    Odd(
        "people in a formula with its value",
        xlsx(HEADS, [*ROW[:2], None], formulas={"C2": ("=70+70", 140)}),
        accepted(new=1, records={"2": READ}),
    ),
    Odd(
        "people in a formula that failed",
        xlsx(HEADS, [*ROW[:2], None], formulas={"C2": ("=#REF!+1", "#REF!")}),
        rejected((2, "人数"), refused=1),
    ),
    Odd(
        "date in a formula that failed",
        xlsx(HEADS, [None, *ROW[1:]], formulas={"A2": ("=NA()", "#N/A")}),
        rejected((2, "时间"), refused=1),
    ),
    Odd(
        "total in a formula that failed",
        xlsx(HEADS, ROW, ["合计", None, None], formulas={"C3": ("=SUM(#REF!)", "#REF!")}),
        rejected((3, "人数"), new=1),
    ),
]

AMOUNTS = [
    paid("in ten thousands", "0.35万", "3500.00"),
    paid("with a sign and a comma", "￥7,000", "7000.00"),
    paid("with a unit", "7,000元", "7000.00"),
    paid("in capital numerals", "柒仟元整", "7000.00"),
    paid("a float with noise", 0.1 + 0.2, "0.30"),
    paid("with a comma in the wrong place", "3,00", None),
    paid("of three decimals", "7000.005", None),
    paid("negative", -7000, None),
    paid("about", "约7000", None),
    paid("in dollars", "$7000", None),
    paid("zero", 0, None),
    paid("empty", None, None),
]


def titled(name: str, title: str, read: str, **rest) -> Odd:
    return Odd(
        f"text {name}", table([ROW[0], title, PEOPLE]), accepted(new=1, records={"2": READ | {"内容": read}}, **rest)
    )


TEXTS = [
    titled("of a formula", '=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
    titled("that CSV would run", "@SUM(1+1)*cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0"),
    titled("with a script", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    titled("with emoji", "志愿者🎉培训", "志愿者🎉培训"),
    titled("with marks of direction", "湘东\u202e志愿者\u200f培训", TITLE),
    titled("over several lines", "湘东\n志愿者\t培训", "湘东 志愿者 培训"),
    titled("that is a number", 20140104.0, "20140104"),
    titled("of an SQL injection", "'; DROP TABLE activities_event; --", "'; DROP TABLE activities_event; --"),
    titled("cancelled", "公益沙龙（取消）", "公益沙龙（取消）", warnings=[(2, "状态")]),
    titled("of an illness", "艾滋病反歧视研讨会", "艾滋病反歧视研讨会", warnings=[(2, "内容")]),
    Odd("text of 5,000 characters", table([ROW[0], "长" * 5000, 3]), rejected((2, "内容"), refused=1)),
    Odd(
        "text with NUL",
        text("时间,内容,人数\n2014-01-04,湘东\0志愿者培训,140\n"),
        rejected(Says("This is no table: the file holds bytes that stand in no text. Send an .xlsx or .csv file.")),
    ),
    Odd(
        "text with escaped NUL and half a character",
        partial(parts, inline("B2", "湘东_x0000_志愿者_xD800_培训"), '<c r="C2"><v>140</v></c>'),
        accepted(new=1, records={"2": READ}),
    ),
    Odd(
        "title missing",
        table([ROW[0], None, PEOPLE]),
        rejected((2, "内容"), refused=1),
    ),
]


@pytest.mark.parametrize("odd", DATES, ids=str)
def test_date(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)


@pytest.mark.parametrize("odd", [*PEOPLE_COUNTED, *AMOUNTS], ids=str)
def test_number(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)


@pytest.mark.parametrize("odd", TEXTS, ids=str)
def test_text(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)
