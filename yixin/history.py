"""The history of each record: which columns were changed, by whom, when. Personal values are never in it, only that
they were changed; of a record that is tied to a sensitive one no value at all.

Values are stored as the database has them, links by their number; what they are called is looked up when they are read,
so that a name that is taken away later is not kept here.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Field, ForeignKey, Model, Q
from django.utils import timezone

from yixin.access.levels import Level, level_of
from yixin.access.models import Act, Revision
from yixin.plain import insert

IMPORT = "_import"  # as no column is called: the number of the import that did it
LONGEST = 500  # characters of a value
UNTOLD = (None, None)  # before and after of what is told by its name only
BATCH = 2_000
COLUMNS = ("model", "record", "act", "changes", "made_at", "made_by_id")

Changes = dict[str, list[str] | None]  # column: before and after; None where only the name may be told


@dataclass
class Done:
    """What was done to one record. ``changes`` before anything is taken out of it."""

    record: Model
    act: Act
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    key: int = 0

    def __post_init__(self):
        self.key = self.record.pk  # Django takes it away from what was deleted


def keep(done: Collection[Done], *, by: Model | None, at: datetime | None = None, imported: int | None = None) -> None:
    """Inside the transaction that writes; what is deleted is told of while it is there. A few queries a kind."""
    at = at or timezone.now()
    closed = {model: tied(model, keys) for model, keys in keys_by_model(done).items()}

    source = {} if imported is None else {IMPORT: ["", str(imported)]}
    author = by and by.pk

    def revision(one: Done) -> tuple:
        model = type(one.record)
        changes = told(model, one.changes, is_closed=one.key in closed[model]) | source if one.changes else source
        return model._meta.label_lower, one.key, one.act, changes, at, author

    waiting = map(revision, done)
    while part := list(islice(waiting, BATCH)):  # never all of a large import at once
        insert(Revision, COLUMNS, part)


def keys_by_model(done: Iterable[Done]) -> dict[type[Model], list[int]]:
    found: dict[type[Model], list[int]] = {}
    for one in done:
        found.setdefault(type(one.record), []).append(one.key)
    return found


def told(model: type[Model], changes: Mapping[str, tuple[Any, Any]], *, is_closed: bool) -> Changes:
    is_closed = is_closed or True in changes.get("is_sensitive", ())  # it is sensitive, or was
    return {
        name: None if is_closed or pair == UNTOLD or not is_open(model, name) else [raw(value) for value in pair]
        for name, pair in changes.items()
    }


def is_open(model: type[Model], name: str) -> bool:
    """Whether the history may hold the column's values. A row inside the record is called like grants.payment:3, and a
    column of it like grants.payment:3:amount; that there was a row is no personal value."""
    label, _colon, rest = name.partition(":")
    _number, _colon, column = rest.partition(":")
    if rest and not column:
        return True
    try:
        return level_of(apps.get_model(label) if rest else model, column if rest else name) <= Level.INTERNAL
    except KeyError:
        return False


def raw(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return ",".join(str(getattr(one, "pk", one)) for one in value)
    text = str(getattr(value, "pk", value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def kept_columns(model: type[Model]) -> list[Field]:
    """Those that somebody writes: of a fuzzy date its text, nothing that is computed from other columns."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key and not hasattr(one, "source")]
    dates = {one.name.removesuffix("_text") for one in fields if one.name.endswith("_text")}
    parts = {f"{name}_{part}" for name in dates for part in ("earliest", "latest", "precision")}
    return [one for one in fields if one.name not in parts]


def values_of(record: Model) -> dict[str, Any]:
    """By column; links by their number. No query."""
    return {one.name: getattr(record, one.attname) for one in kept_columns(type(record))}


def by_name(model: type[Model], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Of columns as ``locks.columns_of`` has them, those that the history keeps."""
    return {one.name: columns[one.attname] for one in kept_columns(model) if one.attname in columns}


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The columns that differ, with both values."""
    return {name: (before.get(name), now) for name, now in after.items() if raw(before.get(name)) != raw(now)}


def row_added(row: Model) -> dict[str, tuple[Any, Any]]:
    """For the history of the record in which the row stands."""
    return {f"{row._meta.label_lower}:{row.pk}": ("", Act.ADDED)}


def rows_deleted(rows: Iterable[Model]) -> dict[str, tuple[Any, Any]]:
    """The same, while the rows are still there."""
    return {f"{row._meta.label_lower}:{row.pk}": ("", Act.DELETED) for row in rows}


def added(record: Model) -> Done:
    return Done(record, Act.ADDED, between({}, values_of(record)))


def deleted(record: Model) -> Done:
    """To be kept before the record is deleted."""
    values = values_of(record)
    return Done(record, Act.DELETED, between(values, dict.fromkeys(values)))


# Which records are tied to a sensitive one


@cache
def sensitive_paths(model: type[Model], depth: int = 2) -> tuple[str, ...]:
    """The lookups that say whether the record, or one to which it leads, is marked sensitive."""
    found = []
    for one in model._meta.concrete_fields:
        if one.name == "is_sensitive":
            found.append(one.name)
        elif depth and isinstance(one, ForeignKey) and one.related_model._meta.app_label in settings.YIXIN_APPS:
            found += [f"{one.name}__{path}" for path in sensitive_paths(one.related_model, depth - 1)]
    return tuple(found)


def tied(model: type[Model], keys: Collection[int]) -> set[int]:
    """Those of the records. One query for every 2,000 of them."""
    asked = Q()
    for path in sensitive_paths(model):
        asked |= Q(**{path: True})
    if not asked:
        return set()
    keys, found = list(keys), set()
    for start in range(0, len(keys), BATCH):
        part = model._base_manager.filter(asked, pk__in=keys[start : start + BATCH])
        found |= set(part.order_by().values_list("pk", flat=True))
    return found
