"""What becomes of each personal column once it is old, or once its person is to be forgotten: by one table.

A personal column that is not listed fails the tests. Totals never change: no row that counts goes, and whoever came is
still one of so many, under a name that names nobody.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum

from django.apps import apps
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils import timezone


class Rule(StrEnum):
    NAMELESS = "nameless"  # a number in the place of the name
    EMPTIED = "emptied"
    COVERED = "covered"  # a word in the place of what must not be empty
    CUT = "cut"  # the link to the person goes
    GONE = "gone"  # the whole row goes
    KEPT = "kept"  # says nothing by itself once the person is nameless, or must be kept


NAMELESS, EMPTIED, COVERED, CUT, GONE, KEPT = Rule
REACHED = "name name_key name_pinyin name_initials"

RETENTION: dict[str, dict[Rule, str]] = {
    "organizations.person": {NAMELESS: REACHED, EMPTIED: "phone email remark consented_on is_active"},
    "organizations.contact": {GONE: "person organization role started_on ended_on consented_on"},
    "organizations.networkgroup": {CUT: "steward"},
    "organizations.proposal": {
        EMPTIED: "sender_name sender_contact",
        COVERED: "message",
        KEPT: "handled_by",
    },
    "organizations.organization": {KEPT: "address"},  # the organisation's own, which it corrects itself
    "organizations.entrylink": {KEPT: "made_by"},  # accounts say who decided; they are set inactive, never forgotten
    "organizations.merger": {KEPT: "snapshot changes dropped merged_by undone_by"},  # what taking it apart needs
    "organizations.distinction": {KEPT: "made_by"},
    "organizations.territory": {KEPT: "user"},
    "grants.grant": {KEPT: "person"},
    "activities.attendance": {
        EMPTIED: "remark",
        KEPT: "event person organization role is_counted consented_on",  # what counts
    },
    "activities.talk": {EMPTIED: "partners"},
    "activities.visit": {EMPTIED: "visitors"},
    "activities.photo": {KEPT: "image caption event consented_on"},  # looked at by somebody: a machine knows no face
    "activities.expense": {KEPT: "receipt"},  # the books
    "reports.section": {KEPT: "edited_by"},
    "reports.edition": {KEPT: "published_by"},
    "reports.acceptance": {KEPT: "accepted_by"},
    "reports.amendment": {KEPT: "made_by"},
    # Tables of the ground and of libraries, which have no levels.
    "intake.intake": {EMPTIED: "source"},  # a file may be called after somebody
    "intake.export": {GONE: "user"},
    "access.sighting": {GONE: "user record"},
    "access.savedform": {GONE: "user address"},
    "axes.accessattempt": {GONE: "username ip_address user_agent"},
    "axes.accessfailurelog": {GONE: "username ip_address user_agent"},
    "sessions.session": {GONE: "session_data"},
}
# By which date each of these is old. Those tied to a person go with the person.
AGES: dict[str, str] = {
    "organizations.proposal": "handled_at",
    "activities.talk": "held_on",
    "activities.visit": "when_latest",
    "intake.intake": "finished_at",
    "intake.export": "created_at",
    "access.sighting": "seen_at",
    "access.savedform": "saved_at",
    "axes.accessattempt": "attempt_time",
    "axes.accessfailurelog": "attempt_time",
    "sessions.session": "expire_date",
}
_TERM = re.compile("([1-9][0-9]{0,4})([ymd])")


def columns_by(label: str, rule: Rule) -> list[str]:
    return RETENTION.get(label, {}).get(rule, "").split()


def before(term: str, today: date) -> date:
    """The day before which everything is old: so many years, months or days ago (5y, 60m, 1825d). ValueError else."""
    read = _TERM.fullmatch(term.strip().lower())
    if not read:
        raise ValueError(term)
    number, unit = int(read[1]), read[2]
    if unit == "d":
        return date.fromordinal(today.toordinal() - number)
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for day in range(today.day, today.day - 4, -1):  # 29 February, five years ago, was the 28th
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise ValueError(term)


def aged(day: date) -> Iterator[tuple[type[Model], QuerySet]]:
    """Each table by its date, and its rows from before that day in which there is something left to take out."""
    for label, column in AGES.items():
        model = apps.get_model(label)
        is_moment = isinstance(model._meta.get_field(column), DateTimeField)
        limit = timezone.make_aware(datetime.combine(day, time.min)) if is_moment else day
        found = model._base_manager.filter(**{f"{column}__lt": limit}).order_by("pk")
        yield model, found if columns_by(label, GONE) else found.filter(_filled(label))


def _filled(label: str) -> Q:
    told = Q()
    for name in columns_by(label, EMPTIED):
        told |= ~Q(**{name: ""})
    return told
