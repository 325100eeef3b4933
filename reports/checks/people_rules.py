"""People and organisations told of an event, a course or a section, against what is on record there."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from activities.choices import OrganizationRole
from reports.checks.claims import Zone, quoted, zones
from reports.checks.findings import Finding, Level, Names, RecordRef, finding, told
from reports.checks.numbers import Kind
from reports.checks.passages import SectionText
from reports.checks.people_claims import context_of, organizations_told, tells_people
from reports.checks.reading import OF_GRANTS, OF_SURVEYS, Reading, event_ref
from reports.checks.registry import check
from reports.prose import in_words
from reports.records import EventRecord


@check("C4", Level.ERROR, _("A course has fewer people than one of its sessions"))
def course_against_sessions(reading: Reading) -> Iterator[Finding]:
    """The people of a course, as its record or the text states them, are at least those of its largest session."""
    by_course = _people_told_of_courses(reading)
    for pk, course in reading.courses.items():
        sessions = [event for event in reading.events if event.course == pk and event.people]
        largest = max(sessions, key=lambda event: event.headcount, default=None)
        stated = course.stated_people
        said = [zone for zone in by_course.get(pk, []) if largest and zone.number.high < largest.headcount]
        if largest is None or not (said or (stated is not None and stated < largest.headcount)):
            continue
        people = in_words(said[0].number.high) if said else stated
        sentence = told(
            _("“%(course)s” is said to have had %(people)s people; “%(session)s” alone had %(largest)s."),
            course=course.title, people=people, session=largest, largest=largest.headcount,
        )  # fmt: skip
        sections = [zone.sentence.section.ref for zone in said]
        records = [RecordRef(f"activities.course:{pk}", course.title), *map(event_ref, sessions), *sections]
        facts = [stated, *(zone.number.text for zone in said), largest.headcount]
        yield finding(sentence, told(ASK_COURSE), records, *facts)


ASK_COURSE = _(
    "Were guests counted on that day? Correct the head-count or the people of the course, or say who came on top."
)


def _people_told_of_courses(reading: Reading) -> dict[int, list[Zone]]:
    found: dict[int, list[Zone]] = {}
    for sentence in reading.sentences if reading.courses else ():
        for zone in zones(sentence):
            if zone.number.kind is not Kind.PEOPLE or zone.is_relative or _is_of_each(zone):
                continue
            context = context_of(reading, sentence, zone.number.start)
            if context and context.course:
                found.setdefault(context.course, []).append(zone)
    return found


def _is_of_each(zone: Zone) -> bool:
    """两期分别有32人和28人 tells of each session."""
    clause = zone.clause
    told_there = [number for number in zone.sentence.numbers if clause.start <= number.start < clause.end]
    return "分别" in clause.text and sum(number.kind is Kind.PEOPLE for number in told_there) > 1


@check("C7", Level.WARNING, _("Organisations in the text, people in the record"))
def organizations_beside_people(reading: Reading) -> Iterator[Finding]:
    """A number of organisations told of an event whose record holds only a number of people."""
    for zone, context in organizations_told(reading):
        event = context.events[0]
        if context.course or event.people is None or _takes_part(event) or tells_people(reading, zone):
            continue
        section = zone.sentence.section
        sentence = told(
            _(
                "“%(section)s” tells of “%(quoted)s” at “%(event)s”; its record has %(people)s people and no "
                "organisation: these are two different numbers."
            ),
            section=section.heading, quoted=quoted(zone.number), event=event, people=event.people,
        )  # fmt: skip
        suggestion = told(_("Tell both, organisations and people; and enter which organisations came, if it is known."))
        yield finding(sentence, suggestion, (section.ref, event_ref(event)), zone.number.text, event.headcount)


def _takes_part(event: EventRecord) -> bool:
    return any(part.role != OrganizationRole.GUEST for part in event.parts)


@check("C8", Level.WARNING, _("A number of organisations is not the number that is named"))
def organizations_named(reading: Reading) -> Iterator[Finding]:
    """An exact number of organisations of a section, when others are named there and on record for it."""
    for section in reading.sections:
        area = section.area
        claimed = list(_exact_organizations(reading, section)) if area else []
        if not claimed:
            continue
        events = reading.printed_in(area)
        on_record = frozenset().union(*(event.organizations for event in events)) - reading.ours
        named = (_named_in(reading, section) & on_record) - reading.funders
        numbers = [zone.number for zone in claimed]
        right = {len(named), len(on_record)}
        if not named or any(n.fits(count) for n in numbers for count in right) or _sum_fits(numbers, right):
            continue
        known = tuple(reading.organizations[pk] for pk in sorted(named))
        sentence = told(
            _(
                "“%(section)s” says “%(quoted)s”; it names %(count)s that are on record there (%(names)s), and the "
                "events of %(area)s have %(all)s."
            ),
            section=section.heading, quoted=quoted(numbers[0]), count=len(named),
            names=Names(tuple(organization.name for organization in known)), area=area, all=len(on_record),
        )  # fmt: skip
        suggestion = told(_("Correct the number, or say which organisations it means."))
        records = (section.ref, *(organization.ref for organization in known))
        yield finding(sentence, suggestion, records, numbers[0].text, len(named), len(on_record))


def _exact_organizations(reading: Reading, section: SectionText) -> Iterator[Zone]:
    """Those told of the section, neither of a survey nor of grants nor of one event."""
    if section.subject in (OF_SURVEYS, OF_GRANTS):
        return
    for sentence in reading.sentences:
        for zone in zones(sentence) if sentence.section is section else ():
            number = zone.number
            if number.kind is not Kind.ORGANIZATIONS or not number.is_exact or number.is_article or zone.is_relative:
                continue
            if "资助" in zone.clause.text or context_of(reading, sentence, number.start):
                continue
            yield zone


def _named_in(reading: Reading, section: SectionText) -> frozenset[int]:
    return frozenset().union(*(sentence.named for sentence in reading.sentences if sentence.section is section))


def _sum_fits(numbers: list, right: set[int]) -> bool:
    return any(sum(number.low for number in numbers) == count for count in right)
