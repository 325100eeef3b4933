"""What stands in one cell, as a value: text, a number, a day, or a failure with its sentence."""

import math
import re
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yixin.intake.sheets import MAX_COLUMNS, MAX_ROWS, Cell, CellError, Line

from .formats import Shown

MAX_LINES = MAX_ROWS + 30  # lines that are not blank; 30 is as far down as a head is looked for
MAX_CELLS = MAX_LINES * MAX_COLUMNS  # of all sheets together
MAX_TEXT = 10_000_000  # characters in all cells together
LONGEST_CELL = 32_767  # characters; Excel's own limit

_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_EDGES = _SPACE + "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u3164\ufeff"
_NUMBER = re.compile(r"[+-]?(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]{1,4})?")
_GUARD = re.compile(r"'(?='*[=+\-@\t\r])")

_LAST_SERIAL = 2_958_465  # 9999-12-31
_DAYS_TO_1904 = 1_462
_LEAP_DAY_THAT_NEVER_WAS = 60  # Excel's 29 February 1900

NOT_CALCULATED = _(
    "This formula was never calculated. Open the file in Excel or WPS, save it there, and send it anew; or type the "
    "value."
)
FAILED = _("The formula in this cell failed. Correct it in the sheet, or type the value.")
NO_DATE = _("This number is formatted as a date, but there is no such date. Type the date, like 2014年1月4日.")
NO_NUMBER = _("This number is too large. Type the right one.")
NOT_READABLE = _("This cell cannot be read. Type its value anew.")


def text_cell(text: str) -> str | None:
    """The text without blanks and invisible characters around it; None if that is all there is."""
    return text.replace("\0", "").strip(_EDGES) or None


def typed_cell(text: str) -> str | None:
    """`text_cell` without the apostrophe that our own export sets before = + - @."""
    cell = text_cell(text)
    return text_cell(_GUARD.sub("", cell, count=1)) if cell and cell[0] == "'" and _GUARD.match(cell) else cell


def line_of(number: int, cells: list[Cell]) -> Line | None:
    """The line without the empty cells at its end; None if it is blank."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return Line(number, tuple(cells[:end])) if end else None


def number_cell(text: str) -> int | float | CellError:
    """An int where the number is whole."""
    if not _NUMBER.fullmatch(text):
        return CellError(text[:40], NOT_READABLE)
    if text.isdecimal() and len(text) <= 21:
        return int(text)
    value = float(text)
    if not math.isfinite(value):
        return CellError(text[:40], NO_NUMBER)
    # By way of Decimal, since 3.6010219900101E17 is no float.
    return int(Decimal(text)) if value.is_integer() and abs(value) < 1e21 else value


def day_cell(serial: float, shown: Shown, *, is_1904: bool = False) -> date | str | CellError:
    """The day of a serial number, or what its format shows of it: a time of day, a month, a year.

    The time of a day is left out: a table's dates are days.
    """
    if not 0 <= serial <= _LAST_SERIAL + 1:
        return CellError(str(serial), NO_DATE)
    minutes = round(serial * 24 * 60)
    if shown == Shown.DURATION or (shown == Shown.TIME and serial < 1):
        return f"{minutes // 60}:{minutes % 60:02}"
    day = _day(int(serial + 1e-9), is_1904)
    if day is None:
        return CellError(str(serial), NO_DATE)
    if shown == Shown.MONTH and day.day == 1:
        return f"{day.year}年{day.month}月"
    if shown == Shown.YEAR and (day.month, day.day) == (1, 1):
        return f"{day.year}年"
    return day


def iso_cell(text: str) -> date | CellError:
    """The day of a cell that Strict files write as 2014-01-04T00:00:00."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return CellError(text[:40], NO_DATE)


def _day(serial: int, is_1904: bool) -> date | None:
    if is_1904:
        serial += _DAYS_TO_1904
    if serial > _LAST_SERIAL or serial in (0, _LEAP_DAY_THAT_NEVER_WAS):
        return None
    # Before the day that never was, Excel is one day behind.
    return date(1899, 12, 30) + timedelta(days=serial + (serial < _LEAP_DAY_THAT_NEVER_WAS))
