"""Sheets as people lay them out: titles, heads, merged and hidden cells, totals, several sheets."""

import pytest

from yixin.intake.tests.files import inline
from yixin.intake.tests.files import rows as xml_rows
from yixin.intake.tests.files import workbook as parts_of

from .odd_files import HEADS, READ, ROW, Odd, Says, accepted, book, expected, hand_in, rejected, sheet, table, xlsx

pytestmark = pytest.mark.django_db

OTHER = ["2014-02-01", "管理层培训", 35]
READ_OTHER = READ | {"时间": "2014-02-01", "内容": "管理层培训", "人数": 35}


def hiding_row(page) -> None:
    page.set_row(1, None, None, {"hidden": True})


def hiding_column(page) -> None:
    page.set_column(2, 2, None, None, {"hidden": True})


def hiding_sheet(page) -> None:
    page.hide()


def with_dimension(dimension: str):
    lines = enumerate([HEADS, ["2014-01-04", "湘东志愿者培训", "140"]], 1)
    cells = "".join(
        f'<row r="{number}">{inline(f"A{number}", a)}{inline(f"B{number}", b)}{inline(f"C{number}", c)}</row>'
        for number, (a, b, c) in lines
    )
    return lambda: parts_of(f'<dimension ref="{dimension}"/>{xml_rows(cells)}')


LAYOUTS = [
    Odd(
        "title lines above the head",
        xlsx(
            ["2014年志愿者培训一览表"], ["单位：人", None, "制表：办公室"], [], HEADS, ["1月4日", "湘东志愿者培训", 140]
        ),
        accepted(new=1, records={"5": READ}),
    ),
    Odd("head in the first line", table(ROW, OTHER), accepted(new=2, records={"2": READ, "3": READ_OTHER})),
    Odd(
        "head over two rows with men, women and total",
        xlsx(
            ["时间", "内容", "人数", None, None],
            [None, None, "男", "女", "合计"],
            ["2014-01-04", "湘东志愿者培训", 60, 80, 140],
            merges={"A1:A2": "时间", "B1:B2": "内容", "C1:E1": "人数"},
        ),
        accepted(new=1, records={"3": READ}),
    ),
    Odd(
        "men and women without a total",
        xlsx(["时间", "内容", "男", "女"], ["2014-01-04", "湘东志愿者培训", 60, 80]),
        rejected(
            Says(
                "The columns %(missing)s are missing. Row %(row)s was taken for the head; it has: %(found)s. Add the "
                "columns, or name them so.",
                {"missing": "人数", "row": 1, "found": "时间、内容、男、女"},
            )
        ),
    ),
    Odd(
        "head repeated on every page",
        table(ROW, HEADS, OTHER),
        accepted(new=2, records={"2": READ, "4": READ_OTHER}),
    ),
    Odd(
        "columns in another order with others between them",
        xlsx(["序号", "人数", "照片", "内容", "时间"], [1, 140, "有", "湘东志愿者培训", "2014-01-04"]),
        accepted(new=1, records={"2": READ}),
    ),
    Odd(
        "heads with spaces, line breaks and synonyms",
        xlsx(["活动 日期", "活动\n名称", "参加人数（人）"], ROW),
        accepted(new=1, records={"2": READ}),
    ),
    Odd(
        "date merged over two rows",
        xlsx(HEADS, ROW, [None, "管理层培训", 35], merges={"A2:A3": "2014-01-04"}),
        accepted(new=2, records={"2": READ, "3": READ_OTHER | {"时间": "2014-01-04"}}),
    ),
    Odd(
        "number merged over two rows counts once",
        xlsx(HEADS, ["2014-01-04", "湘东志愿者培训", None], ["2014-02-01", "管理层培训", None], merges={"C2:C3": 140}),
        accepted(new=2, warnings=[(3, "人数")], records={"2": READ, "3": READ_OTHER | {"人数": None}}),
    ),
    Odd("hidden row", xlsx(HEADS, ROW, OTHER, hides=hiding_row), accepted(new=2, warnings=[(None, None)])),
    Odd("hidden column", xlsx(HEADS, ROW, hides=hiding_column), accepted(new=1, warnings=[(None, None)])),
    Odd(
        "hidden sheet beside the right one",
        book(sheet(["说明"], name="封面"), sheet(HEADS, OTHER, name="旧", hides=hiding_sheet), sheet(HEADS, ROW)),
        accepted(new=1, warnings=[(None, None)], records={"2": READ}),
    ),
    Odd(
        "only a hidden sheet",
        book(sheet(["说明"], name="封面"), sheet(HEADS, ROW, name="旧", hides=hiding_sheet)),
        rejected(
            Says(
                "Only hidden sheets hold such a table: %(sheets)s. Unhide the right one in Excel or WPS.",
                {"sheets": "旧"},
            )
        ),
    ),
    Odd(
        "sheet chosen by its columns",
        book(sheet(["组织名称", "地市"], ["知行社", "南昌"], name="组织"), sheet(HEADS, ROW, name="培训")),
        accepted(new=1, warnings=[(None, None)], records={"2": READ}),
    ),
    Odd(
        "two sheets fit alike",
        book(sheet(HEADS, ROW, name="上半年"), sheet(HEADS, OTHER, name="下半年")),
        rejected(
            Says(
                "Several sheets hold such a table: %(sheets)s. Say which of them is meant.",
                {"sheets": "上半年、下半年"},
            )
        ),
    ),
    Odd(
        "one of two sheets named",
        book(sheet(HEADS, ROW, name="上半年"), sheet(HEADS, OTHER, name="下半年")),
        accepted(new=1, warnings=[(None, None)], records={"2": READ_OTHER}),
        options=("--area", "training", "--year", "2014", "--sheet", "下半年"),
    ),
    Odd(
        "a sheet named that is not there",
        book(sheet(HEADS, ROW, name="上半年")),
        rejected(
            Says("There is no sheet “%(sheet)s”. The file has: %(sheets)s.", {"sheet": "下半年", "sheets": "上半年"})
        ),
        options=("--area", "training", "--year", "2014", "--sheet", "下半年"),
    ),
    Odd("dimension of WPS that hides the table", with_dimension("A1"), accepted(new=1, records={"2": READ})),
    Odd("dimension of the whole sheet", with_dimension("A1:XFD1048576"), accepted(new=1, records={"2": READ})),
    Odd(
        "blank rows, and blanks of U+3000",
        table(ROW, [], ["\u3000", " ", "\u3000\u3000"], OTHER),
        accepted(new=2, records={"2": READ, "5": READ_OTHER}),
    ),
    Odd(
        "running numbers below the table",
        xlsx(["序号", *HEADS], [1, *ROW], [2], [3], [4]),
        accepted(new=1, records={"2": READ}),
    ),
    Odd("head without rows", table(), accepted(warnings=[(None, None)])),
    Odd(
        "no head",
        xlsx(ROW, OTHER),
        rejected(
            Says(
                "No head of a table was found. Row %(row)s has: %(found)s. The table needs a line with the heads: "
                "%(expected)s.",
                {"row": 1, "found": "2014-01-04、湘东志愿者培训、140", "expected": "时间、内容、人数"},
            )
        ),
    ),
    Odd(
        "a table of grants",
        xlsx(["组织或者个人", "项目名称", "金额"], ["知行社", "微公益", 7000]),
        rejected(
            Says(
                "The columns %(missing)s are missing. Row %(row)s was taken for the head; it has: %(found)s. Add the "
                "columns, or name them so.",
                {"missing": "时间、人数", "row": 1, "found": "组织或者个人、项目名称、金额"},
            )
        ),
    ),
    Odd(
        "a second table below the first",
        table(ROW, [], ["组织或者个人", "项目名称", "金额"], ["知行社", "微公益", 7000]),
        rejected((4, "时间"), (4, "人数"), (5, "时间"), new=1, refused=2),
    ),
]

