"""Days and years that the text tells otherwise than the records, or that lie outside the year of the report."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from reports.checks.findings import Finding, Level, Names, RecordRef, finding, told
from reports.checks.language import CLAUSE, pieces
from reports.checks.numbers import Kind
from reports.checks.passages import Sentence
from reports.checks.reading import OF_GRANTS, OF_SURVEYS, Reading, event_ref
from reports.checks.registry import check
from reports.checks.tellings import Telling, read_tellings
from reports.records import EventRecord
from yixin.fuzzydate import FuzzyDate, Precision

ONE_DAY = _("Which day was it? Correct the text, or the record.")


def _is_of_own_table(reading: Reading, telling: Telling, event: EventRecord) -> bool:
    area = telling.sentence.section.area
    return area is not None and event.printed_in & reading.tables == {area.pk}


def _other_day(telling: Telling) -> Finding:
    event, section = telling.near[0], telling.sentence.section
    sentence = told(
        _("“%(section)s” tells of %(told)s; the record nearest to it is “%(event)s”."),
        section=section.heading, told=telling.date.text, event=event,
    )  # fmt: skip
    facts = (telling.date.earliest, telling.date.latest, event.starts_on)
    return finding(sentence, told(ONE_DAY), [section.ref, event_ref(event)], *facts)


@check("D1", Level.ERROR, _("Another day than in several tables"))
def other_day_than_tables(reading: Reading) -> Iterator[Finding]:
    """A day told of an organisation, some days off an event of it that several tables or another area hold."""
    for telling in reading.once(read_tellings):
        if telling.near and not _is_of_own_table(reading, telling, telling.near[0]):
            yield _other_day(telling)


@check("D2", Level.ERROR, _("Another day than in the table"))
def other_day_than_table(reading: Reading) -> Iterator[Finding]:
    """A day told some days off an event that the section's own table prints."""
    for telling in reading.once(read_tellings):
        if telling.near and _is_of_own_table(reading, telling, telling.near[0]):
            yield _other_day(telling)


@check("D3", Level.WARNING, _("Several days in the text, one in the record"))
def several_days_against_one(reading: Reading) -> Iterator[Finding]:
    """A span of days told of an event whose record holds one of them; not where other events fill the span."""
    for telling in reading.once(read_tellings):
        told_date, section = telling.date, telling.sentence.section
        if not telling.on or not told_date.is_range:
            continue
        first, last = min(e.when.earliest for e in telling.on), max(e.when.latest for e in telling.on)
        event = telling.on[0]
        if event.when.precision != Precision.DAY or (first <= told_date.earliest and last >= told_date.latest):
            continue
        days = (told_date.latest - told_date.earliest).days + 1
        sentence = told(
            _("“%(section)s” tells of %(days)s days (%(told)s); the record of “%(event)s” holds one."),
            section=section.heading, days=days, told=told_date.text, event=event,
        )  # fmt: skip
        suggestion = told(_("Write the whole span into the record, or the one day into the text."))
        facts = (told_date.earliest, told_date.latest, event.starts_on)
        yield finding(sentence, suggestion, [section.ref, event_ref(event)], *facts)


@check("Y1", Level.ERROR, _("Rows of another year"))
def rows_of_another_year(reading: Reading) -> Iterator[Finding]:
    """Events that this report counts and that took place wholly in another year; which editions hold them, too."""
    year = reading.year
    events = [e for e in reading.events if not e.when.earliest.year <= year <= e.when.latest.year]
    if not events:
        return
    editions = reading.editions_of({event.starts_on.year for event in events} - {year})
    also = [(event, y, number) for event in events for y, number, records in editions if event.key in records]
    people = sum(event.headcount or 0 for event in events)
    sentence = told(
        _("Rows not dated in %(year)s: %(count)s, with %(people)s person-times: %(names)s.%(also)s"),
        count=len(events), people=people, year=year, names=Names(tuple(events)), also=_also(also),
    )  # fmt: skip
    suggestion = told(_("Give them the report year of their date, or say under the tables that they are counted here."))
    facts = [(event.key, event.starts_on, event.headcount) for event in events]
    yield finding(sentence, suggestion, map(event_ref, events), year, *facts, *(y for _e, y, _n in also))


IN_EDITION = _("“%(event)s” (%(year)s, edition %(number)s)")


def _also(found: list[tuple[EventRecord, int, int]]) -> object:
    if not found:
        return ""
    names = Names(tuple(told(IN_EDITION, event=event, year=year, number=number) for event, year, number in found))
    return told(_(" In a published edition of that year, too: %(names)s."), names=names)


@check("Y2", Level.WARNING, _("A survey lies in two years"))
def survey_over_two_years(reading: Reading) -> Iterator[Finding]:
    """A survey whose period is not wholly in the year of the report."""
    for survey in reading.figures.survey.surveys:
        period = survey.period
        if period.earliest.year == period.latest.year == reading.year:
            continue
        sentence = told(
            _("The survey “%(survey)s” (%(period)s) is counted in %(year)s, and reaches into another year."),
            survey=survey.title, period=period, year=reading.year,
        )  # fmt: skip
        suggestion = told(_("Say in which year its visits are counted, and that the other year does not count them."))
        records = [RecordRef(f"activities.survey:{survey.pk}", survey.title)]
        yield finding(sentence, suggestion, records, period.earliest, period.latest, reading.year)


