"""Everything that points to one record points to another: planned first, so that it can be shown and explained."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext_lazy as _

from organizations.merging.relations import label, relations, rules
from organizations.merging.rows import values_of
from yixin.locks import Write, columns_of, keeps
from yixin.written import rows_written

BATCH = 500
BOTH_HAVE = _(
    "Both have a record of the same kind (%(whole)s), each with its own %(parts)s: bring those together first."
)


@dataclass(frozen=True)
class Twice:
    """A record that is dropped, the one that stays, and the columns in which it says something else."""

    gone: Model
    stays: Model
    differing: tuple[str, ...]


class Moved:
    """The records of one table that will point, by one column, to another record; already so in memory."""

    def __init__(self, column: ForeignKey):
        self.column, self.records, self.before = column, [], {}

    def add(self, record: Model, before: Mapping[str, object]) -> None:
        self.records.append(record)
        self.before[record.pk] = before

    def told(self) -> dict[str, object]:
        name = self.column.attname
        rows = [[record.pk, self.before[record.pk][name], getattr(record, name)] for record in self.records]
        return {"model": self.column.model._meta.label_lower, "column": name, "rows": rows}


class Move:
    """What becomes of everything that points to a record, with all that hangs on it.

    Where a rule lets no two records be the same, and the kept one has such a record, the other is dropped, and what
    points to that goes to its equal. Parts that stand there as well must be the same: else ``final`` says why nothing
    can be moved. A fixed number of queries, whatever the number of records.
    """

    def __init__(self, dropped: Iterable[list[Model]] = (), *, locks: bool):
        """``dropped``: records, by table, that go whatever they point to. ``locks``: whether records are locked, as
        they must be before they are written, and need not be for a look."""
        self.locks = locks
        self.moved: list[Moved] = []
        self.dropped: list[list[Model]] = []  # of one table each, parts before what they are part of
        self.twice: list[Twice] = []
        self.final: list[str] = []
        self._out: set[tuple[type[Model], int]] = set()
        for records in filter(None, dropped):
            self._drop(records)

    def absorb(self, model: type[Model], into: Mapping[int, int], is_part: bool = False) -> "Move":
        """``into``: the ids of records that go, each with that of the one which takes its place."""
        for column in relations(model):
            self._bring(column, into, is_part and label(model))
        return self

    def _bring(self, column: ForeignKey, into: Mapping[int, int], whole: str | bool) -> None:
        records = self._pointing(column, into)
        equals = self._equals(column, records, into) if records else {}
        self._compare(column, [record for record in records if record.pk in equals], equals, whole)
        moved = Moved(column)
        for record in records:
            if record.pk not in equals:
                before = columns_of(record)
                setattr(record, column.attname, into[before[column.attname]])
                moved.add(record, before)
        if moved.records:
            self.moved.append(moved)
        if equals:
            self.absorb(column.model, {gone: stays.pk for gone, stays in equals.items()}, is_part=True)
            self._drop([record for record in records if record.pk in equals])

    def _compare(self, column: ForeignKey, gone: list[Model], equals: Mapping[int, Model], whole: str | bool) -> None:
        found = [Twice(record, equals[record.pk], differing(column, record, equals[record.pk])) for record in gone]
        self.twice += found
        if whole and any(twice.differing for twice in found):
            self.final.append(BOTH_HAVE % {"whole": whole, "parts": label(column.model)})

    def _pointing(self, column: ForeignKey, keys: Collection[int]) -> list[Model]:
        """All but those that are dropped already."""
        records = column.model._base_manager.filter(**{f"{column.attname}__in": list(keys)}).order_by("pk")
        records = records.select_for_update() if self.locks else records
        return [record for record in records if (column.model, record.pk) not in self._out]

    def _equals(self, column: ForeignKey, records: list[Model], into: Mapping[int, int]) -> dict[int, Model]:
        """Of each record that cannot move, by its id: the one that stands there already."""
        equals: dict[int, Model] = {}
        broken = rules(column.model, column)
        there = self._pointing(column, set(into.values())) if broken else []
        for rule in broken:
            place = rule.columns.index(column.attname)
            taken = {key: record for record, key in rule.keys(there)}
            for record, key in rule.keys(records):
                wanted = (*key[:place], into[key[place]], *key[place + 1 :])
                if taken.setdefault(wanted, record) is not record:
                    equals.setdefault(record.pk, taken[wanted])
        return {key: _last(equals, record) for key, record in equals.items()}

    def _drop(self, records: list[Model]) -> None:
        self.dropped.append(records)
        self._out |= {(type(record), record.pk) for record in records}

    # What it comes to

    def writes(self) -> Iterator[Write]:
        """Those that a published year may have to do with."""
        for moved in self.moved:
            if keeps(moved.column.model):
                yield from (Write(record, moved.before[record.pk]) for record in moved.records)
        for records in self.dropped:
            yield from (Write(record) for record in records if keeps(type(record)))

    def counts(self) -> list[tuple[type[Model], int]]:
        return [(moved.column.model, len(moved.records)) for moved in self.moved]

    def dropped_counts(self) -> list[tuple[type[Model], int]]:
        return [(type(records[0]), len(records)) for records in self.dropped]

    def log(self) -> dict[str, list]:
        """As ``Merger`` keeps it."""
        dropped = [
            {"model": type(records[0])._meta.label_lower, "rows": [values_of(record) for record in records]}
            for records in self.dropped
        ]
        return {"moved": [moved.told() for moved in self.moved], "dropped": dropped}

    def carry_out(self) -> None:
        """Parts leave a record before it goes, so that nothing goes with it."""
        for moved in self.moved:
            point(moved.column, moved.records)
        for records in self.dropped:
            type(records[0])._base_manager.filter(pk__in=[record.pk for record in records]).delete()


def point(column: ForeignKey, records: list[Model]) -> None:
    """Store where the records point by the column. One query for every 500."""
    column.model._base_manager.bulk_update(records, [column.name], batch_size=BATCH)
    rows_written.send(column.model, records=records)


def _last(equals: Mapping[int, Model], record: Model) -> Model:
    """Whoever stands there in the end, where an equal has an equal itself."""
    while record.pk in equals:
        record = equals[record.pk]
    return record


def differing(column: ForeignKey, gone: Model, stays: Model) -> tuple[str, ...]:
    """The columns in which the one that goes says something, and something else."""
    mine, others = values_of(gone), values_of(stays)
    told = (field.attname for field in gone._meta.concrete_fields if not (field.primary_key or field == column))
    return tuple(name for name in told if mine[name] not in (None, "") and mine[name] != others[name])
