"""From the lines of a table to cleaned rows: every cell read by its column, totals checked and left out."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.numerals import compact
from yixin.text import clean_text, excerpt

from .columns import Column
from .plan import Plan, Row
from .readers import FuzzyDate
from .reading.refusals import has_too_many_rows
from .sheets import MAX_ROWS, Cell, CellError, Line, Table
from .totals import is_count, is_note, is_partial_total_word, is_total_word

DITTO = {"同上", "同前", "〃", "″", '"', "''", "“", "”"}
YEAR = re.compile("[0-9]{4,5}|[〇零一二三四五六七八九]{4}")  # of five digits: Excel's number of a day


def read_rows(resource, table: Table, plan: Plan) -> None:
    """Fills ``plan.rows`` and ``plan.findings``. No query."""
    names = [name for name in resource.columns if name in table.columns and not resource.columns[name].readonly]
    before: dict[str, Cell] = {}
    totals = Totals(resource, names)
    known = {*table.columns.values(), *table.extras.values()}
    needed = {name for name, column in resource.columns.items() if column.needs_value}
    for line in table.lines:
        cells = {name: table.cell(line, name) for name in names}
        filled = own_cells(line, table, cells)
        if is_total(filled, labels(line, known), resource.columns):
            totals.check(line, cells, plan)
            continue
        if is_note(filled.values(), names_a_row=needed <= filled.keys()):
            plan.warn(Row(line.number, {}), None, _("This line was taken for a note and left out."))
            continue
        row = Row(line.number, {})
        for name in names:
            cells[name] = as_above(cells[name], before.get(name))
            if table.columns[name] in line.merged and resource.columns[name].widget.is_number:
                cells[name] = as_merged(row, name, cells[name], plan)
            read_cell(resource, row, name, cells[name], plan)
        before = {name: cells[name] if cells[name] is not None else before.get(name) for name in names}
        plan.rows.append(row)
        totals.add(row)
    if not plan.rows:
        plan.warn(None, None, _("There are no rows below the head."))
    if len(plan.rows) > MAX_ROWS:
        plan.refuse_all(" ".join(has_too_many_rows(table.sheet).messages))
    tell_year(resource, table, plan)


def as_merged(row: Row, name: str, cell: Cell, plan: Plan) -> None:
    """Nothing: the number of a merged cell is that of its first row alone."""
    if cell is not None:
        plan.warn(row, name, _("The cell is merged with the one above; its number is counted once, there."))


def read_cell(resource, row: Row, name: str, cell: Cell, plan: Plan) -> None:
    column: Column = resource.columns[name]
    row.values[name] = None
    try:
        row.values[name] = column.widget.clean(cell, year=resource.year())
    except ValidationError as error:
        if column.is_soft:
            plan.warn(row, name, _("“%(text)s” is not known here and is left out.") % {"text": excerpt(str(cell))})
        else:
            plan.error(row, name, " ".join(error.messages))
        return
    if column.needs_value and row.values[name] is None:
        plan.error(row, name, _("This must not be empty."))


def tell_year(resource, table: Table, plan: Plan) -> None:
    """A note where dates took their year from the lines above the table: nobody chose it."""
    if resource.options.year or resource.year_named is None:
        return
    dates = [name for name in table.columns if isinstance(resource.columns[name].widget, FuzzyDate)]
    lines = {line.number: line for line in table.lines}
    read = ((name, row) for row in plan.rows for name in dates if row.values.get(name))
    if any(lacks_year(table.cell(lines[row.number], name)) for name, row in read):
        plan.notes.append(_("Dates without a year are read as of %(year)s.") % {"year": resource.year_named})


def lacks_year(cell: Cell) -> bool:
    return isinstance(cell, str) and clean_text(cell) not in DITTO and not YEAR.search(compact(cell))


def as_above(cell: Cell, above: Cell) -> Cell:
    """What 同上 stands for."""
    return above if isinstance(cell, str) and above is not None and clean_text(cell) in DITTO else cell


def is_total(filled: dict[str, Cell], beside: list[Cell], columns: dict[str, Column]) -> bool:
    """Whether the line only adds up others: nothing in it but total words, and the numbers that stand beside them.

    ``filled`` is as `own_cells` gives it, ``beside`` as `labels` does. An event called 合计培训 has a date: it is none.
    """
    others = [cell for name, cell in filled.items() if not columns[name].is_totalled]
    if any(is_total_word(cell) for cell in (*others, *beside)):
        return all(is_total_word(cell) or is_partial_total_word(cell) or is_count(cell) for cell in others)
    is_counted = len(others) < len(filled)
    if not others:
        return is_counted
    return is_counted and len(others) == 1 and is_partial_total_word(others[0])


def labels(line: Line, known: set[int]) -> list[Cell]:
    """What is left of columns that this table does not know: total words, such as 合计 under 序号."""
    return [cell for place, cell in enumerate(line.cells) if place not in known and cell is not None]


def own_cells(line: Line, table: Table, cells: dict[str, Cell]) -> dict[str, Cell]:
    """The cells that are filled, each merged one once."""
    filled = {
        n: cell for n, cell in cells.items() if cell is not None and (not isinstance(cell, str) or clean_text(cell))
    }
    return {name: cell for name, cell in filled.items() if not is_spanned(line, table.columns[name])}


def is_spanned(line: Line, place: int) -> bool:
    """Whether the cell is the right part of one that is merged across columns."""
    return place in line.merged and place > 0 and line.cells[place] == line.cells[place - 1]


class Totals:
    """The sums of the totalled columns as the rows come by, against what the sheet's own total rows say."""

    def __init__(self, resource, names: list[str]):
        self.columns = {name: resource.columns[name] for name in names if resource.columns[name].is_totalled}
        self.all: list[Row] = []
        self.section: list[Row] = []

    def add(self, row: Row) -> None:
        self.all.append(row)
        self.section.append(row)

    def check(self, line: Line, cells: dict[str, Cell], plan: Plan) -> None:
        """A total that no way of adding up gives is a warning at its cell."""
        for name, column in self.columns.items():
            if isinstance(cells[name], CellError):
                plan.error(Row(line.number, {}), name, cells[name].message)
                continue
            try:
                said = amount(column.widget.clean(cells[name]))
            except ValidationError:
                said = None
            sums = {self._sum(name, rows) for rows in (self.all, self.section)}
            if said is not None and said not in sums:
                plan.warn(Row(line.number, {}), name, self._sentence(_WRONG, name, said))
            elif said is not None and said == self._sum(name, self.all):
                plan.checked.append(str(self._sentence(_RIGHT, name, said)))
        self.section = []

    def _sum(self, name: str, rows: list[Row]):
        return sum(amount(row.values[name]) or 0 for row in rows)

    def _sentence(self, sentence: str, name: str, said) -> str:
        summed = self._sum(name, self.all)
        return sentence % {"said": f"{said:,}", "sum": f"{summed:,}", "rows": len(self.all), "column": name}


_WRONG = _("The sheet's total is %(said)s, but its %(rows)s rows add up to %(sum)s. Check both.")
_RIGHT = _("The sheet's total of “%(column)s”, %(said)s, is what its %(rows)s rows add up to.")


def amount(value):
    """The number of a head-count or an amount; None if unknown."""
    return getattr(value, "number", value)