_UNTIL = re.compile("(?:截至|截止到|截止至|截止)(?!日期|时间|目前|今)")
_FROM_TO = re.compile("[从自]")
_COUNTED = {Kind.EVENTS, Kind.PERSON_TIMES, Kind.PEOPLE, Kind.MONEY, Kind.PROJECTS, Kind.ORGANIZATIONS}


@check("Y3", Level.NOTE, _("Counted until a day, and events after it"))
def cut_off(reading: Reading) -> Iterator[Finding]:
    """A day until which the text or the report counts, though the year's events run on."""
    for sentence in reading.sentences:
        day = _cut_off_told(reading, sentence)
        later = [event for event in reading.events if day and event.starts_on > day]
        if later:
            yield _runs_on(day, later, sentence.section.heading, [sentence.section.ref])
    if reading.later_events:
        report = reading.draft.report
        records = [RecordRef(f"reports.annualreport:{report.pk}", report.title)]
        yield _runs_on(reading.scope.cut_off, reading.later_events, report.title, records)


def _runs_on(day: date, later: list[EventRecord], where: str, records: list[RecordRef]) -> Finding:
    last = max(later, key=lambda event: (event.starts_on, event.pk))
    sentence = told(
        _("“%(where)s” counts until %(day)s; events of the year after that: %(count)s, the last one “%(last)s”."),
        where=where, day=FuzzyDate.on(day), count=len(later), last=last,
    )  # fmt: skip
    suggestion = told(_("Choose one cut-off for the whole report, or let all of it run to the end of the year."))
    return finding(sentence, suggestion, [*records, *map(event_ref, later)], day, last.starts_on)


def _cut_off_told(reading: Reading, sentence: Sentence) -> date | None:
    """The day until which the sentence counts; None if it tells of none, or counts nothing."""
    if sentence.section.subject in (OF_SURVEYS, OF_GRANTS) or not any(n.kind in _COUNTED for n in sentence.numbers):
        return None
    for day in sentence.dates:
        before = sentence.text[max(day.start - 4, 0) : day.start]
        is_year_to_day = day.earliest.year == reading.year and day.earliest.month == 1 and _FROM_TO.search(before)
        is_span = (day.latest - day.earliest).days > 31
        if _UNTIL.search(before) or (is_span and (is_year_to_day or _UNTIL.search(day.text))):
            return day.latest if day.latest.year == reading.year else None
    return None


_FORWARD = re.compile(
    "希望|期待|期望|展望|明年|来年|新的一年|未来|今后|下一年|(?<!即)将(?![近来]|.{0,30}了)|要(?=走|做|更|继续|把|在|努力)|计划|打算|准备|力争|争取|必将|(?<!志)愿(?![景意望])|"
    "(?<![年协议学大机社商工盟总分基联沙体聚宴晚理董开])会(?=做|更|继续|有|在|把|为|让|努力|加|进一步|越|成为|取得|迎来|再|走|变)|"
    "(?<=年)会(?=做|更|继续|越|取得|迎来|再|变得)"
)
_LOOKS_BACK = re.compile("回顾|总结|过去的?|基础|经验|成果|成绩|以来|是.{0,12}的一年|已经|共|举办了|开展了|完成了")


@check("Y4", Level.NOTE, _("Hopes for the year that is told"))
def hope_for_own_year(reading: Reading) -> Iterator[Finding]:
    """The report's own year in a sentence of the last section that looks forward."""
    for sentence in reading.sentences:
        if not sentence.section.is_last:
            continue
        words = _forward_clause(sentence, reading.year)
        if words:
            text = told(
                _("“%(section)s” looks forward to %(year)s, the year of the report itself: “%(words)s”."),
                section=sentence.section.heading, year=reading.year, words=words,
            )  # fmt: skip
            suggestion = told(_("Perhaps %(next)s is meant."), next=reading.year + 1)
            yield finding(text, suggestion, [sentence.section.ref], reading.year, words)


def _forward_clause(sentence: Sentence, year: int) -> str:
    """The clause that holds the year and looks forward, or the one right after a clause of nothing but the year."""
    clauses = [text.strip(" ,:。!?;") for _start, text in pieces(CLAUSE, sentence.text.replace("，", ","))]
    for number, clause in enumerate(clauses):
        years = set(re.findall(r"(?:19|20)\d{2}(?=年)", clause))
        is_alone = re.fullmatch(rf"\s*(?:在|到)?{year}年(?:里|度|中)?", clause) is not None
        words = clause + ("，" + clauses[number + 1] if is_alone and number + 1 < len(clauses) else "")
        if years == {str(year)} and _FORWARD.search(words) and not _LOOKS_BACK.search(words):
            return words
    return ""
