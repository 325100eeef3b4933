"""The figures that a report's text may name, such as {培训.场次}: each with its value and the records behind it.

A new one is one line of ``OF_AN_AREA`` or ``OF_THE_YEAR``. Their names are Chinese in every language: they stand in
the text that coordinators write, and stay what they are when a label is translated anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, partial

from django.utils.translation import gettext_lazy as _

from activities.models import WorkArea
from reports.figures import AreaFigures, Figures, median_of, tally, uncounted
from reports.records import EventRecord, GrantRecord
from reports.table import Value
from reports.traces import Record, city_records, organization_records, rostered, survey_records, visit_records
from reports.withholding import BOUNDS, Bound, withheld
from yixin.text import name_key

YEAR, SURVEY, GRANTS = "全年", "调研", "资助"
# What people write first, and what it is called here.
USUALLY = {"人数": "人次", "次数": "场次", "场数": "场次", "金额": "总额", "笔数": "项数", "家数": "实际"}


@dataclass(frozen=True)
class Definition:
    """``value`` and ``records`` are functions of the year's figures, or of one area's beside them."""

    name: str
    how: str
    value: Callable
    records: Callable[..., Iterable[Record]]
    is_money: bool = False


def largest(events: list[EventRecord]) -> list[EventRecord]:
    """The event with the highest head-count, of those that may be named; several where they share it."""
    counted = [event for event in events if event.people and event.is_named]
    top = max((event.headcount for event in counted), default=None)
    return [event for event in counted if event.headcount == top]


def largest_count(events: list[EventRecord]) -> int | None:
    return next((event.headcount for event in largest(events)), None)


def organizations_of(events: list[EventRecord]) -> set[int]:
    return {part.organization for event in events for part in event.parts}


def not_dated_within(figures: Figures) -> list[EventRecord]:
    return [event for event in figures.events if event.starts_on.year != figures.scope.year]


def repeated(figures: Figures) -> list[EventRecord]:
    tables = {area.pk for area in figures.scope.areas}
    return [event for event in figures.events if len(event.printed_in & tables) > 1]


def largest_grants(figures: Figures) -> list[GrantRecord]:
    top = max((grant.amount for grant in figures.grants.listed if grant.amount is not None), default=None)
    return [grant for grant in figures.grants.listed if top is not None and grant.amount == top]


def over_target(figures: Figures) -> int | None:
    target, visited = figures.survey.target, figures.survey.visited
    return None if target is None or visited is None else visited - target


def of_area(take: Callable[[AreaFigures], Iterable[Record]]) -> Callable:
    return lambda figures, area: take(area)


OWN = of_area(lambda area: area.events)
OF_AN_AREA = [
    Definition("场次", _("events that count in this area"), lambda f, a: a.counted.events, OWN),
    Definition("人次", _("sum of their head-counts"), lambda f, a: a.counted.person_times, OWN),
    Definition(
        "表中行数", _("rows that the area's table prints"), lambda f, a: a.printed.events,
        lambda f, a: f.printed_in(a.area),
    ),
    Definition(
        "表中合计", _("total that the area's table prints"), lambda f, a: a.printed.person_times,
        lambda f, a: f.printed_in(a.area),
    ),
    Definition(
        "不详场次", _("events that nobody counted"), lambda f, a: a.unknown, of_area(lambda a: uncounted(a.events))
    ),
    Definition("中位数", _("head-count in the middle"), lambda f, a: a.median, OWN),
    Definition(
        "最大", _("highest head-count"), lambda f, a: largest_count(a.events), of_area(lambda a: largest(a.events))
    ),
    Definition(
        "去重人数", _("different people on rosters"), lambda f, a: a.presence.people,
        lambda f, a: rostered(f, a.events),
    ),
    Definition("名单", _("events with a roster"), lambda f, a: a.presence.rosters, lambda f, a: rostered(f, a.events)),
    Definition(
        "组织", _("different organisations named at them"), lambda f, a: len(organizations_of(a.events)) or None,
        lambda f, a: organization_records(f, organizations_of(a.events)),
    ),
]  # fmt: skip

OF_THE_YEAR = {
    YEAR: [
        Definition("场次", _("all events, each once"), lambda f: f.once.events, lambda f: f.events),
        Definition("人次", _("sum of their head-counts"), lambda f: f.once.person_times, lambda f: f.events),
        Definition("不详场次", _("events that nobody counted"), lambda f: f.unknown, lambda f: uncounted(f.events)),
        Definition(
            "当年场次", _("events dated in the year"), lambda f: tally(f.dated_within).events,
            lambda f: f.dated_within,
        ),
        Definition(
            "当年人次", _("person-times dated in the year"),
            lambda f: f.once.person_times - f.dated_before.person_times - f.dated_after.person_times,
            lambda f: f.dated_within,
        ),
        Definition(
            "跨年场次", _("events dated in another year"), lambda f: tally(not_dated_within(f)).events,
            not_dated_within,
        ),
        Definition("表中合计", _("all tables added up"), lambda f: f.printed.person_times, lambda f: f.events),
        Definition(
            "重复人次", _("person-times printed in a second table"), lambda f: f.repeated.person_times, repeated
        ),
        Definition("中位数", _("head-count in the middle"), lambda f: median_of(f.events), lambda f: f.events),
        Definition("最大", _("highest head-count"), lambda f: largest_count(f.events), lambda f: largest(f.events)),
        Definition(
            "去重人数", _("different people on rosters"), lambda f: f.people["unduplicated"],
            lambda f: rostered(f, f.events),
        ),
        Definition(
            "名单", _("events with a roster"), lambda f: f.people["rosters"], lambda f: rostered(f, f.events)
        ),
        Definition(
            "组织", _("different organisations named at them"), lambda f: len(f.organizations) or None,
            lambda f: organization_records(f, f.organizations),
        ),
        Definition(
            "地市", _("cities in which anything took place"), lambda f: len(city_records(f, busy=True)),
            partial(city_records, busy=True),
        ),
        Definition(
            "空白地市", _("cities without any event"), lambda f: len(city_records(f, busy=False)),
            partial(city_records, busy=False),
        ),
    ],
    SURVEY: [
        Definition("目标", _("organisations to be visited"), lambda f: f.survey.target, survey_records),
        Definition("实际", _("organisations visited"), lambda f: f.survey.visited, visit_records),
        Definition("超出", _("visited beyond the target"), over_target, visit_records),
        Definition("地市", _("cities in which any was visited"), lambda f: f.survey.cities, visit_records),
    ],
    GRANTS: [
        Definition(
            "总额", _("yuan committed"), lambda f: f.grants.total.committed, lambda f: f.grants.committed, is_money=True
        ),
        Definition("行数", _("rows of the table"), lambda f: len(f.named_grants), lambda f: f.grants.rows),
        Definition("项数", _("grants committed"), lambda f: len(f.grants.listed), lambda f: f.grants.committed),
        Definition(
            "组织", _("different organisations among them"),
            lambda f: len({grant.organization for grant in f.grants.to_organizations if grant.is_named}),
            lambda f: f.grants.to_organizations,
        ),
        Definition(
            "个人", _("grants to persons among them"), lambda f: len(f.grants.to_people), lambda f: f.grants.to_people
        ),
        Definition("退出", _("grants withdrawn"), lambda f: len(f.grants.withdrawn), lambda f: f.grants.withdrawn),
        Definition(
            "已拨", _("yuan paid"), lambda f: f.grants.total.paid, lambda f: f.grants.rows, is_money=True
        ),
        Definition(
            "退回", _("yuan that came back"), lambda f: f.grants.total.returned, lambda f: f.grants.rows, is_money=True
        ),
        Definition(
            "待拨", _("yuan still to pay"), lambda f: f.grants.total.still_to_pay, lambda f: f.grants.committed,
            is_money=True,
        ),
        Definition(
            "最大", _("yuan of the largest grant"),
            lambda f: next((grant.amount for grant in largest_grants(f)), None), largest_grants, is_money=True,
        ),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """One figure of one year under its name. Its records are read when they are asked for."""

    name: str
    subject: str
    how: str
    value: Value
    read: Callable[[], Iterable[Record]]
    is_money: bool = False
    bound: Bound = Bound.EXACT

    @property
    def token(self) -> str:
        """How the text names it."""
        return f"{{{self.name}}}"

    @property
    def records(self) -> list[Record]:
        return list(self.read())


class Book:
    """All figures of a year by name; ``find`` also takes an area's full name, spaces and full-width signs."""

    def __init__(self, figures: Figures):
        self.figures = figures

    @cached_property
    def measures(self) -> dict[str, Measure]:
        found = [self._of_area(definition, area) for area in self.figures.scope.all_areas for definition in OF_AN_AREA]
        for subject, definitions in OF_THE_YEAR.items():
            found += [self._of_year(definition, subject) for definition in definitions]
        return {measure.name: measure for measure in reversed(found)}  # of namesakes the first counts

    def groups(self) -> list[tuple[str, list[Measure]]]:
        """By subject, in the order in which a report tells of them."""
        groups: dict[str, list[Measure]] = {}
        for measure in reversed(self.measures.values()):
            groups.setdefault(measure.subject, []).append(measure)
        return list(groups.items())

    def find(self, name: str) -> Measure | None:
        subject, dot, rest = plain(name).partition(".")
        return self.measures.get(f"{self._subjects.get(subject, subject)}.{rest}") if dot else None

    def nearest(self, name: str) -> str:
        """The name that was perhaps meant; "" for none."""
        subject, _dot, rest = plain(name).partition(".")
        usual = f"{self._subjects.get(subject, subject)}.{USUALLY.get(rest, rest)}"
        return usual if usual in self.measures else next(iter(get_close_matches(plain(name), self.measures, n=1)), "")

    @cached_property
    def _subjects(self) -> dict[str, str]:
        """What an area may be called in the text, and its subject here."""
        areas = self.figures.scope.all_areas
        return {name_key(name): subject_of(area) for area in areas for name in (area.name, area.code)}

    def _of_area(self, definition: Definition, area: WorkArea) -> Measure:
        figures, subject = self.figures, subject_of(area)
        found = self._areas.get(area.pk)
        return Measure(
            name=f"{subject}.{definition.name}",
            subject=subject,
            how=definition.how,
            value=definition.value(figures, found),
            read=partial(definition.records, figures, found),
            bound=self._bound(definition.name, withheld(figures.printed_in(area))),
        )

    @cached_property
    def _areas(self) -> dict[int, AreaFigures]:
        return {area.pk: self.figures.area(area) for area in self.figures.scope.all_areas}

    def _of_year(self, definition: Definition, subject: str) -> Measure:
        figures = self.figures
        return Measure(
            name=f"{subject}.{definition.name}",
            subject=subject,
            how=definition.how,
            value=definition.value(figures),
            read=partial(definition.records, figures),
            is_money=definition.is_money,
            bound=self._bound(definition.name, self._withheld[subject]),
        )

    @cached_property
    def _withheld(self) -> dict[str, Sequence]:
        """Of what the public does not read one by one, by subject."""
        figures = self.figures
        return {YEAR: withheld(figures.events), SURVEY: figures.survey.untold, GRANTS: figures.grants.withheld}

    def _bound(self, name: str, hidden: Sequence) -> Bound:
        return BOUNDS.get(name, Bound.EXACT) if hidden else Bound.EXACT


def subject_of(area: WorkArea) -> str:
    return area.short_name or area.name


def plain(name: str) -> str:
    """The name without spaces, full-width dots and letters."""
    subject, dot, rest = name.replace("．", ".").replace("。", ".").replace("·", ".").partition(".")
    return name_key(subject) + dot + name_key(rest)
