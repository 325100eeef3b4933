"""Events that two tables count, that may be one event, or that are told in another section than their table's."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from reports.checks.findings import Finding, Level, Names, finding, told
from reports.checks.language import closeness, ordinals
from reports.checks.reading import Reading, event_ref
from reports.checks.registry import check
from reports.checks.tellings import DAYS_ASTRAY, read_tellings, relation
from reports.records import EventRecord

NEAR_TITLE = 0.7
SURE = 0.4  # of the words of a title, in a section of another area


@check("C5", Level.ERROR, _("One event may be counted twice"))
def counted_twice(reading: Reading) -> Iterator[Finding]:
    """An event that two tables hold in their totals; and two records that may be of one event."""
    for event in reading.events:
        printed = event.printed_in & reading.tables
        if len(printed) > 1:
            yield _in_two_tables(reading, event, printed)
    events = sorted((event for event in reading.events if event.people), key=lambda event: (event.starts_on, event.pk))
    for number, event in enumerate(events):
        for other in events[number + 1 :]:
            if (other.starts_on - event.starts_on).days > DAYS_ASTRAY:
                break
            if event.headcount == other.headcount and _may_be_one(reading, event, other):
                yield _two_records(event, other)


def _in_two_tables(reading: Reading, event: EventRecord, printed: frozenset[int]) -> Finding:
    areas = [area for pk, area in reading.areas.items() if pk in printed]
    sentence = told(
        _("“%(event)s” (%(people)s) stands in %(count)s tables (%(tables)s), and each total holds it."),
        event=event, people=event.people or _("unknown"), count=len(areas), tables=Names(tuple(areas)),
    )  # fmt: skip
    suggestion = told(_("List it in one table only; or say under the tables that it is counted once."))
    return finding(sentence, suggestion, [event_ref(event)], event.headcount, *sorted(area.code for area in areas))


def _may_be_one(reading: Reading, one: EventRecord, other: EventRecord) -> bool:
    """The same organisation or nearly the same title; not two sessions of a course or a series."""
    if one.course and one.course == other.course:
        return False
    if ordinals(one.title) != ordinals(other.title):
        return False
    shared = (reading.named_at[one.pk] & reading.named_at[other.pk]) - reading.ours - reading.funders
    return bool(shared) or closeness(one.title, other.title) >= NEAR_TITLE


def _two_records(one: EventRecord, other: EventRecord) -> Finding:
    sentence = told(
        _("“%(one)s” and “%(other)s” have the same head-count (%(people)s). Are they one event?"),
        one=one, other=other, people=one.people,
    )  # fmt: skip
    suggestion = told(
        _("If they are, keep one record and list it also in the other table; if they are two, say so in the answer.")
    )
    facts = (one.headcount, one.starts_on, other.starts_on)
    return finding(sentence, suggestion, [event_ref(one), event_ref(other)], *facts)


@check("C6", Level.WARNING, _("Told in one section, counted in another"))
def told_elsewhere(reading: Reading) -> Iterator[Finding]:
    """Events of which a section tells by date and name, and which only other tables print."""
    found: dict[tuple[str, int], list[EventRecord]] = {}
    sections = {section.key: section for section in reading.sections}
    for telling in reading.once(read_tellings):
        area = telling.sentence.section.area
        if area and telling.on and not any(area.pk in event.printed_in for event in telling.on):
            event = telling.on[0]
            if relation(reading, event, telling.words, telling.organizations) < SURE:
                continue
            events = found.setdefault((telling.sentence.section.key, event.area), [])
            events += [event] if event not in events else []
    for (key, area), events in found.items():
        section = sections[key]
        sentence = told(
            _("“%(section)s” tells of %(events)s; on record that stands under %(area)s."),
            section=section.heading, events=Names(tuple(f"“{event}”" for event in events)), area=reading.areas[area],
        )  # fmt: skip
        suggestion = told(
            _("Tell it under %(area)s, or change where the event counts, or list it in both tables."),
            area=reading.areas[area],
        )
        yield finding(sentence, suggestion, [section.ref, *map(event_ref, events)], section.subject)
