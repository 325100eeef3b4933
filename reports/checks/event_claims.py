"""Numbers of events and of person-times in the text, and the events on record that they are numbers of."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from activities.models import WorkArea
from reports.checks.claims import Claim, Zone, special
from reports.checks.language import kinds
from reports.checks.numbers import Kind
from reports.checks.people_claims import context_of
from reports.checks.reading import OF_GRANTS, OF_SURVEYS, Reading, event_ref
from reports.checks.tellings import is_occasion
from reports.checks.told_dates import ToldDate
from reports.figures import tally
from reports.measures import YEAR, subject_of
from reports.records import EventRecord
from yixin.text import name_key

_UNTIL = re.compile("(?:截至|截止到?|截止至|到|至)$")
_ANY = re.compile("活动|服务|工作")
_PARTED = re.compile("[与和及、/]")
_THERE = re.compile("参加|参与|受益|培训|覆盖|惠及|服务|学员")
_OF_US = re.compile("工作人员|老师|讲师|嘉宾|专家|员工|理事|督导|全职|专职|同事|导师|实习生|会员|注册|成员")
Events = list[EventRecord]


@dataclass(frozen=True)
class Subject:
    """What a number is told of: one area's events, or all of the year's."""

    area: WorkArea | None

    @property
    def name(self) -> str:
        return subject_of(self.area) if self.area else YEAR

    def __str__(self) -> str:
        return str(self.area) if self.area else YEAR


def area_words(area: WorkArea) -> frozenset[str]:
    """What an area may be called in a sentence: 培训, 志愿者培训."""
    return _words_of(area.name, subject_of(area))


@lru_cache(maxsize=1000)
def _words_of(name: str, short_name: str) -> frozenset[str]:
    names = {name, short_name, *_PARTED.split(name)}
    return frozenset(word for word in map(name_key, names) if len(word) > 1)


def area_told_of(reading: Reading, zone: Zone) -> WorkArea | None:
    """The area whose word stands by the number: the section's own one first, else the last one named."""
    own = zone.sentence.section.area
    for words in (zone.noun, zone.head, zone.lead):
        places = {
            area.pk: max(words.rfind(word) for word in area_words(area))
            for area in reading.areas.values()
            if any(word in words for word in area_words(area))
        }
        if places:
            return own if own and own.pk in places else reading.areas[max(places, key=places.get)]
    return None


def subject_of_zone(reading: Reading, zone: Zone) -> Subject | None:
    """None where the number speaks of nothing that could be counted here."""
    section = zone.sentence.section
    area = area_told_of(reading, zone)
    if area:
        return Subject(area)
    if kinds(zone.words):
        return Subject(section.area)
    if section.subject in (OF_SURVEYS, OF_GRANTS) or not zone.is_total:
        return None
    if section.area:
        return Subject(section.area)
    return Subject(None) if _ANY.search(zone.words) or not zone.noun.strip() else None


def event_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """26次培训, 共举办沙龙5场, 全年开展活动48场."""
    if not _speaks_of_the_year(reading, zone):
        return
    subject = subject_of_zone(reading, zone)
    if subject:
        yield _claim(reading, zone, subject, "场次", _counts)


def person_time_claims(reading: Reading, zone: Zone) -> Iterator[Claim]:
    """1462人次, 共有1462人参加培训."""
    is_people = zone.number.kind is Kind.PEOPLE
    if not _speaks_of_the_year(reading, zone) or (is_people and not _is_of_all_who_came(zone)):
        return
    if is_people and context_of(reading, zone.sentence, zone.number.start):
        return
    subject = subject_of_zone(reading, zone) or Subject(zone.sentence.section.area)
    if subject.area or zone.is_total or area_told_of(reading, zone):
        yield _claim(reading, zone, subject, "人次", _sums)


def _speaks_of_the_year(reading: Reading, zone: Zone) -> bool:
    """Neither of one day, nor of one organisation, nor of another year."""
    if zone.is_relative or zone.sentence.mentions_in(zone.clause):
        return False
    told = zone.told_before()
    is_occasion_told = told is not None and is_occasion(told) and not _is_until(zone, told)
    return not is_occasion_told and zone.is_of(reading.year)


def _is_until(zone: Zone, told: ToldDate) -> bool:
    return bool(_UNTIL.search(zone.sentence.text[: told.start]))


def _is_of_all_who_came(zone: Zone) -> bool:
    """共有1462人参加 is; 共有3名工作人员 is not."""
    return zone.is_total and bool(_THERE.search(zone.clause.text + zone.lead)) and not _OF_US.search(zone.noun)


