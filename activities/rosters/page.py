"""The people of one event as the page of its roster lists them. Plain values of one query."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from activities.choices import AttendanceRole
from activities.models import Attendance, Event
from yixin.text import clean_text

LONGEST_SEARCH = 200  # characters
COLUMNS = (
    "event_id role is_counted consented_on remark person__name person__name_key person__name_pinyin"
    " person__name_initials organization__name organization__name_pinyin organization__name_initials"
)


@dataclass(frozen=True)
class Row:
    """One person on the roster, with the attendance's id. ``find``: what the search looks through, in small letters."""

    pk: int
    name: str
    body: str
    role: str
    is_counted: bool
    remark: str
    find: str
    is_shown: bool


def people_of(event: Event) -> list[Attendance]:
    """The event's attendances with person and organisation, by the pinyin of the name; no phone is read. One query."""
    found = Attendance.objects.filter(event=event).select_related("person", "organization")
    return list(found.only(*COLUMNS.split()).order_by("person__name_pinyin", "person__name_key", "pk"))


def is_touchy(event: Event) -> bool:
    """Whether it may not be named one by one, so that its people separately agree to be on its roster. One query."""
    return not Event.objects.nameable().filter(pk=event.pk).exists()


class Roster:
    """``attendances`` as `people_of` gives them; ``words``: what is searched for."""

    def __init__(self, event: Event, attendances: Sequence[Attendance], words: str = ""):
        self.event, self.attendances = event, attendances
        self.words = clean_text(words)[:LONGEST_SEARCH]

    @cached_property
    def rows(self) -> list[Row]:
        """All of them; those that the search does not find are not shown."""
        names, asked = named(self.attendances), self.words.casefold().split()
        roles = {value: str(label) for value, label in AttendanceRole.choices}
        rows = []
        for one in self.attendances:
            body, role = one.organization.name if one.organization else "", roles[one.role]
            find = text_of(one, role)
            is_shown = all(word in find for word in asked)
            rows.append(Row(one.pk, names[one.pk], body, role, one.is_counted, one.remark, find, is_shown))
        return rows

    @property
    def shown(self) -> int:
        return sum(row.is_shown for row in self.rows)

    @property
    def counted(self) -> int:
        """How many of those named count; staff and guests do not."""
        return sum(one.is_counted for one in self.attendances)

    @property
    def uncounted(self) -> int:
        return len(self.attendances) - self.counted

    @property
    def unnamed(self) -> int | None:
        """How many of the head-count stand on no roster: less than none where more are named; None: nobody counted."""
        return None if self.event.headcount is None else self.event.headcount - self.counted

    @property
    def surplus(self) -> int:
        """How many more are named than were counted."""
        return max(-(self.unnamed or 0), 0)

    @property
    def without_consent(self) -> int:
        return sum(one.consented_on is None for one in self.attendances)


def named(attendances: Sequence[Attendance]) -> dict[int, str]:
    """Each one's name by id; with the organisation in brackets where two have the same name."""
    times = Counter(one.person.name_key for one in attendances)
    return {one.pk: label_of(one) if times[one.person.name_key] > 1 else one.person.name for one in attendances}


def label_of(one: Attendance) -> str:
    body = one.organization or _("came for nobody")
    return f"{one.person.name}（{body}）"


def text_of(one: Attendance, role: str) -> str:
    person, body = one.person, one.organization
    texts = [person.name, person.name_pinyin, person.name_initials, one.remark, role]
    texts += [body.name, body.name_pinyin, body.name_initials] if body else []
    return " ".join(texts).casefold()
