"""What texts of records may stand on a public page by themselves: a net below the people who decide."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from unicodedata import normalize

from organizations.models import Alias, Organization, Person
from yixin.access.sensitive import sensitive_word
from yixin.intake.private import holds_private_number
from yixin.phones import find_phones
from yixin.text import name_key

SHORTEST, LONGEST = 2, 8  # characters of a person's name that is looked for in a text
A_QUERY = 30_000  # values that both databases take in one query
_DAY = re.compile("(?:19|20)[0-9]{6}")
_LATIN_WORD = re.compile("[a-z]{2,}")


def tellable(texts: Iterable[str], own: Iterable[str] = ()) -> set[str]:
    """Those of the texts that name no sensitive organisation and no person on record, and hold no phone number, no
    number of a card and no word that ties somebody to an illness or a minority.

    ``own`` are names that may stand in them, whoever else is called so. One query, whatever the number of persons;
    one more for every 30,000 pieces of text.
    """
    safe = {text for text in texts if not sensitive_word(text) and not _holds_number(text)}
    mine = sorted(filter(None, map(name_key, own)), key=len, reverse=True)
    keys = {text: _without(name_key(text), mine) for text in safe}
    secret = list(_secret_keys(set().union(*map(_pieces, keys.values())))) if keys else []
    return {text for text, key in keys.items() if not any(name in key for name in secret)}


def _holds_number(text: str) -> bool:
    """A day written as eight digits is no phone number."""
    narrow = normalize("NFKC", text)
    phones = (narrow[start:stop] for start, stop in find_phones(narrow))
    return holds_private_number(text) or any(not _DAY.fullmatch(phone) for phone in phones)


def _without(key: str, names: list[str]) -> str:
    """The key with a gap where one of the names stood, so that nothing new is joined."""
    for name in names:
        key = key.replace(name, "\n")
    return key


def _pieces(key: str) -> set[str]:
    """What a person's name can be in the key: a few characters, or a whole word of Latin letters."""
    lengths = range(SHORTEST, LONGEST + 1)
    few = {key[at : at + length] for length in lengths for at in range(len(key) - length + 1)}
    return {piece for piece in few if not piece.isascii()} | set(_LATIN_WORD.findall(key))


def _secret_keys(pieces: Iterable[str]) -> Iterator[str]:
    """Keys of all names of sensitive organisations, and of those persons whose name is one of the pieces."""
    organizations = Organization.objects.filter(is_sensitive=True).order_by().values_list("name_key", flat=True)
    others = Alias.objects.filter(organization__is_sensitive=True).order_by().values_list("name_key", flat=True)
    rest = iter(sorted(pieces))
    while some := list(islice(rest, A_QUERY)):
        people = Person.objects.filter(name_key__in=some).order_by().values_list("name_key", flat=True)
        yield from (key for key in people.union(organizations, others) if len(key) >= SHORTEST)
