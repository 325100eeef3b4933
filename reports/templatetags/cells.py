"""Tables on a page: each value as its reader writes it, in the active language."""

from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reports.table import Kind, Row, Table, Value
from yixin.quantities import HeadCount

register = template.Library()


@dataclass(frozen=True)
class Cell:
    """``names_row``: the first text of a row, by which it is known and linked."""

    text: str
    look: str = ""
    names_row: bool = False


@register.filter
def cell(value: Value) -> str:
    """1,462 · 53,100.00 · 约1,200 · a date or text as it was written · 不详 where nothing is known."""
    if value is None:
        return _("unknown")
    if isinstance(value, Decimal):
        return number_format(value, decimal_pos=2, force_grouping=True)
    if isinstance(value, float):
        return number_format(value, decimal_pos=1, force_grouping=True)
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    if isinstance(value, HeadCount):
        number = number_format(value.number, force_grouping=True)
        return _("about %(number)s") % {"number": number} if value.is_estimated else number
    return str(value)


@register.filter
def look(kind: Kind, value: Value = "") -> str:
    """The style classes of a cell of that kind."""
    return " ".join([kind.value, *(["number"] if kind is Kind.MONEY else []), *(["unknown"] if value is None else [])])


@register.filter
def head(table: Table) -> list[Cell]:
    return [Cell(label, look(kind)) for label, kind in zip(table.labels, table.kinds, strict=True)]


@register.filter
def cells(row: Row, table: Table) -> list[Cell]:
    name = next((number for number, kind in enumerate(table.kinds) if kind is Kind.TEXT), 0)
    values = zip(row.cells, table.kinds, strict=True)
    return [Cell(cell(value), look(kind, value), number == name) for number, (value, kind) in enumerate(values)]


@register.filter
def totals(table: Table) -> list[Cell]:
    """The last line: its label first, a sum under each column that has one."""
    values = zip(table.totals, table.kinds, table.totalled, strict=True)
    sums = [Cell(cell(value), look(kind, value)) if summed else Cell("") for value, kind, summed in values]
    return [Cell(_("Total"), names_row=True), *sums[1:]]
