"""What happened to an organisation, for its public page. Apps above this one tell it: each registers its sources."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from organizations.discretion import tellable
from organizations.models import Organization
from yixin.access.sensitive import sensitive_word

MOST = 50  # of all years together
MOST_OF_A_YEAR = 200


@dataclass(frozen=True)
class Happening:
    """One entry. ``day`` says only where it stands among the others; ``when`` is what a reader sees of the time."""

    day: date
    when: str
    kind: str
    text: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of entries, as far as they are public.

    ``read(organization, most, year)`` gives at most so many, the newest first, of that year or, for None, of all:
    one query. ``years(organization)`` gives all years in which there is one: one query.
    """

    read: Callable[[Organization, int, int | None], list[Happening]]
    years: Callable[[Organization], Iterable[int]]


SOURCES: list[Source] = []


def register(source: Source) -> None:
    SOURCES.append(source)


@dataclass(frozen=True)
class Year:
    number: int
    happenings: tuple[Happening, ...]


@dataclass(frozen=True)
class Timeline:
    """``years`` are shown, the newest first; ``more`` are all the years there are, where not all of them are shown.

    ``year``: the one that was asked for.
    """

    years: tuple[Year, ...] = ()
    more: tuple[int, ...] = ()
    year: int | None = None


def tell(organization: Organization, year: int | None = None) -> Timeline:
    """One query a source and one for what may be told; one more a source where there is too much for one page.

    Of a record read by ``with_parts``. A sensitive organisation has none, and takes no query.
    """
    own = [organization.name, *(alias.name for alias in organization.aliases.all())]
    if organization.is_sensitive or sensitive_word(*own):
        return Timeline()
    most = MOST_OF_A_YEAR if year else MOST
    found = [happening for source in SOURCES for happening in source.read(organization, most + 1, year)]
    found.sort(key=lambda happening: (-happening.day.toordinal(), happening.kind, happening.text))
    shown = found[:most]
    told = tellable({happening.text for happening in shown}, own)
    by_year = groupby((one for one in shown if one.text in told), key=lambda happening: happening.day.year)
    years = tuple(Year(number, tuple(happenings)) for number, happenings in by_year)
    return Timeline(years, _years_of(organization) if year or len(found) > most else (), year)


def _years_of(organization: Organization) -> tuple[int, ...]:
    return tuple(sorted({number for source in SOURCES for number in source.years(organization)}, reverse=True))


def year_asked_for(text: str) -> int | None:
    """None for what is no year that a record can have."""
    is_year = len(text) == 4 and text.isascii() and text.isdigit() and "1900" <= text <= "2100"
    return int(text) if is_year else None
