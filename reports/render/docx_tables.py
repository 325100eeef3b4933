"""Tables in Word: columns as wide as what stands in them, a head that repeats, rows that stay in one piece."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.table import CT_Tbl

from reports.render.docx_package import filled
from reports.table import Kind, Row, Table
from reports.templatetags.cells import cell, totals
from yixin.intake.writing import width as text_width

PORTRAIT, LANDSCAPE = 8844, 13776  # twips between the margins
PADDING = 190  # twips, beside the text of a cell
NORMAL, SMALL, TINY = 21, 18, 15  # half points
COLUMNS_IN_NORMAL = 6  # with more, a smaller letter reads better than words broken in two
NUMBERS = (Kind.NUMBER, Kind.MONEY)
# Halves of a Chinese character: what a column of text may be narrowed to, and what any asks for.
NARROWEST = {Kind.TEXT: 12, Kind.DATE: 16}
LEAST_WANTED = 7
WIDEST_TEXT, LONGEST_WORD = 80, 18
MEETINGS = re.compile(r"[!-~](?=[\u3400-\u9fff])|[\u3400-\u9fff](?=[!-~])")
ROWS_TOGETHER = 10  # a table of so many rows stays on one page
LINES_TOGETHER = 25  # a row of more lines may break: it might not fit on any page
HEAD_FILL, TOTAL_FILL = "E7E6E6", "F2F2F2"


@dataclass(frozen=True)
class Layout:
    """``widths`` of the columns in twips, the size of the letters in half points, and whether the page lies."""

    widths: tuple[int, ...]
    half_points: int
    is_landscape: bool = False

    @property
    def width(self) -> int:
        return sum(self.widths)


@dataclass(frozen=True)
class Cell:
    text: str
    width: int
    is_number: bool = False
    is_unknown: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the Word table. ``keeps_next`` ties it to the row below."""

    cells: tuple[Cell, ...]
    is_head: bool = False
    is_total: bool = False
    is_counted: bool = True
    is_whole: bool = True
    keeps_next: bool = False
    fill: str = ""


def word_table(table: Table, layout: Layout) -> CT_Tbl:
    """The element to be put into the text. Time grows with the cells, not with their square."""
    context = {"title": table.title, "layout": layout, "lines": list(lines(table, layout))}
    return parse_xml(filled("table", context))


def lines(table: Table, layout: Layout) -> Iterator[Line]:
    """Head, rows and total. The last row stays with the total, and a small table in one piece."""
    together = len(table.rows) <= ROWS_TOGETHER
    yield Line(made(table.labels, table, layout), is_head=True, fill=HEAD_FILL)
    for number, row in enumerate(table.rows, start=1):
        cells = made([cell(value) for value in row.cells], table, layout, row)
        is_last = number == len(table.rows)
        keeps = table.has_total if is_last else together
        yield Line(cells, is_counted=row.counted, is_whole=lines_in(cells, layout) < LINES_TOGETHER, keeps_next=keeps)
    if table.has_total:
        yield Line(made([total.text for total in totals(table)], table, layout), is_total=True, fill=TOTAL_FILL)


def made(texts: Sequence[str], table: Table, layout: Layout, row: Row | None = None) -> tuple[Cell, ...]:
    values = row.cells if row else table.labels
    columns = zip(texts, values, table.kinds, layout.widths, strict=True)
    return tuple(Cell(text, width, kind in NUMBERS, value is None) for text, value, kind, width in columns)


def lines_in(cells: Sequence[Cell], layout: Layout) -> int:
    """How many lines the fullest cell takes."""
    half = layout.half_points * 5
    return max(measured(cell.text) * half // max(cell.width - PADDING, half) + 1 for cell in cells)


def layout_of(table: Table) -> Layout:
    """The first that fits: letters of 10.5 points, of 9, of 9 across a lying page; else everything in proportion."""
    wanted, least = measures(table)
    attempts = [(PORTRAIT, SMALL), (LANDSCAPE, SMALL)]
    if len(table.labels) <= COLUMNS_IN_NORMAL:
        attempts.insert(0, (PORTRAIT, NORMAL))
    for available, half_points in attempts:
        smallest = [twips(width, half_points) for width in least]
        if sum(smallest) <= available:
            natural = [twips(width, half_points) for width in wanted]
            return Layout(shared(natural, smallest, available, table.kinds), half_points, available == LANDSCAPE)
    smallest = [twips(width, TINY) for width in least]
    return Layout(tuple(width * LANDSCAPE // sum(smallest) for width in smallest), TINY, is_landscape=True)


def twips(width: int, half_points: int) -> int:
    """Of so many halves of a Chinese character, which is as wide as it is high."""
    return width * half_points * 5 + PADDING


def measures(table: Table) -> tuple[list[int], list[int]]:
    """What each column wants, and what it can do with."""
    wanted, least = [], []
    sums = [total.text for total in totals(table)] if table.has_total else [""] * len(table.labels)
    for column, (label, kind) in enumerate(zip(table.labels, table.kinds, strict=True)):
        texts = [sums[column], *(cell(row.cells[column]) for row in table.rows)]
        natural = min(max(map(measured, texts)), WIDEST_TEXT)
        word = min(max(longest_word(text) for text in [label, *texts]), LONGEST_WORD)
        narrowest = natural if kind in NUMBERS else min(natural, NARROWEST[kind])
        least.append(max(narrowest, word, 4))
        wanted.append(max(natural, measured(label), least[-1], LEAST_WANTED))
    return wanted, least


def measured(text: str) -> int:
    """In halves of a Chinese character, with the gap that Word leaves where Chinese meets Latin or digits."""
    return text_width(text) + (len(MEETINGS.findall(text)) + 1) // 2


def longest_word(text: str) -> int:
    """The length of the longest piece that reads badly if it is broken: Latin letters and digits."""
    return max(map(len, re.findall(r"[!-~]+", text)), default=0)


def shared(natural: list[int], smallest: list[int], available: int, kinds: Sequence[Kind]) -> tuple[int, ...]:
    """Widths that fill the page: room to spare goes to the texts, what is lacking comes from those that can give.

    A small table of measures stays small, so that the eye finds from the name to its number.
    """
    spare = available - sum(natural)
    if spare < 0:
        slack = sum(natural) - sum(smallest)
        pairs = zip(natural, smallest, strict=True)
        return tuple(least + (want - least) * (available - sum(smallest)) // slack for want, least in pairs)
    if Kind.DATE not in kinds and sum(natural) * 2 < available:
        return tuple(width * 8 // 5 for width in natural)
    takes = [width if kind is Kind.TEXT else 0 for width, kind in zip(natural, kinds, strict=True)]
    if not any(takes):
        takes = natural
    return tuple(width + spare * share // sum(takes) for width, share in zip(natural, takes, strict=True))
