"""What comes from outside about an entry is kept as a proposal; the entry itself is not touched."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from organizations.choices import ProposalKind
from organizations.keeping.links import Closed, Why, refuse_closed
from organizations.keeping.stated import CONFIRMED, FIELDS, Value, is_same
from organizations.models import EntryLink, Organization, Proposal

Changes = dict[str, list[Value | None]]  # field → [what the sender saw, what it should be]


@dataclass(frozen=True)
class Answer:
    """What was sent, and by whom; ``message`` may be all of it."""

    changes: Changes = field(default_factory=dict)
    message: str = ""
    sender_name: str = ""
    sender_contact: str = ""


def changes_between(seen: dict[str, Value], typed: dict[str, Value]) -> Changes:
    """What the sender would have otherwise. Of a field that was not shown, whatever was written there.

    Whether that is on record already is not told: the box was empty so that nobody learns it.
    """
    found: Changes = {}
    for name in FIELDS:
        if name not in seen:
            found |= {name: [None, typed[name]]} if typed[name] else {}
        elif not is_same(name, seen[name], typed[name]):
            found[name] = [seen[name], typed[name]]
    return found


def confirmation(seen: dict[str, Value], now: datetime) -> Changes:
    """Everything is right: the entry was confirmed on this day."""
    return {CONFIRMED: [seen.get(CONFIRMED), timezone.localdate(now).isoformat()]}


@transaction.atomic
def propose(*, link: EntryLink, answer: Answer, now: datetime) -> Proposal:
    """The proposal, for which the link is used up. Two at once: Closed for the second.

    The organisation is locked before the link, as by everybody who writes to both.
    """
    organization = Organization.objects.select_for_update().filter(pk=link.organization_id).first()
    locked = EntryLink.objects.select_for_update().filter(pk=link.pk, organization=organization).first()
    if organization is None or locked is None or locked.slug != organization.slug:
        raise Closed(Why.GONE)
    refuse_closed(locked, now)
    made = _kept(organization, ProposalKind.CHANGES, answer, now)
    locked.used_at, locked.proposal = now, made
    locked.save(update_fields=["used_at", "proposal"])
    return made


def report_error(*, organization: Organization, answer: Answer, now: datetime) -> Proposal:
    return _kept(organization, ProposalKind.REPORT, answer, now)


def _kept(organization: Organization, kind: ProposalKind, answer: Answer, now: datetime) -> Proposal:
    return Proposal.objects.create(organization=organization, kind=kind, made_at=now, **vars(answer))
