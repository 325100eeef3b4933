"""The organisations on record that the names of a file mean, or may mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from organizations.models import Alias, Organization, Region
from organizations.nearness import Reading, are_near, deletions, is_near, place_words, read_name
from yixin.text import name_key

__all__ = ["CROWD", "NameFinder", "is_near", "place_words", "terms"]

MOST_NEAR = 5
MOST_VALUES = 30_000  # SQLite binds 32,766 in one query; beyond, the whole table is read
CROWD = 50  # so many of one generic name are told apart by their places first


class NameFinder:
    """Finds the names of a whole file among all names on record, short and former ones included.

    Three queries, whatever the number of names; two if ``places`` (see `place_words`) is given. A name that was not
    among ``names`` costs a query when somebody asks for it.
    """

    def __init__(self, names: Iterable[str], places: Mapping[str, str] | None = None):
        self._places = place_words(Region.objects.all()) if places is None else places
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._read: list[tuple[int, tuple[Reading, ...]]] = []
        self._index: dict[str, list[int]] = defaultdict(list)
        self._placed: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._organizations: dict[int, Organization] = {}
        self._added = 0
        for pk, name, key in _names_on_record():
            self._remember(pk, name, key)
        self._found: dict[str, list[int]] = {}
        names = set(names)
        self._load({pk for name in names for pk in [*self._exact.get(name_key(name), ()), *self._near(name)]})

    def exact(self, name: str) -> list[Organization]:
        """Those with this name, alias or former name, their region loaded; several where places tell them apart."""
        return self._load_in_order(dict.fromkeys(self._exact.get(name_key(name), ())))

    def near(self, name: str) -> list[Organization]:
        """At most five with a near name, best first, their region loaded. None that `exact` gives."""
        return self._load_in_order(self._near(name))

    def add(self, organization: Organization, *other_names: str) -> None:
        """Takes in an organisation that the file itself adds, saved or not, so that later rows find it."""
        self._added += 1
        owner = organization.pk or -self._added
        self._organizations[owner] = organization
        for name in (organization.name, *other_names):
            self._remember(owner, name, name_key(name))
        self._found.clear()

    def _remember(self, owner: int, name: str, key: str) -> None:
        if owner in self._exact[key]:
            return
        self._exact[key].append(owner)
        readings = read_name(name, self._places)
        number = len(self._read)
        self._read.append((owner, readings))
        for reading in readings:
            for term in terms(reading):
                self._index[term].append(number)
                for place in reading.places or ("",):
                    self._placed[term, place].append(number)

    def _near(self, name: str) -> list[int]:
        """The owners of near names, best first."""
        key = name_key(name)
        if key not in self._found:
            taken, best = set(self._exact.get(key, ())), {}
            for reading in read_name(name, self._places):
                for number in self._candidates(reading):
                    owner, others = self._read[number]
                    if owner not in taken and any(are_near(reading, other) for other in others):
                        rank = min((*_rank(reading, other), number) for other in others)
                        best[owner] = min(rank, best.get(owner, rank))
            self._found[key] = sorted(best, key=best.__getitem__)[:MOST_NEAR]
        return self._found[key]

    def _candidates(self, reading: Reading) -> set[int]:
        numbers: set[int] = set()
        for term in terms(reading):
            crowd = self._index.get(term, ())
            if len(crowd) > CROWD and reading.places:
                for place in (*reading.places, ""):
                    numbers.update(self._placed.get((term, place), ())[:CROWD])
            else:
                numbers.update(crowd[:CROWD])
        return numbers

    def _load(self, owners: set[int]) -> None:
        missing = {owner for owner in owners if owner not in self._organizations}
        if not missing:
            return
        organizations = Organization.objects.select_related("region").order_by("pk")
        if len(missing) <= MOST_VALUES:
            organizations = organizations.filter(pk__in=sorted(missing))
        self._organizations |= {organization.pk: organization for organization in organizations}

    def _load_in_order(self, owners: Iterable[int]) -> list[Organization]:
        owners = list(owners)
        self._load(set(owners))
        return [self._organizations[owner] for owner in owners if owner in self._organizations]


def _names_on_record() -> list[tuple[int, str, str]]:
    """Id, name and key of every organisation, and of every other name of one, in the order of entry. One query."""
    names = Organization.objects.order_by().values_list("pk", "name", "name_key")
    others = Alias.objects.order_by().values_list("organization", "name", "name_key")
    return sorted(names.union(others, all=True))


def terms(reading: Reading) -> set[str]:
    """What two near readings share at least one of."""
    terms = {f"whole {text}" for text in deletions(reading.whole)}
    if reading.institution and reading.core:
        terms |= {f"whole {text}" for text in deletions(reading.core)}
    if len(reading.stem) > 1:
        terms.add(f"stem {reading.stem}")
    return terms


def _rank(one: Reading, other: Reading) -> tuple[bool, int, float]:
    """The same but for the place first, then those that name the same places, then those that share most."""
    mine, others = _bigrams(one.key), _bigrams(other.key)
    shared = 2 * len(mine & others) / (len(mine) + len(others) or 1)
    return one.whole != other.whole, -len(one.places & other.places), -shared


def _bigrams(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
