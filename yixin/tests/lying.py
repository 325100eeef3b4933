"""Records of every model that lies in a city, made by the path by which it lies there."""

from django.apps import apps
from django.db.models import CharField, Model, TextField

from yixin.access.territories import NOTHING, TERRITORIES, WHOLE, is_many, paths
from yixin.tests.registry import EITHER_OR, make

IN_A_CITY = [apps.get_model(label) for label, ways in TERRITORIES.items() if ways not in (WHOLE, NOTHING)]


def lying_in(model: type[Model], code: str | None, *, canary: str = "") -> Model:
    """A record whose place has that code; None: no place at all. ``canary`` stands in each of its texts."""
    path = paths(model)[0]
    if is_many(model, path):
        record = make(model)
        first, _, rest = path.partition("__")
        relation = model._meta.get_field(first)
        middle, _, _ = rest.partition("__")
        owner = lying_in(relation.related_model._meta.get_field(middle).related_model, code, canary=canary)
        make(relation.related_model, **{relation.field.name: record, middle: owner})
    else:
        record = make(model, **_place(model, path, code, canary))
    if canary:
        _mark(record, canary)
    return record


def place(code: str) -> Model:
    """The division of the reference data that had this code in 2014."""
    return apps.get_model("organizations.region").objects.in_use(2014).get(code=code)


def _place(model: type[Model], path: str, code: str | None, canary: str) -> dict:
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)
    if not rest:
        return {first: place(code) if code else None}
    if code is None and field.null and model._meta.label_lower not in EITHER_OR:
        return {first: None}
    return {first: lying_in(field.related_model, code, canary=canary)}


def _mark(record: Model, canary: str) -> None:
    """Every free text of one line or more."""
    texts = [f for f in record._meta.concrete_fields if isinstance(f, CharField | TextField) and f.editable]
    texts = [f for f in texts if not f.choices and (f.max_length or 99) >= 30 and not hasattr(f, "source")]
    for field in texts:
        if field.name in ("name", "title", "purpose", "summary", "need", "caption", "remark", "address", "outcome"):
            setattr(record, field.name, f"{canary}{record.pk}")
    record.save()
