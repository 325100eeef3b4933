"""Takes a merge apart again, as far as nothing was changed since; what was is told before anything is done."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from organizations.merging.choosing import label
from organizations.merging.moving import point
from organizations.merging.relations import told
from organizations.merging.remembering import coming, going, pointing
from organizations.merging.rows import read_values, values_of
from organizations.merging.services import explain
from organizations.merging.since import Back, Since, coming_back, owner_of, still_as_made
from organizations.models import Alias, Merger, Organization
from organizations.remembering import changed, remembered
from yixin import history
from yixin.locks import Published, Reason, Write, columns_of, keeps, published
from yixin.written import rows_written

UNDONE = _("This merge was undone already, by %(who)s. Nothing was changed.")
DELETED = _("“%(kept)s” was deleted since, so the merge cannot be undone.")
MERGED_ON = _("“%(kept)s” was itself merged into “%(now)s” since. Undo that first.")
LATER = _("“%(merged)s” was merged into “%(kept)s” afterwards. Undo that first.")
TAKEN = _("“%(other)s” has the name, the address or the code of “%(name)s” by now. Change that first.")
NO_PLACE = _("The region of “%(merged)s” is not on record any more, so the merge cannot be undone.")
EDITED = _("%(field)s of “%(kept)s” was edited since, and stays as it is now.")
KEEPS_NAME = _("The other name “%(name)s” was edited since, and stays with “%(kept)s”.")
SINCE = {
    "deleted": _("Deleted since, and not coming back: %(records)s."),
    "elsewhere": _("Given to somebody else since, and left there: %(records)s."),
    "orphaned": _("What they belonged to was deleted since, so these do not come back: %(records)s."),
    "there": _("Added anew since, so these do not come back a second time: %(records)s."),
}
IN_THE_WAY = _("The merge cannot be undone: a rule of the records does not allow it. Nothing was changed.")


class Undoing:
    """What undoing a merge would do now. ``final``: why it cannot be; ``lost``: what would not be as it was.

    A few queries for every kind of record, whatever the number of records.
    """

    def __init__(self, merger: Merger):
        self.merger, self.kept = merger, merger.kept
        self.names = {"kept": merger.kept_name, "merged": merger.merged_name, "now": merger.kept}
        self.lost: list[str] = []
        self.final = list(self._out_of_order())
        if not self.final:
            self._look()

    @property
    def fingerprint(self) -> str:
        """Of what would be lost: who confirms by it has seen just that."""
        return hashlib.sha256("\n".join(self.lost).encode()).hexdigest() if self.lost else ""

    def _out_of_order(self) -> Iterator[str]:
        merger = self.merger
        if merger.undone_at:
            yield UNDONE % {"who": merger.undone_by}
        elif merger.kept is None:
            yield DELETED % self.names
        elif merger.kept_id != merger.kept_key:
            yield MERGED_ON % self.names
        else:
            later = Merger.objects.filter(kept_key=merger.kept_key, undone_at=None, pk__gt=merger.pk)
            yield from (LATER % (self.names | {"merged": one.merged_name}) for one in later)

    def _look(self) -> None:
        since = Since()
        self.merged = owner_of(self.merger.snapshot)
        self.columns = columns_of(self.kept)
        self._restate()
        self.back = [Back(moved, since) for moved in self.merger.moved]
        self.again = coming_back(self.merger.merged_key, reversed(self.merger.dropped), since)
        self.made, edited = still_as_made(self.merger.made)
        self.final += self._taken() if self.merged else [NO_PLACE % self.names]
        self.lost += [KEEPS_NAME % {"name": alias, **self.names} for alias in edited if isinstance(alias, Alias)]
        for name, sentence in SINCE.items():
            if records := told(getattr(since, name)):
                self.lost.append(sentence % {"records": records})

    def _restate(self) -> None:
        """Give the kept one what it had, but for fields that somebody has edited since."""
        now, changes = values_of(self.kept), self.merger.changes
        edited = dict.fromkeys(source(name) for name, (_old, new) in changes.items() if now.get(name) != new)
        old = {name: before for name, (before, _new) in changes.items() if source(name) not in edited}
        self.values = read_values(Organization, old)
        for name, value in self.values.items():
            setattr(self.kept, name, value)
        self.lost += [EDITED % {"field": label(name), **self.names} for name in edited]

    def _taken(self) -> list[str]:
        """Whoever has by now what must be one's own. One query."""
        both, found = (self.merged, self.kept), []
        others = Organization.objects.exclude(pk=self.kept.pk)
        for other in [self.kept, *others.filter(clashing(self.merged) | clashing(self.kept))]:
            for one in both:
                if other.pk != one.pk and clash(one, other):
                    found.append(TAKEN % {"other": other, "name": one})
        return found

    # What it comes to

    def writes(self) -> list[Write]:
        restored = [Write(record) for records in self.again for record in records if keeps(type(record))]
        return [*(w for back in self.back for w in back.writes()), *restored, Write(self.kept, self.columns)]

    def published(self) -> list[Published]:
        """The published years that it would change. One query at most."""
        return [] if self.final else published(self.writes())

    def carry_out(self, by: Model, now: datetime) -> None:
        known = remembered(Organization.objects.get(pk=self.kept.pk))
        history.keep([*pointing(self.back), *going([record] for record in self.made)], by=by, at=now)
        Organization.objects.filter(pk=self.kept.pk).update(**self.values)
        for record in self.made:
            record.delete()
        back = [[self.merged], *self.again]
        for records in back:
            type(records[0])._base_manager.bulk_create(records)
            rows_written.send(type(records[0]), records=records)
        for part in self.back:
            point(part.column, part.records)
        rows_written.send(Organization, records=[self.kept])
        done = changed(self.kept, known)
        done.changes[f"{self.merger._meta.label_lower}:{self.merger.pk}:undone_at"] = (None, now)
        history.keep([done, *coming(back)], by=by, at=now)


