"""Everything that the rules need of one report, read once: a fixed number of queries, whatever the records' number."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from django.conf import settings

from activities.models import Course, Photo, Publication, Visit, WorkArea
from grants.models import Funding
from organizations.choices import OrganizationType
from organizations.models import Alias, NetworkGroup, Organization, Region
from organizations.nearness import place_words
from organizations.placenames import short_name
from organizations.places import OUTSIDE, city_of
from reports.checks.findings import RecordRef
from reports.checks.mentions import NameIndex
from reports.checks.passages import SectionText, Sentence, read_sentences
from reports.drafts import Draft, read_draft
from reports.figures import Figures
from reports.measures import GRANTS, SURVEY, Book, subject_of
from reports.models import Edition
from reports.records import EventRecord, GrantRecord, read_events
from reports.scope import Scope
from yixin.text import name_key

OF_SURVEYS, OF_GRANTS = "survey", "grants"
T = TypeVar("T")
_TABLES = {"survey": OF_SURVEYS, "grants": OF_GRANTS, "funders": OF_GRANTS, "grant-status": OF_GRANTS}


@dataclass(frozen=True)
class Known:
    """One organisation with all its names; ``city`` as `city_of` has it. ``is_ours``: the hub itself."""

    pk: int
    name: str
    names: tuple[str, ...]
    region: str
    city: str
    is_ours: bool

    @property
    def ref(self) -> RecordRef:
        return RecordRef(f"organizations.organization:{self.pk}", self.name)


@dataclass(frozen=True)
class FundingRecord:
    """What a funder gives us or was asked for. ``partners`` are those that applied with us."""

    pk: int
    funder: int
    label: str
    amount: Decimal | None
    status: str
    partners: frozenset[int]

    @property
    def ref(self) -> RecordRef:
        return RecordRef(f"grants.funding:{self.pk}", self.label)


def event_ref(event: EventRecord) -> RecordRef:
    return RecordRef(event.key, str(event))


def grant_ref(grant: GrantRecord) -> RecordRef:
    return RecordRef(grant.key, f"{grant.recipient} · {grant.project}")


class Reading:
    """One report as the rules read it. Nothing is read before a rule asks for it, and nothing twice."""

    def __init__(self, draft: Draft, figures: Figures):
        self.draft, self.figures = draft, figures
        self.scope, self.year = figures.scope, figures.scope.year
        self._done: dict[Callable, object] = {}

    def once(self, work: Callable[["Reading"], T]) -> T:
        """What the work finds in this reading; several rules share it."""
        if work not in self._done:
            self._done[work] = work(self)
        return self._done[work]

    @classmethod
    def of(cls, year: int, funder: Organization | None = None) -> "Reading":
        """The report on that year as it stands, begun or not."""
        draft = read_draft(year, funder)
        return cls(draft, Figures(Scope(year, funder, draft.report.cut_off if draft.report else None)))

    @cached_property
    def book(self) -> Book:
        return Book(self.figures)

    @property
    def events(self) -> list[EventRecord]:
        return self.figures.events

    @cached_property
    def areas(self) -> dict[int, WorkArea]:
        return {area.pk: area for area in self.scope.all_areas}

    @cached_property
    def tables(self) -> frozenset[int]:
        """The areas that have a table."""
        return frozenset(area.pk for area in self.scope.areas)

    def printed_in(self, area: WorkArea) -> list[EventRecord]:
        return self._printed.get(area.pk, [])

    @cached_property
    def _printed(self) -> dict[int, list[EventRecord]]:
        return {pk: self.figures.printed_in(area) for pk, area in self.areas.items()}

    @cached_property
    def later_events(self) -> list[EventRecord]:
        """Those of the year that the report's cut-off leaves out. Two queries where there is a cut-off."""
        if not self.scope.cut_off:
            return []
        return read_events(self.scope.all_events().filter(when_earliest__gt=self.scope.cut_off))

    # The text

    @cached_property
    def sections(self) -> list[SectionText]:
        told = [section for section in self.draft.sections if section.prose.strip()]
        return [self._section(section, section is told[-1] if told else False) for section in self.draft.sections]

    def _section(self, section, is_last: bool) -> SectionText:
        area = section.area or next((area for area in self.areas.values() if area.code == section.table), None)
        subject = area.code if area else _TABLES.get(section.table, "")
        if not subject and not section.table:
            area, subject = self._subject_of_heading(section.heading)
        photos = tuple(getattr(section, "pictures", ()))
        key = f"reports.section:{section.pk}"
        return SectionText(key, section.heading, section.prose, subject, area, photos, is_last)

    def _subject_of_heading(self, heading: str) -> tuple[WorkArea | None, str]:
        """The one subject that the heading names; none where it names several."""
        named = [area for area in self.areas.values() if area.name in heading or subject_of(area) in heading]
        others = [code for word, code in ((SURVEY, OF_SURVEYS), (GRANTS, OF_GRANTS)) if word in heading]
        if len(named) + len(others) != 1:
            return None, ""
        return (named[0], named[0].code) if named else (None, others[0])

    @cached_property
    def sentences(self) -> list[Sentence]:
        return [
            sentence
            for section in self.sections
            if section.prose
            for sentence in read_sentences(section, self.year, self.names.mentions)
        ]

    # Who

    @cached_property
    def organizations(self) -> dict[int, Known]:
        """Every organisation on record. Two queries."""
        others: dict[int, list[str]] = {}
        for owner, name in Alias.objects.order_by("pk").values_list("organization", "name"):
            others.setdefault(owner, []).append(name)
        columns = ("pk", "name", "type", "region__name", "region__code", "region__level")
        rows = Organization.objects.order_by("pk").values_list(*columns)
        return {
            pk: Known(
                pk, name, (name, *others.get(pk, ())), region or "", city_of(code, level),
                self._is_ours(name, kind, code),
            )
            for pk, name, kind, region, code, level in rows
        }  # fmt: skip

    def _is_ours(self, name: str, kind: str, code: str | None) -> bool:
        report = self.draft.report
        is_hub_here = kind == OrganizationType.HUB and (code or "")[:2] == settings.HOME_PROVINCE[:2]
        return is_hub_here or bool(report and name in report.title)

    @cached_property
    def ours(self) -> frozenset[int]:
        return frozenset(pk for pk, known in self.organizations.items() if known.is_ours)

    @cached_property
    def names(self) -> NameIndex:
        return NameIndex((known.pk, name) for known in self.organizations.values() for name in known.names)

    @cached_property
    def named_at(self) -> dict[int, frozenset[int]]:
        """By event: the organisations on record at it, and those that its title names."""
        return {event.pk: event.organizations | self.names.owners(event.title) for event in self.events}

    @cached_property
    def funders(self) -> frozenset[int]:
        return frozenset(funding.funder for funding in self.fundings)

    @cached_property
    def fundings(self) -> list[FundingRecord]:
        """Every sum given to us or asked for. Two queries."""
        partners: dict[int, set[int]] = {}
        for funding, partner in Funding.partners.through.objects.values_list("funding", "organization"):
            partners.setdefault(funding, set()).add(partner)
        rows = Funding.objects.order_by("pk")
        rows = rows.values_list("pk", "funder", "funder__name", "purpose", "amount", "status")
        return [
            FundingRecord(pk, funder, f"{name} · {purpose}", amount, status, frozenset(partners.get(pk, ())))
            for pk, funder, name, purpose, amount, status in rows
        ]

    @cached_property
    def has_groups(self) -> bool:
        return NetworkGroup.objects.exists()

    # Where

    @cached_property
    def _regions(self) -> list[Region]:
        return list(Region.objects.order_by("code", "pk").only("code", "name", "level"))

    @cached_property
    def place_words(self) -> dict[str, str]:
        return place_words(self._regions)

    @cached_property
    def cities_by_word(self) -> dict[str, str]:
        """What a text calls a city or a county of the province, and the city's code; another province is OUTSIDE.

        A county is known by its full name only: 上高 is also the beginning of 上高水平.
        """
        found: dict[str, str] = {}
        for region in self._regions:
            city = city_of(region.code, region.level)
            name = name_key(region.name)
            if city == OUTSIDE and region.level == "province":
                found[short_name(name)] = city
            elif city and city != OUTSIDE:
                found[name] = city
                if region.level == "prefecture":
                    found[short_name(name)] = city
        return {word: city for word, city in found.items() if len(word) > 1}

    @cached_property
    def city_words(self) -> re.Pattern:
        """Any of those words, the longest first."""
        words = sorted(self.cities_by_word, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, words)) or "(?!)")

    def cities_in(self, words: str) -> set[str]:
        """The cities that the words name; none where they name them as examples: 赣州、抚州等地."""
        named = self.city_words.finditer(words)
        return {self.cities_by_word[match[0]] for match in named if "等" not in words[match.end() : match.end() + 13]}

    # What else is on record

    @cached_property
    def courses(self) -> dict[int, Course]:
        """The courses of the year's events. One query, none without any."""
        wanted = {event.course for event in self.events if event.course}
        return Course.objects.in_bulk(wanted) if wanted else {}

    @cached_property
    def visits(self) -> list[tuple[int, date | None, date | None]]:
        """Organisation, first and last day of each visit of the year's surveys. One query."""
        visits = Visit.objects.done().filter(survey__in=self.scope.surveys()).order_by("pk")
        return list(visits.values_list("organization", "when_earliest", "when_latest"))

    @cached_property
    def publications(self) -> list[Publication]:
        """Those out of the year's surveys, of its events, or published in it. One query."""
        events = {event.pk for event in self.events}
        surveys = {survey.pk for survey in self.figures.survey.surveys}
        return [
            publication
            for publication in Publication.objects.order_by("pk")
            if publication.survey_id in surveys
            or publication.event_id in events
            or (publication.published and publication.published.earliest.year == self.year)
        ]

    @cached_property
    def photos(self) -> list[Photo]:
        """Those of the report's sections, then those of the year's events. One query."""
        shown = {photo.pk: photo for section in self.sections for photo in section.photos}
        others = Photo.objects.filter(event__in=self.scope.events()).order_by("pk")
        return list((shown | {photo.pk: photo for photo in others if photo.pk not in shown}).values())

    def editions_of(self, years: set[int]) -> list[tuple[int, int, dict]]:
        """Year, number and records of what was published on all the work of those years. One query, none for none."""
        if not years:
            return []
        editions = Edition.objects.filter(report__funder=None, report__year__in=years).order_by(
            "report__year", "number"
        )
        rows = editions.values_list("report__year", "number", "snapshot__content__records")
        return [(year, number, records or {}) for year, number, records in rows]
