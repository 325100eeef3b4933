"""What still ties a person to the hub, and what once did. Apps above this one know of more: each registers its ties."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from organizations.models import Contact, NetworkGroup, Person
from organizations.personal.forgetting import nameless


@dataclass(frozen=True)
class Tie:
    """Both give a query of numbers of persons. ``holds(day)``: who is tied on that day or later, and so is kept;
    ``held(day)``: who was before it."""

    holds: Callable[[date], QuerySet]
    held: Callable[[date], QuerySet] | None = None
    is_printed: bool = False  # reports name them


def of_contacts(day: date) -> QuerySet:
    return Contact.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day)).values("person")


def of_former_contacts(day: date) -> QuerySet:
    return Contact.objects.filter(ended_on__lt=day).values("person")


def of_groups(day: date) -> QuerySet:
    return NetworkGroup.objects.exclude(steward=None).values("steward")


def of_consent(day: date) -> QuerySet:
    return Person.objects.filter(consented_on__gte=day).values("pk")


TIES: list[Tie] = [Tie(of_contacts, of_former_contacts), Tie(of_groups), Tie(of_consent)]


def register(*ties: Tie) -> None:
    TIES.extend(ties)


def forgettable(day: date) -> list[int]:
    """Persons with whom there was something before that day, and nothing since; who is nameless already is none. One
    query."""
    was, is_held = Q(), Q()
    for tie in TIES:
        is_held |= Q(pk__in=tie.holds(day).order_by())
        if tie.held:
            was |= Q(pk__in=tie.held(day).order_by())
    found = Person.objects.filter(was).exclude(is_held).order_by("pk").values_list("pk", "name")
    return [key for key, name in found if name != nameless(key)]