def source(attname: str) -> str:
    """The field that somebody fills in, of a column that may follow from it."""
    column = next(field for field in Organization._meta.concrete_fields if field.attname == attname)
    return "founded" if attname.startswith("founded_") else getattr(column, "source", column.name)


def clash(one: Organization, other: Organization) -> bool:
    is_called_so = (one.name_key, one.region_id) == (other.name_key, other.region_id)
    return is_called_so or one.slug == other.slug or (one.uscc is not None and one.uscc == other.uscc)


def clashing(one: Organization) -> Q:
    same = Q(name_key=one.name_key, region=one.region_id) | Q(slug=one.slug)
    return same | Q(uscc=one.uscc) if one.uscc else same


def undo(*, merger: Merger, by: Model, now: datetime, reason: str = "", confirmed: str = "") -> Merger:
    """Bring everything back as it was. ValidationError, and nothing written, where that cannot be: for ever, or until
    somebody has confirmed what is lost (by the `fingerprint` of just that). Records that came to the kept one since
    stay with it."""
    try:
        with transaction.atomic():
            return _undo(merger, Reason(reason, by, now), confirmed)
    except IntegrityError as error:
        raise ValidationError(IN_THE_WAY, code="rule") from error


def _undo(merger: Merger, reason: Reason, confirmed: str) -> Merger:
    """The organisation is locked before the merge, as by everybody who merges."""
    list(Organization.objects.select_for_update().filter(pk=merger.kept_id))
    merger = Merger.objects.select_for_update(of=("self",)).select_related("kept", "undone_by").get(pk=merger.pk)
    undoing = Undoing(merger)
    if undoing.final:
        raise ValidationError(undoing.final)
    if undoing.lost and undoing.fingerprint != confirmed:
        raise ValidationError(undoing.lost, code="lost")
    explain(undoing.writes(), reason, merger.kept)
    undoing.carry_out(reason.by, reason.at)
    merger.undone_by, merger.undone_at = reason.by, reason.at
    merger.save(update_fields=["undone_by", "undone_at"])
    return merger
