"""Two organisations become one: all of it or nothing, with everything in the log that it takes to undo it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import AliasKind, Side
from organizations.keeping.stated import derive
from organizations.merging.choosing import Choices, complete, fingerprint, restate
from organizations.merging.moving import Move
from organizations.merging.remembering import coming, going, pointing
from organizations.merging.rows import values_of
from organizations.models import Alias, Distinction, FormerAddress, Merger, Organization
from organizations.remembering import changed, remembered
from yixin import history, locks
from yixin.locks import Reason, Write
from yixin.text import name_key

ITSELF = _("An organisation cannot be merged with itself. Choose two.")
GONE = _("One of the two is not there any more: somebody deleted it. Nothing was changed.")
MERGED = _("“%(merged)s” was merged into “%(kept)s” already, by %(who)s. Nothing was changed.")
MOVED = _("One of the two was changed while this page was open. Nothing was merged: look at the values of now.")
IN_THE_WAY = _(
    "Nothing was merged: a rule of the records does not allow it, or somebody saved the same at this moment. Look at"
    " the values of now, then try again."
)


@dataclass(frozen=True)
class OldName:
    """What becomes of the name that is not kept: another name, perhaps of some years only."""

    kind: AliasKind = AliasKind.OTHER
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True)
class Decision:
    """What somebody of the staff has chosen. ``values``: whose value (`Side`) each field gets, `choosing.usual` where
    nothing is said. ``seen``: the `fingerprint` of both, kept one first, as they stood on the page."""

    values: Mapping[str, str] = field(default_factory=dict)
    old_name: OldName = OldName()
    reason: str = ""
    seen: str = ""


def merge(*, kept: Organization, merged: Organization, decision: Decision, by: Model, now: datetime) -> Merger:
    """Move everything of the merged one to the kept one and delete it; ValidationError, and nothing written, where that
    cannot be. A fixed number of queries, whatever the number of records."""
    try:
        with transaction.atomic():
            return _Merge(*locked(kept, merged), decision).carry_out(by, now)
    except IntegrityError as error:
        raise ValidationError(IN_THE_WAY, code="rule") from error


def locked(kept: Organization, merged: Organization) -> list[Organization]:
    """Both as they are stored, kept one first; locked in the order of their ids, as by everybody who locks two."""
    if kept.pk == merged.pk:
        raise ValidationError(ITSELF, code="itself")
    both = Organization.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    found = {one.pk: one for one in both}
    for pk in (kept.pk, merged.pk):
        if pk not in found:
            raise ValidationError(why_gone(pk), code="gone")
    return [found[kept.pk], found[merged.pk]]


def why_gone(pk: int) -> str:
    """What became of an organisation that is not there. One query."""
    last = Merger.objects.filter(merged_key=pk, undone_at=None).select_related("merged_by").first()
    return str(MERGED % {"merged": last.merged_name, "kept": last.kept_name, "who": last.merged_by} if last else GONE)


def plan(kept: Organization, merged: Organization, choices: Choices, *, locks: bool) -> Move:
    """What would be moved and dropped. Nothing is written."""
    move = Move(list(_superfluous(kept, merged, choices)), locks=locks)
    return move.absorb(Organization, {merged.pk: kept.pk})


def _superfluous(kept: Organization, merged: Organization, choices: Choices) -> Iterable[list[Model]]:
    """What says nothing any more once the two are one."""
    name = merged.name_key if choices["name"] == Side.MERGED else kept.name_key
    yield list(Alias.objects.filter(organization__in=[kept, merged], name_key=name).order_by("pk"))
    pair = Q(one=kept, other=merged) | Q(one=merged, other=kept)
    yield list(Distinction.objects.filter(pair).order_by("pk"))
    links = Organization.fields_of_work.through.objects.order_by("pk")
    theirs = links.filter(organization=merged)
    if choices["fields_of_work"] == Side.KEPT:
        yield list(theirs)
    if choices["fields_of_work"] == Side.MERGED:
        yield list(links.filter(organization=kept).exclude(fieldofwork__in=theirs.values("fieldofwork")))


class _Merge:
    """One merge, inside its transaction."""

    def __init__(self, kept: Organization, merged: Organization, decision: Decision):
        if decision.seen and decision.seen != fingerprint(kept, merged):
            raise ValidationError(MOVED, code="moved")
        self.kept, self.merged, self.decision = kept, merged, decision
        self.choices = complete(decision.values, kept, merged)
        self.before, self.snapshot = values_of(kept), values_of(merged)
        self.names = {kept.name_key: kept.name, merged.name_key: merged.name}
        self.move = plan(kept, merged, self.choices, locks=True)
        if self.move.final:
            raise ValidationError(self.move.final, code="final")
        self.columns, self.known = locks.columns_of(kept), remembered(kept)
        restate(kept, merged, self.choices)

    def writes(self) -> list[Write]:
        return [*self.move.writes(), Write(self.kept, self.columns)]

    def carry_out(self, by: Model, now: datetime) -> Merger:
        explain(self.writes(), Reason(self.decision.reason, by, now), self.kept, self.merged)
        log = self.move.log()
        gone = [*pointing(self.move.moved), *going([*self.move.dropped, [self.merged]])]
        history.keep(gone, by=by, at=now)
        self.move.carry_out()
        self.merged.delete()
        self._restate()
        made = [*self._old_names(), FormerAddress(slug=self.snapshot["slug"], organization=self.kept)]
        for record in made:
            record.full_clean()
            record.save()
        merger = self._logged(made, log, by, now)
        done = changed(self.kept, self.known)
        done.changes |= history.row_added(merger)
        history.keep([done, *coming([[record] for record in made])], by=by, at=now)
        return merger

    def _restate(self) -> None:
        derive(self.kept)
        self.kept.validate_unique()
        self.kept.validate_constraints()
        self.kept.save()
        self.kept.refresh_from_db()  # as it is stored, which is what it is compared with before it is undone

    def _logged(self, made: list[Model], log: dict[str, list], by: Model, now: datetime) -> Merger:
        return Merger.objects.create(
            kept=self.kept,
            kept_key=self.kept.pk,
            kept_name=self.kept.name,
            merged_key=self.snapshot["id"],
            merged_name=self.snapshot["name"],
            snapshot=self.snapshot,
            changes=changes(self.before, values_of(self.kept)),
            made=[{"model": one._meta.label_lower, "rows": [values_of(one)]} for one in made],
            reason=self.decision.reason,
            merged_by=by,
            merged_at=now,
            **log,
        )

    def _old_names(self) -> Iterable[Alias]:
        """The name of the two that is not kept, unless it is known already."""
        known = {name_key(self.kept.name), *self.kept.aliases.values_list("name_key", flat=True)}
        for key, name in self.names.items():
            if key not in known:
                yield Alias(organization=self.kept, name=name, name_key=key, **vars(self.decision.old_name))


def explain(writes: list[Write], reason: Reason, *organizations: Organization) -> None:
    """Note why records of a published year change, or ask for that; while all of them are as they were."""
    keys = [one.pk for one in organizations]
    if any(one.is_sensitive for one in organizations):  # so that the reasons, which are kept, name neither of them
        Organization.objects.filter(pk__in=keys).update(is_sensitive=True)
    key = f"{Organization._meta.label_lower}:{keys[0]}"
    locks.explain(writes, Reason(reason.text, reason.by, reason.at, key))


def changes(before: dict[str, object], after: dict[str, object]) -> dict[str, list]:
    return {name: [value, after[name]] for name, value in before.items() if value != after[name]}
