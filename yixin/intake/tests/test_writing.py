"""Workbooks and CSV files read back by other libraries: typed cells, and no text that calculates."""

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from yixin.intake.longsheet import workbook
from yixin.intake.reading import read_file
from yixin.intake.writing import Sheet, book_in, comma_separated, guarded, sheet_name

HOSTILE = [
    '=HYPERLINK("http://x")',
    "=1+1",
    "==1+1",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "\r=1",
    "'=1",
    "{=1}",
    "007",
    "http://example.org",
    "mailto:a@example.org",
    "2014-01-04",
    "TRUE",
    "#REF!",
    "<r><t>x</t></r>",
    '<r></r></is></c><c r="Z9"><f>1+1</f></c><c t="inlineStr"><is><r></r>',
    "_x003D_1",
    "😀\u200d🌾",
    "</t>&amp;]]>",
]


def sheet(*rows, labels=("甲", "乙", "丙", "丁", "戊"), title="活动"):
    return load_workbook(BytesIO(workbook(title, labels, rows))).active


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def xml_of(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def test_cells_keep_their_type():
    row = [30, Decimal("1234.50"), date(2014, 1, 4), datetime(2014, 1, 4, 10, 5), "0791-8800000"]

    cells = sheet(row)[2]

    assert [cell.value for cell in cells] == [30, 1234.5, datetime(2014, 1, 4), datetime(2014, 1, 4, 10, 5), row[4]]
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "d", "s"]
    assert [cell.number_format for cell in cells] == ["General", "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_an_empty_cell(nothing):
    assert [cell.value for cell in sheet([nothing, "x"])[2]][:2] == [None, "x"]
    assert lines(comma_separated(["甲", "乙"], [[nothing, "x"]])) == [["甲", "乙"], ["", "x"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula_a_number_or_a_link(text):
    data = workbook("活动", ["甲"], [[text]])
    cell = load_workbook(BytesIO(data)).active["A2"]

    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert unescaped(cell.value).strip() == text.replace("\r", "\n").strip()
    assert re.findall("<f[ >]|<hyperlink", xml_of(data)) == []


def unescaped(text: str) -> str:
    """What openpyxl leaves of the escape for an underscore."""
    return text.replace("_x005F_", "_")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_csv_never_begins_like_a_formula(text):
    cell = lines(comma_separated(["甲"], [[text]]))[1][0]

    assert cell[0] not in "=+-@\t\r"
    assert cell == (f"'{text}" if text[0] in "=+-@\t\r'" else text)


def test_numbers_of_csv_are_not_guarded():
    row = [-1, Decimal("-7000.00"), Decimal("1E+3"), date(2014, 1, 4), datetime(2014, 1, 4, 10, 5)]

    data = comma_separated(["甲", "乙", "丙", "丁", "戊"], [row])

    assert data == "\ufeff甲,乙,丙,丁,戊\r\n-1,-7000.00,1000,2014-01-04,2014-01-04 10:05\r\n".encode()


@given(st.text())
def test_csv_never_calculates_and_guards_only_what_would(text):
    cell = guarded(text)

    stored = guarded(f"x{text}")[1:]
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert cell == (f"'{stored}" if stored.lstrip("'")[:1] in tuple("=+-@\t\r") else stored)


def test_what_no_file_can_hold_is_left_out():
    text = "a\x00b\x08c\x1fd\ud800e\uffff"

    assert sheet([text])["A2"].value == "abcde"
    assert lines(comma_separated(["甲"], [[text]]))[1] == ["abcde"]


@pytest.mark.parametrize(("text", "kept"), [("长" * 40_000, "长" * 32_766 + "…"), ("😀" * 20_000, "😀" * 16_383 + "…")])
def test_text_longer_than_a_cell_says_that_it_goes_on(text, kept):
    assert sheet([text])["A2"].value == kept


def test_a_number_too_large_for_excel_is_text():
    assert [sheet([number])["A2"].value for number in (10**15 - 1, 10**15)] == [10**15 - 1, "1000000000000000"]


def test_lines_of_a_text_stay_lines():
    cell = sheet(["一\r\n二\n三"])["A2"]

    assert (cell.value, cell.alignment.wrap_text) == ("一\n二\n三", True)
    assert cell.parent.row_dimensions[2].height == 49


def test_head_is_bold_and_stays_in_sight_and_filters():
    found = sheet(["知行" * 10, 1], ["短", 2], labels=("内容", "人数"))

    assert [cell.value for cell in found[1]] == ["内容", "人数"]
    assert found["A1"].font.bold
    assert (found.freeze_panes, found.auto_filter.ref) == ("A2", "A1:B3")
    assert [round(found.column_dimensions[name].width) for name in "AB"] == [45, 10]
    assert sheet(["长" * 500])["A2"].parent.column_dimensions["A"].width < 50


def test_table_without_rows_is_a_head():
    assert list(sheet(labels=("甲", "乙")).iter_rows(values_only=True)) == [("甲", "乙")]
    assert comma_separated(["甲", "乙"], []) == "\ufeff甲,乙\r\n".encode()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("活动", "活动"),
        ("a/b:c*?[d]\\", "a b c   d"),
        ("'" + "长" * 40, "长" * 31),
        ("长" * 30 + "'长", "长" * 30),
        ("", "-"),
    ],
)
def test_sheet_has_a_name_that_excel_allows(title, name):
    assert sheet(["x"], title=title).title == sheet_name(title)
    assert len(sheet_name(title)) <= 31
    assert sheet_name(title) == name


def test_nothing_lies_on_the_disk_by_a_name(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        for _row in range(100_000):
            yield ["李知行"]
        assert list(tmp_path.iterdir()) == []
        raise RuntimeError

    with pytest.raises(RuntimeError):
        workbook("名单", ["姓名"], rows())


@pytest.mark.parametrize("text", [text for text in HOSTILE if text[0] not in "\t\r"])
def test_our_own_reader_gives_the_text_back(text):
    rows = [["甲", "乙"], [text, "x"]]
    workbooks = [workbook("活动", rows[0], rows[1:]), comma_separated(rows[0], rows[1:])]

    assert [[list(line.cells) for line in read_file(data)[0].lines] for data in workbooks] == [rows, rows]


VALUES = st.one_of(
    st.none(), st.text(max_size=60), st.sampled_from(HOSTILE), st.integers(-(10**16), 10**16), st.dates(),
    st.booleans(), st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12),
    st.datetimes(min_value=datetime(1930, 1, 1)), st.text(max_size=9).map(SafeString),
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=5))
def test_rows_are_what_xlsxwriter_would_have_written(rows):
    """But for days that Excel's calendar does not have."""
    stream = BytesIO()
    with book_in(stream) as book:
        Sheet(book, "活动", "甲乙丙").write(rows)

    ours, theirs = (
        [[cell.value for cell in line] for line in load_workbook(data).active.iter_rows(max_col=3, max_row=9)]
        for data in (BytesIO(workbook("活动", "甲乙丙", rows)), stream)
    )
    for row, our_line, their_line in zip(rows, ours[1:], theirs[1:], strict=False):
        for value, our, their in zip(row, our_line, their_line, strict=True):
            if isinstance(value, date) and not isinstance(value, datetime) and value.year < 1901:
                assert our == value.isoformat() or value >= date(1900, 3, 1)
            elif isinstance(our, datetime):
                assert abs(our - their).total_seconds() <= 1  # read to the second, from the second or the millisecond
            elif isinstance(value, str):
                assert unescaped(our or "").rstrip() == unescaped(their or "").rstrip()
            else:
                assert our == their
