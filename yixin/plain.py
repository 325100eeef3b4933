"""Rows into a table by one plain statement, for logs that grow with each record: no instance is made of any of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """``rows``: one value for each of the columns, as the model has them. Nothing fills in defaults, and nobody is told
    what numbers the rows got. IntegrityError as from ``bulk_create``."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608  no input
    prepare = [field.get_db_prep_save for field in fields]
    values = [[ready(value, connection) for ready, value in zip(prepare, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
