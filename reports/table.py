"""How a table is declared and what it is once made. Knows neither the database nor any file format.

A ``Spec`` says how to make a table; ``build`` makes it; a ``Table`` is plain frozen values that every
renderer formats. Totals and notes are computed here, once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reports.chart import Chart
from yixin.fuzzydate import FuzzyDate
from yixin.quantities import HeadCount, known_sum

NAMED_AT_MOST = 5  # rows that a note names before it says "and n more"


class Kind(StrEnum):
    """What a column holds; a renderer aligns and formats by it."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"


# One cell: text, a count, a median, yuan, a date, a head-count as it was written, or None where nothing is known.
Value = str | int | float | Decimal | FuzzyDate | HeadCount | None


@dataclass(frozen=True)
class Column:
    """``value`` is an attribute's dotted name or a function of one record; a totalled column gets a sum, and a note on
    what the sum lacks, unless the table says that itself."""

    label: str
    value: str | Callable[[object], Value]
    kind: Kind = Kind.TEXT
    totalled: bool = False
    noted: bool = True

    def read(self, record: object) -> Value:
        value = attrgetter(self.value)(record) if isinstance(self.value, str) else self.value(record)
        return str(value) if isinstance(value, Promise) else value


def nothing(*_args) -> list:
    return []


def no_chart(*_args) -> None:
    return None


@dataclass(frozen=True)
class Spec:
    """How to make one table.

    ``records`` gives the rows of a scope, ``columns`` may depend on it too. A record that is not
    ``counted`` stays in the table and out of the total. ``notes`` says under the table what a reader
    must know; ``key`` is the record's name in the database, such as activities.event:12; ``chart`` draws the
    finished table, or gives None where there is nothing to see. One that is not ``is_public`` is for staff only.
    """

    code: str
    title: str
    columns: Sequence[Column] | Callable[[object], Sequence[Column]]
    records: Callable[[object], Iterable]
    counted: Callable[[object], bool] = lambda record: True
    notes: Callable[[object, list], list[str]] = nothing
    key: Callable[[object], str] | None = None
    chart: Callable[["Table", object], Chart | None] = no_chart
    is_public: bool = True


@dataclass(frozen=True)
class Row:
    cells: tuple[Value, ...]
    counted: bool = True
    key: str = ""


@dataclass(frozen=True)
class Table:
    """One finished table. ``totals`` has one value a column, None under columns that have no total."""

    code: str
    title: str
    labels: tuple[str, ...]
    kinds: tuple[Kind, ...]
    totalled: tuple[bool, ...]
    rows: tuple[Row, ...]
    totals: tuple[Value, ...]
    notes: tuple[str, ...]
    chart: Chart | None = None

    @property
    def has_total(self) -> bool:
        return any(self.totalled)


def build(spec: Spec, scope: object) -> Table:
    """The table of a scope, in the active language. Reads the records once."""
    columns = spec.columns(scope) if callable(spec.columns) else spec.columns
    records = list(spec.records(scope))
    rows = tuple(_row(spec, columns, record) for record in records)
    totals = tuple(_total(column, number, rows) for number, column in enumerate(columns))
    unknown = [note for number, column in enumerate(columns) if (note := _unknown(column, number, rows))]
    table = Table(
        code=spec.code,
        title=str(spec.title),
        labels=tuple(str(column.label) for column in columns),
        kinds=tuple(column.kind for column in columns),
        totalled=tuple(column.totalled for column in columns),
        rows=rows,
        totals=totals,
        notes=tuple(map(str, [*unknown, *spec.notes(scope, records)])),
    )
    return replace(table, chart=spec.chart(table, scope))


def _row(spec: Spec, columns: Sequence[Column], record: object) -> Row:
    cells = tuple(column.read(record) for column in columns)
    return Row(cells=cells, counted=spec.counted(record), key=spec.key(record) if spec.key else "")


def number_of(value: Value) -> int | float | Decimal | None:
    """What the value adds to a sum; None if it adds nothing."""
    return value.number if isinstance(value, HeadCount) else value


def _total(column: Column, number: int, rows: Sequence[Row]) -> Value:
    """The sum over counted rows with a known value; None if no value is known in any of them."""
    if not column.totalled:
        return None
    counted = (number_of(row.cells[number]) for row in rows if row.counted)
    return known_sum(counted, Decimal("0.00") if column.kind is Kind.MONEY else 0)


def _unknown(column: Column, number: int, rows: Sequence[Row]) -> str:
    """A sentence that names the rows which add nothing because nobody knows their value."""
    if not (column.totalled and column.noted):
        return ""
    names = [name_of(row) for row in rows if row.counted and row.cells[number] is None]
    if not names:
        return ""
    sentence = ngettext(
        "%(label)s not known in %(count)s row, which adds nothing to the total: %(names)s.",
        "%(label)s not known in %(count)s rows, which add nothing to the total: %(names)s.",
        len(names),
    )
    return sentence % {"label": column.label, "count": len(names), "names": listed(names)}


def name_of(row: Row) -> str:
    """What the row is about: the text and dates in its first two cells."""
    return " ".join(str(cell) for cell in row.cells[:2] if isinstance(cell, str | FuzzyDate))


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    shown = "；".join(names[:NAMED_AT_MOST])
    more = len(names) - NAMED_AT_MOST
    return shown if more <= 0 else shown + str(_(" and %(count)s more")) % {"count": more}
