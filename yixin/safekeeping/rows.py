"""All rows of a database as lines of text that are the same on SQLite and PostgreSQL, and one sum over them."""

import base64
import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps as installed
from django.contrib.sessions.models import Session
from django.db import connections, models, transaction

BATCH = 2_000  # rows read at once
ISOLATED = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@dataclass(frozen=True)
class Table:
    """One model's table: its label, and its columns by the attributes that hold them, in the order of their names."""

    model: type[models.Model]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def columns(self) -> list[models.Field]:
        return sorted(self.model._meta.concrete_fields, key=lambda column: column.attname)

    def lines(self, using: str) -> Iterator[bytes]:
        """Each row as one JSON array, by primary key."""
        columns = self.columns
        rows = self.model._base_manager.using(using).order_by("pk").values_list(*(c.attname for c in columns))
        for row in rows.iterator(chunk_size=BATCH):
            yield line(plain(column, value) for column, value in zip(columns, row, strict=True))


def tables(apps=installed) -> list[Table]:
    """What is kept: every table but the sessions, and those that are made out of others. By label."""
    every = apps.get_models(include_auto_created=True)
    kept = (model for model in every if model._meta.managed and not model._meta.proxy and is_kept(model))
    return sorted(map(Table, kept), key=lambda table: table.label)


def is_kept(model: type[models.Model]) -> bool:
    if model._meta.label_lower == Session._meta.label_lower:
        return False  # whoever was logged in logs in anew
    known = installed.all_models[model._meta.app_label].get(model._meta.model_name)  # of another time it has no methods
    return not getattr(known, "is_derived", False)


def line(values: Iterable) -> bytes:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def plain(column: models.Field, value):
    """What JSON can hold; amounts with their decimals, moments in UTC."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return str(value.quantize(Decimal(1).scaleb(-column.decimal_places)))
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        case datetime.date() | uuid.UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    return str(value) if not isinstance(column, models.JSONField) else value


def value_of(column: models.Field, kept):
    """What the column holds, out of what ``plain`` made of it."""
    if isinstance(column, models.BinaryField) and kept is not None:
        return base64.b64decode(kept)
    return kept if isinstance(column, models.JSONField) else column.to_python(kept)


class Fingerprint:
    """One SHA-256 over all tables, each by its label, its columns and its rows."""

    def __init__(self) -> None:
        self._whole = hashlib.sha256()

    def add(self, label: str, columns: list[str], lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, on their way to somewhere else. A table without rows adds nothing."""
        head = None
        for row in lines:
            if head is None:
                head = line([label, columns])
                self._whole.update(head)
            self._whole.update(row)
            yield row

    @property
    def value(self) -> str:
        return self._whole.hexdigest()


class one_moment:
    """A transaction that sees the database as it is at one moment, however long it takes, and holds nobody up."""

    def __init__(self, using: str):
        self.using, self.atomic = using, transaction.atomic(using=using)
        self.connection = connections[using]

    def __enter__(self):
        if self.connection.in_atomic_block or self.connection.vendor != "sqlite":
            self._begin()
            return
        self.connection.ensure_connection()  # which sets the mode
        mode, self.connection.transaction_mode = self.connection.transaction_mode, "DEFERRED"  # no writer
        try:
            self._begin()
        finally:
            self.connection.transaction_mode = mode

    def _begin(self) -> None:
        isolated = self.connection.vendor == "postgresql" and not self.connection.in_atomic_block
        self.atomic.__enter__()
        if isolated:
            with self.connection.cursor() as cursor:
                cursor.execute(ISOLATED)

    def __exit__(self, *error):
        return self.atomic.__exit__(*error)


def fingerprint(using: str = "default") -> str:
    """The sum over all rows as they are at this moment."""
    found = Fingerprint()
    with one_moment(using):
        for table in tables():
            for _line in found.add(table.label, [c.attname for c in table.columns], table.lines(using)):
                pass
    return found.value
