"""Which stored event a row speaks of: the same, one that another area's table has too, or merely a near one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta

from activities.models import Event, WorkArea
from activities.nearness import NEAR_DAYS, is_similar
from yixin.intake.plan import Row
from yixin.text import name_key

NEAR_TRIED = 20  # events of the same days and head-count that one row is compared with


def area_keys(area: WorkArea) -> set[str]:
    return {name_key(text) for text in (area.code, area.name, area.name_en) if text}


def when_and_title(row: Row) -> tuple:
    """First day, last day and the title's key; computed once a row, for it is asked for again and again."""
    if row.key is None:
        when = row.values["时间"]
        row.key = (when.earliest, when.latest, name_key(row.values["内容"]))
    return row.key


def head_count(row: Row) -> int | None:
    people = row.values.get("人数")
    return people and people.number


class KnownEvents:
    """The stored events near the days of the rows. Two queries, whatever the number of rows.

    Each of them answers to one row only, so that two salons of one day stay two.
    """

    def __init__(self, rows: Iterable[Row]):
        days = [day for row in rows for day in (row.values["时间"].earliest, row.values["时间"].latest)]
        reach = timedelta(days=NEAR_DAYS)
        near = Event.objects.filter(when_earliest__range=(min(days) - reach, max(days) + reach)) if days else []
        self.by_name: dict[tuple, list[Event]] = defaultdict(list)
        self.by_day: dict[tuple, list[Event]] = defaultdict(list)
        self.taken: set[int] = set()
        for event in near and near.select_related("area", "region").prefetch_related("also_listed_in").order_by("pk"):
            self.by_name[event.when_earliest, event.when_latest, name_key(event.title)].append(event)
            self.by_day[event.when_earliest, event.headcount].append(event)
        self.repeated = {key for key, times in Counter(map(when_and_title, rows)).items() if times > 1}

    def same(self, row: Row) -> Event | None:
        """The event of the row's own area, or listed in it: with the same head-count, else the only one of its name."""
        named = [event for event in self._free(row) if prints(event, row.values["工作板块"])]
        exact = [event for event in named if event.headcount == head_count(row)]
        if exact:
            return self._take(exact[0])
        is_only = len(named) == 1 and when_and_title(row) not in self.repeated
        return self._take(named[0]) if is_only else None

    def listed(self, row: Row) -> Event | None:
        """The event that another row has spoken of, if this row's area only lists it."""
        area, named = row.values["工作板块"], self.by_name.get(when_and_title(row), ())
        taken = [event for event in named if event.pk in self.taken and event.headcount == head_count(row)]
        return next((event for event in taken if event.area_id != area.pk and prints(event, area)), None)

    def elsewhere(self, row: Row) -> Event | None:
        """The event of another area with the same days, title and head-count."""
        return next((event for event in self._free(row) if event.headcount == head_count(row)), None)

    def near(self, row: Row) -> Event | None:
        """An event within three days with the same head-count and a similar title."""
        day, people, title = row.values["时间"].earliest, head_count(row), name_key(row.values["内容"])
        if people is None or not self.by_day:
            return None
        days = [day + timedelta(days=away) for away in range(-NEAR_DAYS, NEAR_DAYS + 1)]
        candidates = [event for day in days for event in self.by_day.get((day, people), ())][:NEAR_TRIED]
        return next((event for event in candidates if is_similar(title, name_key(event.title))), None)

    def take(self, event: Event) -> None:
        self.taken.add(event.pk)

    def _take(self, event: Event) -> Event:
        self.take(event)
        return event

    def _free(self, row: Row) -> list[Event]:
        return [event for event in self.by_name.get(when_and_title(row), ()) if event.pk not in self.taken]


def prints(event: Event, area: WorkArea) -> bool:
    return event.area_id == area.pk or area in event.also_listed_in.all()
