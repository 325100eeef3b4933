"""Dates as people say them today: 昨天, 上周末, 上个月底, 去年12月, 26号, or a month without its year."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from .fuzzydate import MAX_LENGTH, FuzzyDate, Precision, parse
from .numerals import compact

# A day without a year that is further ahead than this was last year: in January 12月20日 is over.
DAYS_AHEAD = 31

_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1}
_YEAR = re.compile("|".join(_YEARS))
_MONTH = re.compile("(?P<which>上上|[上本这当下])个?月份?")
_MONTHS = {"上上": -2, "上": -1, "下": 1}
_WEEKEND = re.compile("(?P<which>[上本这下]?)个?周末")
_DAY_ALONE = re.compile("[0-9]{1,2}[日号]")
_DAYS_ALONE = re.compile("(?P<first>[0-9]{1,2})[日号]?[-~—–到至](?P<last>[0-9]{1,2}[日号])")
_EVENING = re.compile("^(?P<day>[昨今前明])(?P<part>[晚早])上?")
_LONG_AGO = {"大前天": -3, "刚才": 0, "刚刚": 0}


def read(value: str, *, today: date) -> FuzzyDate | None:
    """The date that is meant by who says this today; None for an empty or unknown one, ValidationError if it cannot be
    read. What names no year is of this year, or of the last one if it would lie more than 31 days ahead; its text then
    names the year too, so that it can be understood later."""
    if len(value) > MAX_LENGTH:
        return parse(value)
    text = _EVENING.sub("\\g<day>天\\g<part>上", compact(value))
    if text in _LONG_AGO:
        return FuzzyDate.on(today + timedelta(days=_LONG_AGO[text]))
    if match := _WEEKEND.fullmatch(text):
        return _weekend(match["which"], today)
    spoken = _MONTH.sub(lambda match: _month_of(_MONTHS.get(match["which"], 0), today), text, count=1)
    spoken = _YEAR.sub(lambda match: f"{today.year + _YEARS[match[0]]}年", spoken, count=1)
    if _DAY_ALONE.fullmatch(spoken):
        return _latest(spoken, today)
    if match := _DAYS_ALONE.fullmatch(spoken):
        last = _latest(match["last"], today).earliest
        return parse(f"{last.year}年{last.month}月{match['first']}-{last.day}日")
    return _read(value if spoken == compact(value) else spoken, today)


def _weekend(which: str, today: date) -> FuzzyDate:
    weeks = {"上": -1, "下": 1}.get(which, 0)
    saturday = today + timedelta(days=weeks * 7 + 5 - today.weekday())
    return FuzzyDate.on(saturday, saturday + timedelta(days=1))


def _month_of(further: int, today: date) -> str:
    months = today.year * 12 + today.month - 1 + further
    return f"{months // 12}年{months % 12 + 1}月"


def _latest(day: str, today: date) -> FuzzyDate:
    """The last day of that number: 30号 said on the 5th was last month."""
    number = int(day[:-1])
    for back in range(0 if number <= today.day else 1, 3):  # of two months, one after the other, one has 31 days
        with suppress(ValidationError):
            return parse(f"{_month_of(-back, today)}{number}日")
    return parse(f"{_month_of(0, today)}{number}日")  # which says that there is no such day


def _read(text: str, today: date) -> FuzzyDate | None:
    try:
        return parse(text, today=today)
    except ValidationError as error:
        if error.code != "year_missing":
            raise
    found = parse(text, year=today.year)
    if found.earliest > today + timedelta(days=DAYS_AHEAD):
        found = parse(text, year=today.year - 1)
    return _with_year(found)


def _with_year(found: FuzzyDate) -> FuzzyDate:
    text = f"{found.earliest.year}年{found.text}"
    try:
        read_back = parse(text)
    except ValidationError:
        read_back = None
    if read_back and (read_back.earliest, read_back.latest) == (found.earliest, found.latest):
        return replace(found, text=read_back.text)
    is_day = found.precision in (Precision.DAY, Precision.DAY_RANGE)
    return FuzzyDate.on(found.earliest, found.latest) if is_day else found
