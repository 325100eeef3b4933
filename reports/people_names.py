"""Where people on record stand in the texts of a document by name: outside the names of organisations."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.db.models import Value

from organizations.models import Alias, Organization, Person
from yixin.spellings import folded, stands

SHORTEST = 2  # characters of a name that is looked for
GRAM = 3  # characters by which a name is looked up
BATCH = 10_000


class PeopleNames:
    """Finds them in one pass over each text. Three queries at most, whatever the number of people; and two look-ups
    for each character of the texts."""

    def __init__(self, texts: Iterable[str]):
        self._grams = {gram for text in texts for gram in _grams(folded(text)[0])}

    @cached_property
    def people(self) -> dict[str, list[str]]:
        """Keys of their names that may stand in the texts by their first characters. A name of digits is none."""
        keys = Person.objects.order_by().values_list("name_key", flat=True).distinct().iterator(chunk_size=BATCH)
        return _by_start(key for key in keys if len(key) >= SHORTEST and self._may_stand(key) and not key.isdigit())

    @cached_property
    def bodies(self) -> dict[str, list[str]]:
        """Keys of organisations' names with that of a person inside. Another name that is a person's own is none."""
        if not self.people:
            return {}
        names = Organization.objects.order_by().annotate(margin=Value(0)).values_list("name_key", "margin")
        others = Alias.objects.order_by().annotate(margin=Value(1)).values_list("name_key", "margin")
        rows = names.union(others, all=True).iterator(chunk_size=BATCH)
        return _by_start(key for key, margin in rows if self._may_stand(key) and self._names_somebody(key, margin))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """From … to of each name, in order."""
        letters, places = folding = folded(text)
        found, at = [], 0
        while at < len(letters) - 1:
            start = letters[at : at + SHORTEST]
            body = next((key for key in self.bodies.get(start, ()) if letters.startswith(key, at)), "")
            if body:
                at += len(body)
                continue
            person = next((key for key in self.people.get(start, ()) if stands(key, text, folding, at)), "")
            if person:
                found.append((places[at], places[at + len(person) - 1] + 1))
            at += len(person) or 1
        return found

    def _may_stand(self, key: str) -> bool:
        return key[:GRAM] in self._grams

    def _names_somebody(self, body: str, margin: int) -> bool:
        return any(
            body.startswith(key, at) and len(key) + margin <= len(body)
            for at in range(len(body) - 1)
            for key in self.people.get(body[at : at + SHORTEST], ())
        )


def _grams(letters: str) -> Iterator[str]:
    for length in (SHORTEST, GRAM):
        yield from (letters[at : at + length] for at in range(len(letters) - length + 1))


def _by_start(keys: Iterable[str]) -> dict[str, list[str]]:
    """The longest first."""
    found: dict[str, list[str]] = {}
    for key in sorted(set(keys), key=lambda key: (-len(key), key)):
        found.setdefault(key[:SHORTEST], []).append(key)
    return found
