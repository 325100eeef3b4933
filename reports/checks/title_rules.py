"""Titles that repeat, that fit their table badly, or that speak of somebody else's occasion; two places on one day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from activities.formats import FORMATS, OTHER, format_of
from activities.models import WorkArea
from reports.checks.event_claims import area_words
from reports.checks.findings import Finding, Level, Names, finding, told
from reports.checks.reading import Reading, event_ref
from reports.checks.registry import check
from reports.records import EventRecord
from yixin.fuzzydate import FuzzyDate
from yixin.text import name_key

MOSTLY = 0.7  # of an area's titles hold the word that names it
FEWEST = 4  # events of an area, below which its titles have no habit
LONGEST = 10  # days of one event; a longer one is no day's occasion
PLACED = _("“%(title)s” (%(place)s)")


@check("T1", Level.WARNING, _("Several events have one title"))
def repeated_title(reading: Reading) -> Iterator[Finding]:
    """Events of the year that only their dates tell apart. They are never merged by their title."""
    by_title: dict[str, list[EventRecord]] = {}
    for event in reading.events:
        by_title.setdefault(name_key(event.title), []).append(event)
    for events in by_title.values():
        if len(events) > 1:
            sentence = told(
                _("%(count)s events are called “%(title)s”: %(days)s."),
                count=len(events), title=events[0].title, days=Names(tuple(event.when for event in events)),
            )  # fmt: skip
            suggestion = told(
                _("Add what tells them apart, such as its number or its theme; or answer that they differ.")
            )
            yield finding(sentence, suggestion, map(event_ref, events), *(event.starts_on for event in events))


@check("T2", Level.WARNING, _("One day, two cities"))
def two_places_on_one_day(reading: Reading) -> Iterator[Finding]:
    """Events of one day in different cities or provinces. Asked once a day; the answer is kept."""
    by_day: dict[date, list[EventRecord]] = {}
    for event in reading.events:
        days = (event.when.latest - event.when.earliest).days
        if event.city and days <= LONGEST:
            for number in range(days + 1):
                by_day.setdefault(event.when.earliest + timedelta(number), []).append(event)
    asked: set[frozenset[int]] = set()
    for day, events in sorted(by_day.items()):
        together = frozenset(event.pk for event in events)
        if len({event.city for event in events}) < 2 or together in asked:
            continue
        asked.add(together)
        names = Names(tuple(told(PLACED, title=event.title, place=event.region) for event in events))
        sentence = told(
            _("On %(day)s there were events in different places: %(names)s."), day=FuzzyDate.on(day), names=names
        )
        suggestion = told(_("Were two teams out that day? Correct the date if not; or answer who was where."))
        yield finding(sentence, suggestion, map(event_ref, events), day, *sorted(event.city for event in events))


_OTHERS = re.compile(
    "周年|ted|论坛|峰会|庆典|庆祝|揭牌|挂牌|成立(?:大会|仪式)|换届|颁奖|开幕|开业|启动仪式|婚礼|家长会"
)


@check("T3", Level.WARNING, _("A title that does not fit its table"))
def title_against_area(reading: Reading) -> Iterator[Finding]:
    """A title without the word that nearly all of its area hold; and others' occasions, when our part is not told."""
    for area in reading.areas.values():
        events = [event for event in reading.events if event.area == area.pk]
        fitting = [event for event in events if _fits(event, area)]
        if len(events) >= FEWEST and len(fitting) >= MOSTLY * len(events):
            yield from (_misfit(event, area, events) for event in events if not _fits(event, area))
    for event in reading.events:
        occasion = _OTHERS.search(name_key(event.title))
        is_ours = bool(reading.named_at[event.pk] & reading.ours)
        if occasion and not event.our_role and not is_ours:
            sentence = told(
                _("“%(event)s” looks like somebody else's occasion, and our role in it is not told."), event=event
            )
            suggestion = told(_("Enter our role: held by us, with others, or invited."))
            yield finding(sentence, suggestion, [event_ref(event)], "role")


def _fits(event: EventRecord, area: WorkArea) -> bool:
    """Whether the title holds a word of the area's name, or another one for the same kind of gathering."""
    key = name_key(event.title)
    return any(word in key for word in area_words(area)) or format_of(event.title) in _formats(area)


def _formats(area: WorkArea) -> set[str]:
    return {format_of(word) for word in area_words(area)} - {OTHER}


def _usual_word(title: str, area: WorkArea, titles: list[str]) -> tuple[str, int]:
    """The word of the area, or for its kind of gathering, that most titles hold and this one lacks; in how many."""
    words = area_words(area).union(*(FORMATS[code][1] for code in _formats(area)))
    counts = {word: sum(word in other for other in titles) for word in sorted(words) if word not in title}
    return max(counts.items(), key=lambda item: (item[1], len(item[0])))


def _misfit(event: EventRecord, area: WorkArea, events: list[EventRecord]) -> Finding:
    word, count = _usual_word(name_key(event.title), area, [name_key(other.title) for other in events])
    sentence = told(
        _("“%(event)s” stands under %(area)s, where %(count)s of %(all)s titles say “%(word)s”; this one does not."),
        event=event, area=area, count=count, all=len(events), word=word,
    )  # fmt: skip
    suggestion = told(_("Is it one? Then say so in the title; else choose the area where it belongs."))
    return finding(sentence, suggestion, [event_ref(event)], area.code, event.title)
