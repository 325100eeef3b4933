"""Which event a roster belongs to, and how its named people stand to its head-count."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Attendance, Event
from activities.nearness import is_similar
from yixin import fuzzydate
from yixin.intake.journal import Journal, columns_of
from yixin.intake.plan import Action, Plan, Row
from yixin.intake.sheets import Line
from yixin.intake.titles import texts
from yixin.text import excerpt, name_key

DATE = re.compile(
    r"(?:[0-9]{4}\s*[年./-]\s*)?[0-9]{1,2}\s*[月./-]\s*[0-9]{1,2}\s*[日号]?(?:\s*[-~—至到]\s*(?:[0-9]{1,2}\s*月\s*)?[0-9]{1,2}\s*[日号]?)?"
)
SHEET_WORDS = re.compile(
    '签到表|签到册|签到|名单|报名表|报名|接龙|花名册|人员|通讯录|时间|日期|地点|主题|活动名称|活动|[#:：《》“”"]'
)
MOST_TITLES, LONGEST_TITLE, MOST_EVENTS = 30, 200, 300  # texts, characters, events of those days that are looked at
LEAST_TITLE = 3  # letters that must remain before a title is looked for


def mentioned(titles: Iterable[Line]) -> str:
    return excerpt(" ".join(texts(titles)) or "…", 60)


def event_by_titles(titles: Iterable[Line], year: int | None) -> Event | None:
    """The one event whose days and title the lines name; None for none or several. One query."""
    told = [text[:LONGEST_TITLE] for text in texts(titles)[:MOST_TITLES]]
    days = list(dict.fromkeys(when for text in told for when in dates(text, year)))[:MOST_TITLES]
    words = [name_key(SHEET_WORDS.sub("", DATE.sub("", text))) for text in told]
    words = [word for word in words if len(word) >= LEAST_TITLE]
    if not days or not words:
        return None
    overlaps = Q()
    for first, last in days:
        overlaps |= Q(when_earliest__lte=last, when_latest__gte=first)
    near = Event.objects.filter(overlaps).order_by("pk")[:MOST_EVENTS]
    found = [event for event in near if fits(name_key(event.title), words)]
    exact = [event for event in found if name_key(event.title) in words]
    best = exact or found
    return best[0] if len(best) == 1 else None


def dates(text: str, year: int | None) -> list[tuple[date, date]]:
    found = []
    for match in DATE.finditer(text):
        try:
            when = fuzzydate.parse(match[0], year=year)
        except ValidationError:
            continue
        if when:
            found.append((when.earliest, when.latest))
    return found


def fits(title: str, words: list[str]) -> bool:
    return any(word in title or title in word or is_similar(title, word) for word in words)


class EventsOfRows:
    """The event of each row: the one chosen for all, or the one that the row itself names. At most three queries."""

    def __init__(self, plan: Plan, chosen: Event | None):
        self.plan, self.chosen = plan, chosen
        self.by_row: dict[int, Event] = {}
        self.present: list[Row] = []  # who was there, where only their number is kept
        if chosen is None and any(row.values.get("活动内容") for row in plan.rows):
            self._find(plan)
        events = {event.pk: event for event in [chosen, *self.by_row.values()] if event is not None}
        nameable = Event.objects.filter(pk__in=events).nameable()
        self.sensitive = events.keys() - set(nameable.values_list("pk", flat=True))

    def _find(self, plan: Plan) -> None:
        keys = {self._named(row) for row in plan.open_rows if row.values.get("活动时间") and row.values.get("活动内容")}
        days = [key[0] for key in keys]
        events = Event.objects.filter(when_earliest__range=(min(days), max(days))) if days else []
        stored: dict[tuple, list[Event]] = {}
        for event in events:
            stored.setdefault((event.when_earliest, name_key(event.title)), []).append(event)
        for row in plan.open_rows:
            found = (
                stored.get(self._named(row), []) if row.values.get("活动时间") and row.values.get("活动内容") else []
            )
            if len(found) == 1:
                self.by_row[row.number] = found[0]
            else:
                plan.error(row, "活动内容", _("No one event of this day and title is on record."))

    def _named(self, row: Row) -> tuple:
        return row.values["活动时间"].earliest, name_key(row.values["活动内容"])

    def of(self, row: Row) -> Event | None:
        return self.by_row.get(row.number, self.chosen)

    def key(self, row: Row) -> Hashable:
        event = self.of(row)
        return event and event.pk

    def is_sensitive(self, event: Event) -> bool:
        return event.pk in self.sensitive

    @property
    def all(self) -> list[Event]:
        return list({event.pk: event for event in [*self.by_row.values(), self.chosen] if event is not None}.values())

    def tell_headcounts(self, plan: Plan) -> None:
        """Declared 35, named 31: both are kept. One query."""
        events = self.all
        stored = Counter(Attendance.objects.counted().filter(event__in=events).values_list("event", flat=True))
        for event in events:
            new = [row for row in plan.doing(Action.NEW) if self.key(row) == event.pk]
            coming = [row for row in new if row.values.get("计入人数") is not False]
            named = stored[event.pk] + len(coming)
            told = {"event": event, "named": named, "declared": event.people, "more": (event.headcount or 0) - named}
            if event.headcount is None:
                plan.notes.append(_("“%(event)s”: %(named)s named; its head-count is unknown and stays so.") % told)
            elif told["more"] < 0:
                plan.warn(
                    None,
                    None,
                    _("“%(event)s”: declared %(declared)s, but %(named)s named. Check its head-count.") % told,
                )
            else:
                plan.notes.append(_("“%(event)s”: declared %(declared)s / named %(named)s / %(more)s unnamed.") % told)

    def tell_counted(self, plan: Plan) -> None:
        """What becomes of the head-counts where only they are wanted."""
        for event in self.all:
            told = {"event": event, "counted": self._counted(event), "declared": event.people}
            if event.headcount is None:
                plan.notes.append(_("“%(event)s”: its head-count becomes %(counted)s.") % told)
            else:
                plan.notes.append(
                    _("“%(event)s”: its head-count stays %(declared)s; %(counted)s stand on this list.") % told
                )

    def _counted(self, event: Event) -> int:
        return sum(self.key(row) == event.pk for row in self.present)

    def write_headcounts(self, journal: Journal) -> None:
        """How many were named becomes the head-count of an event that nobody counted."""
        for event in self.all:
            before = columns_of(event)
            if event.headcount is None:
                event.headcount = self._counted(event)
                journal.update([(event, before, None)])
