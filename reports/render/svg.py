"""Pictures for the page: a ``Chart`` becomes a ``Drawing``. Every mark carries its number; no scale begins above 0.

What is unknown is a dashed outline with a word, never a bar of no length. Shapes differ in lightness or outline, not
in hue alone, so that they can be told apart in grey.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.chart import Bar, Chart, ChartKind
from reports.render import tilemap
from reports.render.drawing import LINE, SIZE, SMALL, WIDTH, Drawing, Pen, names
from reports.render.lettering import number, places, width, wrap

LOOKS = ("pale", "solid")  # of two series: what was planned, then what came of it
LEAST = 2  # units that a bar keeps however small its number
WIDER = 1.08  # a font may be wider than reckoned, and nothing may leave the picture
STUB = 24  # the outline of what is unknown
LABELS_AT_MOST = 144
TALL_AT_MOST = 24  # bars whose labels may take two lines: more must still fit on one sheet of paper
THICK, THIN = 14, 11  # a lying bar alone, and one of two
COLUMN_AT_MOST, SLOT_AT_MOST, PLOT = 40, 64, 130

Value = int | Decimal | None


@dataclass(frozen=True)
class Span:
    """One bar from ``start`` to ``end`` on the scale, and the number beside it."""

    start: int | Decimal
    end: int | Decimal
    look: str
    text: str
    is_known: bool = True

    @property
    def length(self) -> int | Decimal:
        return abs(self.end - self.start)


def drawing(chart: Chart) -> Drawing | None:
    """The picture of a chart, or None of one without items. Of tiles, columns and bridges the first series is drawn.

    Columns too narrow for their labels or numbers lie down.
    """
    if not chart.bars:
        return None
    if chart.kind is ChartKind.TILES:
        return tilemap.tiles(chart)
    if chart.kind is ChartKind.BRIDGE:
        return _lying(chart, _bridge(chart.bars), is_bridge=True)
    if chart.kind is ChartKind.COLUMNS and _fits_upright(chart):
        return _upright(chart)
    return _lying(chart, [_spans(chart, bar) for bar in chart.bars])


def _decimals(chart: Chart) -> int:
    return places(value for bar in chart.bars for value in bar.values)


def _spans(chart: Chart, bar: Bar) -> list[Span]:
    looks = LOOKS if len(chart.series) > 1 else LOOKS[-1:]
    decimals = _decimals(chart)
    return [
        Span(0, value or 0, look, number(value, decimals), value is not None)
        for value, look in zip(bar.values, looks, strict=True)
    ]


def _bridge(bars: Sequence[Bar]) -> list[list[Span]]:
    """Sums from the ground; each step from where the one before ended. An unknown step leads nowhere."""
    decimals = places(bar.values[0] for bar in bars)
    rows, level = [], 0
    for bar in bars:
        value = bar.values[0]
        start = 0 if bar.is_sum and value is not None else level
        end = start + (value or 0)
        look = "solid" if bar.is_sum else "minus" if end < start else "plus"
        rows.append([Span(start, end, look, number(value, decimals, is_signed=not bar.is_sum), value is not None)])
        level = end
    return rows


@dataclass(frozen=True)
class Scale:
    """Places values between ``left`` and ``left + room``; 0 is always among them."""

    low: float
    high: float
    left: float
    room: float

    def at(self, value: float | Decimal) -> float:
        return self.left + (float(value) - self.low) / (self.high - self.low) * self.room


def _scale(rows: Sequence[Sequence[Span]], left: float, room: float) -> Scale:
    ends = [float(end) for row in rows for span in row for end in (span.start, span.end)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    return Scale(low, high if high > low else low + 1, left, room)


def _lying(chart: Chart, rows: Sequence[Sequence[Span]], *, is_bridge: bool = False) -> Drawing:
    pen = Pen()
    room = min(WIDER * max(width(bar.label, SIZE) for bar in chart.bars), LABELS_AT_MOST)
    most = 1 if len(chart.bars) > TALL_AT_MOST else 2
    labels = [wrap(bar.label, SIZE, room, most) for bar in chart.bars]
    numbers = WIDER * max(width(span.text, SIZE) for row in rows for span in row)
    scale = _scale(rows, room + 8, WIDTH - room - 8 - numbers - 6)
    thick = THIN if len(rows[0]) > 1 else THICK
    top = pen.key(names(chart.series[:1] if is_bridge else chart.series, LOOKS), 0, WIDTH) + 2
    y, before = top, None
    for label, row in zip(labels, rows, strict=True):
        height = max(len(label.lines) * SIZE * LINE, len(row) * (thick + 2)) + 7
        pen.lettering(room, y + height / 2, label, anchor="end")
        first = y + height / 2 - len(row) * (thick + 2) / 2 + 1
        for place, span in enumerate(row):
            _bar(pen, scale, span, first + place * (thick + 2), thick)
        if is_bridge:
            if before is not None:
                pen.line((scale.at(before[0]), before[1]), (scale.at(before[0]), first), "link")
            before = (row[0].end, first + thick)
        y += height
    pen.line((scale.at(0), top), (scale.at(0), y), "ground")
    return pen.drawing(WIDTH, y + 2)


def _bar(pen: Pen, scale: Scale, span: Span, y: float, thick: float) -> None:
    start, end = scale.at(span.start), scale.at(span.end)
    right = max(start, end)
    if not span.is_known:
        right = min(start, WIDTH - STUB - width(span.text, SIZE) - 6) + STUB
        pen.rect(right - STUB, y + 0.5, STUB, thick - 1, "unknown")
    elif span.length:
        long = max(abs(end - start), LEAST)
        right = start + long if end > start else start
        pen.rect(right - long, y, long, thick, span.look)
    size = SIZE if thick == THICK else SMALL
    pen.text(right + 5, y + thick / 2, span.text, size=size, look="number" if span.is_known else "muted")


def _slot(chart: Chart) -> float:
    return min(WIDTH / len(chart.bars), SLOT_AT_MOST)


def _fits_upright(chart: Chart) -> bool:
    if len(chart.series) > 1:
        return False
    slot, decimals = _slot(chart), _decimals(chart)
    return all(
        not wrap(bar.label, SMALL, slot - 2).full and width(number(bar.values[0], decimals), SMALL) <= slot
        for bar in chart.bars
    )


def _upright(chart: Chart) -> Drawing:
    pen, slot = Pen(), _slot(chart)
    rows = [_spans(chart, bar) for bar in chart.bars]
    top = pen.key(names(chart.series, LOOKS), 0, WIDTH) + 16
    plot = PLOT if any(span.length for (span,) in rows) else STUB
    ground, wide = top + plot, min(slot * 0.7, COLUMN_AT_MOST)
    scale = _scale(rows, 0, plot)
    labels = [wrap(bar.label, SMALL, slot - 2) for bar in chart.bars]
    lines = max(len(label.lines) for label in labels)
    for place, ((span,), label) in enumerate(zip(rows, labels, strict=True)):
        middle = (place + 0.5) * slot
        high = max(scale.at(span.end), LEAST) if span.length else 0
        if not span.is_known:
            high = STUB
            pen.rect(middle - wide / 2, ground - high, wide, high, "unknown")
        elif high:
            pen.rect(middle - wide / 2, ground - high, wide, high, span.look)
        look = "number" if span.is_known else "muted"
        pen.text(middle, ground - high - 8, span.text, size=SMALL, anchor="middle", look=look)
        below = ground + 11 + (len(label.lines) - 1) * SMALL * LINE / 2
        pen.lettering(middle, below, label, size=SMALL, anchor="middle")
    pen.line((0, ground), (slot * len(rows), ground), "ground")
    return pen.drawing(WIDTH, ground + 6 + lines * SMALL * LINE + 2)
