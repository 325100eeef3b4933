"""One more person on a roster, by name and organisation as somebody types them."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Attendance, Event
from yixin import history
from yixin.access.models import Act
from yixin.locks import Reason, Write

from .changes import UNCOUNTED, explain, locked
from .naming import Known, Typed, keep, organization_of, person_of
from .page import is_touchy, label_of

THERE = _("“%(name)s” stands on this roster already.")
NO_CONSENT = _("Write the day on which this person separately agreed to be on the roster, or leave the name out.")


@dataclass(frozen=True)
class Entry:
    """``organization`` with an empty name: came for none."""

    name: Typed
    organization: Typed
    role: str
    consented_on: date | None = None


@transaction.atomic
def add(*, event: Event, entry: Entry, known: Known, reason: Reason) -> Attendance:
    """The new attendance, stored, with whoever is new. Raises Undecided where a name may mean several or a published
    year would change without a reason, ValidationError where it cannot be; then nothing is written."""
    event = locked(event)
    if entry.consented_on is None and is_touchy(event):
        raise ValidationError(NO_CONSENT, code="consent")
    organization = organization_of(entry.organization, known)
    person = person_of(entry.name, organization, known)
    made = Attendance(event=event, person=person, organization=organization, role=entry.role)
    if person.pk and Attendance.objects.filter(event=event, person=person).exists():
        raise ValidationError({"name": THERE % {"name": label_of(made)}})
    made.is_counted, made.consented_on = entry.role not in UNCOUNTED, entry.consented_on
    for part in (organization, person):
        keep(part, reason.by)
    made.person, made.organization = person, organization
    made.save()
    explain([Write(made)], reason)
    kept = [history.added(made), history.Done(event, Act.CHANGED, history.row_added(made))]
    history.keep(kept, by=reason.by, at=reason.at)
    return made
