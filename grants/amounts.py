"""Yuan as people read them."""

from decimal import Decimal

from django.utils.formats import number_format

from yixin.quantities import CENT


def written(amount: Decimal) -> str:
    """7,000 · 7,000.50"""
    return number_format(amount, decimal_pos=0 if amount == int(amount) else 2, force_grouping=True)


def exact(sum_of_rows: Decimal | None) -> Decimal:
    """Yuan and cents, zero for no rows: SQLite adds up in binary fractions."""
    return (sum_of_rows or Decimal(0)).quantize(CENT)
