"""Grants as staff look for them: by project, or by who receives them."""

from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet

from grants.models import Grant
from organizations.finding import organizations_called, people_called
from organizations.models import Organization, Person
from yixin.desk import Reader
from yixin.finding import MOST, Found, Group, form_of, group


def grants_called(everything: QuerySet, words: str) -> QuerySet:
    """Those of which each word stands in the project or is what the recipient is called."""
    return everything.filter(reduce(and_, map(_called, words.split()), Q()))


def _called(word: str) -> Q:
    organizations = organizations_called(Organization.objects.order_by(), word)
    people = people_called(Person.objects.order_by(), word)
    to = Q(organization__in=organizations.values("pk")) | Q(person__in=people.values("pk"))
    return Q(project__icontains=word) | to


def grants(reader: Reader, words: str) -> Group | None:
    """One query."""
    if not reader.may("view", Grant):
        return None
    found = grants_called(reader.records(Grant), words).select_related("organization", "person")
    shown = (_found(grant) for grant in found.order_by("-report_year", "-pk")[: MOST + 1])
    return group(Grant, words, shown)


def _found(grant: Grant) -> Found:
    return Found(grant.project, form_of(grant), f"{grant.recipient} · {grant.report_year}")


SOURCES = [grants]
