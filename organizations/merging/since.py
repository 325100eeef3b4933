"""What became of the records of a merge since it was made: which can go back, and which cannot."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import ForeignKey, Model

from organizations.merging.relations import rules
from organizations.merging.rows import read_value, record_of, values_of
from organizations.models import Organization
from yixin.locks import Write, columns_of, keeps

Numbers = list[tuple[type[Model], int]]


@dataclass
class Since:
    """How many records of each kind do not go back, by what happened to them."""

    deleted: Numbers = field(default_factory=list)
    elsewhere: Numbers = field(default_factory=list)
    orphaned: Numbers = field(default_factory=list)
    there: Numbers = field(default_factory=list)


class Back:
    """The records that one merge moved by one column, pointing back in memory."""

    def __init__(self, told: Mapping, since: Since):
        model = apps.get_model(told["model"])
        self.column: ForeignKey = next(f for f in model._meta.concrete_fields if f.attname == told["column"])
        self.records: list[Model] = []
        self.before: dict[int, Mapping] = {}
        rows = {pk: (before, after) for pk, before, after in told["rows"]}
        found = model._base_manager.in_bulk(list(rows))
        for pk, record in sorted(found.items()):
            before, after = (read_value(self.column, value) for value in rows[pk])
            if getattr(record, self.column.attname) == after:
                self.before[pk] = columns_of(record)
                setattr(record, self.column.attname, before)
                self.records.append(record)
        since.deleted.append((model, len(rows) - len(found)))
        since.elsewhere.append((model, len(found) - len(self.records)))

    def writes(self) -> Iterator[Write]:
        if keeps(self.column.model):
            yield from (Write(record, self.before[record.pk]) for record in self.records)


def owner_of(snapshot: Mapping) -> Organization | None:
    """The merged organisation as it comes back; None where its region is not on record any more."""
    merged = record_of(Organization, snapshot)
    return merged if _with_their_owners(Organization, [merged], defaultdict(set)) else None


def coming_back(owner: int, dropped: Iterable[Mapping], since: Since) -> list[list[Model]]:
    """The records that a merge dropped, by table; those first to which others belong. A few queries a table.

    ``owner``: the id of the merged organisation, which is there again before them.
    """
    coming: dict[type[Model], set[int]] = defaultdict(set, {Organization: {owner}})
    found = []
    for told in dropped:
        model = apps.get_model(told["model"])
        records = [record_of(model, values) for values in told["rows"]]
        whole = _with_their_owners(model, records, coming)
        again = _not_there(model, whole)
        coming[model] |= {record.pk for record in again}
        since.orphaned.append((model, len(records) - len(whole)))
        since.there.append((model, len(whole) - len(again)))
        found.append(again)
    return [records for records in found if records]


def _with_their_owners(model: type[Model], records: list[Model], coming: Mapping) -> list[Model]:
    """Those of which everything is there that they point to, or comes back as well."""
    for column in (f for f in model._meta.concrete_fields if f.is_relation):
        keys = {getattr(record, column.attname) for record in records} - {None}
        stored = column.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
        there = {None, *stored, *coming[column.related_model]}
        records = [record for record in records if getattr(record, column.attname) in there]
    return records


def _not_there(model: type[Model], records: list[Model]) -> list[Model]:
    """Those that a rule of the table does not find there already. Rules with a condition are left to the database."""
    for rule in rules(model):
        if rule.condition is None and records:
            lookups = {f"{name}__in": {getattr(record, name) for record in records} for name in rule.columns}
            taken = {key for _record, key in rule.keys(model._base_manager.filter(**lookups))}
            twice = {record.pk for record, key in rule.keys(records) if key in taken}
            records = [record for record in records if record.pk not in twice]
    return records


def still_as_made(made: Iterable[Mapping]) -> tuple[list[Model], list[Model]]:
    """Of the records that a merge made: those that are as it made them, and those that were edited."""
    same, edited = [], []
    for told in made:
        model = apps.get_model(told["model"])
        values = {row[model._meta.pk.attname]: row for row in told["rows"]}
        for pk, record in model._base_manager.in_bulk(list(values)).items():
            (same if values_of(record) == values[pk] else edited).append(record)
    return same, edited
