"""Pages of a long list by the place where they begin: the last one costs as much as the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

ORDER = ("rank", "name_pinyin", "slug")
LONGEST_CURSOR = 1_000  # characters


@dataclass(frozen=True)
class Place:
    """Of one entry in the order of the list: how well it fits, its pinyin, its slug. Only what is public anyway."""

    rank: int
    pinyin: str
    slug: str

    def __str__(self) -> str:
        return f"{self.rank},{self.pinyin},{self.slug}"

    def beyond(self, sign: str) -> Q:
        """What lies after it ("gt"), or before it ("lt")."""
        alike = Q(**{f"slug__{sign}": self.slug}, name_pinyin=self.pinyin)
        further = Q(**{f"name_pinyin__{sign}": self.pinyin}) | alike
        if not self.rank:  # one rank for all: the index leads to the place
            return Q(**{f"name_pinyin__{sign}e": self.pinyin}) & further
        return Q(**{f"rank__{sign}": self.rank}) | Q(rank=self.rank) & further


def place(text: str | None) -> Place | None:
    """What a cursor in an address says; None for what is none."""
    rank, *rest = (text or "")[:LONGEST_CURSOR].split(",")
    if len(rest) != 2 or len(rank) != 1 or rank not in "0123456789" or not rest[1] or "\x00" in text:
        return None
    return Place(int(rank), *rest)


@dataclass(frozen=True)
class Asked:
    """Which page of a list: the one before that place, or after it, or of that number."""

    size: int
    number: int = 1
    after: Place | None = None
    before: Place | None = None

    @property
    def is_backwards(self) -> bool:
        return self.before is not None

    @property
    def condition(self) -> Q:
        """Empty for a page by its number."""
        if self.before:
            return self.before.beyond("lt")
        return self.after.beyond("gt") if self.after else Q()

    @property
    def limit(self) -> int:
        """One more than a page, which tells whether the list goes on."""
        return self.size + 1

    @property
    def offset(self) -> int:
        return 0 if self.before or self.after else (self.number - 1) * self.size

    def window(self, records: Sequence) -> "Window":
        """Of at most ``limit`` records in the order of the list, each with ``rank``."""
        is_cut = len(records) > self.size
        if self.before:
            return framed(records[-self.size :], is_first=not is_cut, is_last=False)
        is_first = self.after is None and self.number == 1
        return framed(records[: self.size], is_first=is_first, is_last=not is_cut)


@dataclass(frozen=True)
class Window:
    """One page: its records, and the cursors of the pages around it, "" where there is none."""

    records: Sequence
    before: str = ""
    after: str = ""


def framed(records: Sequence, *, is_first: bool, is_last: bool) -> Window:
    if not records:
        return Window([])
    first, last = (Place(*(getattr(record, name) for name in ORDER)) for record in (records[0], records[-1]))
    return Window(records, "" if is_first else str(first), "" if is_last else str(last))
