"""What points to a record, in every app, without knowing any: asked of the models themselves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import ForeignKey, ManyToManyField, Model, Q, UniqueConstraint
from django.utils.text import capfirst


def relations(model: type[Model]) -> list[ForeignKey]:
    """Every column by which a record points to one of the model; links of many to many by their tables between.

    Tables that are made out of others (``is_derived``) are left to those who make them.
    """
    found = (relation for relation in model._meta.get_fields(include_hidden=True) if relation.auto_created)
    columns = [relation.field for relation in found if relation.one_to_many or relation.one_to_one]
    return [column for column in columns if not getattr(column.model, "is_derived", False)]


def label(model: type[Model]) -> str:
    """What such records are called; a link of many to many by both its ends."""
    link = link_behind(model)
    if link is None:
        return str(capfirst(model._meta.verbose_name_plural))
    return f"{capfirst(link.model._meta.verbose_name)} · {link.verbose_name}"


def link_behind(model: type[Model]) -> ManyToManyField | None:
    """The link of many to many of which a table keeps the pairs; None for a table of its own."""
    owner = model._meta.auto_created
    links = owner._meta.local_many_to_many if owner else ()
    return next((link for link in links if link.remote_field.through is model), None)


def told(numbers: Iterable[tuple[type[Model], int]]) -> str:
    """How many records of each kind: 走访 2、联系人 1."""
    sums: dict[type[Model], int] = defaultdict(int)
    for model, number in numbers:
        sums[model] += number
    return "、".join(f"{label(model)} {number}" for model, number in sums.items() if number)


@dataclass(frozen=True)
class Rule:
    """Columns of which no two records, or no two that meet the condition, hold the same."""

    columns: tuple[str, ...]
    condition: Q | None = None
    counts_nothing: bool = False  # whether two that hold nothing are the same as well

    def keys(self, records: Iterable[Model]) -> Iterator[tuple[Model, tuple]]:
        """The records to which it applies, with what no other may hold. One query where there is a condition."""
        records = list(records)
        for record in self._meeting(records):
            key = tuple(getattr(record, column) for column in self.columns)
            if self.counts_nothing or None not in key:
                yield record, key

    def _meeting(self, records: list[Model]) -> list[Model]:
        if self.condition is None or not records:
            return records
        stored = type(records[0])._base_manager.filter(self.condition, pk__in=[record.pk for record in records])
        keys = set(stored.values_list("pk", flat=True))
        return [record for record in records if record.pk in keys]


def rules(model: type[Model], column: ForeignKey | None = None) -> list[Rule]:
    """The unique rules of a table by columns; with ``column`` only those of which it is a part."""
    names = {field.name: field.attname for field in model._meta.concrete_fields}
    sets = [((field.name,), None, False) for field in model._meta.concrete_fields if field.unique]
    sets += [(together, None, False) for together in model._meta.unique_together]
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and rule.fields:
            sets.append((rule.fields, rule.condition, rule.nulls_distinct is False))
    found = [(fields, *rest) for fields, *rest in sets if fields != (model._meta.pk.name,)]
    return [
        Rule(tuple(names[name] for name in fields), *rest)
        for fields, *rest in found
        if column is None or column.name in fields
    ]
