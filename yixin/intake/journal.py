"""Writes records in bulk and notes what undoing it takes. A few queries a model, whatever the number of records."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from yixin import history
from yixin.access.models import Act
from yixin.locks import columns_of
from yixin.written import rows_written

from .models import Change, Intake

BATCH = 2_000


def digests(model: type[Model], keys: Collection[int]) -> dict[int, str]:
    """Id → sha256 over the stored columns of each record that still exists."""
    names = [field.attname for field in model._meta.concrete_fields]
    found: dict[int, str] = {}
    for part in batches(list(keys)):
        for values in model._base_manager.filter(pk__in=part).order_by().values_list("pk", *names):
            found[values[0]] = hashlib.sha256(repr(values[1:]).encode()).hexdigest()
    return found


def batches(items: list) -> Iterable[list]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


@dataclass
class Note:
    """One record that an import wrote. ``before``: its changed columns as they were; None if it was made."""

    record: int
    row: int | None  # the sheet's own
    before: dict[str, object] | None
    digest: str = ""  # of the record as the import left it

    @property
    def stored(self) -> tuple:
        """As ``notes_of`` reads it."""
        return self.record, self.row, self.before, self.digest


class Journal:
    """Everything that one import writes goes through here. ``close`` stores the notes."""

    def __init__(self, intake: Intake):
        self.intake = intake
        self.notes: dict[type[Model], dict[int, Note]] = {}
        self.written: dict[tuple[type[Model], int], Model] = {}

    def create(self, records: Iterable[Model], rows: dict[int, int] | None = None) -> None:
        """``rows``: id() of a record → the sheet's row it came from. Records may be of several models, parts first."""
        for model, of_model in by_model(records).items():
            for field in model._meta.concrete_fields:
                if hasattr(field, "fill"):  # addresses made of names: all at once, not one query each
                    field.fill(of_model)
            model._base_manager.bulk_create(of_model, batch_size=BATCH)
            rows_written.send(model, records=of_model)
            for record in of_model:
                self._note(record, (rows or {}).get(id(record)), None)

    def update(self, changed: Iterable[tuple[Model, dict[str, object], int | None]]) -> None:
        """Records with their new values, their stored columns before, and the sheet's row."""
        for model, of_model in by_model(changed, key=lambda item: item[0]).items():
            touched: set[str] = set()
            for record, before, row in of_model:
                derive(record)
                now = columns_of(record)
                old = {name: value for name, value in before.items() if now[name] != value}
                touched |= old.keys()
                self._note(record, row, old)
            if touched:
                records = [item[0] for item in of_model]
                model._base_manager.bulk_update(records, sorted(touched), batch_size=500)
                rows_written.send(model, records=records)

    def _note(self, record: Model, row: int | None, before: dict | None) -> None:
        """The first note of a record counts: how it was before anything happened to it."""
        self.notes.setdefault(type(record), {}).setdefault(record.pk, Note(record.pk, row, before))
        self.written[type(record), record.pk] = record

    def close(self) -> None:
        stored = []
        for model, notes in self.notes.items():
            for key, digest in digests(model, notes).items():
                notes[key].digest = digest
            for part in batches([note.stored for note in notes.values()]):
                stored.append(Change(intake=self.intake, model=model._meta.label_lower, notes=part))
        Change.objects.bulk_create(stored)
        history.keep(list(self._done()), by=self.intake.user, imported=self.intake.pk)

    def _done(self) -> Iterable[history.Done]:
        """For the history of each record. What was made says only by which import: the rest stands in the record."""
        for model, notes in self.notes.items():
            for key, note in notes.items():
                record = self.written[model, key]
                if note.before is None:
                    yield history.Done(record, Act.ADDED)
                    continue
                old, now = history.by_name(model, note.before), history.values_of(record)
                yield history.Done(record, Act.CHANGED, history.between(old, {name: now[name] for name in old}))


def notes_of(intake: Intake) -> dict[type[Model], list[Note]]:
    """What the import wrote, by model in the order of writing. One query."""
    read: dict[type[Model], list[Note]] = {}
    for change in intake.changes.order_by("pk"):
        read.setdefault(apps.get_model(change.model), []).extend(Note(*note) for note in change.notes)
    return read


def by_model(items: Iterable, key=lambda item: item) -> dict[type[Model], list]:
    """The items by the model of their record, models in the order of their first record."""
    sorted_out: dict[type[Model], list] = {}
    for item in items:
        sorted_out.setdefault(type(key(item)), []).append(item)
    return sorted_out


def derive(record: Model) -> None:
    """Compute the columns that follow from others, which ``bulk_update`` would leave stale."""
    for field in record._meta.concrete_fields:
        if hasattr(field, "function"):
            field.pre_save(record, add=False)
