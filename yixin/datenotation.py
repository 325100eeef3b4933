"""The many notations of a date (2014.4.26-28, 二〇一四年四月), brought to points of year, month and day."""

import re
from dataclasses import dataclass

from .numerals import read_cardinal, read_digits

_CLOCK = r"(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?|[点时](?:[0-5]?[0-9]分?|半|整)?)"
_TIME = re.compile(rf"(?:[t ]|(?<![0-9])){_CLOCK}(?:[-—~至到+]+{_CLOCK}|z)?")
DAY_PART = "上午|下午|中午|晚上|早上|早晨|傍晚|凌晨|全天|整天|半天|晚"
_WEEKDAY = "(?:星期|礼拜|周)[一二三四五六日天末]|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.]?"
_REMARK = re.compile(rf"\((?:(?:{_WEEKDAY}|{DAY_PART})[-—~至到、,]?)*\)|{_WEEKDAY}|{DAY_PART}")
_CHINESE = re.compile("[0-9〇零一二三四五六七八九十廿卅]+")

# Every notation is first rewritten to 年月日, so that a dash left over can only mean "to".
_NOTATIONS = [
    (re.compile(pattern), form)
    for pattern, form in (
        (r"(?<![0-9])([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])", r"\1年\2月\3日"),
        (r"(?<![0-9])([0-9]{4})([-./、])([0-9]{1,2})\2([0-9]{1,2})(?![0-9月])日?", r"\1年\3月\4日"),
        (r"(?<![0-9])([0-9]{4})([0-9]{2})(?![0-9])", r"\1年\2月"),
        (r"(?<![0-9])([0-9]{4})[-./]([0-9]{1,2})(?![0-9年])月?", r"\1年\2月"),
        (r"(?<![0-9])([0-9]{4})(?![0-9年])", r"\1年"),
        (r"(?<![0-9月./])([0-9]{1,2})[./]([0-9]{1,2})(?![0-9])日?", r"\1月\2日"),
        (r"(?:(?<![-0-9年月./])|(?<=日-))([0-9]{1,2})-([0-9]{1,2})(?![-0-9年月日])", r"\1月\2日"),
    )
]
_POINT = re.compile(
    r"(?:(?P<year>[0-9]{4}|[0-9]{2})年度?)?"
    r"(?:(?P<month>[0-9]{1,2})月份?)?"
    r"(?:(?P<day>[0-9]{1,2})(?P<unit>日?)|"
    r"(?P<of>[年月]?)(?P<part>[初中底末])|(?P<named>[上中下]旬|[上下]半年)|(?:第?|q)(?P<quarter>[1-4])(?:季度|(?<=q.)))?"
)


@dataclass(frozen=True)
class Point:
    """What one side of a range says. Bare is a number without a unit, held in `day` until that is known."""

    year: int | None
    month: int | None
    day: int | None
    part: str = ""
    is_bare: bool = False

    @property
    def is_month(self) -> bool:
        return self.month is not None and self.day is None and not self.part

    @property
    def is_part_of_month(self) -> bool:
        return self.month is not None and bool(self.part)

    @property
    def is_part_of_year(self) -> bool:
        return self.month is None and bool(self.part)


def without_times(text: str) -> str:
    """The compact text without times of day: 10:30, 9:00-17:00, t00:00:00, 下午2点 leaves 下午."""
    return _TIME.sub("", text)


def without_remarks(text: str) -> str:
    """The compact text without weekdays and parts of the day."""
    return _REMARK.sub("", text)


def read_points(text: str) -> list[Point]:
    """The days, months or years the compact text names, as far as it names them; empty if unreadable."""
    points = [_point(part) for part in re.split("[-~、]", _in_notation(text))]
    return [] if None in points else points


def _in_notation(text: str) -> str:
    """The text in 年月日 and Arabic digits, with -, ~ or 、 between the points only."""
    text = without_remarks(text).replace("号", "日").replace("元月", "1月").replace("。", ".")
    text = _CHINESE.sub(_arabic, text)
    text = re.sub("-+", "-", re.sub("[~—至到]+", "~", re.sub("[,和与及]", "、", text)))
    text = text.rstrip(".;、")
    for pattern, form in _NOTATIONS:
        text = pattern.sub(form, text)
    return text


def _arabic(match: re.Match[str]) -> str:
    digits = read_digits(match[0])
    if digits is None:
        digits = read_cardinal(match[0])
    return match[0] if digits is None else str(digits)


def _point(text: str) -> Point | None:
    match = _POINT.fullmatch(text)
    if not match or not text:
        return None
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    if year is not None and len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    part = match["part"] or match["named"] or (f"{match['quarter']}季度" if match["quarter"] else "")
    is_misplaced = {"年": month is not None, "月": month is None, "": year is None and month is None}
    if match["part"] and is_misplaced[match["of"]]:
        return None
    return Point(year, month, day, part, is_bare=day is not None and month is None and not match["unit"])
