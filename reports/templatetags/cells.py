"""Tables on a page: each value as its reader writes it, in the active language."""

from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.table import Kind, Table, Value
from reports.templatetags.addresses import record_address
from yixin.quantities import HeadCount

register = template.Library()


@dataclass(frozen=True)
class Cell:
    """``names_row``: what the row is known by."""

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
        return grouped(value)
    if isinstance(value, HeadCount):
        number = grouped(value.number)
        return _("about %(number)s") % {"number": number} if value.is_estimated else number
    return str(value)


def grouped(number: int) -> str:
    """1,462."""
    return str(number) if 0 <= number < 1_000 else number_format(number, force_grouping=True)


@register.filter
def look(kind: Kind, value: Value = "") -> str:
    """The style classes of a cell of that kind."""
    return " ".join([kind.value, *(["number"] if kind is Kind.MONEY else []), *(["unknown"] if value is None else [])])


@register.filter
def head(table: Table) -> list[Cell]:
    return [Cell(label, look(kind)) for label, kind in zip(table.labels, table.kinds, strict=True)]


@register.simple_tag
def rows(table: Table) -> SafeString:
    """The table's body. Each row is made here: a hub's year may have some thousand, which templates are slow at."""
    name = next((number for number, kind in enumerate(table.kinds) if kind is Kind.TEXT), 0)
    looks = [(look(kind), look(kind, None)) for kind in table.kinds]
    told = []
    for row in table.rows:
        told.append("<tr>" if row.counted else '<tr class="not-counted">')
        for number, (value, (known, unknown)) in enumerate(zip(row.cells, looks, strict=True)):
            style, text = unknown if value is None else known, escape(cell(value))
            if number == name:
                linked = f'<a href="{escape(record_address(row.key))}">{text}</a>' if row.key else text
                told.append(f'<th scope="row" class="{style}">{linked}</th>')
            else:
                told.append(f'<td class="{style}">{text}</td>')
        told.append("</tr>\n")
    return mark_safe("".join(told))  # noqa: S308  every text and address is escaped above


@register.filter
def totals(table: Table) -> list[Cell]:
    """The last line: its label first, a sum under each column that has one."""
    values = zip(table.totals, table.kinds, table.totalled, strict=True)
    sums = [Cell(cell(value), look(kind, value)) if summed else Cell("") for value, kind, summed in values]
    return [Cell(_("Total"), names_row=True), *sums[1:]]
