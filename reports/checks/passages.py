"""The sections of a report, sentence by sentence, with the dates, names and numbers that each tells."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from activities.models import Photo, WorkArea
from reports.checks.findings import RecordRef
from reports.checks.language import CLAUSE, HIDDEN, SENTENCE, flat, hide, pieces
from reports.checks.mentions import Mention
from reports.checks.numbers import Loose, loose_numbers
from reports.checks.told_dates import ToldDate, told_dates, without_dates
from reports.prose import PLACEHOLDER

_MARKER = re.compile(r"^\s*(?:[-*•●▪◦]|[0-9]{1,3}\s*[.．、)）](?!\d{1,2}[^\d年.])|[（(][0-9]{1,3}[)）])\s*")
_SAME_ONE = re.compile("该(?:组织|机构|团队|协会|中心|社团|单位|团体)|其(?:负责人|团队|成员|核心)|他们|她们|它们")
Namer = Callable[[str], list[Mention]]


@dataclass(frozen=True)
class SectionText:
    """One section. ``area`` is the work area it tells of; ``subject`` is that area's code, survey, grants or ""."""

    key: str
    heading: str
    prose: str
    subject: str
    area: WorkArea | None = None
    photos: tuple[Photo, ...] = ()
    is_last: bool = False

    @property
    def ref(self) -> RecordRef:
        return RecordRef(self.key, self.heading)


@dataclass(frozen=True)
class Clause:
    """A piece of a sentence between two commas; ``start`` counts from the beginning of the sentence."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Sentence:
    """``text`` is as it was typed, with every figure hidden; ``start`` is its place in the section's prose.

    ``before`` holds the organisations named last before it, ``told_before`` the date that its list item begins with.
    """

    section: SectionText
    text: str
    start: int
    block: int
    is_item: bool
    dates: tuple[ToldDate, ...]
    mentions: tuple[Mention, ...]
    before: frozenset[int] = frozenset()
    told_before: ToldDate | None = None
    other_year: int | None = None  # the last other year that the section named before

    @cached_property
    def flat(self) -> str:
        """In half width and lower case."""
        return flat(self.text)

    @cached_property
    def numbers(self) -> list[Loose]:
        return loose_numbers(self.plain)

    @cached_property
    def plain(self) -> str:
        """Without dates."""
        return without_dates(self.flat, list(self.dates), HIDDEN)

    @cached_property
    def nameless(self) -> str:
        """Without dates and names of organisations."""
        text = self.plain
        for mention in self.mentions:
            text = text[: mention.start] + HIDDEN * (mention.end - mention.start) + text[mention.end :]
        return text

    @cached_property
    def named(self) -> frozenset[int]:
        """The organisations that the sentence itself names."""
        return frozenset().union(*(mention.owners for mention in self.mentions))

    @property
    def organizations(self) -> frozenset[int]:
        """Those, or the ones named before where it only speaks of 该组织."""
        return self.named or (self.before if _SAME_ONE.search(self.text) else frozenset())

    @cached_property
    def clauses(self) -> list[Clause]:
        return [Clause(start, text) for start, text in pieces(CLAUSE, self.plain)]

    def clause_at(self, place: int) -> Clause:
        return self.clauses[bisect_right(self.clauses, place, key=attrgetter("start")) - 1]

    def mentions_in(self, clause: Clause) -> frozenset[int]:
        found = [m.owners for m in self.mentions if clause.start <= m.start < clause.end]
        return frozenset().union(*found)

    def dates_in(self, clause: Clause) -> list[ToldDate]:
        return [told for told in self.dates if clause.start <= told.start < clause.end]


def read_sentences(section: SectionText, year: int, names: Namer) -> Iterator[Sentence]:
    """All sentences of a section in order."""
    context, other_year = frozenset(), None
    prose, place = hide(section.prose, PLACEHOLDER), 0
    for block, line in enumerate(prose.split("\n")):
        marker = _MARKER.match(line)
        told_first: ToldDate | None = None
        carried = year
        for start, text in pieces(SENTENCE, _without_marker(line, marker)):
            dates = tuple(told_dates(text, carried))
            sentence = Sentence(
                section, text, place + start, block, marker is not None, dates, tuple(names(text)), context,
                told_first, other_year,
            )  # fmt: skip
            yield sentence
            context = sentence.named or context
            carried = dates[-1].latest.year if dates else carried
            told_first = told_first or _leading_date(text, dates)
            named = [told.earliest.year for told in dates if told.names_year and told.earliest.year != year]
            other_year = named[-1] if named else other_year
        place += len(line) + 1


def _without_marker(line: str, marker: re.Match | None) -> str:
    return HIDDEN * marker.end() + line[marker.end() :] if marker else line


def _leading_date(text: str, dates: tuple[ToldDate, ...]) -> ToldDate | None:
    """The day with which an item begins: what follows in the item is told of it."""
    first = dates[0] if dates and dates[0].is_day else None
    return first if first and not text[: first.start].strip(f" {HIDDEN}") else None


def moved(told: ToldDate, year: int | None) -> ToldDate:
    """A date that names no year, in another one; as it is without."""
    return told if year is None or told.names_year else replace(told.in_year(year), start=told.start, end=told.end)
