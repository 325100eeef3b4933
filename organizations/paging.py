"""Pages of a long list by the place where they begin: the last one costs as much as the first."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

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
class Window:
    """One page: its records, and the cursors of the pages around it, "" where there is none."""

    records: list
    before: str = ""
    after: str = ""


def window(queryset: QuerySet, size: int, *, after: Place | None = None, before: Place | None = None) -> Window:
    """``queryset`` with ``rank`` annotated; the page after that place, or before it, or the first one. One query."""
    if before:
        backwards = [F(name).desc() for name in ORDER]
        found = list(queryset.filter(before.beyond("lt")).order_by(*backwards)[: size + 1])
        return framed(found[:size][::-1], is_first=len(found) <= size, is_last=False)
    further = queryset.filter(after.beyond("gt")) if after else queryset
    found = list(further.order_by(*ORDER)[: size + 1])
    return framed(found[:size], is_first=after is None, is_last=len(found) <= size)


def numbered(queryset: QuerySet, size: int, number: int) -> Window:
    """The page of that number, which must exist: for addresses that name one. One query."""
    start = (number - 1) * size
    found = list(queryset.order_by(*ORDER)[start : start + size + 1])
    return framed(found[:size], is_first=number == 1, is_last=len(found) <= size)


def framed(records: list, *, is_first: bool, is_last: bool) -> Window:
    if not records:
        return Window([])
    first, last = (Place(*(getattr(record, name) for name in ORDER)) for record in (records[0], records[-1]))
    return Window(records, "" if is_first else str(first), "" if is_last else str(last))
