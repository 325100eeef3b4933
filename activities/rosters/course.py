"""Who came to which session of a course, and how many that makes. Plain values; the figures count as the reports do.

Only sessions that were held count; people are told apart by their rosters, never estimated.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.choices import EventStatus
from activities.models import Attendance, Course, Event

CAME, UNCOUNTED, SECRET = "✓", "○", "·"
COLUMNS = "event_id person_id organization_id is_counted person__name person__name_pinyin organization__name"


@dataclass(frozen=True)
class Session:
    """One event of the course. ``named``: how many of its roster count; None where it has no roster."""

    event: Event
    named: int | None

    @property
    def is_held(self) -> bool:
        return self.event.status == EventStatus.HELD


@dataclass(frozen=True)
class Line:
    """One person; a mark for each session. ``times``: to how many held sessions they came and counted."""

    name: str
    organization: str
    marks: Sequence[str]
    times: int


@dataclass(frozen=True)
class Figure:
    """``value``: None where nothing is known; ``basis``: on how many sessions that stands; ``stated``: how another
    number that was stated for the course differs, "" where none does."""

    label: str
    value: int | None
    basis: str
    stated: str = ""


def rosters_of(events: Iterable[Event]) -> list[Attendance]:
    """With person and organisation, by the pinyin of the name. One query."""
    found = Attendance.objects.filter(event__in=events).select_related("person", "organization")
    return list(found.only(*COLUMNS.split()).order_by("person__name_pinyin", "person_id", "pk"))


class Grid:
    """``events``: the course's, in order; ``secret``: the ids of those whose names are not shown."""

    def __init__(
        self, course: Course, events: Sequence[Event], rosters: Sequence[Attendance], secret: Collection[int] = ()
    ):
        self.course, self.events, self.rosters, self.secret = course, list(events), list(rosters), set(secret)

    @cached_property
    def sessions(self) -> list[Session]:
        named: dict[int, int] = defaultdict(int)
        for one in self.rosters:
            named[one.event_id] += one.is_counted
        return [Session(event, named.get(event.pk)) for event in self.events]

    @cached_property
    def held(self) -> set[int]:
        return {session.event.pk for session in self.sessions if session.is_held}

    @cached_property
    def counted(self) -> list[Attendance]:
        return [one for one in self.rosters if one.is_counted and one.event_id in self.held]

    @cached_property
    def lines(self) -> list[Line]:
        """By pinyin; with the organisation that each came for last."""
        people: dict[int, list[Attendance]] = defaultdict(list)
        for one in self.rosters:
            if one.event_id not in self.secret:
                people[one.person_id].append(one)
        return [self._line(came) for came in people.values()]

    def _line(self, came: Sequence[Attendance]) -> Line:
        by_event = {one.event_id: one for one in came}
        in_order = [by_event.get(event.pk) for event in self.events]
        bodies = [one.organization.name for one in in_order if one and one.organization]
        marks = [self._mark(event, one) for event, one in zip(self.events, in_order, strict=True)]
        times = sum(one.is_counted and one.event_id in self.held for one in came)
        return Line(came[0].person.name, bodies[-1] if bodies else "", marks, times)

    def _mark(self, event: Event, one: Attendance | None) -> str:
        if event.pk in self.secret:
            return SECRET
        return "" if one is None else CAME if one.is_counted else UNCOUNTED

    @property
    def has_uncounted(self) -> bool:
        return any(UNCOUNTED in line.marks for line in self.lines)

    @property
    def unheld(self) -> list[Session]:
        return [session for session in self.sessions if not session.is_held]

    @property
    def figures(self) -> list[Figure]:
        with_roster = len({one.event_id for one in self.counted})
        told = {"rosters": with_roster, "sessions": len(self.held)}
        on_rosters = ngettext(
            "rosters on %(rosters)s of %(sessions)s session", "rosters on %(rosters)s of %(sessions)s sessions",
            len(self.held),
        ) % told  # fmt: skip
        people = len({one.person_id for one in self.counted}) if with_roster else None
        bodies = {one.organization_id for one in self.counted if one.organization_id}
        organizations = len(bodies) if bodies else None
        stated = self.course.stated_people, self.course.stated_organizations
        return [
            Figure(_("Unduplicated people"), people, on_rosters, _differing(stated[0], people)),
            Figure(_("person-times"), *self._person_times()),
            Figure(_("organisations"), organizations, on_rosters, _differing(stated[1], organizations)),
        ]

    def _person_times(self) -> tuple[int | None, str]:
        """The sum of the head-counts, and of how many sessions these are known."""
        counts = [session.event.headcount for session in self.sessions if session.is_held]
        known = [count for count in counts if count is not None]
        basis = ngettext(
            "head-counts of %(known)s of %(sessions)s session", "head-counts of %(known)s of %(sessions)s sessions",
            len(counts),
        ) % {"known": len(known), "sessions": len(counts)}  # fmt: skip
        return (sum(known) if known else None), basis


def _differing(stated: int | None, found: int | None) -> str:
    """What was stated, where that is not what the rosters say."""
    if stated is None or stated == found:
        return ""
    if found is None:
        return _("stated: %(stated)s; no roster says it yet") % {"stated": stated}
    return _("stated: %(stated)s; the rosters say %(found)s") % {"stated": stated, "found": found}
