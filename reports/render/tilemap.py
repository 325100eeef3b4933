"""A schematic map: one square a city where about it lies, darker the larger its number. No boundaries are drawn."""

from decimal import ROUND_CEILING, Decimal

from reports.chart import Bar, Chart
from reports.render.drawing import SIZE, SMALL, Drawing, Pen
from reports.render.lettering import number, places, width, wrap

SIDE, APART, A_ROW = 72, 5, 4
SHADES = 4
LARGE = 17  # of a number that its square holds
BOLD = 1.15  # so much wider than plain letters


def tiles(chart: Chart) -> Drawing:
    """Squares by their cells; items without a cell, such as what lies outside, stand in rows below the map."""
    pen, step = Pen(), shade_step(chart)
    decimals = places(bar.values[0] for bar in chart.bars)
    cells = _cells(chart)
    wide = max(A_ROW, *(column + 1 for _row, column in cells)) * (SIDE + APART) - APART
    top = pen.key([("", chart.series[0])], 0, wide)
    for bar, (row, column) in zip(chart.bars, cells, strict=True):
        _tile(pen, bar, (column * (SIDE + APART) + 0.5, top + row * (SIDE + APART) + 0.5), step, decimals)
    bottom = top + (max(row for row, _column in cells) + 1) * (SIDE + APART) + 6
    return pen.drawing(wide + 1, pen.key(_key(chart, step), bottom, wide))


def _cells(chart: Chart) -> list[tuple[int, int]]:
    first = max((bar.cell[0] + 1 for bar in chart.bars if bar.cell), default=0)
    below = iter(range(len(chart.bars)))
    return [bar.cell or (first + (place := next(below)) // A_ROW, place % A_ROW) for bar in chart.bars]


def _tile(pen: Pen, bar: Bar, corner: tuple[float, float], step: int, decimals: int) -> None:
    (x, y), value = corner, bar.values[0]
    look = _look(value, step)
    pen.rect(x, y, SIDE, SIDE, f"tile {look}")
    label = wrap(bar.label, SMALL, SIDE - 6)
    pen.lettering(x + SIDE / 2, y + 23, label, size=SMALL, anchor="middle", look=f"on {look}")
    text = number(value, decimals)
    size = next((size for size in (LARGE, SIZE) if BOLD * width(text, size) <= SIDE - 4), SMALL)
    pen.text(x + SIDE / 2, y + 51, text, size=size, anchor="middle", look=f"on {look} number")


def shade_step(chart: Chart) -> int:
    """Width of one shade: 1, 2 or 5 with noughts, so that four of them hold the largest number."""
    largest = max((bar.values[0] or 0 for bar in chart.bars), default=0)
    noughts = 0
    while 5 * 10**noughts * SHADES < largest:
        noughts += 1
    return next(step for factor in (1, 2, 5) if (step := factor * 10**noughts) * SHADES >= largest)


def _shade(value: int | Decimal, step: int) -> int:
    return int((Decimal(value) / step).to_integral_value(ROUND_CEILING))


def _look(value: int | Decimal | None, step: int) -> str:
    if value is None:
        return "unknown"
    return f"shade-{_shade(value, step)}" if value > 0 else "zero"


def _key(chart: Chart, step: int) -> list[tuple[str, str]]:
    """What the shades mean, as far as the map has them or one that is darker."""
    values = [bar.values[0] for bar in chart.bars]
    known = [value for value in values if value is not None]
    darkest = _shade(max(known), step) if known and max(known) > 0 else 0
    return [
        *([("unknown", number(None))] if None in values else []),
        *([("zero", "0")] if any(value <= 0 for value in known) else []),
        *((f"shade-{shade}", f"≤ {number(shade * step)}") for shade in range(1, darkest + 1)),
    ]
