"""Records that break exactly one constraint, and what the database and the form say to them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import translation


@dataclass(frozen=True)
class Broken:
    """A valid record into which the columns are then written past every form."""

    make: Callable
    columns: dict

    def record(self):
        record = self.make()
        for name, value in self.columns.items():
            setattr(record, name, value)
        return record

    def store(self) -> None:
        record = self.make()
        type(record)._base_manager.filter(pk=record.pk).update(**self.columns)


@dataclass(frozen=True)
class Twice:
    """A second record with the columns of the first, except those named."""

    make: Callable
    columns: dict = field(default_factory=dict)

    def record(self):
        first = self.make()
        columns = {f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields if not f.primary_key}
        return type(first)(**columns | self.columns)

    def store(self) -> None:
        record = self.record()
        type(record)._base_manager.bulk_create([record])


def declared(app: str) -> set[str]:
    """The constraints of the app's models by name, and its unique columns as ``model.column``."""
    return set(constraints(app)) | {
        f"{model._meta.model_name}.{column.name}"
        for model in apps.get_app_config(app).get_models()
        for column in model._meta.concrete_fields
        if column.unique and not column.primary_key
    }


def constraints(app: str) -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def cases(violations: dict[str, list]) -> list:
    """Parameters ``name, violation`` for pytest."""
    return [pytest.param(name, way, id=name) for name, ways in violations.items() for way in ways]


def refusal(store: Callable[[], None]) -> IntegrityError:
    """What the database says; the transaction around stays usable."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        store()
    return caught.value


def broken_rule(error: IntegrityError) -> str:
    """The constraint's name; for a unique one on SQLite ``table.column, …``, for it gives no name."""
    if connection.vendor == "postgresql":
        return error.__cause__.diag.constraint_name
    return str(error).partition("constraint failed: ")[2]


def expected_rule(app: str, name: str) -> str:
    """A pattern for what ``broken_rule`` gives for the constraint or the unique ``model.column``."""
    constraint, on_postgresql = constraints(app).get(name), connection.vendor == "postgresql"
    if isinstance(constraint, models.CheckConstraint) or (constraint and on_postgresql):
        return name
    table, column = owner(app, name)._meta.db_table, name.partition(".")[2]
    if on_postgresql:
        return rf"{table}_{column}(_id)?_(key|[0-9a-z]+_uniq)"
    return ", ".join(f"{table}.{field}(_id)?" for field in (constraint.fields if constraint else [column]))


def owner(app: str, name: str) -> type[models.Model]:
    return next(
        model
        for model in apps.get_app_config(app).get_models()
        if name.partition(".")[0] in {model._meta.model_name, *(c.name for c in model._meta.constraints)}
    )


def sentences(record) -> list[str]:
    """In English, what the form would say of the rules that the record breaks."""
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        record.validate_constraints()
    return caught.value.messages