TOTALS = [
    Odd("right total", table(ROW, OTHER, ["合计", None, 175]), accepted(new=2)),
    Odd("wrong total", table(ROW, OTHER, ["合计", None, 170]), accepted(new=2, warnings=[(4, "人数")])),
    Odd(
        "right subtotals and total",
        table(ROW, ["小计", None, 140], OTHER, ["小计", None, 35], ["总计：", None, "175人次"]),
        accepted(new=2),
    ),
    Odd(
        "subtotals of months, the second wrong",
        table(ROW, ["1月小计", None, 140], OTHER, ["2月份小计", None, 36], ["合计", None, 175]),
        accepted(new=2, warnings=[(5, "人数")]),
    ),
    Odd(
        "label of the total among the running numbers",
        xlsx(["序号", *HEADS], [1, *ROW], [2, *OTHER], ["合计", None, "2场", 175]),
        accepted(new=2),
    ),
    Odd("total without a label", table(ROW, OTHER, [None, None, 175]), accepted(new=2)),
    Odd(
        "total merged over two columns", xlsx(HEADS, ROW, [None, None, 140], merges={"A3:B3": "合 计"}), accepted(new=1)
    ),
    Odd(
        "event that is called 合计培训",
        table(ROW, ["2014-02-01", "合计培训", 35]),
        accepted(new=2, records={"2": READ, "3": READ_OTHER | {"内容": "合计培训"}}),
    ),
    Odd(
        "event that is called 合计",
        table(ROW, ["2014-02-01", "合计", 35]),
        accepted(new=2, records={"2": READ, "3": READ_OTHER | {"内容": "合计"}}),
    ),
    Odd(
        "remarks below the table",
        table(
            ROW,
            ["填表人：甲", None, "日期：2014-12-31"],
            ["注：人数为签到人数"],
            ["备注：无"],
            ["制表日期 2014年12月31日"],
        ),
        accepted(new=1, warnings=[(3, None), (4, None), (5, None), (6, None)]),
    ),
    Odd(
        "remark merged over all columns",
        xlsx(HEADS, ROW, [None, None, None], merges={"A3:C3": "说明：以上为不完全统计"}),
        accepted(new=1, warnings=[(3, None)]),
    ),
    Odd(
        "title without a date is an error, not a remark",
        table(ROW, [None, "说明会", None]),
        rejected((3, "时间"), new=1, refused=1),
    ),
    Odd("total of another column's error", table(ROW, ["合计", None, "#REF!"]), accepted(new=1)),
]


@pytest.mark.parametrize("odd", LAYOUTS, ids=str)
def test_layout(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)


@pytest.mark.parametrize("odd", TOTALS, ids=str)
def test_total(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)
