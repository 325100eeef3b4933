"""Staff look at what came from outside: old beside new, accepted by field, all of it or nothing."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organizations.choices import AliasKind, ProposalStatus
from organizations.keeping.proposing import Changes
from organizations.keeping.stated import (
    CONFIRMED,
    Value,
    Words,
    add_name,
    derive,
    in_order,
    is_same,
    keys,
    label,
    rename,
    restate,
    stated,
)
from organizations.models import FieldOfWork, Organization, Proposal
from organizations.remembering import changed, remembered
from yixin import history, locks
from yixin.access.models import Act
from yixin.locks import Published, Reason, Write
from yixin.text import name_key

HANDLED = _("This was handled already, by %(who)s on %(when)s. Nothing was changed now.")
MOVED = _("The entry was changed while this page was open. Nothing was saved: look at the values of now, then send it.")
NO_NOTE = _("Write in a word why the rest is not taken: a year from now somebody will ask. Nothing was saved.")
GONE = _("This is not there any more: somebody deleted it.")


@dataclass(frozen=True)
class Line:
    """One field of a proposal in words. ``old`` is what the sender saw, "" for nothing; ``now`` is on record."""

    name: str
    label: str
    old: str
    now: str
    new: str
    was_shown: bool
    is_same: bool  # on record already
    is_moved: bool  # on record is something else than the sender saw, and it is still to be decided

    @property
    def is_offered(self) -> bool:
        """Whether its box is ticked before anybody has looked at it."""
        return not self.is_same and not self.is_moved


class Review:
    """A proposal beside the entry of now. Seven queries at most."""

    def __init__(self, proposal: Proposal):
        self.proposal, self.organization = proposal, proposal.organization
        self.now = stated(self.organization)

    @property
    def seen(self) -> str:
        return fingerprint(self.now)

    @cached_property
    def lines(self) -> list[Line]:
        words, lines = Words(), []
        for name in in_order(self.proposal.changes):
            old, new = self.proposal.changes[name]
            now, was_shown = self.now[name], old is not None
            is_moved = self.proposal.is_open and was_shown and not is_same(name, old, now)
            texts = (words.of(name, value) for value in (old or type(new)(), now, new))
            lines.append(Line(name, label(name), *texts, was_shown, is_same(name, now, new), is_moved))
        return lines

    @cached_property
    def published(self) -> list[Published]:
        """The published years of which figures would move if all of it were taken. One query at most."""
        trial, before = copy(self.organization), locks.columns_of(self.organization)
        with suppress(ValidationError):
            restate(trial, {name: new for name, (_old, new) in self.proposal.changes.items()})
        return locks.published([Write(trial, before)])

    @cached_property
    def others(self) -> list[Proposal]:
        """Open proposals for the same entry, in the order in which they came."""
        return list(Proposal.objects.open().filter(organization=self.organization).exclude(pk=self.proposal.pk))


def fingerprint(values: dict[str, Value]) -> str:
    """The same as long as the entry says the same."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Decision:
    """What somebody of the staff made of a proposal. ``seen``: the entry as it stood on their page."""

    accepted: frozenset[str]
    seen: str
    note: str = ""
    reason: str = ""
    keeps_old_name: bool = False


@transaction.atomic
def handle(*, proposal: Proposal, decision: Decision, by, now: datetime) -> Proposal:
    """The proposal, handled, and the entry as decided; ValidationError, and nothing written, where it cannot be."""
    organization = Organization.objects.select_for_update().filter(pk=proposal.organization_id).first()
    locked = Proposal.objects.select_for_update().filter(pk=proposal.pk, organization=organization).first()
    if organization is None or locked is None:
        raise ValidationError(GONE, code="gone")
    if not locked.is_open:
        when = f"{timezone.localtime(locked.handled_at):%Y-%m-%d %H:%M}"
        raise ValidationError(HANDLED, code="handled", params={"who": locked.handled_by, "when": when})
    values = stated(organization)
    if fingerprint(values) != decision.seen:
        raise ValidationError(MOVED, code="moved")
    if not decision.note and _left_out(locked, values, decision.accepted):
        raise ValidationError(NO_NOTE, code="note")
    accepted = in_order(decision.accepted & locked.changes.keys())
    if accepted:
        changes = {name: locked.changes[name] for name in accepted}
        day = timezone.localdate(locked.made_at)
        _write(organization, changes, day, decision, Reason(decision.reason, by, now))
    return _close(locked, accepted, decision.note, by, now)


def _close(proposal: Proposal, accepted: list[str], note: str, by, now: datetime) -> Proposal:
    before = history.values_of(proposal)
    proposal.status, proposal.handled_by, proposal.handled_at = ProposalStatus.HANDLED, by, now
    proposal.accepted, proposal.note = accepted, note
    proposal.save()
    changes = history.between(before, history.values_of(proposal))
    history.keep([history.Done(proposal, Act.CHANGED, changes)], by=by, at=now)
    return proposal


def _left_out(proposal: Proposal, values: dict[str, Value], accepted: Iterable[str]) -> bool:
    """Whether anything is refused that is not on record already."""
    return any(
        name not in accepted and not is_same(name, values[name], new) for name, (_old, new) in proposal.changes.items()
    )


def _write(organization: Organization, changes: Changes, day: date, decision: Decision, reason: Reason) -> None:
    """Bring the entry to what was accepted of the changes; it is confirmed on that day, unless it was later."""
    before, old_name = locks.columns_of(organization), organization.name
    known = remembered(organization)
    restate(organization, {name: new for name, (_seen, new) in changes.items()})
    organization.confirmed_on = max(filter(None, [before[CONFIRMED], day]))
    derive(organization)
    organization.full_clean()
    organization.save()
    if "fields_of_work" in changes:
        organization.fields_of_work.set(FieldOfWork.objects.filter(code__in=changes["fields_of_work"][1]))
    if "aliases" in changes:
        rename(organization, *changes["aliases"])
    if "name" in changes and decision.keeps_old_name:
        _keep_name(organization, old_name)
    locks.explain([Write(organization, before)], reason)
    history.keep([changed(organization, known)], by=reason.by, at=reason.at)


def _keep_name(organization: Organization, old_name: str) -> None:
    there = keys(organization.aliases.values_list("name", flat=True))
    if name_key(old_name) not in there | {organization.name_key}:
        add_name(organization, old_name, AliasKind.FORMER)
