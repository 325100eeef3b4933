"""Events as staff look for them: by what they were, in characters or pinyin, or by the organisations that took part."""

from functools import reduce
from operator import and_

from django.db.models import Q

from activities.models import Event, EventOrganization
from activities.querysets import EventQuerySet
from organizations.finding import organizations_called
from organizations.models import Organization
from yixin.desk import Reader
from yixin.finding import MOST, Found, Group, form_of, group
from yixin.text import name_key


def events_called(everything: EventQuerySet, words: str) -> EventQuerySet:
    """Those of which each word stands in the title or is what an organisation is called that took part."""
    return everything.filter(reduce(and_, map(_called, words.split()), Q()))


def _called(word: str) -> Q:
    key = name_key(word)
    in_pinyin = Q(title_pinyin__contains=key) if key.isascii() and key.isalnum() else Q()
    organizations = organizations_called(Organization.objects.order_by(), word)
    parts = EventOrganization.objects.order_by().filter(organization__in=organizations.values("pk"))
    return Q(title__icontains=word) | in_pinyin | Q(pk__in=parts.values("event"))


def events(reader: Reader, words: str) -> Group | None:
    """One query."""
    if not reader.may("view", Event):
        return None
    found = events_called(reader.records(Event), words).select_related("region")
    return group(Event, words, (_found(event) for event in found.order_by("-when_earliest", "-pk")[: MOST + 1]))


def _found(event: Event) -> Found:
    place = f" · {event.region.name}" if event.region else ""
    return Found(event.title, form_of(event), f"{event.when_text}{place}")


SOURCES = [events]
