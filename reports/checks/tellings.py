"""What the text tells of single days, and the events on record that it means."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from reports.checks.language import likeness, occasions, of_one_kind
from reports.checks.passages import Sentence, moved
from reports.checks.reading import Reading
from reports.checks.told_dates import ToldDate
from reports.records import EventRecord

LONGEST = 10  # days of one occasion; a longer span is a time in which things happened
DAYS_ASTRAY = 3  # so far a date may be wrong by a slip
SAME_DAY, OTHER_DAY, BEYOND_DOUBT = 0.25, 0.6, 0.8


@dataclass(frozen=True)
class Telling:
    """One told day or few days, the words that belong to it with their place in the sentence, organisations in them.

    ``on`` are the events on record of those days that it means; where there is none, ``near`` those at most three days
    off.
    """

    sentence: Sentence
    date: ToldDate
    words: str
    organizations: frozenset[int]
    start: int
    end: int
    on: tuple[EventRecord, ...] = ()
    near: tuple[EventRecord, ...] = ()


def read_tellings(reading: Reading) -> list[Telling]:
    """All of them in the order of the text."""
    return [found for sentence in reading.sentences for found in _of_sentence(reading, sentence)]


def tellings_by_block(reading: Reading) -> dict[tuple[str, int], list[Telling]]:
    """Those of each paragraph or item, by the section's key and its number there."""
    found: dict[tuple[str, int], list[Telling]] = {}
    for telling in reading.once(read_tellings):
        found.setdefault((telling.sentence.section.key, telling.sentence.block), []).append(telling)
    return found


def is_occasion(told: ToldDate) -> bool:
    """Whether it tells a day or a few days in a row."""
    return told.is_day and (told.latest - told.earliest).days <= LONGEST


def _of_sentence(reading: Reading, sentence: Sentence) -> Iterator[Telling]:
    for date, start, end in _segments(sentence):
        words = sentence.text[start:end]
        named = frozenset().union(*(m.owners for m in sentence.mentions if start <= m.start < end))
        organizations = (named or sentence.organizations) - reading.ours
        choices = [date, *([moved(date, sentence.other_year)] if sentence.other_year else [])]
        plain = Telling(sentence, date, words, organizations, start, end)
        found = [_matched(reading, replace(plain, date=choice)) for choice in choices]
        yield next((telling for telling in found if telling.on or telling.near), found[0])


def _segments(sentence: Sentence) -> Iterator[tuple[ToldDate, int, int]]:
    """Each told day with the stretch of the sentence that belongs to it: up to the clause of the next day."""
    days = [told for told in sentence.dates if is_occasion(told)]
    of_clause = {id(told): sentence.clause_at(told.start) for told in days}
    starts = sorted({clause.start for clause in of_clause.values()})
    for told in days:
        start = of_clause[id(told)].start
        after = [other for other in starts if other > start]
        yield told, 0 if start == starts[0] else start, after[0] if after else len(sentence.text)


def _matched(reading: Reading, told: Telling) -> Telling:
    """The telling with what is on record of it."""
    date, words, organizations, area = told.date, told.words, told.organizations, told.sentence.section.area
    around = [(date.distance(event.when.earliest, event.when.latest), event) for event in reading.events]
    today = [event for distance, event in around if distance == 0]
    own = {event.pk for event in (reading.printed_in(area) if area else ())}
    on = [event for event in today if relation(reading, event, words, organizations) >= SAME_DAY]
    if not on:
        there = [event for event in today if event.pk in own]
        on = [event for event in there if len(there) == 1 and may_be(reading, event, words, organizations)]
    near = []
    if not on:
        near = [
            event
            for distance, event in around
            if 0 < distance <= DAYS_ASTRAY and relation(reading, event, words, organizations) >= OTHER_DAY
        ]
    return replace(told, on=tuple(_best(on, words)), near=tuple(_best(near, words)))


def _best(events: list[EventRecord], words: str) -> list[EventRecord]:
    return sorted(events, key=lambda event: (-likeness(event.title, words), event.pk))


def relation(reading: Reading, event: EventRecord, words: str, organizations: frozenset[int]) -> float:
    """How surely the words mean the event, whatever its day: 1 for one of its organisations, else by its title."""
    alike = _likeness(event.title, words)
    if not of_one_kind(event.title, words):
        return alike / 2
    there = reading.named_at[event.pk]
    if organizations & there:
        return 1.0
    if organizations - reading.funders and there - reading.funders:
        return alike if alike >= BEYOND_DOUBT else 0.0
    return alike


def may_be(reading: Reading, event: EventRecord, words: str, organizations: frozenset[int]) -> bool:
    """Whether nothing speaks against it: neither another organisation nor another kind of gathering."""
    there = reading.named_at[event.pk]
    if organizations and there and not organizations & there:
        return False
    return bool(occasions(words)) and of_one_kind(event.title, words)


@lru_cache(maxsize=50_000)
def _likeness(title: str, words: str) -> float:
    return likeness(title, words)
