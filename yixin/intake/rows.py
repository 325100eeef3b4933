"""From the lines of a table to cleaned rows: every cell read by its column, totals checked and left out."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.numerals import compact
from yixin.text import clean_text, excerpt

from .columns import Column
from .plan import Plan, Row
from .sheets import Cell, CellError, Line, Table

DITTO = {"同上", "同前", "〃", "″", '"', "''", "“", "”"}
TOTAL_WORD = re.compile(
    r"(?:本页|本表|全年|年度|以上)?(?P<kind>小计|合计|总计|共计|总数|总和|累计|合共|total|sum|subtotal|grandtotal)"
    r"(?:人数|人次|金额|家数)?[:：]?(?:共?[0-9,.]+(?:个?人次?|家|次|场|元|万元|名|行)?)?"
)
NOTE = re.compile(r"(?:注|备注|说明|填表|制表|审核|统计|复核|盖章|※|\*).*|[^0-9].*[:：].*", re.DOTALL)
COUNTED_WORD = re.compile(r"(?:总?共|合计|总计)[:：]?[0-9,.]+(?:个?人次?|家|次|场|元|万元|名|行)")


def read_rows(resource, table: Table, plan: Plan) -> None:
    """Fills ``plan.rows`` and ``plan.findings``. No query."""
    names = [name for name in resource.columns if name in table.columns and not resource.columns[name].readonly]
    before: dict[str, Cell] = {}
    totals = Totals(resource, names)
    for line in table.lines:
        cells = {name: table.cell(line, name) for name in names}
        if is_total(line, table, cells, resource.columns):
            totals.check(line, cells, plan)
            continue
        if is_note(cells):
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


def as_merged(row: Row, name: str, cell: Cell, plan: Plan) -> None:
    """Nothing: the number of a merged cell is that of its first row alone."""
    if cell is not None:
        plan.warn(row, name, _("The cell is merged with the one above; its number is counted once, there."))


def read_cell(resource, row: Row, name: str, cell: Cell, plan: Plan) -> None:
    column: Column = resource.columns[name]
    row.values[name] = None
    try:
        row.values[name] = column.clean({name: cell}, year=resource.year())
    except ValidationError as error:
        if column.is_soft:
            plan.warn(row, name, _("“%(text)s” is not known here and is left out.") % {"text": excerpt(str(cell))})
        else:
            plan.error(row, name, " ".join(error.messages))
        return
    if column.needs_value and row.values[name] is None:
        plan.error(row, name, _("This must not be empty."))


def as_above(cell: Cell, above: Cell) -> Cell:
    """What 同上 stands for."""
    return above if isinstance(cell, str) and above is not None and clean_text(cell) in DITTO else cell


def is_total(line: Line, table: Table, cells: dict[str, Cell], columns: dict[str, Column]) -> bool:
    """Whether the line only adds up others: nothing in it but total words and numbers that are totalled.

    An event called 合计培训 has a date, and so is none.
    """
    words, numbers = [], 0
    for name, cell in cells.items():
        if cell is None or not clean_text(str(cell)):
            continue
        if columns[name].is_totalled:
            numbers += 1
        else:
            words.append(cell)
    told = [word for word in words if isinstance(word, str)]
    if len(told) < len(words):
        return False
    if not words:
        return bool(numbers) and all(cell is None or columns[name].is_totalled for name, cell in cells.items())
    return all(is_total_word(word) for word in told)


def is_note(cells: dict[str, Cell]) -> bool:
    """Whether the line is a remark below the table: one cell, that begins or reads like 填表人：…, and nothing else."""
    filled = [cell for cell in cells.values() if cell is not None and clean_text(str(cell))]
    return not filled or (len(filled) == 1 and isinstance(filled[0], str) and bool(NOTE.fullmatch(filled[0].strip())))


def is_total_word(text: str) -> bool:
    word = compact(text).replace(" ", "")
    return bool(TOTAL_WORD.fullmatch(word) or COUNTED_WORD.fullmatch(word))


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
                said = amount(column.clean({name: cells[name]}))
            except ValidationError:
                said = None
            sums = {self._sum(name, rows) for rows in (self.all, self.section)}
            if said is not None and said not in sums:
                plan.warn(Row(line.number, {}), name, self._sentence(name, said))
        self.section = []

    def _sum(self, name: str, rows: list[Row]):
        return sum(amount(row.values[name]) or 0 for row in rows)

    def _sentence(self, name: str, said) -> str:
        told = {"said": f"{said:,}", "sum": f"{self._sum(name, self.all):,}", "rows": len(self.all)}
        return _("The sheet's total is %(said)s, but its %(rows)s rows add up to %(sum)s. Check both.") % told


def amount(value):
    """The number of a head-count or an amount; None if unknown."""
    return getattr(value, "number", value)
