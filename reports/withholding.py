"""What the public reads inside sums only, put together so that no table can take it apart again.

The rule and its reasons: docs/decisions/0022-small-counts.md.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from reports.records import EventRecord
from yixin.fuzzydate import FuzzyDate, Precision
from yixin.quantities import HeadCount, known_sum

FEW = 5  # a number of people or organisations below it is not told
WITHHELD = "withheld"  # the city, month and kind of what is not told by city, month or kind


def pooled(events: Iterable[EventRecord], year: int) -> list[EventRecord]:
    """The events that may be named, and the others as nameless records: one for all that every sum of the report on
    that year takes in or leaves out together. How many they were is lost on purpose.
    """
    named, pools = [], {}
    for event in events:
        if event.is_named:
            named.append(event)
        else:
            side = (event.starts_on.year > year) - (event.starts_on.year < year)
            pools.setdefault((year + side, event.area, tuple(sorted(event.printed_in))), []).append(event)
    return named + [_pool(key, pools[key]) for key in sorted(pools)]


def _pool(key: tuple[int, int, tuple[int, ...]], events: list[EventRecord]) -> EventRecord:
    """Fewer than FEW people in all are nobody's business: they count as nobody having counted them."""
    year, area, printed_in = key
    number = known_sum(event.headcount for event in events)
    is_estimated = any(event.people and event.people.is_estimated for event in events)
    return EventRecord(
        pk=0,
        when=FuzzyDate("", date(year, 1, 1), date(year, 12, 31), Precision.YEAR),
        title="",
        people=None if number is None or 0 < number < FEW else HeadCount(number, is_estimated),
        area=area,
        printed_in=frozenset(printed_in),
        region="",
        city="",
        our_role="",
        course=None,
        engaged=None,
        parts=(),
        is_named=False,
    )


def withheld(events: Iterable[EventRecord]) -> list[EventRecord]:
    return [event for event in events if not event.is_named]


def withheld_label() -> str:
    return _("Not listed one by one")


def listed_only(events: Iterable[EventRecord]) -> list[str]:
    """What to say under numbers of events where some events are only in the sums."""
    if not withheld(events):
        return []
    return [_("Numbers of events are of those listed one by one; the others are in the person-times only.")]


class Bound(StrEnum):
    """What a figure in the text is where some records stand in sums only, and are no part of any number of records."""

    EXACT = "exact"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    UNTOLD = "untold"


# By the figure's name after its subject; all others are sums, which hold everything.
NUMBERS = {
    *("场次", "表中行数", "不详场次", "当年场次", "跨年场次", "最大", "去重人数", "名单", "组织", "地市"),
    *("项数", "行数"),
}
BOUNDS = dict.fromkeys(NUMBERS, Bound.AT_LEAST)
BOUNDS |= {"空白地市": Bound.AT_MOST, "中位数": Bound.UNTOLD, "个人": Bound.UNTOLD}