def _claim(reading: Reading, zone: Zone, subject: Subject, figure: str, count: Callable) -> Claim:
    """The number beside the events that it is told of, by the place, the time and the kind told beside it."""
    whole = reading.printed_in(subject.area) if subject.area else reading.events
    wide, _ = _of_kind(reading, zone, subject, _there_and_then(reading, zone, whole, in_clause=True))
    chosen, is_sure = _of_kind(reading, zone, subject, _there_and_then(reading, zone, whole, in_clause=False))
    expected = [*count(reading, zone, subject, chosen, whole), *count(reading, zone, subject, wide, whole)]
    measure = reading.book.find(f"{subject.name}.{figure}") if len(wide) == len(whole) else None
    return Claim(
        zone.sentence,
        zone.number,
        subject,
        tuple(dict.fromkeys(expected)),
        measures=(measure,) if measure else (),
        records=tuple(map(event_ref, chosen)),
        is_sure=is_sure,
        is_part=zone.is_part,
    )


def _counts(reading: Reading, zone: Zone, subject: Subject, chosen: Events, whole: Events) -> list[int]:
    """Numbers by which the chosen events may be told: as the table prints them, counted, dated in the year."""
    found = [len(events) for events in _ways(reading, subject, chosen)]
    is_all = len(chosen) == len(whole) and not subject.area
    return [*found, *([reading.figures.printed.events] if is_all else [])]


def _sums(reading: Reading, zone: Zone, subject: Subject, chosen: Events, whole: Events) -> list[int]:
    found = [tally(events).person_times for events in _ways(reading, subject, chosen)]
    if len(chosen) < len(whole):
        return found
    distinct = reading.figures.area(subject.area).presence.people if subject.area else None
    if zone.number.kind is Kind.PEOPLE:
        found += [number for number in (distinct, reading.figures.people["unduplicated"]) if number]
    return found + ([] if subject.area else [reading.figures.printed.person_times])


def _ways(reading: Reading, subject: Subject, chosen: Events) -> Iterator[Events]:
    own = [event for event in chosen if subject.area and event.area == subject.area.pk]
    yield chosen
    yield [event for event in own or chosen if event.starts_on.year == reading.year]
    if subject.area:
        yield own
    elif len(chosen) < len(reading.events):
        yield from (of_area for pk in reading.areas if (of_area := [event for event in chosen if event.area == pk]))


def _there_and_then(reading: Reading, zone: Zone, events: Events, *, in_clause: bool) -> Events:
    """Those in the places and in the time told in the clause, or anywhere in the sentence since the number before."""
    words = zone.words if in_clause else zone.lead + zone.noun
    cities = reading.cities_in(words)
    dates = zone.sentence.dates_in(zone.clause) if in_clause else zone.sentence.dates
    span = _last_span(reading, dates, zone)
    return [
        event
        for event in events
        if (not cities or event.city in cities)
        and (span is None or span.distance(event.when.earliest, event.when.latest) == 0)
    ]


def _last_span(reading: Reading, dates: Iterable[ToldDate], zone: Zone) -> ToldDate | None:
    """截至9月30日 is the span from the beginning of the year."""
    spans = [told for told in dates if told.end <= zone.number.start and not told.is_year]
    if not spans or not _is_until(zone, spans[-1]):
        return spans[-1] if spans else None
    when = replace(spans[-1].when, earliest=min(date(reading.year, 1, 1), spans[-1].earliest))
    return replace(spans[-1], when=when)


def _of_kind(reading: Reading, zone: Zone, subject: Subject, events: Events) -> tuple[Events, bool]:
    """Those of the kind that is told beside the number; and whether that is sure: a kind of which no title speaks is
    not."""
    own = area_words(subject.area) if subject.area else frozenset()
    words = _telling_words(zone, own)
    told, left = kinds(words), special(reading.city_words.sub("", words), sorted(own, key=len, reverse=True))
    if told and not told & own and not left:
        chosen = [event for event in events if any(kind in event.title for kind in told)]
        return (chosen, True) if chosen else (events, False)
    if left:
        chosen = [event for event in events if left in name_key(event.title)]
        return (chosen, len(left) > 1) if chosen else (events, False)
    return events, True


def _telling_words(zone: Zone, own: frozenset[str]) -> str:
    """The noun, or the words before it, whichever names a kind of event; of a bare number those right before it."""
    for words in (zone.noun, zone.head, zone.lead):
        if kinds(words) or any(word in words for word in own):
            return words
    return zone.noun if zone.noun.strip() else zone.head
