from datetime import date, datetime

import pytest

from yixin.intake.reading.cells import FAILED, NO_DATE, NO_NUMBER, NOT_CALCULATED, NOT_READABLE
from yixin.intake.reading.workbook import read_workbook
from yixin.intake.sheets import CellError
from yixin.intake.tests.files import inline, rows, workbook

DAY = '<numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts>'
STYLES = DAY + "<cellXfs>" + "".join(f'<xf numFmtId="{code}"/>' for code in (0, 164, 57, 20, 46, 31)) + "</cellXfs>"
PLAIN, DATED, MONTHLY, TIMED, LASTING, CHINESE = range(6)


def cell(content):
    """The value of a sheet's only cell."""
    (sheet,) = read_workbook(workbook(rows(f"<row>{content}</row>"), styles=STYLES, strings="<si><t>年会</t></si>"))
    return sheet.lines[0].cells[0] if sheet.lines else None


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("<c><v>1200</v></c>", 1200),
        ("<c><v>1.2E3</v></c>", 1200),
        ("<c><v>0.35</v></c>", 0.35),
        ("<c><v>-7</v></c>", -7),
        ("<c><v>3.6010219900101E17</v></c>", 360102199001010000),
        ("<c><v>1e999</v></c>", CellError("1e999", NO_NUMBER)),
        ("<c><v>nan</v></c>", CellError("nan", NOT_READABLE)),
        ("<c><v>1_000</v></c>", CellError("1_000", NOT_READABLE)),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="s"><v>0</v></c>', "年会"),
        ('<c t="s"><v></v></c>', None),
        ('<c t="str"><v>年会</v></c>', "年会"),
        ('<c t="d"><v>2014-01-04T00:00:00</v></c>', date(2014, 1, 4)),
        ('<c t="d"><v>04.01.2014</v></c>', CellError("04.01.2014", NO_DATE)),
        ('<c t="e"><v>#REF!</v></c>', CellError("#REF!", FAILED)),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellError("#DIV/0!", FAILED)),
        ("<c><f>SUM(A1:A3)</f><v>12</v></c>", 12),
        ("<c><f>SUM(A1:A3)</f></c>", CellError("=SUM(A1:A3)", NOT_CALCULATED)),
        ("<c><f>SUM(A1:A3)</f><v/></c>", CellError("=SUM(A1:A3)", NOT_CALCULATED)),
        ('<c t="str"><f>B1</f></c>', CellError("=B1", NOT_CALCULATED)),
        ('<c t="str"><f>B1</f><v></v></c>', None),
        (inline("A1", "年<!-- -->会"), "年会"),
        (inline("A1", "年_x000D_\n会_x0000_"), "年\r\n会"),
        (inline("A1", "_x005F_x000D_"), "_x000D_"),
        (inline("A1", "_xD83D__xDE00__xD83D_"), "😀"),
        (inline("A1", " \u3000\u200b"), None),
        (inline("A1", "字" * 32_768), CellError("字" * 40, NOT_READABLE)),
        (
            '<c t="inlineStr"><is><r><t>益心</t></r><r><t>益意</t></r><rPh sb="0" eb="1"><t>yì</t></rPh></is></c>',
            "益心益意",
        ),
    ],
)
def test_value_of_a_cell(content, value):
    assert cell(content) == value


@pytest.mark.parametrize(
    ("style", "serial", "value"),
    [
        (DATED, "41643", date(2014, 1, 4)),
        (DATED, "41643.75", date(2014, 1, 4)),
        (DATED, "41642.9999999999", date(2014, 1, 4)),
        (CHINESE, "41643", date(2014, 1, 4)),
        (MONTHLY, "41640", "2014年1月"),
        (MONTHLY, "41643", date(2014, 1, 4)),
        (TIMED, "0.75", "18:00"),
        (TIMED, "41643.75", date(2014, 1, 4)),
        (LASTING, "1.0625", "25:30"),
        (DATED, "1", date(1900, 1, 1)),
        (DATED, "59", date(1900, 2, 28)),
        (DATED, "60", CellError("60", NO_DATE)),
        (DATED, "61", date(1900, 3, 1)),
        (DATED, "2958465", date(9999, 12, 31)),
        (DATED, "2958466", CellError("2958466", NO_DATE)),
        (DATED, "0", CellError("0", NO_DATE)),
        (DATED, "-3", CellError("-3", NO_DATE)),
        (DATED, "1e300", CellError("1e+300", NO_DATE)),
        (PLAIN, "41643", 41643),
        (99, "41643", 41643),
    ],
)
def test_days_are_known_by_their_format(style, serial, value):
    assert cell(f'<c s="{style}"><v>{serial}</v></c>') == value


def test_day_is_a_day_even_with_a_time():
    value = cell(f'<c s="{DATED}"><v>41643.75</v></c>')

    assert type(value) is date
    assert not isinstance(value, datetime)


def test_calendar_of_1904():
    data = workbook(
        rows('<row><c s="1"><v>40181</v></c><c s="1"><v>0</v></c><c s="1"><v>2957004</v></c></row>'),
        styles=STYLES,
        workbook_properties='<workbookPr date1904="1"/>',
    )

    assert read_workbook(data)[0].lines[0].cells == (
        date(2014, 1, 4),
        date(1904, 1, 1),
        CellError("2957004", NO_DATE),
    )
