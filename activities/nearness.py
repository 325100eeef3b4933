"""Which events look like one: begun within three days of each other, of a similar title, with no other head-count."""

from datetime import timedelta
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from activities.models import Event
from yixin.text import name_key

NEAR_DAYS = 3
NEAR_TITLE = 0.6  # of SequenceMatcher: 南昌公益组织沙龙 and 南昌市公益组织沙龙 have 0.94
MOST_TRIED = 200  # events of those days whose titles are compared
MOST_SHOWN = 5


def is_similar(title: str, other: str) -> bool:
    return SequenceMatcher(None, title[:60], other[:60], autojunk=False).ratio() >= NEAR_TITLE


def events_like(event: Event, among: QuerySet[Event]) -> list[Event]:
    """Those that the event, which need not be stored, may be once more, by day. One query."""
    first, reach = event.when_earliest, timedelta(days=NEAR_DAYS)
    found = among.filter(when_earliest__range=(first - reach, first + reach)).exclude(pk=event.pk)
    if event.headcount is not None:
        found = found.filter(Q(headcount=None) | Q(headcount=event.headcount))
    title = name_key(event.title)
    tried = found.select_related("area", "region").order_by("when_earliest", "pk")[:MOST_TRIED]
    return [other for other in tried if is_similar(title, name_key(other.title))][:MOST_SHOWN]
