"""Charts as Word draws them itself: the numbers in the picture, and in a workbook behind it for “edit data”."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from reports.chart import Chart, ChartKind
from reports.render.docx_package import filled, language, stable
from reports.templatetags.cells import cell
from yixin.intake.writing import book_in

SHEET = "Sheet1"
GREYS = ("404040", "BFBFBF", "808080", "FFFFFF")
PALE = "D9D9D9"
LONGEST_LABEL = 24  # characters; the table has the whole name
WIDTH = 5_500_000  # EMU (360,000 a centimetre), as of the heights
UPRIGHT, BRIDGE, A_BAR, AROUND, LEGEND, HIGHEST = 2_340_000, 2_520_000, 250_000, 400_000, 300_000, 7_200_000
DAY = datetime(1980, 1, 1)  # the workbook's; that of the report stands in the report

Number = int | Decimal | None


@dataclass(frozen=True)
class Series:
    """One colour of bars, and where its numbers stand in the workbook. Without ``fill`` nothing is drawn."""

    name: str
    values: tuple[Number, ...]
    fill: str
    column: int

    @property
    def name_cell(self) -> str:
        return f"{SHEET}!{xl_rowcol_to_cell(0, self.column, row_abs=True, col_abs=True)}"

    @property
    def value_cells(self) -> str:
        return f"{SHEET}!{xl_range_abs(1, self.column, len(self.values), self.column)}"

    @property
    def number_format(self) -> str:
        has_cents = any(value is not None and value % 1 for value in self.values)
        return "#,##0.00" if has_cents else "#,##0"


@dataclass(frozen=True)
class Plot:
    """What is drawn: categories along the axis and a value of each series for each of them."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_lying: bool = False
    is_stacked: bool = False

    @property
    def category_cells(self) -> str:
        return f"{SHEET}!{xl_range_abs(1, 0, len(self.categories), 0)}"

    @property
    def has_legend(self) -> bool:
        return len(self.series) > 1 and not self.is_stacked

    @property
    def goes_below_zero(self) -> bool:
        return any(value is not None and value < 0 for series in self.series for value in series.values)

    @property
    def gap(self) -> int:
        """Between the bars, in hundredths of a bar: few bars are not as wide as the page."""
        return 60 if self.is_lying else min(max(600 // len(self.categories) - 50, 50), 500)

    @property
    def height(self) -> int:
        if self.is_stacked:
            return BRIDGE
        bars = A_BAR * len(self.categories) * (len(self.series) + 1) if self.is_lying else UPRIGHT
        return min(AROUND * self.is_lying + bars + LEGEND * self.has_legend, HIGHEST)


def add_chart(package: OpcPackage, chart: Chart, number: int) -> tuple[Part, Plot]:
    """The part that Word draws, put into the package with the workbook behind it."""
    plot = plot_of(chart)
    xml = serialize_part_xml(parse_xml(filled("chart", {"plot": plot, "language": language()})))
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, xml, package)
    book = PackURI(f"/word/embeddings/chart{number}.xlsx")
    part.relate_to(Part(book, CONTENT_TYPE.SML_SHEET, workbook(plot), package), RELATIONSHIP_TYPE.PACKAGE)
    return part, plot


def workbook(plot: Plot) -> bytes:
    """Categories down, series across; what is unknown stays an empty cell: text would be drawn as 0."""
    stream = BytesIO()
    with book_in(stream) as book:
        book.set_properties({"created": DAY})
        sheet = book.add_worksheet(SHEET)
        sheet.write_column(1, 0, plot.categories)
        for series in plot.series:
            sheet.write_string(0, series.column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, series.column, value)
    return stable(stream.getvalue())


def plot_of(chart: Chart) -> Plot:
    if chart.kind is ChartKind.BRIDGE:
        return bridge(chart)
    nothing_known = [all(bar.values[number] is None for bar in chart.bars) for number in range(len(chart.series))]
    fills = GREYS if len(chart.series) == 1 else (PALE, *GREYS)  # what was planned is pale, what was done is dark
    series = tuple(
        Series(
            _("%(name)s (unknown)") % {"name": name} if nothing_known[number] else name,
            tuple(bar.values[number] for bar in chart.bars),
            fills[number % len(fills)],
            number + 1,
        )
        for number, name in enumerate(chart.series)
    )
    labels = tuple(labels_with_unknown(chart, nothing_known))
    return Plot(labels, series, is_lying=chart.kind is ChartKind.BARS)


def labels_with_unknown(chart: Chart, nothing_known: Sequence[bool]) -> Iterator[str]:
    """Each bar's name; below it what is unknown there, for a missing bar looks like none."""
    is_alone = len(chart.series) == 1
    for bar in chart.bars:
        missing = [
            cell(None) if is_alone else _("%(name)s (unknown)") % {"name": name}
            for name, value, everywhere in zip(chart.series, bar.values, nothing_known, strict=True)
            if value is None and (is_alone or not everywhere)
        ]
        yield "\n".join([short(bar.label), *missing])


def bridge(chart: Chart) -> Plot:
    """Sums stand on the ground; what is taken away or added hangs on a bar that nobody sees.

    The number stands with the name: a small step is too thin to carry it.
    """
    ground, sums, less, more = [], [], [], []
    level: int | Decimal = 0
    for bar in chart.bars:
        value = bar.values[0]
        known = value or 0
        below = level
        level = known if bar.is_sum and value is not None else level + known * (not bar.is_sum)
        ground.append(None if bar.is_sum else min(below, level))
        sums.append(value if bar.is_sum else None)
        less.append(-known if not bar.is_sum and known < 0 else None)
        more.append(known if not bar.is_sum and known > 0 else None)
    columns = [
        (pgettext("bridge", "starts at"), ground, ""),
        (chart.series[0], sums, GREYS[0]),
        (pgettext("bridge", "taken away"), less, GREYS[1]),
        (pgettext("bridge", "added"), more, GREYS[3]),
    ]
    series = tuple(Series(name, tuple(values), fill, n) for n, (name, values, fill) in enumerate(columns, start=1))
    return Plot(tuple(f"{short(bar.label)}\n{cell(bar.values[0])}" for bar in chart.bars), series, is_stacked=True)


def short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
