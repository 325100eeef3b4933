"""Dates and spans of days that a text tells, each with the days it may mean. Knows no database."""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError

from reports.checks.language import flat
from yixin.fuzzydate import FuzzyDate, Precision, parse

_C = "〇零一二三四五六七八九"
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}|[一二][{_C}]{{3}}) ?年(?:度)?"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])月份?"
_DAY_NUMBER = (
    "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|二[一二三四五六七八九]|[一二三四五六七八九])"
)
_DAY = rf"{_DAY_NUMBER} ?[日号]"
_PART = "(?:上旬|中旬|下旬|初|中(?![心国学小央的])|底|末)"
_YEAR_PART = "(?:年?[初底末]|[上下]半年|第?[一二三四1-4]季度)"
_TO = r"(?:[-~—]+|至|到)"
_POINT = rf"(?:(?:{_YEAR})? ?{_MONTH} ?(?:{_DAY}|{_PART})?|{_YEAR}(?:{_YEAR_PART})?)"
_FIRST = rf"(?:(?:{_YEAR})? ?{_MONTH} ?{_DAY_NUMBER}|(?:{_YEAR})? ?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]))"
_CHINESE = re.compile(
    rf"{_FIRST} ?{_TO} ?(?:{_DAY}|{_MONTH}(?! ?{_DAY}))|{_POINT} ?{_TO} ?(?:{_POINT}|{_DAY})|{_POINT}"
)
_Y, _MD = r"(?:19|20)[0-9]{2}", r"(?:1[0-2]|0?[1-9])[./-](?:3[01]|[12][0-9]|0?[1-9])"
_NUMERIC = re.compile(rf"(?<![0-9./-]){_Y}[./-]{_MD}(?:[-~](?:3[01]|[12][0-9]|0?[1-9]))?(?![0-9./-])")
_SEASON = "[上下]半年|第?[一二三四1-4]季度"  # of the year that is spoken of
_NEXT_DAY = rf"(?<=[日号][、和及与]){_DAY}"  # the 29日 of 11月28日、29日
_DATE = re.compile(f"(?<![0-9第{_C}十])(?:{_CHINESE.pattern})|{_NUMERIC.pattern}|{_SEASON}|{_NEXT_DAY}")
_LINKS = re.compile(r"^ ?(?:起|开始|以来)? ?[,]? ?(?:截至|截止到?|至|到|直到|直至) ?$")


@dataclass(frozen=True)
class ToldDate:
    """Where the text tells it, and the days it may mean. Not ``names_year``: the year was carried on."""

    start: int
    end: int
    text: str
    when: FuzzyDate
    names_year: bool = True

    @property
    def earliest(self) -> date:
        return self.when.earliest

    @property
    def latest(self) -> date:
        return self.when.latest

    @property
    def is_day(self) -> bool:
        """Whether it tells single days, not a month or a season."""
        return self.when.precision in (Precision.DAY, Precision.DAY_RANGE)

    @property
    def is_range(self) -> bool:
        return self.when.precision == Precision.DAY_RANGE

    @property
    def is_year(self) -> bool:
        return self.when.precision == Precision.YEAR

    def distance(self, earliest: date, latest: date) -> int:
        """Days between this and another span; 0 where they share one."""
        return max((earliest - self.latest).days, (self.earliest - latest).days, 0)

    def in_year(self, year: int) -> "ToldDate":
        """The same days of another year; itself where that has no such day."""
        try:
            when = parse(re.sub("^(?:19|20)[0-9]{2}年", "", self.when.text), year=year)
        except ValidationError:
            return self
        return replace(self, when=when) if when else self


def told_dates(text: str, year: int) -> list[ToldDate]:
    """All of them in order. ``year`` is that of dates which name none, until one does."""
    found: list[ToldDate] = []
    readable = flat(text)
    for match in _DATE.finditer(readable):
        words = match[0].strip()
        when = _when(words.replace(" ", ""), year, found[-1] if found else None)
        if when is None:
            continue
        names_year = re.match(rf"{_YEAR}|{_Y}", words) is not None
        found.append(ToldDate(match.start(), match.end(), text[match.start() : match.end()].strip(), when, names_year))
        year = when.latest.year
    return _joined(found, readable)


def _when(words: str, year: int, before: ToldDate | None) -> FuzzyDate | None:
    """None for what is no date after all, such as 2月30日."""
    if re.fullmatch(_DAY, words):
        words = f"{before.latest.month}月{words}" if before else ""
    elif re.fullmatch(_SEASON, words):
        words = f"{year}年{words}"
    try:
        return parse(words, year=year)
    except ValidationError:
        return None


def _joined(found: list[ToldDate], text: str) -> list[ToldDate]:
    """从1月1日开始，截至12月1日 is one span."""
    joined: list[ToldDate] = []
    for told in found:
        before = joined[-1] if joined else None
        if before and _LINKS.match(text[before.end : told.start]) and before.latest <= told.latest:
            words = text[before.start : told.end]
            precision = Precision.DAY_RANGE if before.is_day and told.is_day else Precision.MONTH_RANGE
            span = FuzzyDate(words, before.earliest, told.latest, precision)
            joined[-1] = ToldDate(before.start, told.end, words, span, before.names_year)
        else:
            joined.append(told)
    return joined


def without_dates(text: str, dates: list[ToldDate], hidden: str) -> str:
    """The text with every date hidden, as long as before."""
    for told in dates:
        text = text[: told.start] + hidden * (told.end - told.start) + text[told.end :]
    return text
