"""The map of cities in Word: a table of squares, the darker the more, with the number always in it."""

from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.table import CT_Tbl

from reports.chart import Bar, Chart
from reports.render.docx_package import filled
from reports.render.docx_tables import PORTRAIT
from reports.templatetags.cells import cell

SIDE, HEIGHT = 1134, 680  # twips, of one square
EDGES = ("top", "left", "bottom", "right")
# Paper and ink from none to most: black on all but the darkest, so that copies stay legible.
NONE = ("FFFFFF", "000000")
STEPS = (("EDEDED", "000000"), ("D0D0D0", "000000"), ("A6A6A6", "000000"), ("4D4D4D", "FFFFFF"))


@dataclass(frozen=True)
class Tile:
    texts: tuple[str, ...]
    fill: str
    ink: str
    is_unknown: bool = False


def word_tiles(chart: Chart) -> CT_Tbl:
    """The element to be put into the text."""
    rows = grid(chart)
    side = min(SIDE, PORTRAIT // len(rows[0]))
    context = {
        "title": chart.title,
        "rows": rows,
        "side": side,
        "width": side * len(rows[0]),
        "height": HEIGHT,
        "edges": EDGES,
    }
    return parse_xml(filled("tiles", context))


def grid(chart: Chart) -> list[list[Tile | None]]:
    """Rows of equal length; None where no city lies. Cities that have no place of their own follow below."""
    placed = {bar.cell: bar for bar in reversed(chart.bars) if bar.cell is not None}
    others = [bar for bar in chart.bars if placed.get(bar.cell) is not bar]
    columns = max((column + 1 for _, column in placed), default=min(len(others), 4))
    last = max((row + 1 for row, _ in placed), default=0)
    places = {(last + number // columns, number % columns): bar for number, bar in enumerate(others)} | placed
    most = max((bar.values[0] or 0 for bar in chart.bars), default=0)
    tiles = {place: tile(bar, most) for place, bar in places.items()}
    rows = max(row + 1 for row, _ in tiles)
    return [[tiles.get((row, column)) for column in range(columns)] for row in range(rows)]


def tile(bar: Bar, most: int) -> Tile:
    value = bar.values[0]
    fill, ink = shade(value or 0, most)
    return Tile((bar.label, cell(value)), fill, ink, is_unknown=value is None)


def shade(value: int, most: int) -> tuple[str, str]:
    """White for none; else one of four steps, the darkest for the most."""
    if value <= 0:
        return NONE
    return STEPS[min(int(value * len(STEPS) / most + 0.9999), len(STEPS)) - 1]
