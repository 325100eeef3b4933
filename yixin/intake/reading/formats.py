"""Which number formats of a workbook show a date, and how much of it."""

import re
from enum import Enum


class Shown(Enum):
    """What of a day number the format shows."""

    DAY = "day"
    MONTH = "month"  # year and month
    YEAR = "year"
    TIME = "time"
    DURATION = "duration"


# The formats that a workbook names by number alone; 27 to 36 and 50 to 58 as Chinese Excel and WPS show them.
_BUILT_IN = (
    dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), Shown.DAY)
    | dict.fromkeys((17, 27, 36, 50, 52, 57), Shown.MONTH)
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), Shown.TIME)
    | {46: Shown.DURATION}
)
_DURATION = re.compile(r"\[(?:h{1,2}|m{1,2}|s{1,2})\]")
_LITERAL = re.compile(r'"[^"]*+(?:"|$)|\\.|_.|\*.|\[[^\]]*+(?:\]|$)|am/pm|a/p|上午/下午|general|e[+-]|(?<=s)\.0+')
_LONGEST_FORMAT = 500


def built_in(number: int) -> Shown | None:
    return _BUILT_IN.get(number)


def shown_by(code: str) -> Shown | None:
    """What a format like yyyy"年"m"月" shows; None for one that shows a number or text."""
    code = code[:_LONGEST_FORMAT].lower()
    plain = _LITERAL.sub("", code).partition(";")[0]
    if _DURATION.search(code):
        return Shown.DURATION
    if re.search("[#?0@]", plain):
        return None
    has_time, has_year, has_month = (bool(re.search(letters, plain)) for letters in ("[hs]", "[ye]", "m"))
    if re.search("d|aaa", plain):
        return Shown.DAY
    if has_time:
        return Shown.DAY if has_year else Shown.TIME
    if has_year:
        return Shown.MONTH if has_month else Shown.YEAR
    return Shown.DAY if has_month else None
