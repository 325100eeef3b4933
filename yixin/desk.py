"""The first page of the staff's site: what to do next. The apps say it: each registers its sources."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yixin.access.levels import LEVELS, Level
from yixin.access.territories import confined

LAST_SHOWN, LAST_READ = 8, 40  # records that I wrote; entries of the log that are looked through for them
LOOKING_BACK = (1, 2, 3)  # the months in which the year before is still worked on


class Tone(StrEnum):
    START = "start"  # what people come for: a button
    FIGURE = "figure"  # what the year adds up to
    TASK = "task"  # what waits
    LATE = "late"  # what should have been done by now
    YEAR = "year"  # another year that has something on record
    PAGE = "page"  # where the year can be read in full


@dataclass(frozen=True)
class Item:
    """One thing on the desk. ``number``: how many records the list at the address holds; None for no list, or unknown.

    ``note`` says in a few words what is to be done about it, or what the number leaves out.
    """

    label: str
    address: str
    tone: Tone
    number: int | None = None
    note: str = ""

    @property
    def written(self) -> str:
        return _("unknown") if self.number is None else number_format(self.number, force_grouping=True)


@dataclass(frozen=True)
class Reader:
    """Who of the staff looks; they are told of nothing that the lists would not show them."""

    request: HttpRequest

    def may(self, action: str, model: type[Model]) -> bool:
        """Whether they may view, add or change any records of the model. No query."""
        return getattr(admin.site.get_model_admin(model), f"has_{action}_permission")(self.request)

    def records(self, model: type[Model]) -> QuerySet:
        """Those that the model's list shows to them, in no order."""
        return admin.site.get_model_admin(model).get_queryset(self.request).order_by()


@dataclass(frozen=True)
class Asked(Reader):
    """Whose desk it is, on which day, and of which year."""

    today: date
    year: int

    def add(self, model: type[Model], label: str) -> list[Item]:
        """The button that opens the empty form, for those who may."""
        return [Item(label, page(model, "add"), Tone.START)] if self.may("add", model) else []


Source = Callable[[Asked], Iterable[Item]]
SOURCES: list[Source] = []


def register(*sources: Source) -> None:
    """In front of those of the apps below: the upper an app, the nearer it is to the day's work."""
    SOURCES[:0] = sources


def page(model: type[Model], name: str, **query) -> str:
    """The address of the model's list (``changelist``) or empty form (``add``) with that query."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", query=query or None)


class Waiting(admin.SimpleListFilter):
    """A list's filter by what waits: the desk counts by the same conditions, so it never says another number."""

    conditions: ClassVar[dict[str, tuple[str, Callable[[], Q]]]] = {}  # by value: the label, and what is asked

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _condition) in self.conditions.items()]

    def queryset(self, request, queryset):
        return queryset.filter(self.condition(self.value())) if self.value() in self.conditions else queryset

    @classmethod
    def condition(cls, value: str) -> Q:
        return cls.conditions[value][1]()


@dataclass(frozen=True)
class Done:
    """One record that I wrote. ``title`` is empty for kinds of records that are called by people's names."""

    kind: str
    title: str
    address: str
    entry: LogEntry


@dataclass(frozen=True)
class Desk:
    asked: Asked
    items: tuple[Item, ...]

    def of(self, *tones: Tone) -> list[Item]:
        return [item for tone in tones for item in self.items if item.tone == tone]

    @property
    def starts(self) -> list[Item]:
        return self.of(Tone.START)

    @property
    def figures(self) -> list[Item]:
        return self.of(Tone.FIGURE)

    @property
    def pages(self) -> list[Item]:
        return self.of(Tone.PAGE)

    @property
    def tasks(self) -> list[Item]:
        """What is late first; nothing that waits for nobody."""
        return [item for item in self.of(Tone.LATE, Tone.TASK) if item.number]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the year is on record, as far as they may see it."""
        return not any(item.number for item in self.figures)

    @property
    def year(self) -> str:
        """As it is written: no number, which would get a thousands separator."""
        return str(self.asked.year)

    @property
    def years(self) -> list[str]:
        """Those to change to: the current one, in spring the one before, and for an empty year the newest on record."""
        this, year = self.asked.today.year, self.asked.year
        offered = {this} | ({this - 1} if self.asked.today.month in LOOKING_BACK else set())
        if self.is_empty:
            offered |= {item.number for item in self.of(Tone.YEAR)}
        return [str(other) for other in sorted(offered - {year}, reverse=True)]

    @cached_property
    def last(self) -> list[Done]:
        """The records that I wrote last, each once, without those that I deleted. One query; for a volunteer one more
        for each kind, for what they wrote may lie in another city by now."""
        entries = LogEntry.objects.filter(user=self.asked.request.user).select_related("content_type")
        found = {}
        for entry in entries.order_by("-pk")[:LAST_READ]:
            found.setdefault((entry.content_type_id, entry.object_id), entry)
        written = [entry for entry in found.values() if entry.action_flag != DELETION]
        return list(self._done(written))[:LAST_SHOWN]

    def _done(self, entries: Iterable[LogEntry]) -> Iterator[Done]:
        written = [(entry, model) for entry in entries if (model := self._model_of(entry))]
        gone = self._elsewhere(written) if confined(self.asked.request.user) else ()
        for entry, model in written:
            if entry.pk not in gone:
                title = entry.object_repr if is_titled(model) else ""
                yield Done(capfirst(model._meta.verbose_name), title, entry.get_admin_url(), entry)

    def _model_of(self, entry: LogEntry) -> type[Model] | None:
        """None for what I may not see any of."""
        model = entry.content_type.model_class() if entry.content_type else None
        return model if model in admin.site._registry and self.asked.may("view", model) else None

    def _elsewhere(self, written: list[tuple[LogEntry, type[Model]]]) -> set[int]:
        found = set()
        for model in {model for _entry, model in written}:
            keys = {entry.pk: entry.object_id for entry, own in written if own is model}
            here = self.asked.records(model).filter(pk__in=keys.values()).values_list("pk", flat=True)
            seen = set(map(str, here))
            found |= {entry for entry, key in keys.items() if key not in seen}
        return found


def is_titled(model: type[Model]) -> bool:
    """Whether a record of the model is called by something that tells of nobody."""
    public = LEVELS.get(model._meta.label_lower, {}).get(Level.PUBLIC, "").split()
    return not {"title", "name"}.isdisjoint(public)


def lay(asked: Asked) -> Desk:
    """Everything that waits for somebody. A query or two for every source, whatever is on record."""
    return Desk(asked, tuple(item for source in SOURCES for item in source(asked)))


def year_asked_for(text: str, today: date) -> int:
    """This year for what is no year that a record can have."""
    is_year = len(text) == 4 and text.isascii() and text.isdigit() and "1900" <= text <= "2100"
    return int(text) if is_year else today.year
