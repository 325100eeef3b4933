"""Which person on record the name in a roster means, and how phone numbers are kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError

from organizations.models import Contact, Person
from yixin.personnames import looks_like_a_person
from yixin.phones import clean_phone, read_phones, spellings, without_phones
from yixin.text import name_key

__all__ = [
    "Match",
    "MatchKind",
    "PersonFinder",
    "canonical",
    "clean_phone",
    "looks_like_a_person",
    "person_key",
    "read_phones",
    "without_phones",
]

MOST_NAMESAKES, MOST_CANDIDATES = 500, 10  # of one name that are looked at; among whom somebody can choose
MOST_VALUES = 30_000  # SQLite binds 32,766 in one query; beyond, whole tables are read


class MatchKind(StrEnum):
    """What is to be done with a name: take the person, ask a human being, add a new one."""

    SURE = "sure"
    ASK = "ask"
    NEW = "new"


@dataclass(frozen=True)
class Match:
    """The person meant, if that is sure; else those who may be meant, likeliest first."""

    kind: MatchKind
    person: Person | None = None
    candidates: tuple[Person, ...] = ()


@dataclass(frozen=True, eq=False)
class _Known:
    person: Person
    key: str
    phone: str
    place: int  # in the order in which they became known
    organizations: set[int]


def person_key(name: str) -> str:
    """What two spellings of one person's name share; the same as the column `name_key`: 张 三 is 张三."""
    return name_key(name)


class PersonFinder:
    """Tells for the people of a whole file who of them is on record. Three queries, whatever their number.

    ``ids`` are the persons found; whoever knows of more organisations that they came for tells it by `tie`.
    """

    def __init__(self, people: Iterable[tuple[str, str]], ties: Mapping[int, Collection[int]] | None = None):
        """``people``: name and phone (as `clean_phone` has it, or "") of each row; ``ties``: see `tie`."""
        self._by_phone: dict[str, list[_Known]] = defaultdict(list)
        self._by_key: dict[str, list[_Known]] = defaultdict(list)
        self._known: dict[int, _Known] = {}
        people = list(people)
        keys = {person_key(name) for name, _ in people} - {""}
        phones = {spelling for _, phone in people if phone for spelling in spellings(phone)}
        for person in _persons("name_key", keys) + _persons("phone", phones):
            if person.pk not in self._known:
                self._known[person.pk] = self._remember(person)
        self.tie(_contacts(self.ids))
        self.tie(ties or {})

    @property
    def ids(self) -> set[int]:
        return set(self._known)

    def tie(self, ties: Mapping[int, Collection[int]]) -> None:
        """Takes in the organisations (by id) that persons (by id) are tied to; unknown persons are passed over."""
        for person, organizations in ties.items():
            if person in self._known:
                self._known[person].organizations.update(organizations)

    def add(self, person: Person, organization_id: int | None = None) -> None:
        """Takes in a person whom the file itself adds, saved or not, so that a later row finds them."""
        known = self._known.get(person.pk) or self._remember(person)
        if person.pk is not None:
            self._known[person.pk] = known
        if organization_id is not None:
            known.organizations.add(organization_id)

    def match(self, name: str, phone: str = "", organization_id: int | None = None) -> Match:
        """Who is meant. No query.

        The same name and phone are one person. So are the same name and organisation where one of the two has no
        phone; with two phones, or two such persons, a human being decides. A name alone, or a phone alone, only asks.
        """
        key = person_key(name)
        same_phone = self._by_phone.get(phone, [])[:MOST_NAMESAKES] if phone else []
        same_name = self._by_key.get(key, [])[:MOST_NAMESAKES] if key else []
        same_name += [known for known in same_phone if key and known.key == key and known not in same_name]
        sure = [known for known in same_name if _is_sure(known, phone, organization_id)]
        if len(sure) == 1:
            return Match(MatchKind.SURE, sure[0].person)
        others = [known for known in same_name if _is_possible(known, phone, organization_id)]
        candidates = dict.fromkeys([*sure, *same_phone, *others])
        if not candidates:
            return Match(MatchKind.NEW)
        ranked = sorted(candidates, key=lambda known: _rank(known, key, phone, organization_id))
        return Match(MatchKind.ASK, candidates=tuple(known.person for known in ranked[:MOST_CANDIDATES]))

    def _remember(self, person: Person) -> _Known:
        phone = canonical(person.phone)
        known = _Known(person, person_key(person.name), phone, sum(map(len, self._by_key.values())), set())
        self._by_key[known.key].append(known)
        if phone:
            self._by_phone[phone].append(known)
        return known


def _persons(column: str, values: set[str]) -> list[Person]:
    """One query."""
    everybody = Person.objects.order_by("pk")
    if len(values) <= MOST_VALUES:
        return list(everybody.filter(**{f"{column}__in": sorted(values)}))
    return [person for person in everybody if getattr(person, column) in values]


def _contacts(persons: set[int]) -> dict[int, set[int]]:
    """The organisations of each person's contacts, by person. One query."""
    rows = Contact.objects.order_by("pk")
    if len(persons) <= MOST_VALUES:
        rows = rows.filter(person__in=sorted(persons))
    ties: dict[int, set[int]] = defaultdict(set)
    for person, organization in rows.values_list("person", "organization"):
        ties[person].add(organization)
    return ties


def canonical(phone: str) -> str:
    """The stored phone as `clean_phone` has it; one that was kept in another form, as it stands."""
    try:
        return clean_phone(phone)
    except ValidationError:
        return phone


def _is_sure(known: _Known, phone: str, organization_id: int | None) -> bool:
    if phone and known.phone:
        return phone == known.phone
    return organization_id is not None and organization_id in known.organizations


def _is_possible(known: _Known, phone: str, organization_id: int | None) -> bool:
    """Whether a person of the same name may be meant: not where both have phones, other ones, and other bodies."""
    return not (phone and known.phone) or organization_id in known.organizations


def _rank(known: _Known, key: str, phone: str, organization_id: int | None) -> tuple:
    is_same_phone = bool(phone) and known.phone == phone
    return (
        not (is_same_phone and known.key == key),
        organization_id not in known.organizations,
        not is_same_phone,
        known.place,
    )
