"""What somebody records again and again: the work area and the places of the events that they added last."""

from dataclasses import dataclass, field

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, QuerySet, Value, When

from activities.models import Event, WorkArea
from organizations.models import Region

LATELY = 20  # events
PLACES = 3
TITLES = 10


@dataclass(frozen=True)
class Habits:
    """Of one of the staff: the key of the last event's work area, None before the first; places, the last one first."""

    area: int | None = None
    places: list[Region] = field(default_factory=list)

    def first(self, areas: QuerySet[WorkArea]) -> QuerySet[WorkArea]:
        """The areas in their order, the one that was used last before all others."""
        rank = Case(When(pk=self.area, then=Value(0)), default=Value(1))
        return areas.order_by(rank, "position", "pk")


def habits_of(user, among: QuerySet[Event]) -> Habits:
    """Read from the log of what the user added in the admin. Two queries."""
    kind = ContentType.objects.get_for_model(Event)
    log = LogEntry.objects.filter(user=user, content_type=kind, action_flag=ADDITION)
    keys = log.order_by("-action_time", "-pk").values_list("object_id", flat=True)[:LATELY]
    found = {str(event.pk): event for event in among.filter(pk__in=list(keys)).select_related("region")}
    lately = [found[key] for key in keys if key in found]
    places = {event.region_id: event.region for event in lately if event.region_id}
    return Habits(lately[0].area_id if lately else None, list(places.values())[:PLACES])


def titles_like(text: str, among: QuerySet[Event]) -> list[str]:
    """At most ten titles that hold the text, those of the latest events first. One query."""
    latest = {}
    rows = among.filter(title__icontains=text).order_by("-when_earliest", "-pk").values_list("title", flat=True)
    for title in rows[: TITLES * 20]:
        latest.setdefault(title)
    return list(latest)[:TITLES]
