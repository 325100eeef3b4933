"""Excel: one sheet a table, as a coordinator would send it on. The same tables give the same bytes."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from reports.document import Document
from reports.table import Kind, Row, Table, Value, number_of
from yixin.fuzzydate import FuzzyDate, Precision
from yixin.intake.writing import book_in, cell_text
from yixin.intake.writing import width as text_width
from yixin.quantities import HeadCount

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE_ROW, HEAD_ROW, FIRST_ROW = 0, 2, 3
NARROWEST, WIDEST = 10, 50  # column widths, in characters
LINE, GAP = 15, 5  # points: the height of a line of text, and what a row adds to it
RANGES_A_SUM = 200  # arguments that one SUM takes safely
BODY, HEADING = "宋体", "黑体"
FORMATS = {
    "count": "#,##0",
    "half": "#,##0.0",
    "estimate": '"约"#,##0',
    "money": "#,##0.00",
    "day": 'yyyy"年"m"月"d"日"',
}


def workbook(document: Document) -> bytes:
    """The bytes of an .xlsx file, one sheet a table and one for the findings. Text is never a formula, a number or a
    link, whatever it begins with."""
    year = document.year
    made = document.published_on or date(year, 12, 31)
    stream = BytesIO()
    with book_in(stream) as book:
        title = cell_text(_("%(title)s: tables") % {"title": document.title})
        book.set_properties({"title": title, "created": datetime(made.year, made.month, made.day)})
        names: set[str] = set()
        for table in (*document.tables, *([document.review] if document.review else [])):
            Sheet(book, sheet_name(table.title, names), table, document).write()
    return stream.getvalue()


def particulars(document: Document) -> list[str]:
    """What tells this workbook from another one of the same year."""
    found = []
    if document.funder:
        found.append(_("Funder: %(funder)s") % {"funder": document.funder})
    if document.edition:
        found.append(_("Edition %(number)s") % {"number": document.edition})
    if document.cut_off:
        found.append(_("Records up to %(date)s") % {"date": date_format(document.cut_off, "DATE_FORMAT")})
    return found


def sheet_name(title: str, taken: set[str]) -> str:
    """The title as Excel allows it: at most 31 characters, none of []:*?/\\, and no name twice."""
    base = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '")[:31] or "-"
    name, number = base, 1
    while name.casefold() in taken | {"history"}:
        number += 1
        name = f"{base[: 30 - len(str(number))]} {number}"
    taken.add(name.casefold())
    return name


class Sheet:
    """One table on one sheet: title, head, rows, total, notes."""

    def __init__(self, book, name: str, table: Table, document: Document):
        self.book, self.table, self.document = book, table, document
        self.sheet = book.add_worksheet(name)
        self.last = len(table.labels) - 1
        self.widths = widths(table)
        self.cache: dict[tuple, object] = {}

    def write(self) -> None:
        self._title()
        for column, label in enumerate(self.table.labels):
            self.sheet.write_string(HEAD_ROW, column, label, self._format("head"))
        for number, row in enumerate(self.table.rows):
            self._row(FIRST_ROW + number, row)
        self.sheet.set_row(HEAD_ROW, LINE + GAP)
        after = FIRST_ROW + len(self.table.rows)
        if self.table.has_total:
            self._totals(after)
            after += 1
        self._notes(after)
        self._set_up()

    def _title(self) -> None:
        title = f"{self.document.year} · {self.table.title}"
        self._across(TITLE_ROW, title, self._format("title"))
        self.sheet.set_row(TITLE_ROW, 30)
        rows = len(self.table.rows)
        counted = ngettext("%(count)s row", "%(count)s rows", rows) % {"count": rows}
        self._across(TITLE_ROW + 1, " · ".join([counted, *particulars(self.document)]), self._format("note"))
        self.sheet.set_row(TITLE_ROW + 1, LINE)

    def _across(self, row: int, text: str, style) -> None:
        if self.last:
            self.sheet.merge_range(row, 0, row, self.last, "", style)
        self.sheet.write_string(row, 0, cell_text(text), style)

    def _row(self, number: int, row: Row) -> None:
        lines = [lines_of(shown(value), width) for value, width in zip(row.cells, self.widths, strict=True)]
        self.sheet.set_row(number, LINE * max(lines) + GAP)
        for column, (value, kind) in enumerate(zip(row.cells, self.table.kinds, strict=True)):
            self._cell(number, column, value, kind)

    def _cell(self, row: int, column: int, value: Value, kind: Kind, look: str = "cell") -> None:
        """Counts, yuan and single days as real numbers and dates; what nobody knows stays an empty cell."""
        style = self._format(look, kind, number_format(value))
        if value is None and kind is not Kind.TEXT and not self.table.totalled[column]:
            self.sheet.write_string(row, column, _("unknown"), style)
        elif value is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, FuzzyDate) and value.precision == Precision.DAY:
            self.sheet.write_datetime(row, column, value.earliest, style)
        elif isinstance(value, int | float | Decimal | HeadCount):
            self.sheet.write_number(row, column, number_of(value), style)
        else:
            self.sheet.write_string(row, column, cell_text(str(value)), style)

    def _totals(self, row: int) -> None:
        self.sheet.set_row(row, LINE + GAP)
        for column, (value, kind) in enumerate(zip(self.table.totals, self.table.kinds, strict=True)):
            if self.table.totalled[column] and value is not None:
                style = self._format("total", kind, number_format(value))
                self.sheet.write_formula(
                    row, column, self._sum(column), style, value if isinstance(value, int) else float(value)
                )
            else:
                self._cell(row, column, _("Total") if column == 0 else None, Kind.TEXT, "total")

    def _sum(self, column: int) -> str:
        """A live sum over the counted rows only; rows that do not count lie between the ranges."""
        ranges: list[list[int]] = []
        for number, row in enumerate(self.table.rows, start=FIRST_ROW):
            if row.counted and ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            elif row.counted:
                ranges.append([number, number])
        cells = [xl_range(first, column, last, column) for first, last in ranges]
        chunks = [cells[start : start + RANGES_A_SUM] for start in range(0, len(cells), RANGES_A_SUM)]
        return "=" + ("+".join(f"SUM({','.join(chunk)})" for chunk in chunks) or "0")

    def _notes(self, row: int) -> None:
        for number, note in enumerate(self.table.notes, start=row):
            self._across(number, note, self._format("note"))
            self.sheet.set_row(number, LINE * lines_of(note, sum(self.widths)) + GAP)

    def _set_up(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(FIRST_ROW, 0)
        self.sheet.repeat_rows(HEAD_ROW)
        self.sheet.set_paper(9)  # A4
        if sum(self.widths) > 90:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        self.sheet.set_footer("&C&P / &N")
        last = FIRST_ROW + len(self.table.rows) + self.table.has_total + len(self.table.notes) - 1
        self.sheet.print_area(f"A1:{xl_rowcol_to_cell(max(last, HEAD_ROW), self.last)}")

    def _format(self, look: str, kind: Kind = Kind.TEXT, number: str = ""):
        key = (look, kind, number)
        if key not in self.cache:
            self.cache[key] = self.book.add_format(style(look, kind, number))
        return self.cache[key]


CELL = {"font_name": BODY, "font_size": 11, "border": 1, "indent": 1, "valign": "vcenter", "text_wrap": True}
LOOKS = {
    "title": {"font_name": HEADING, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "note": {"font_name": BODY, "font_size": 10, "text_wrap": True, "valign": "top", "font_color": "#444444"},
    "head": CELL | {"indent": 0, "font_name": HEADING, "bold": True, "align": "center", "bg_color": "#E7EEF5"},
    "cell": CELL,
    "total": CELL | {"bold": True, "top": 2, "bg_color": "#F5F5F5"},
}


def style(look: str, kind: Kind, number: str) -> dict:
    aligned = {"align": "right" if kind in (Kind.NUMBER, Kind.MONEY) else "left"}
    return aligned | LOOKS[look] | ({"num_format": number} if number else {})


def number_format(value: Value) -> str:
    """By what the value is, not by its column: a table of measures mixes counts and yuan."""
    if isinstance(value, HeadCount):
        return FORMATS["estimate" if value.is_estimated else "count"]
    if isinstance(value, Decimal):
        return FORMATS["money"]
    if isinstance(value, float):
        return FORMATS["half"]
    if isinstance(value, int):
        return FORMATS["count"]
    if isinstance(value, FuzzyDate):
        return FORMATS["day"]
    return ""


def widths(table: Table) -> list[int]:
    """Of each column: wide enough for what stands in it, within what prints on one page."""
    columns = zip(table.labels, *(row.cells for row in table.rows), table.totals, strict=True)
    widest = [max(text_width(shown(value)) for value in column) for column in columns]
    return [min(max(width + 4, NARROWEST), WIDEST) for width in widest]


def lines_of(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width."""
    return max(-(-text_width(text) // max(width - 3, 1)), 1)


def shown(value: Value) -> str:
    """About what Excel shows, to measure it."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return f"{value:,}"
    return str(value)
