"""Changes to many people of one roster at once: all of them or none, and never what somebody else wrote meanwhile."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.choices import AttendanceRole
from activities.models import Attendance, Event
from yixin import history, locks
from yixin.access.models import Act
from yixin.locks import Reason, Write
from yixin.written import rows_written

from .naming import Known, Typed, Undecided, keep, organization_of

UNCOUNTED = {AttendanceRole.STAFF, AttendanceRole.GUEST}  # who comes in such a role does not count, until one says so
GONE = _("This event is no more on record. Nothing was changed.")


@dataclass(frozen=True)
class Done:
    """How many became other than they were, and how many of the ticked were no more on the roster."""

    changed: int
    missing: int


def locked(event: Event) -> Event:
    """The event as it is stored; whoever else changes its roster here waits. Inside a transaction; ValidationError if
    it is gone."""
    found = Event.objects.select_for_update().filter(pk=event.pk).first()
    if found is None:
        raise ValidationError(GONE, code="gone")
    return found


def rows_of(event: Event, keys: Collection[int]) -> list[Attendance]:
    """Those of the event's roster that were ticked and are still there, locked. One query, however many were ticked."""
    rows = Attendance.objects.select_for_update().filter(event=event).order_by("pk")
    return [row for row in rows if row.pk in keys]


@transaction.atomic
def set_columns(*, event: Event, keys: Collection[int], columns: Mapping[str, object], reason: Reason) -> Done:
    """Set these columns, by attname, of those rows, and no others. Raises Undecided, and nothing is written, where a
    published year would change without a reason."""
    rows = rows_of(locked(event), keys)
    writes, kept = [], []
    for row in rows:
        before, values = locks.columns_of(row), history.values_of(row)
        for name, value in columns.items():
            setattr(row, name, value)
        if locks.columns_of(row) != before:
            writes.append(Write(row, before))
            kept.append(history.Done(row, Act.CHANGED, history.between(values, history.values_of(row))))
    changed = [write.record for write in writes]
    explain(writes, reason)
    Attendance.objects.bulk_update(changed, [Attendance._meta.get_field(name).name for name in columns])
    rows_written.send(Attendance, records=changed)
    history.keep(kept, by=reason.by, at=reason.at)
    return Done(len(changed), len(keys) - len(rows))


@transaction.atomic
def set_organization(*, event: Event, keys: Collection[int], typed: Typed, known: Known, reason: Reason) -> Done:
    """They came for the organisation of that name, which is stored if it is new. Raises Undecided where the name may
    mean several too."""
    event = locked(event)
    organization = organization_of(typed, known)
    keep(organization, reason.by)
    return set_columns(event=event, keys=keys, columns={"organization_id": organization.pk}, reason=reason)


@transaction.atomic
def take_off(*, event: Event, keys: Collection[int], reason: Reason) -> Done:
    """Take those rows off the roster; the persons stay, and the event's head-count. Raises Undecided as `set_columns`
    does."""
    event = locked(event)
    rows = rows_of(event, keys)
    explain([Write(row) for row in rows], reason)
    kept = [history.deleted(row) for row in rows]
    if rows:  # nobody can open the history of what is gone; that of the event tells of it
        kept.append(history.Done(event, Act.CHANGED, history.rows_deleted(rows)))
    history.keep(kept, by=reason.by, at=reason.at)
    Attendance.objects.filter(event=event, pk__in=[row.pk for row in rows]).delete()
    return Done(len(rows), len(keys) - len(rows))


def explain(writes: Sequence[Write], reason: Reason) -> None:
    """Note why records of a published year change, or ask for that. One query where none is published."""
    published = locks.published(writes)
    if published and not reason.text:
        raise Undecided
    locks.amend(writes, published, reason)
