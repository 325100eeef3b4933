"""A picture of a table's numbers: plain frozen values, drawn by the renderers. The table stands beside it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ChartKind(StrEnum):
    COLUMNS = "columns"  # one upright bar an item, such as months
    BARS = "bars"  # one lying bar an item, or two where there are two series
    BRIDGE = "bridge"  # sums, and between them what is taken away or added
    TILES = "tiles"  # one square a city, where it lies


@dataclass(frozen=True)
class Bar:
    """One item. ``values`` has one number a series; None where it is unknown, which is drawn as such, never as 0.

    Of a bridge, ``is_sum`` bars stand on the ground; the others hang from the one before. ``cell`` is the row and
    column of a tile, from 0.
    """

    label: str
    values: tuple[int | Decimal | None, ...]
    is_sum: bool = False
    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class Chart:
    """``title`` says in words what is seen; ``series`` names the values of each bar, with their unit."""

    kind: ChartKind
    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
