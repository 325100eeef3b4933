"""Dates as people write them: the text as typed, and the first and last day it may mean.

Parts of a month: 初 and 上旬 are the days 1-10, 中旬 11-20, 下旬, 底 and 末 21 to the end.
Parts of a year: 初 is January to March, 中 May to August, 底 and 末 October to December.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .datenotation import DAY_PART, Point, read_points, without_remarks, without_times
from .numerals import compact, is_unknown
from .text import clean_text, excerpt

MIN_YEAR = 1900
MAX_YEAR = 2100
MAX_LENGTH = 100
# A range that names one year may still run over its end, if it is this short: 2014年12月30日至1月2日.
MAX_DAYS_OVER_NEW_YEAR = 60

_MONTH_PARTS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}
_YEAR_PARTS = {
    "初": (1, 3),
    "中": (5, 8),
    "底": (10, 12),
    "末": (10, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
} | {f"{quarter}季度": (quarter * 3 - 2, quarter * 3) for quarter in (1, 2, 3, 4)}
_DAYS_AWAY = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_DAY_OF_WEEK = re.compile("(?P<week>[上本这下]?)个?(?:星期|礼拜|周)(?P<day>[一二三四五六日天])")

_SENTENCES = {
    "unreadable": _(
        "“%(text)s” is not a date that can be read. Write it like 2014年1月4日, 4月26-28日 or 2014年10-12月."
    ),
    "year_missing": _("“%(text)s” names no year. Write the year too, like 2014年1月4日."),
    "ends_before_start": _(
        "“%(text)s” ends before it starts. Check both dates, and write both years if there are two."
    ),
    "no_such_day": _("“%(text)s”: there is no %(day)s. Check the month and the day."),
    "year_out_of_range": _("“%(text)s”: the year %(year)s is too far away. Write a year from %(first)s to %(last)s."),
    "too_long": _("“%(text)s” is longer than %(limit)s characters. Write only the date, like 2014年1月4日."),
}


class Precision(TextChoices):
    DAY = "day", pgettext_lazy("precision", "day")
    DAY_RANGE = "day-range", pgettext_lazy("precision", "several days")
    MONTH_PART = "month-part", pgettext_lazy("precision", "part of a month")
    MONTH = "month", pgettext_lazy("precision", "month")
    MONTH_RANGE = "month-range", pgettext_lazy("precision", "several months")
    YEAR = "year", pgettext_lazy("precision", "year")
    YEAR_RANGE = "year-range", pgettext_lazy("precision", "several years")


@dataclass(frozen=True)
class FuzzyDate:
    """A date as somebody wrote it, and the first and last day it may mean."""

    text: str
    earliest: date
    latest: date
    precision: Precision

    def __str__(self) -> str:
        return self.text

    @classmethod
    def on(cls, start: date, end: date | None = None) -> "FuzzyDate":
        """The day or the days in canonical form: 2014年1月4日, 2014年4月26-28日, 2014年4月30日-5月2日."""
        end = start if end is None else end
        text = _day_text(start)
        if end.year != start.year:
            text += f"-{_day_text(end)}"
        elif end.month != start.month:
            text += f"-{end.month}月{end.day}日"
        elif end != start:
            text = text.replace("日", f"-{end.day}日")
        _check_years(text, start.year, end.year)
        if end < start:
            raise _error("ends_before_start", text)
        return cls(text, start, end, Precision.DAY if start == end else Precision.DAY_RANGE)


def parse(
    value: str | date | datetime | int | None, *, year: int | None = None, today: date | None = None
) -> FuzzyDate | None:
    """The date, None for an empty or unknown one; ValidationError if it cannot be read.

    `year` is the year of dates that name none. With `today`, 昨天 and 上周六 are read too and become
    the day they mean; 本周六 and a bare 周六 are in the week, from Monday, that `today` is in.
    """
    if value is None:
        return None
    if isinstance(value, date):
        return FuzzyDate.on(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _error("unreadable", value)
    typed = excerpt(value, MAX_LENGTH + 1) if isinstance(value, int) else clean_text(value)
    if len(typed) > MAX_LENGTH:
        raise _error("too_long", typed, limit=MAX_LENGTH)
    text = compact(typed)
    if is_unknown(text):
        return None
    text = without_times(text)
    named = _relative(text, today)
    return FuzzyDate.on(named) if named else _read(typed, text, year)


def _relative(text: str, today: date | None) -> date | None:
    match = _DAY_OF_WEEK.fullmatch(re.sub(DAY_PART, "", text))
    plain = without_remarks(text)
    if today is None or not (match or plain in _DAYS_AWAY):
        return None
    _check_years(text, today.year)
    if not match:
        return today + timedelta(days=_DAYS_AWAY[plain])
    weeks = {"上": -1, "下": 1}.get(match["week"], 0)
    weekday = "一二三四五六日".index(match["day"].replace("天", "日"))
    return today + timedelta(days=weeks * 7 + weekday - today.weekday())


def _read(typed: str, text: str, year: int | None) -> FuzzyDate:
    points = read_points(text)
    spans: list[tuple[date, date]] = []
    before: Point | None = None
    for index, point in enumerate(points):
        named = _with_unit(point, before, points[index + 1 :])
        whole = _with_rest(named, before, year, typed)
        is_new_year = _turns_the_year(named, before)
        before = points[index] = replace(whole, year=whole.year + is_new_year)
        span = _span(before, typed)
        if spans and _is_out_of_order(spans[-1], span, is_new_year):
            raise _error("ends_before_start", typed)
        spans.append(span)
    if not spans:
        raise _error("unreadable", typed)
    return FuzzyDate(typed, spans[0][0], spans[-1][1], _precision(points, spans))


def _with_unit(point: Point, before: Point | None, after: list[Point]) -> Point:
    """The bare number of 10-12月 becomes a month, that of 4月26-28日 or 2014.4.26-28 a day."""
    if not point.is_bare:
        return point
    if before is None:
        named = next((other for other in after if not other.is_bare), None)
        is_month = named is not None and named.year is None and named.is_month
    else:
        is_month = before.is_month
    if is_month:
        return replace(point, month=point.day, day=None, is_bare=False)
    return replace(point, is_bare=False)


def _turns_the_year(point: Point, before: Point | None) -> bool:
    months = (point.month, before.month if before else None)
    return point.year is None and None not in months and months[0] < months[1]


def _with_rest(point: Point, before: Point | None, year: int | None, typed: str) -> Point:
    """The point with what it leaves out taken from the one before it, the year also from the caller."""
    needs_month = point.month is None and (point.day is not None or point.part.endswith("旬"))
    if needs_month:
        has_month = before is not None and (before.is_part_of_month if point.day is None else before.day is not None)
        if not has_month or point.year is not None:
            raise _error("unreadable", typed)
        return replace(point, year=before.year, month=before.month)
    if point.year is not None:
        return point
    if before is not None:
        is_same_kind = before.is_part_of_year if point.month is None else before.month is not None
        if not is_same_kind:
            raise _error("unreadable", typed)
        return replace(point, year=before.year)
    if year is None:
        raise _error("year_missing", typed)
    return replace(point, year=year)


def _span(point: Point, typed: str) -> tuple[date, date]:
    _check_years(typed, point.year)
    first, last = (1, 12) if point.month is None else (point.month, point.month)
    if point.is_part_of_year:
        if point.part not in _YEAR_PARTS:
            raise _error("unreadable", typed)
        first, last = _YEAR_PARTS[point.part]
    if not (1 <= first <= 12):
        raise _error("no_such_day", typed, day=f"{point.year}年{first}月")
    first_day, last_day = 1, monthrange(point.year, last)[1]
    if point.is_part_of_month:
        if point.part not in _MONTH_PARTS:
            raise _error("unreadable", typed)
        first_day, last_day = (min(day, last_day) for day in _MONTH_PARTS[point.part])
    if point.day is not None:
        if not 1 <= point.day <= last_day:
            raise _error("no_such_day", typed, day=f"{point.year}年{point.month}月{point.day}日")
        first_day = last_day = point.day
    return date(point.year, first, first_day), date(point.year, last, last_day)


def _is_out_of_order(previous: tuple[date, date], span: tuple[date, date], is_new_year: bool) -> bool:
    days = (span[0] - previous[0]).days
    return days < 0 or span[1] < previous[1] or (is_new_year and days > MAX_DAYS_OVER_NEW_YEAR)


def _precision(points: list[Point], spans: list[tuple[date, date]]) -> Precision:
    if spans[0][0] == spans[-1][1]:
        return Precision.DAY
    if all(point.day for point in points):
        return Precision.DAY_RANGE
    first = points[0]
    is_one = len(points) == 1
    if all(point.month is None and not point.part for point in points):
        return Precision.YEAR if is_one else Precision.YEAR_RANGE
    if is_one and first.month:
        return Precision.MONTH_PART if first.part else Precision.MONTH
    return Precision.MONTH_RANGE


def _day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _check_years(text: str, *years: int) -> None:
    for year in years:
        if not MIN_YEAR <= year <= MAX_YEAR:
            raise _error("year_out_of_range", text, year=year, first=MIN_YEAR, last=MAX_YEAR)


def _error(code: str, value: object, **params: object) -> ValidationError:
    return ValidationError(_SENTENCES[code], code=code, params={"text": excerpt(value), **params})
