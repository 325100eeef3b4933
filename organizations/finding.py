"""Organisations and people as staff look for them, on lists, in forms and in the search over everything."""

from collections import defaultdict
from collections.abc import Collection
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from organizations.grams import Wanted, terms
from organizations.models import Alias, Contact, Organization, Person
from organizations.querysets import OrganizationQuerySet
from yixin.desk import Reader
from yixin.finding import MOST, Found, Group, begins, form_of, group, readings
from yixin.text import READ_CHARACTERS, name_key


def organizations_called(everybody: OrganizationQuerySet, words: str) -> OrganizationQuerySet:
    """Those found by each of the words: name, other name, pinyin or initials, from any character on.

    By the index of the directory. Other names of sensitive organisations are not in it: here, too, they are found.
    """
    asked = terms(words)
    if not asked:
        return everybody.none()
    secret = Alias.objects.filter(organization__is_sensitive=True).order_by()
    secret = secret.filter(reduce(and_, (Q(name_key__contains=term.key) for term in asked)))
    by_grams = Organization.objects.order_by().matching([Wanted(term) for term in asked])
    return everybody.filter(pk__in=by_grams.values("pk").union(secret.values("organization")))


def people_called(everybody: QuerySet, words: str) -> QuerySet:
    """Those whose names begin so, in characters, pinyin or initials, blanks left out. By index, never a scan."""
    key = name_key(words[:READ_CHARACTERS])
    return everybody.filter(_called(key)) if key else everybody.none()


def _called(key: str) -> Q:
    if key.isascii() and key.isalnum():
        if len(key) == 1:
            return begins("name_pinyin", key)  # the first letter of both, and so many that each is read but once
        return Q(pk__in=_people(begins("name_pinyin", key)).union(_people(begins("name_initials", key))))
    read = readings(key)
    if not read:
        return Q(name_key=key)
    return reduce(or_, (begins("name_pinyin", reading) for reading in sorted(read))) & Q(name_key__startswith=key)


def _people(called: Q) -> QuerySet:
    return Person.objects.order_by().filter(called).values("pk")


def organizations(reader: Reader, words: str) -> Group | None:
    """One query."""
    if not reader.may("view", Organization):
        return None
    found = organizations_called(reader.records(Organization), words).ranked(terms(words))
    found = found.select_related("region").order_by("rank", "name_pinyin", "pk")[: MOST + 1]
    shown = (Found(one.name, form_of(one), one.region.name if one.region else "") for one in found)
    return group(Organization, words, shown)


def people(reader: Reader, words: str) -> Group | None:
    """Two queries: they are told apart by the organisations that they belong to, for those who may see that."""
    if not reader.may("view", Person):
        return None
    found = list(people_called(reader.records(Person), words).order_by("name_pinyin", "pk")[: MOST + 1])
    belong = _belonging(reader, [person.pk for person in found])
    return group(Person, words, (Found(one.name, form_of(one), "、".join(belong[one.pk])) for one in found))


def _belonging(reader: Reader, people: Collection[int]) -> dict[int, dict[str, None]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    if not (people and reader.may("view", Contact)):
        return found
    contacts = reader.records(Contact).filter(person__in=people, ended_on=None)
    for person, name in contacts.order_by("person", "pk").values_list("person", "organization__name"):
        found[person][name] = None
    return found


SOURCES = [organizations, people]
