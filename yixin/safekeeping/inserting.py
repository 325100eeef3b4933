"""Rows into tables as they were kept: no default, no derived column, no signal."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.management.color import no_style
from django.db import connections, models
from django.db.models.sql import InsertQuery

from .rows import Table, value_of

MOST = 1_000  # rows in one statement, or as many as the database takes


def empty(every: Iterable[type[models.Model]], using: str) -> None:
    """Deletes all rows. Links are looked at when the transaction ends."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in every:
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def insert(table: Table, lines: Iterable[bytes], columns: list[str], using: str) -> None:
    """``lines`` as ``rows.Table.lines`` gave them, with these columns."""
    by_name = {column.attname: column for column in table.model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    most = min(MOST, connections[using].ops.bulk_batch_size(fields, [None] * MOST) or MOST)
    for part in parts(lines, most):
        records = [record(table.model, fields, line) for line in part]
        query = InsertQuery(table.model)
        query.insert_values(fields, records, raw=True)
        query.get_compiler(using=using).execute_sql()


def record(model: type[models.Model], fields: list[models.Field], line: bytes) -> models.Model:
    made = model.__new__(model)  # its own __init__ would fill in what was empty
    made._state = models.base.ModelState()
    for field, kept in zip(fields, json.loads(line), strict=True):
        made.__dict__[field.attname] = value_of(field, kept)
    return made


def parts(lines: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    waiting = iter(lines)
    while part := list(islice(waiting, size)):
        yield part


def reset_numbers(every: Iterable[Table], using: str) -> None:
    """The next new record has a number that none has; SQLite sees to that by itself."""
    connection = connections[using]
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in every])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
