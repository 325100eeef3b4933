"""By what a person is known, and what of that is somebody else's too."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from organizations.models import Alias, Organization, Person
from yixin.phones import clean_phone, spellings
from yixin.spellings import Wanted, wanted
from yixin.text import name_key


@dataclass(frozen=True)
class Known:
    """``all`` finds everything that may be theirs, ``own`` what is nobody else's."""

    all: Wanted
    own: Wanted
    namesakes: tuple[Person, ...] = ()  # others of that name, phone or e-mail


def known(person: Person, also: Collection[str] = ()) -> Known:
    """``also``: other names, former numbers. Four queries."""
    words = [word for word in (person.name, person.phone, person.email, *also) if word]
    everything = wanted(words)
    others = namesakes(person, everything)
    shared = {name_key(one.name) for one in others}
    numbers = {number for one in others for number in wanted([one.phone]).numbers if one.phone}
    emails = {one.email.casefold() for one in others}
    longer = longer_names(everything.names)
    own = Wanted(everything.names - shared, everything.numbers - numbers, everything.emails - emails, longer)
    return Known(Wanted(everything.names, everything.numbers, everything.emails, longer), own, tuple(others))


def namesakes(person: Person, words: Wanted) -> list[Person]:
    """Others of the same switchboard are among them: its number without an extension is theirs as well."""
    phones = {one for number in words.numbers for one in stored(number)} | {person.phone}
    called = Q(name_key__in=words.names) | Q(phone__in=phones - {""})
    for number in words.numbers:
        for board in stored(number) if "-" not in number else ():
            called |= Q(phone__startswith=f"{board}-")
    for email in words.emails:
        called |= Q(email__iexact=email)
    return list(Person.objects.exclude(pk=person.pk).filter(called).order_by("pk"))


def stored(number: str) -> set[str]:
    """How the number may stand in a person's row."""
    try:
        return {clean_phone(number)} | spellings(number)
    except ValidationError:
        return spellings(number)


def longer_names(names: Collection[str]) -> set[str]:
    """Keys of names of others with one of these inside. What an organisation is called is its own name."""
    if not names:
        return set()
    inside = Q()
    for name in names:
        inside |= Q(name_key__contains=name)
    tables = (Organization, Alias, Person)
    found = {table: table.objects.filter(inside).order_by().values_list("name_key", flat=True) for table in tables}
    return set(found[Organization]) | {key for table in (Alias, Person) for key in found[table] if key not in names}
