"""The tables of events, one a work area: next year's new area needs no developer."""

from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from activities.models import WorkArea
from reports.figures import Figures
from reports.records import EventRecord
from reports.table import Column, Kind, Spec, listed
from reports.withholding import FEW, withheld, withheld_label
from yixin.quantities import HeadCount, known_sum


@dataclass(frozen=True)
class Withheld:
    """The events that the public sees inside totals only, in one row."""

    events: tuple[EventRecord, ...]
    when: str = ""
    key: str = ""

    @property
    def title(self) -> str:
        """How many they are is told nowhere."""
        return withheld_label()

    @property
    def people(self) -> HeadCount | None:
        number = known_sum(event.headcount for event in self.events)
        return (
            None if number is None else HeadCount(number, any(e.people and e.people.is_estimated for e in self.events))
        )


def event_tables(figures: Figures) -> list[Spec]:
    """In the order of the areas."""
    return [event_table(area) for area in figures.scope.areas]


def event_table(area: WorkArea) -> Spec:
    return Spec(
        code=area.code,
        title=str(area),
        columns=[
            Column(pgettext_lazy("column", "Time"), "when", Kind.DATE),
            Column(pgettext_lazy("column", "Content"), "title"),
            Column(pgettext_lazy("column", "People"), "people", Kind.NUMBER, totalled=True),
        ],
        records=partial(events_printed_in, area),
        notes=partial(event_notes, area),
        key=lambda event: event.key,
    )


def events_printed_in(area: WorkArea, figures: Figures) -> list[EventRecord | Withheld]:
    """By date; where the public reads, what may not be named makes one row at the end."""
    events = figures.printed_in(area)
    others = tuple(withheld(events))
    named = [event for event in events if event.is_named]
    return [*named, Withheld(others)] if others else named


def event_notes(area: WorkArea, figures: Figures, rows: list[EventRecord | Withheld]) -> list[str]:
    """What the reader of an event table must know to add it up with others."""
    printed, year = figures.printed_in(area), figures.scope.year
    events = [event for event in printed if event.is_named]
    elsewhere = [event for event in events if event.area != area.pk]
    other_year = [event for event in events if event.starts_on.year != year]
    estimated = [event for event in events if event.people and event.people.is_estimated]
    return [
        *(counts_elsewhere(event, figures) for event in elsewhere),
        *([dated_elsewhere(other_year, year)] if other_year else []),
        *([are_estimates(estimated)] if estimated else []),
        *([not_listed()] if withheld(printed) else []),
    ]


def not_listed() -> str:
    return _(
        "Events that are not listed one by one are in this total with their people, if these are %(few)s or more."
        " How many events they are is not told; some may count in another table, or be dated in another year."
    ) % {"few": FEW}


def counts_elsewhere(event: EventRecord, figures: Figures) -> str:
    area = next(area for area in figures.scope.all_areas if area.pk == event.area)
    return _("“%(title)s” (%(when)s, %(people)s) counts in %(area)s; it is printed here too and counted once.") % {
        "title": event.title,
        "when": event.when,
        "people": event.people if event.people else _("unknown"),
        "area": area,
    }


def dated_elsewhere(events: list[EventRecord], year: int) -> str:
    sentence = ngettext(
        "%(count)s row (%(people)s person-times) is not dated in %(year)s: %(names)s.",
        "%(count)s rows (%(people)s person-times) are not dated in %(year)s: %(names)s.",
        len(events),
    )
    people, names = sum(event.headcount or 0 for event in events), listed([str(event) for event in events])
    return sentence % {"count": len(events), "people": people, "year": year, "names": names}


def are_estimates(events: list[EventRecord]) -> str:
    sentence = ngettext(
        "%(count)s head-count is an estimate: %(names)s.",
        "%(count)s head-counts are estimates: %(names)s.",
        len(events),
    )
    return sentence % {"count": len(events), "names": listed([str(event) for event in events])}
