"""Text parted into records and fields by a delimiter, and the delimiter found by which fits most records."""

import csv
from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.intake.sheets import MAX_COLUMNS, Cell, Line

from .cells import LONGEST_CELL, MAX_LINES, line_of, typed_cell
from .refusals import has_too_long_cell, has_too_many_columns, has_too_many_rows, is_too_complicated

MAX_TEXT_LINES = 200_000  # blank ones among them
_SAMPLE = 200  # records that are looked at to find the delimiter
_END = "\0"  # stands in no text that gets here


def line_breaks(text: str) -> str:
    """The text with \\n for \\r\\n and \\r. Raises ValidationError for more lines than a table has."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MAX_TEXT_LINES:
        raise is_too_complicated()
    return text


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The fields of each record, blank lines among them. Raises ValidationError for a quote that never closes."""
    lines = text.split("\n")
    reader = csv.reader(_ended(lines), delimiter=delimiter)
    row = 0
    while True:
        first_line = reader.line_num + 1
        row += 1
        try:
            fields = next(reader)
        except csv.Error as error:  # a field of more than 131,072 characters
            raise has_too_long_cell(row) from error
        if fields == [_END]:
            return
        if fields and fields[-1].endswith(_END):
            raise ValidationError(
                _("The quotation mark in row %(row)s (line %(line)s of the text) is never closed. Close or delete it."),
                code="unclosed",
                params={"row": row, "line": first_line},
            )
        yield fields


def _ended(lines: list[str]) -> Iterator[str]:
    """The lines, and a mark after them that a quote without end swallows."""
    for line in lines:
        yield f"{line}\n"
    yield _END


def fitting_delimiter(text: str, delimiters: str) -> tuple[str, float]:
    """The delimiter with the most records of one width, and their share of all records that are not blank.

    A width of one does not count: then no delimiter fits, and the first is given with a share of 0.
    """
    fits = {delimiter: _fit(text, delimiter) for delimiter in delimiters}
    best = max(delimiters, key=lambda delimiter: (fits[delimiter], -delimiters.index(delimiter)))
    return best, fits[best][0]


def lines_of(rows: Iterator[list[str]] | list[list[str]]) -> tuple[Line, ...]:
    """The rows that are not blank as lines, numbered with the blank ones. Raises ValidationError beyond the limits."""
    found: list[Line] = []
    for row, fields in enumerate(rows, 1):
        cells: list[Cell] = [typed_cell(value) for value in fields]
        line = line_of(row, cells)
        if line is None:
            continue
        if len(line.cells) > MAX_COLUMNS:
            raise has_too_many_columns(row)
        if any(len(cell) > LONGEST_CELL for cell in line.cells if isinstance(cell, str)):
            raise has_too_long_cell(row)
        found.append(line)
        if len(found) > MAX_LINES:
            raise has_too_many_rows()
    return tuple(found)


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for fields in records(text, delimiter):
            if any(field.strip() for field in fields):
                widths[len(fields)] += 1
            if widths.total() >= _SAMPLE:
                break
    except ValidationError:
        return 0.0, 0
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return 0.0, 0
    count, width = max(several)
    return count / widths.total(), width
