"""A stored record as plain values that JSON holds exactly, and back."""

from collections.abc import Mapping

from django.db.models import Field, JSONField, Model

PLAIN = (str, int, float, bool, type(None))


def values_of(record: Model) -> dict[str, object]:
    """Every stored column by its attname."""
    return {field.attname: value_of(field, record) for field in record._meta.concrete_fields}


def value_of(field: Field, record: Model) -> object:
    """To the microsecond, and to the last decimal: Django's own encoder cuts times at the millisecond."""
    value = field.value_from_object(record)
    return value if isinstance(field, JSONField) or isinstance(value, PLAIN) else field.value_to_string(record)


def read_values(model: type[Model], values: Mapping[str, object]) -> dict[str, object]:
    """The values as the columns hold them. Names of columns that are no more are left out."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    return {name: read_value(columns[name], value) for name, value in values.items() if name in columns}


def read_value(field: Field, value: object) -> object:
    kind = field.target_field if field.is_relation else field
    return value if isinstance(kind, JSONField) else kind.to_python(value)


def record_of(model: type[Model], values: Mapping[str, object]) -> Model:
    """Not stored."""
    return model(**read_values(model, values))
