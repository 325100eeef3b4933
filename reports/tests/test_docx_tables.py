"""Tables in Word: rows and totals as on the page, a head that repeats, widths that fit the paper."""

from decimal import Decimal

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from reports.document import Document
from reports.render.docx_tables import LANDSCAPE, PORTRAIT, layout_of
from reports.table import Kind, Row, Table
from reports.tests.documents import make_grants, make_table, make_wide
from reports.tests.word_files import found, paragraphs, texts, written
from yixin.fuzzydate import parse
from yixin.quantities import HeadCount


def report_of(*tables: Table) -> Document:
    return Document(2014, "2014年度工作报告", tables=tables)


def test_rows_and_total_read_as_on_the_page():
    file = written(report_of(make_table()))

    assert texts(file.tables[0]) == [
        ["时间", "内容", "人数"],
        ["2014年1月9日", "县城志愿者培训", "32"],
        ["2014年4月26-28日", "志愿者管理层培训第一期", "约1,400"],
        ["2014年10-12月", "支持反歧视项目", "不详"],
        ["合计", "", "1,432"],
    ]
    assert paragraphs(file, "Note") == ["注：有1行人数不详，合计中没有计入：2014年10-12月 支持反歧视项目。"]


def test_several_notes_are_numbered():
    file = written(report_of(make_grants()))

    assert paragraphs(file, "Note") == [
        "注1：某志愿者协会：已退出，金额不详，不计入合计。",
        "注2：一个项目可以分几次拨款。",
    ]


def test_the_head_repeats_and_no_row_breaks():
    file = written(report_of(make_table()))

    rows = found(file.tables[0]._tbl, "w:tr")
    assert [len(found(row, "w:trPr/w:tblHeader")) for row in rows] == [1, 0, 0, 0, 0]
    assert [len(found(row, "w:trPr/w:cantSplit")) for row in rows] == [1, 1, 1, 1, 1]


def test_a_row_that_might_fit_on_no_page_may_break():
    row = Row((parse("2014年1月9日"), "字" * 5000, HeadCount(1)))

    file = written(report_of(make_table(row)))

    assert [len(found(tr, "w:trPr/w:cantSplit")) for tr in found(file.tables[0]._tbl, "w:tr")] == [1, 0, 1]


def test_numbers_stand_on_the_right_and_the_total_is_bold():
    file = written(report_of(make_table()))

    rows = [[cell.paragraphs[0] for cell in row.cells] for row in file.tables[0].rows]
    assert [paragraph.alignment for paragraph in rows[1]] == [None, None, WD_ALIGN_PARAGRAPH.RIGHT]
    assert [paragraph.style.name for paragraph in rows[0]] == ["Table Head"] * 3
    assert [[run.bold for run in paragraph.runs] for paragraph in rows[4]] == [[True], [], [True]]
    assert rows[1][2].runs[0].bold is None


def test_a_row_that_does_not_count_and_a_value_that_is_unknown_are_grey():
    file = written(report_of(make_grants()))

    def looks(row: int) -> list[tuple]:
        runs = [run for cell in file.tables[0].rows[row].cells for run in cell.paragraphs[0].runs]
        return [(run.italic, str(run.font.color.rgb) if run.font.color.rgb else None) for run in runs]

    assert looks(1) == [(None, None)] * 3
    assert looks(2) == [(True, "595959")] * 4
    assert looks(3) == [(None, None)] * 2
    unknown = written(report_of(make_table())).tables[0].rows[3].cells[2].paragraphs[0].runs[0]
    assert (unknown.text, unknown.italic, str(unknown.font.color.rgb)) == ("不详", None, "595959")


def test_the_total_stays_with_the_last_row_and_a_small_table_in_one_piece():
    row = Row((parse("2014年1月9日"), "县城志愿者培训", HeadCount(1)))

    def kept(count: int) -> str:
        table = written(report_of(make_table(*[row] * count))).tables[0]
        return "".join(str(len(found(tr, "w:tc[1]/w:p/w:pPr/w:keepNext"))) for tr in found(table._tbl, "w:tr"))

    assert kept(3) == "01110"
    assert kept(12) == "0" + "0" * 11 + "1" + "0"


def test_a_table_without_rows_says_so():
    file = written(report_of(make_table(rows=(), totals=(None, None, 0), notes=())))

    assert file.tables == []
    assert paragraphs(file, "Body Text") == ["没有记录。"]


def test_an_event_table_fills_the_page_and_leaves_the_room_to_the_content():
    layout = layout_of(make_table())

    when, what, people = layout.widths
    assert (layout.half_points, layout.is_landscape, PORTRAIT - 3 <= layout.width <= PORTRAIT) == (21, False, True)
    assert what > when > people


def test_a_table_of_measures_stays_small():
    table = Table(
        "m", "月份", ("月份", "人次"), (Kind.TEXT, Kind.NUMBER), (False, True), (Row(("1月", 140)),), (None, 140), ()
    )

    layout = layout_of(table)

    assert layout.width < PORTRAIT / 2


@pytest.mark.parametrize(
    ("columns", "value", "half_points", "available"),
    [
        (6, 1462, 21, PORTRAIT),
        (11, 1462, 18, PORTRAIT),
        (11, Decimal("53100.00"), 18, LANDSCAPE),
        (16, 1462, 18, LANDSCAPE),
        (30, Decimal("53100.00"), 15, LANDSCAPE),
    ],
)
def test_columns_fit_the_paper(columns, value, half_points, available):
    layout = layout_of(make_wide(columns, value))

    assert (layout.half_points, layout.is_landscape) == (half_points, available == LANDSCAPE)
    assert available - columns <= layout.width <= available
    assert len(layout.widths) == columns


def test_a_long_text_does_not_starve_the_other_columns():
    long = Row((parse("2014年1月9日"), "W" * 300, HeadCount(1_000_000)))

    when, what, people = layout_of(make_table(long)).widths

    assert when > 1500
    assert people > 900
    assert when + what + people <= PORTRAIT


def test_four_hundred_rows_all_stand_there():
    rows = [Row((parse("2014年1月9日"), f"第{number}期", HeadCount(number))) for number in range(400)]

    read = texts(written(report_of(make_table(*rows, totals=(None, None, 79800)))).tables[0])

    assert len(read) == 402
    assert read[400:] == [["2014年1月9日", "第399期", "399"], ["合计", "", "79,800"]]
