"""How many people, and how many organisations, the text tells of one event or of one course."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.checks.claims import RELATIVE, Claim, Zone, zones
from reports.checks.language import bare_title, flat
from reports.checks.numbers import Kind
from reports.checks.passages import Sentence
from reports.checks.reading import Reading, event_ref
from reports.checks.tellings import Telling, tellings_by_block
from reports.records import EventRecord

_CAME = re.compile("参加|参与|出席|到场|到会|参会|与会|聚|来自|吸引|共|培训|覆盖|受益|听|学员|人次|规模|报名")
_NOT_COUNTED = re.compile(
    "工作人员|老师|讲师|嘉宾|专家|员工|理事|督导|导师|实习生|领导|官员|记者|主持人|工作者|评委|家属|同事|培训师|主讲"
)
ESTIMATE = 0.15  # by so much a told number may differ from an estimated head-count


@dataclass(frozen=True)
class Context:
    """What a number in the text is told of: events of one day or title, all of one course where ``course`` is set."""

    events: tuple[EventRecord, ...]
    course: int | None = None


def context_of(reading: Reading, sentence: Sentence, place: int) -> Context | None:
    """The events that the words around the place in the sentence tell of; None for none on record."""
    told = _tellings_at(reading, sentence, place)
    events = tuple(dict.fromkeys(event for telling in told for event in telling.on))
    if events:
        return Context(events, _course_of(events, len(told)))
    if told or sentence.dates:
        return None
    course = _course_named(reading, sentence)
    if course:
        return Context(tuple(event for event in reading.events if event.course == course), course)
    named = _event_named(reading, sentence)
    return Context((named,), None) if named else None


def _tellings_at(reading: Reading, sentence: Sentence, place: int) -> list[Telling]:
    in_block = reading.once(tellings_by_block).get((sentence.section.key, sentence.block), [])
    own = [telling for telling in in_block if telling.sentence is sentence]
    here = [telling for telling in own if telling.start <= place < telling.end]
    if here or own or sentence.told_before is None:
        return here
    return in_block[:1]


def _course_of(events: tuple[EventRecord, ...], days: int) -> int | None:
    """The course of which several days are told."""
    courses = {event.course for event in events}
    return courses.pop() if len(courses) == 1 and days > 1 else None


def _course_named(reading: Reading, sentence: Sentence) -> int | None:
    named = [pk for pk, course in reading.courses.items() if bare_title(course.title) in sentence.flat]
    return named[0] if len(named) == 1 else None


def _event_named(reading: Reading, sentence: Sentence) -> EventRecord | None:
    """The one event whose whole title stands in the sentence."""
    if not sentence.numbers:
        return None
    titles: dict[str, list[EventRecord]] = reading.once(_events_by_title)
    text = sentence.flat
    named = [events for title, events in titles.items() if title in text]
    return named[0][0] if len(named) == 1 and len(named[0]) == 1 else None


def _events_by_title(reading: Reading) -> dict[str, list[EventRecord]]:
    found: dict[str, list[EventRecord]] = {}
    for event in reading.events:
        found.setdefault(flat(event.title), []).append(event)
    return found


def people_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """The head-count of the event told beside the number."""
    context = context_of(reading, zone.sentence, zone.number.start)
    if context is None or context.course or RELATIVE.search(zone.clause.text) or _NOT_COUNTED.search(zone.noun):
        return
    counted = [event for event in context.events if event.people]
    if not counted:
        return
    yield Claim(
        zone.sentence,
        zone.number,
        counted[0].title,
        expected=tuple(_expected(counted, zone)),
        records=(event_ref(counted[0]),),
        is_sure=zone.sentence.is_item or bool(_CAME.search(zone.clause.text + zone.lead)) or "(" in zone.lead[-2:],
        event=counted[0].pk,
    )


def _expected(counted: list[EventRecord], zone: Zone) -> Iterator[object]:
    """Each one's head-count, and that of all together: 4月22日、8月12日两次沙龙共44人."""
    for event in counted:
        yield event.headcount
        if event.people.is_estimated and abs(zone.number.low - event.headcount) <= event.headcount * ESTIMATE:
            yield zone.number.low
    if len(counted) > 1:
        yield sum(event.headcount for event in counted)


def organizations_told(reading: Reading) -> Iterator[tuple[Zone, Context]]:
    """Every number of organisations that is told of an event or a course."""
    for sentence in reading.sentences:
        for zone in zones(sentence):
            if zone.number.kind is Kind.ORGANIZATIONS and not zone.number.is_article and not zone.is_relative:
                context = context_of(reading, sentence, zone.number.start)
                if context:
                    yield zone, context


def tells_people(reading: Reading, zone: Zone) -> bool:
    """Whether people are told of the same event, too."""
    in_block = [s for s in reading.sentences if s.section is zone.sentence.section and s.block == zone.sentence.block]
    return any(
        number.kind in (Kind.PEOPLE, Kind.PERSON_TIMES) and not _NOT_COUNTED.search(number.noun)
        for sentence in in_block
        for number in sentence.numbers
    )
