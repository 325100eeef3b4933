"""Puts an import back as if it had never been, or says which records were edited since."""

from collections.abc import Iterator

from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yixin import history, locks
from yixin.access.models import Act
from yixin.written import rows_written

from .journal import Note, derive, digests, notes_of
from .models import Intake, Status
from .services import UNDOABLE, finish, one_import, own, signed

NAMED = 10  # records named in one sentence


def undo(*, key: str, user, reason: str = "") -> Intake:
    """Take back everything the import wrote. Raises ValidationError, and changes nothing, where that would undo
    somebody's later work, or change a published year without a reason. ``user`` must be who imported; a dozen queries
    a model, whatever the number of rows."""
    with one_import():
        intake = own(key, user)
        if intake.status != Status.DONE:
            return intake
        written = notes_of(intake)
        if not written and intake.finished_at < timezone.now() - UNDOABLE:
            raise ValidationError(_("This import is more than a month old and can no longer be undone."))
        refuse_edited(written)
        refuse_used(written)
        explain(intake, written, reason)
        remember(intake, written)
        for model, notes in reversed(written.items()):
            restore(model, [note for note in notes if note.before])
            model._base_manager.filter(pk__in=[note.record for note in notes if note.before is None]).delete()
        finish(intake, Status.UNDONE)
        intake.changes.all().delete()
    return intake


def explain(intake: Intake, written: dict[type[models.Model], list[Note]], reason: str) -> None:
    """Note why records of a published year go back to what they were, or ask for that."""
    writes = [write for model, notes in written.items() if locks.keeps(model) for write in writes_of(model, notes)]
    changed = locks.published(writes)
    if changed and not reason:
        told = [*map(str, changed), locks.NO_REASON]
        raise ValidationError([ValidationError(sentence, code="unexplained") for sentence in told])
    locks.amend(writes, changed, signed(reason, intake))


def remember(intake: Intake, written: dict[type[models.Model], list[Note]]) -> None:
    """For the history of each record, while what goes is still there."""
    done = []
    for model, notes in written.items():
        for note, write in zip(notes, writes_of(model, notes), strict=True):
            old, now = history.by_name(model, write.before), history.values_of(write.record)
            act = Act.DELETED if note.before is None else Act.CHANGED
            done.append(history.Done(write.record, act, history.between({name: now[name] for name in old}, old)))
    history.keep(done, by=intake.user, imported=intake.pk)


def writes_of(model: type[models.Model], notes: list[Note]) -> Iterator[locks.Write]:
    """Each record as it is, and as it will be again. One query."""
    records = model._base_manager.in_bulk([note.record for note in notes])
    return (locks.Write(records[note.record], note.before or {}) for note in notes)


def refuse_edited(written: dict[type[models.Model], list[Note]]) -> None:
    edited = []
    for model, notes in written.items():
        now = digests(model, [note.record for note in notes])
        edited += [(model, note) for note in notes if now.get(note.record) != note.digest]
    if edited:
        raise ValidationError(
            _("These records were edited or deleted since, so the import cannot be undone: %(records)s."),
            params={"records": named(edited)},
        )


def refuse_used(written: dict[type[models.Model], list[Note]]) -> None:
    """Whatever was added since to a record that would go is somebody's work too."""
    made = {(model, note.record) for model, notes in written.items() for note in notes if note.before is None}
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    for model, notes in written.items():
        keys = [note.record for note in notes if note.before is None]
        if keys:
            collector.collect(model._base_manager.filter(pk__in=keys))
    reached = [record for records in collector.data.values() for record in records] + list(collector.protected)
    others = [record for record in reached if (type(record), record.pk) not in made]
    if others:
        names = "、".join(str(record) for record in others[:NAMED])
        raise ValidationError(
            _("Records that came in are in use by now, so the import cannot be undone: %(records)s."),
            params={"records": names},
        )


def restore(model: type[models.Model], notes: list[Note]) -> None:
    """Write the old values back into records that were changed."""
    records = model._base_manager.in_bulk([note.record for note in notes])
    touched: set[str] = set()
    for note in notes:
        for name, value in note.before.items():
            column = model._meta.get_field(name)  # by its attname
            kind = column.target_field if column.is_relation else column
            setattr(records[note.record], name, kind.to_python(value))
            touched.add(column.name)
        derive(records[note.record])
    if touched:
        model._base_manager.bulk_update(records.values(), sorted(touched), batch_size=500)
        rows_written.send(model, records=records.values())


def named(edited: list[tuple[type[models.Model], Note]]) -> str:
    """The records by name, and by the sheet's row where they came from one."""
    told = []
    for model, note in edited[:NAMED]:
        record = model._base_manager.filter(pk=note.record).first()
        name = str(record) if record else f"{model._meta.verbose_name} {note.record}"
        told.append(_("row %(row)s %(name)s") % {"row": note.row, "name": name} if note.row else name)
    if len(edited) > NAMED:
        more = len(edited) - NAMED
        told.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return "、".join(str(name) for name in told)
