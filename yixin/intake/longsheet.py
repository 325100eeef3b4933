"""One table of any length as a workbook: XlsxWriter makes the book and its head, and the rows are put into it as XML.

Cell by cell, XlsxWriter takes longer than everything else that an export does: reading, rendering, packing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from .writing import FORMATS, LARGEST, LONGEST, WIDEST, Sheet, Value, book_in, row_height, shown, storable, width

SHEET = "xl/worksheets/sheet1.xml"
SAMPLE = re.compile(rb'<row r="2".*?</row>')  # one empty cell of each kind, in the order of FORMATS
STYLE = re.compile(rb' s="(\d+)"')
SIZE = re.compile(rb'(?<=<dimension ref=")[^"]*')
LOOKS_ESCAPED = re.compile(r"_(x[0-9a-fA-F]{4}_)")
EPOCH = datetime(1899, 12, 30)
FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar has a day that never was
SHORT = LONGEST // 2  # characters, each of which may take two places
PIECE = 1 << 16  # bytes packed at once


def workbook(title: str, labels: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The bytes of an .xlsx file of one sheet. Rows are taken one by one; None is an empty cell."""
    table = Table(title, labels)
    with TemporaryFile() as body:  # it has no name on the disk, for there are names in it
        body.writelines(map(str.encode, table.rows(rows)))
        body.seek(0)
        return filled(table.frame(), table.size, body)


def filled(frame: bytes, size: str, body: IO[bytes]) -> bytes:
    """The frame with the rows in place of its sample."""
    stream = BytesIO()
    with ZipFile(BytesIO(frame)) as parts, ZipFile(stream, "w", ZIP_DEFLATED) as book:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename != SHEET:
                book.writestr(part, content, ZIP_DEFLATED)
                continue
            before, after = SAMPLE.split(SIZE.sub(size.encode(), content))
            with book.open(part.filename, "w", force_zip64=True) as packed:
                packed.write(before)
                while piece := body.read(PIECE):
                    packed.write(piece)
                packed.write(after)
    return stream.getvalue()


class Table:
    """The XML of the rows, and afterwards the book around them: columns as wide as what was written."""

    def __init__(self, title: str, labels: Sequence[str]):
        self.title, self.labels, self.last = title, labels, 1
        from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415  see writing.book_in

        self.names = [xl_col_to_name(column) for column in range(len(labels))]
        self.widths = [0] * len(labels)
        styles = [number.decode() for number in STYLE.findall(SAMPLE.search(sheet_of(self.frame()))[0])]
        self.styles = dict(zip(FORMATS, styles, strict=True))
        self.writers = {
            str: self._text, int: self._number, Decimal: self._number, datetime: self._moment, date: self._day,
        }  # fmt: skip

    @property
    def size(self) -> str:
        return f"A1:{self.names[-1]}{self.last}"

    def frame(self) -> bytes:
        """The book with its head and, below it, one empty cell of each kind."""
        stream = BytesIO()
        with book_in(stream) as book:
            sheet = Sheet(book, self.title, self.labels)
            sheet.widths = [max(pair) for pair in zip(sheet.widths, self.widths, strict=True)]
            sheet.write_head()
            for column, style in enumerate(sheet.formats.values()):
                sheet.sheet.write_blank(1, column, None, style)
            sheet.set_up(self.last - 1)
        return stream.getvalue()

    def rows(self, rows: Iterable[Sequence[Value]]) -> Iterator[str]:
        for self.last, row in enumerate(rows, start=2):
            height = row_height(row)
            tall = f' ht="{height}" customHeight="1"' if height else ""
            told = ((column, value) for column, value in enumerate(row) if value is not None and value != "")
            yield f'<row r="{self.last}"{tall}>{"".join([self._cell(*cell) for cell in told])}</row>'

    def _cell(self, column: int, value: Value) -> str:
        write = self.writers.get(type(value)) or self.writers[next(kind for kind in FORMATS if isinstance(value, kind))]
        told, content = write(value)
        if self.widths[column] < min(WIDEST, 4 + (len(told) if told.isascii() else 2 * len(told))):
            self.widths[column] = max(self.widths[column], width(told) + 4)
        return f'<c r="{self.names[column]}{self.last}" s="{content}</c>'

    # What is shown of a value, and its XML from the number of its style on

    def _text(self, text: str) -> tuple[str, str]:
        if not text.isprintable() or len(text) > SHORT:
            text = storable(text)
        written = escape(LOOKS_ESCAPED.sub(r"_x005F_\1", text) if "_x" in text else text)
        return text, f'{self.styles[str]}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is>'

    def _number(self, number: int | Decimal) -> tuple[str, str]:
        told = f"{number:f}" if isinstance(number, Decimal) else f"{number:d}"
        if abs(number) >= LARGEST:
            return self._text(told)
        return told, f'{self.styles[Decimal if isinstance(number, Decimal) else int]}"><v>{told}</v>'

    def _moment(self, moment: datetime) -> tuple[str, str]:
        told, passed = shown(moment), moment - EPOCH
        days = passed.days + round(passed.seconds / 86_400, 9)
        return (told, f'{self.styles[datetime]}"><v>{days}</v>') if moment.date() >= FIRST_DAY else self._text(told)

    def _day(self, day: date) -> tuple[str, str]:
        told, days = day.isoformat(), day.toordinal() - EPOCH.toordinal()
        return (told, f'{self.styles[date]}"><v>{days}</v>') if day >= FIRST_DAY else self._text(told)


def sheet_of(book: bytes) -> bytes:
    with ZipFile(BytesIO(book)) as parts:
        return parts.read(SHEET)
