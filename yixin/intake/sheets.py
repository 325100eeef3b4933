"""Tables as they were handed in: sheets of lines of cells, before anybody has understood them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

MAX_ROWS = 5_000
MAX_COLUMNS = 200


@dataclass(frozen=True)
class CellError:
    """What stands in a cell that failed: #REF!, a formula that was never calculated, a date that is none."""

    text: str  # as the sheet shows it
    message: str  # a sentence: what it is, what to do next

    def __str__(self) -> str:
        return self.text


Cell = str | int | float | Decimal | bool | date | CellError | None  # a datetime is a date


@dataclass(frozen=True)
class Line:
    """One line that is not blank. A merged cell stands in all the cells that it covers."""

    number: int  # as the sheet counts, from 1
    cells: tuple[Cell, ...]
    merged: frozenset[int] = frozenset()  # places (from 0) whose value stands in another cell really
    is_hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; a CSV file or a pasted text is one sheet without a name."""

    name: str
    lines: tuple[Line, ...]
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()  # places, from 0


@dataclass(frozen=True)
class Finding:
    """One thing that somebody should know, with the place in the sheet. ``row`` None: the whole file."""

    row: int | None
    column: str | None
    message: str
    is_error: bool = True


@dataclass
class Table:
    """One table found in a sheet: which column stands where, and the lines that hold its rows."""

    sheet: str
    titles: tuple[Line, ...]  # the lines above the head
    columns: dict[str, int]  # name of the column (Column.column_name) → place, from 0
    lines: tuple[Line, ...]  # below the head: neither blank lines nor repeated heads; totals still among them
    ignored: tuple[str, ...] = ()  # heads that this table does not know
    findings: list[Finding] = field(default_factory=list)
    extras: dict[str, int] = field(default_factory=dict)  # heads that no column has, but that are wanted all the same

    def cell(self, line: Line, column: str) -> Cell:
        """The cell of a named column; None where the line is too short or the column is missing."""
        place = self.columns.get(column)
        return line.cells[place] if place is not None and place < len(line.cells) else None
