"""Workbooks written by XlsxWriter and read back by openpyxl."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from reports.document import Document
from reports.render import xlsx
from reports.table import Kind, Row, Table
from yixin.fuzzydate import parse
from yixin.quantities import HeadCount


def table(*rows: Row, total=None, title="志愿者培训", notes=()) -> Table:
    return Table(
        code="training",
        title=title,
        labels=("时间", "内容", "人数", "金额"),
        kinds=(Kind.DATE, Kind.TEXT, Kind.NUMBER, Kind.MONEY),
        totalled=(False, False, True, True),
        rows=rows,
        totals=(None, None, total, Decimal("0.00")),
        notes=notes,
    )


def document(tables) -> Document:
    return Document(year=2014, title="知行年报", tables=tuple(tables))


def read(tables, *, data_only=True):
    with translation.override("zh-hans"):
        return load_workbook(BytesIO(xlsx.workbook(document(tables))), data_only=data_only)


def cells(sheet, row: int) -> list:
    return [cell.value for cell in sheet[row]]


ROWS = (
    Row((parse("2014年1月9日"), "湘东志愿者培训", HeadCount(32), Decimal("1.50"))),
    Row((parse("2014年4月26-28日"), "管理层培训", HeadCount(40, True), None)),
    Row((parse("2014年10-12月"), "反歧视项目", None, Decimal("2.50")), counted=False),
    Row((None, "补记", 7, Decimal(3))),
)


def test_values_keep_their_type():
    sheet = read([table(*ROWS, total=79)]).active

    assert cells(sheet, 1)[0] == "2014 · 志愿者培训"
    assert cells(sheet, 3) == ["时间", "内容", "人数", "金额"]
    assert cells(sheet, 4) == [datetime(2014, 1, 9), "湘东志愿者培训", 32, 1.5]
    assert cells(sheet, 5) == ["2014年4月26-28日", "管理层培训", 40, None]
    assert cells(sheet, 6) == ["2014年10-12月", "反歧视项目", None, 2.5]
    assert sheet["A4"].number_format == 'yyyy"年"m"月"d"日"'
    assert sheet["C5"].number_format == '"约"#,##0'


def test_the_total_is_a_live_sum_over_counted_rows_with_its_value_cached():
    tables = [table(*ROWS, total=79)]

    total = cells(read(tables).active, 8)
    assert (total, type(total[2])) == (["合计", None, 79, 0], int)
    assert cells(read(tables, data_only=False).active, 8)[2] == "=SUM(C4:C5,C7)"


def test_many_gaps_make_several_sums():
    rows = [Row((None, "x", 1, None), counted=number % 2 == 0) for number in range(900)]
    formula = cells(read([table(*rows, total=450)], data_only=False).active, 904)[2]

    assert formula.count("SUM(") == 3
    assert formula.count("C") == 450


@pytest.mark.parametrize("text", ["=1+1", "==1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org", "007", "{=1}"])
def test_text_is_never_a_formula_a_number_or_a_link(text):
    sheet = read([table(Row((None, text, 1, None)), total=1)], data_only=False).active

    assert (sheet["B4"].value, sheet["B4"].data_type, sheet["B4"].hyperlink) == (text, "s", None)


def test_markup_in_a_text_stays_text():
    text = "<r><t>甲</t></r></is></c><c><f>1+1</f></c></r>"

    sheet = read([table(Row((None, text, 1, None)), total=1)], data_only=False).active

    assert (sheet["B4"].value.rstrip(), sheet["B4"].data_type) == (text, "s")


def test_the_same_tables_give_the_same_bytes():
    first, second = (xlsx.workbook(document([table(*ROWS, total=79)])) for _ in range(2))

    assert first == second


def test_sheet_names_are_what_excel_allows():
    titles = ["a/b", "A/B", "很" * 40, "很" * 40, "history", "  "]

    names = read([table(title=title) for title in titles]).sheetnames

    assert names == ["a b", "A B 2", "很" * 31, "很" * 29 + " 2", "history 2", "-"]


def test_the_sheet_is_set_up_to_be_sent_on():
    sheet = read([table(*ROWS, total=79, notes=("有 1 行人数不详。",))]).active

    assert cells(sheet, 9)[0] == "有 1 行人数不详。"
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        9,
        0,
        True,
    )
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["C"].width
    assert sheet["A1"].font.name == "黑体"
    assert sheet["B4"].border.left.style == "thin"


def test_a_table_of_measures_says_unknown_and_one_without_rows_has_a_total():
    measures = Table(
        "m",
        "概览",
        ("项目", "数值"),
        (Kind.TEXT, Kind.NUMBER),
        (False, False),
        (Row(("人数", None)),),
        (None, None),
        (),
    )

    assert cells(read([measures]).active, 4) == ["人数", "不详"]
    assert cells(read([table(total=0)]).active, 4) == ["合计", None, 0, 0]
