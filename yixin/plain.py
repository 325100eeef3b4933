"""Rows into a table by one plain statement, for logs that grow with each record: no instance is made of any of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Field, Model


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """``rows``: one value for each of the columns, as the model has them. Nothing fills in defaults, and nobody is told
    what numbers the rows got. IntegrityError as from ``bulk_create``."""
    connection = connections[router.db_for_write(model)]
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608  no input
    ready = [preparing(field, connection) for field in fields]
    values = [[prepare(value) for prepare, value in zip(ready, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def preparing(field: Field, connection) -> Callable[[Any], Any]:
    """What makes a value of the column ready for the database; only once, if the next rows have the very same."""
    last, made = object(), None

    def prepare(value: Any) -> Any:
        nonlocal last, made
        if value is not last:
            last, made = value, field.get_db_prep_save(value, connection)
        return made

    return prepare
