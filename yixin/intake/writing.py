"""Tables as files: Excel with typed cells, and CSV that Excel opens. Text never becomes a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from unicodedata import east_asian_width

Value = str | int | Decimal | date | None  # a datetime is a date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
PLAIN = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
IN_MEMORY = {"in_memory": True}
LEFT, RIGHT = {"align": "left", "indent": 1}, {"align": "right", "indent": 1}
HEADING = LEFT | {"font_name": "黑体", "bold": True, "valign": "vcenter", "bg_color": "#E7EEF5", "border": 1}
BODY = {"font_name": "宋体", "valign": "top"}
TEXT = BODY | LEFT | {"num_format": "@", "text_wrap": True}  # stays text even where somebody edits the cell
FORMATS = {
    str: TEXT,
    int: BODY | RIGHT,
    Decimal: BODY | RIGHT | {"num_format": "#,##0.00"},
    datetime: BODY | LEFT | {"num_format": "yyyy-mm-dd hh:mm"},
    date: BODY | LEFT | {"num_format": "yyyy-mm-dd"},
}
NARROWEST, WIDEST = 8, 48  # widths of columns, in characters
LINE, GAP, MOST_LINES = 15, 4, 20  # height of a line and what a row adds, in points; lines of a row in sight
LONGEST = 32_767  # characters of one cell, by UTF-16; Excel's own limit
LARGEST = 10**15  # from here on Excel loses digits

_NEVER_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIVE = re.compile(r"'*[=+\-@\t\r]")


@contextmanager
def book_in(stream: BytesIO, options: Mapping = IN_MEMORY) -> Iterator:
    """A new workbook, in which what is written as text is text; the stream holds the file afterwards."""
    import xlsxwriter  # noqa: PLC0415  12 MB that a process that only reads does without

    with xlsxwriter.Workbook(stream, PLAIN | options) as book:
        yield book


class Sheet:
    """One table: a head that stays in sight and filters, rows of typed cells, columns as wide as they need."""

    def __init__(self, book, title: str, labels: Sequence[str]):
        self.sheet = book.add_worksheet(sheet_name(title))
        self.labels = labels
        self.widths = [width(label) + 5 for label in labels]  # 5: the button of the filter
        self.head = book.add_format(HEADING)
        self.formats = {kind: book.add_format(look) for kind, look in FORMATS.items()}

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        self.write_head()
        number = 0
        for number, row in enumerate(rows, start=1):
            set_height(self.sheet, number, row)
            for column, value in enumerate(row):
                if value not in (None, ""):
                    self._cell(number, column, value)
        self.set_up(number)

    def write_head(self) -> None:
        for column, label in enumerate(self.labels):
            self.sheet.write_string(0, column, label, self.head)

    def _cell(self, row: int, column: int, value: Value) -> None:
        if isinstance(value, int) and abs(value) >= LARGEST:
            value = str(value)
        style = next(style for kind, style in self.formats.items() if isinstance(value, kind))
        if isinstance(value, str):
            self.sheet.write_string(row, column, cell_text(value), style)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, style)
        else:
            self.sheet.write_number(row, column, value, style)
        self.widths[column] = max(self.widths[column], width(shown(value)) + 4)

    def set_up(self, last: int) -> None:
        right = len(self.labels) - 1
        for column, wide in enumerate(self.widths):
            self.sheet.set_column(column, column, min(max(wide, NARROWEST), WIDEST))
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, last, right)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        self.sheet.repeat_rows(0)
        self.sheet.set_footer("&C&P / &N")
        fit_to_paper(self.sheet)


def fit_to_paper(sheet) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def set_height(sheet, number: int, row: Sequence[Value], wide: int = WIDEST) -> None:
    if height := row_height(row, wide):
        sheet.set_row(number, height)


def row_height(row: Sequence[Value], wide: int = WIDEST) -> int | None:
    """In points; None for one line. Excel itself makes the row as tall as its texts, LibreOffice and phones do not."""
    fits = (wide - 4) // 2
    long = [value for value in row if isinstance(value, str) and (len(value) > fits or "\n" in value)]
    lines = max((lines_of(value, wide - 4) for value in long), default=1)
    return LINE * min(lines, MOST_LINES) + GAP if lines > 1 else None


def comma_separated(labels: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The bytes of a CSV file: UTF-8 with BOM, which Excel needs, and lines that end in CRLF."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(labels)
    writer.writerows([guarded(value) if isinstance(value, str) else shown(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where Excel would calculate it; our own reader takes it off again."""
    text = _NEVER_STORED.sub("", text)
    return f"'{text}" if _LIVE.match(text) else text


def shown(value: Value) -> str:
    """As CSV has it: days by ISO, numbers without separators, nothing for None."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def cell_text(text: str) -> str:
    """The text as XlsxWriter puts it into a cell.

    What lies between <r> and </r> it would take for markup, formulas and all: a blank behind it prevents that.
    """
    text = storable(text)
    return f"{text} " if text.endswith("</r>") else text


def storable(text: str) -> str:
    """As much of the text as a cell of a workbook can hold."""
    text = _NEVER_STORED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-16-le")) > 2 * LONGEST:
        text = text.encode("utf-16-le")[: 2 * LONGEST - 2].decode("utf-16-le", "ignore") + "…"
    return text


def sheet_name(title: str) -> str:
    """The title as Excel allows it: at most 31 characters, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '")[:31].strip(" '") or "-"


def lines_of(text: str, wide: int) -> int:
    """How many lines the text takes in a column of that width, as far as they are in sight."""
    return sum(max(-(-width(line) // wide), 1) for line in text.split("\n")[:MOST_LINES])


def width(text: str) -> int:
    """Of the longest line, in columns: a Chinese character takes two."""
    lines = text[: MOST_LINES * WIDEST].split("\n")
    return max(sum(2 if east_asian_width(character) in "WF" else 1 for character in line) for line in lines)
