"""One search over everything that staff keep. The apps do the looking: each registers its sources."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from django.db.models import Model, Q
from django.urls import reverse

from yixin.desk import Reader, page
from yixin.text import clean_text, pinyin_reader

LONGEST = 200  # characters of a search; SQLite refuses to look for very long texts
MOST = 8  # of each kind
MOST_READINGS = 8
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"  # of pinyin, in the order of every database


@dataclass(frozen=True)
class Found:
    """One record; ``note`` tells it from others of the same name: where, when, of what. Never a phone number."""

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the best eight. ``more`` is the list of all of them, where there are more."""

    kind: str
    found: tuple[Found, ...]
    more: str = ""


Source = Callable[[Reader, str], Group | None]
SOURCES: list[Source] = []


def register(*sources: Source) -> None:
    """Behind those of the apps below: first who it is, then what happened."""
    SOURCES.extend(sources)


def find(reader: Reader, words: str) -> list[Group]:
    """By kind, the kinds of which nothing is found left out. A query or two for every source."""
    groups = [source(reader, words) for source in SOURCES] if words else []
    return [group for group in groups if group and group.found]


def asked_for(text: str) -> str:
    """The words of an address as they are looked for: one clean line."""
    return clean_text(text[: 10 * LONGEST])[:LONGEST].strip()


def group(model: type[Model], words: str, found: Iterable[Found]) -> Group:
    """Of one more than are shown, if there are more."""
    found = tuple(found)
    more = page(model, "changelist", q=words) if len(found) > MOST else ""
    return Group(str(model._meta.verbose_name_plural), found[:MOST], more)


def form_of(record: Model) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def begins(column: str, prefix: str) -> Q:
    """Rows whose column begins with the prefix of letters a-z and digits, as a range of an index.

    LIKE alone reads the whole table on SQLite; the range alone finds too much where a language sorts in its own way.
    """
    end = beyond(prefix)
    upper = Q(**{f"{column}__lt": end}) if end else Q()
    return Q(**{f"{column}__gte": prefix, f"{column}__startswith": prefix}) & upper


def beyond(prefix: str) -> str:
    """The first text behind all those that begin with the prefix; empty where only the end of all texts is.

    Of letters and digits alone: languages sort other signs each in their own way.
    """
    rest = prefix.rstrip(ALPHABET[-1])
    return rest[:-1] + ALPHABET[ALPHABET.index(rest[-1]) + 1] if rest else ""


def readings(text: str) -> set[str]:
    """What the pinyin of a name begins with that begins with these characters, however each of them is read in it.

    重 is zhong or chong, by what follows. At most eight; empty where nothing is known of the first character.
    """
    found = [""]
    for character in text:
        ways = _ways(character)
        if not ways or len(found) * len(ways) > MOST_READINGS:
            break
        found = [begun + way for begun, way in product(found, ways)]
    return {reading for reading in found if reading}


def _ways(character: str) -> set[str]:
    if character.isascii():
        return {character} & set(ALPHABET)
    reader = pinyin_reader()
    read = reader.pinyin(character, style=reader.Style.NORMAL, heteronym=True, errors="ignore")
    return {way for ways in read for way in ways if set(way) <= set(ALPHABET)}
