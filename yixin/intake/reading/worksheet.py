"""One sheet of a workbook: its cells as values, merged cells filled, hidden rows and columns known."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from yixin.intake.sheets import MAX_COLUMNS, Cell, CellError, Line

from .cells import (
    FAILED,
    LONGEST_CELL,
    MAX_CELLS,
    MAX_LINES,
    MAX_TEXT,
    NOT_CALCULATED,
    NOT_READABLE,
    day_cell,
    iso_cell,
    line_of,
    number_cell,
    text_cell,
)
from .formats import Shown
from .parts import Attributes, TextPart, is_true, number
from .refusals import has_too_many_columns, has_too_many_rows, is_broken, is_too_complicated

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MAX_MERGES = 100_000


@dataclass
class Budget:
    """What all sheets of a workbook may hold together."""

    cells: int = MAX_CELLS
    text: int = MAX_TEXT

    def spend(self, cells: int, text: int = 0) -> None:
        self.cells -= cells
        self.text -= text
        if self.cells < 0 or self.text < 0:
            raise is_too_complicated()


@dataclass
class Context:
    """What the cells of every sheet refer to."""

    strings: list[str | None]
    shown: list[Shown | None]
    is_1904: bool = False
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True)
class Area:
    """A merged area: the places from 0 of its columns, the numbers of its rows, ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Worksheet(TextPart):
    def __init__(self, name: str, context: Context, decoded: Callable[[str], str]):
        super().__init__()
        self.name, self.context, self.decoded = name, context, decoded
        self.hidden_columns: frozenset[int] = frozenset()
        self._rows: dict[int, dict[int, Cell]] = {}
        self._hidden_rows: set[int] = set()
        self._areas: list[Area] = []
        self._merges = self._column_formats = 0
        self._row = self._place = 0
        self._cells: dict[int, Cell] = {}
        self._places: dict[str, int] = {}
        self._new_cell({})

    def lines(self) -> tuple[Line, ...]:
        """The lines that are not blank, in order, with what is merged filled in."""
        merged = self._fill()
        found = []
        for row in sorted(self._rows):
            cells = self._rows[row]
            self.context.budget.spend(max(cells) + 1, sum(len(cell) for cell in cells.values() if type(cell) is str))
            line = line_of(row, [cells.get(place) for place in range(max(cells) + 1)])
            found.append(replace(line, merged=frozenset(merged.get(row, ())), is_hidden=row in self._hidden_rows))
        return tuple(found)

    def start_col(self, attributes: Attributes) -> None:
        self._column_formats += 1
        if self._column_formats > LAST_COLUMN:
            raise is_too_complicated()
        if is_true(attributes.get("hidden")) or attributes.get("width") == "0":
            first, last = number(attributes["min"]), min(number(attributes["max"]), MAX_COLUMNS)
            self.hidden_columns |= frozenset(range(max(first, 1) - 1, last))

    def start_row(self, attributes: Attributes) -> None:
        self._row = number(attributes["r"], LAST_ROW) if "r" in attributes else self._row + 1
        self._place, self._cells = -1, {}
        if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
            self._hidden_rows.add(self._row)

    def end_row(self) -> None:
        if not self._cells:
            self._hidden_rows.discard(self._row)
        elif self._row in self._rows:
            self._rows[self._row] |= self._cells
        else:
            self._rows[self._row] = self._cells
            if len(self._rows) > MAX_LINES:
                raise has_too_many_rows(self.name)

    def start_c(self, attributes: Attributes) -> None:
        self._place = self._place_of(attributes["r"]) if "r" in attributes else self._place + 1
        self._new_cell(attributes)

    def start_v(self, attributes: Attributes) -> None:
        self.keep()

    def end_v(self) -> None:
        self._value = self.kept()

    def start_f(self, attributes: Attributes) -> None:
        self.keep()

    def end_f(self) -> None:
        self._formula = self.kept()

    def end_c(self) -> None:
        if self._value is None and self._formula is None and not self.pieces:
            return
        value = self._cell()
        if value is None:
            return
        if not 0 <= self._place < MAX_COLUMNS:
            raise has_too_many_columns(self._row, self.name)
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            value = CellError(value[:40], NOT_READABLE)
        self._cells[self._place] = value

    def start_mergeCell(self, attributes: Attributes) -> None:
        self._merges += 1
        if self._merges > MAX_MERGES:
            raise is_too_complicated()
        first, _colon, last = attributes["ref"].replace("$", "").partition(":")
        (top, left), (bottom, right) = self._corner(first), self._corner(last or first)
        if left < MAX_COLUMNS and top <= bottom and left <= right:
            self._areas.append(Area(top, left, bottom, min(right, MAX_COLUMNS - 1)))

    def _new_cell(self, attributes: Attributes) -> None:
        self._type, self._style = attributes.get("t", "n"), attributes.get("s")
        self._value: str | None = None
        self._formula: str | None = None
        self.pieces = []

    def _place_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self._places:
            self._places[letters] = _place(letters)
        return self._places[letters]

    def _corner(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip("0123456789")
        return number(reference[len(letters) :], LAST_ROW), _place(letters)

    def _cell(self) -> Cell:
        kind, value = self._type, self._value or ""
        if kind == "s":
            return self.context.strings[number(value.strip())] if value.strip() else None
        if kind in ("str", "inlineStr"):
            return self._text_cell(value)
        if not value.strip():
            return None if self._formula is None else CellError(f"={self._formula}"[:40], NOT_CALCULATED)
        return self._plain(kind, value.strip())

    def _text_cell(self, value: str) -> Cell:
        """The text of a cell; a formula that was never calculated has not even an empty one."""
        if self._type == "str" and self._value is None and self._formula is not None:
            return CellError(f"={self._formula}"[:40], NOT_CALCULATED)
        return text_cell(self.decoded("".join(self.pieces) or value))

    def _plain(self, kind: str, value: str) -> Cell:
        if kind == "b":
            return is_true(value)
        if kind == "e":
            return CellError(value[:40], FAILED)
        if kind == "d":
            return iso_cell(value)
        found = number_cell(value)
        style = number(self._style or "0")
        shown = self.context.shown[style] if style < len(self.context.shown) else None
        if shown and not isinstance(found, CellError):
            return day_cell(found, shown, is_1904=self.context.is_1904)
        return found

    def _fill(self) -> dict[int, set[int]]:
        """Writes each merged value into all the cells it covers in rows that hold something; their places by row."""
        rows = sorted(self._rows)
        merged: dict[int, set[int]] = {}
        for area in self._areas:
            value = self._rows.get(area.top, {}).get(area.left)
            if value is None:
                continue
            covered = rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
            self.context.budget.spend(len(covered) * (area.right - area.left + 1))
            for row in covered:
                self._rows[row] |= dict.fromkeys(range(area.left, area.right + 1), value)
                merged.setdefault(row, set()).update(range(area.left, area.right + 1))
            merged[area.top].discard(area.left)
        return merged


def _place(letters: str) -> int:
    """The place from 0 of a column by its letters."""
    place = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or place > LAST_COLUMN:
            raise is_broken()
        place = place * 26 + ord(letter) - 64
    if not 1 <= place <= LAST_COLUMN:
        raise is_broken()
    return place - 1
