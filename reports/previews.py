"""A section as it will read, with what its writer should know about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Organization
from reports.catalogue import specs
from reports.document import Block
from reports.figures import Figures
from reports.measures import Book
from reports.models import AnnualReport, Section
from reports.prose import LONGEST, PLACEHOLDER, blocks, complaints
from reports.table import Table, build
from yixin.text import clean_lines, excerpt

NAMED_AT_MOST = 6  # sentences of last year's that a preview quotes
TOO_LONG = gettext_lazy("The text has %(count)s characters; a section holds %(most)s. Make several sections of it.")


@dataclass(frozen=True)
class Preview:
    """``table`` is None where none was chosen, or where ``lost_table`` names one that is no longer there."""

    heading: str
    blocks: tuple[Block, ...]
    table: Table | None = None
    lost_table: str = ""
    complaints: tuple[str, ...] = ()
    last_years: tuple[str, ...] = ()


def preview(*, heading: str, prose: str, table: str, book: Book, earlier: set[str]) -> Preview:
    """``earlier`` are last year's lines. No query of its own but the figures'."""
    length = len(prose.replace("\r\n", "\n"))
    if length > LONGEST:
        return Preview(heading, (), complaints=(too_long(length),))
    prose = clean_lines(prose)
    spec = next((spec for spec in specs(book.figures) if spec.code == table), None)
    return Preview(
        heading=heading,
        blocks=blocks(prose, book),
        table=build(spec, book.figures) if spec else None,
        lost_table=table if table and spec is None else "",
        complaints=tuple(complaints(prose, book)),
        last_years=tuple(excerpt(line, 60) for line in carried_over(prose, earlier)[:NAMED_AT_MOST]),
    )


def too_long(count: int) -> str:
    return _(TOO_LONG) % {"count": f"{count:,}", "most": f"{LONGEST:,}"}


def earlier_lines(year: int, funder: Organization | None) -> set[str]:
    """Every line of the newest earlier report of the same kind. One query."""
    last = AnnualReport.objects.filter(year__lt=year, funder=funder).order_by("-year").values("pk")[:1]
    texts = Section.objects.filter(report__in=Subquery(last)).order_by().values_list("prose", flat=True)
    return {line.strip() for text in texts for line in text.splitlines()}


def carried_over(prose: str, earlier: Iterable[str]) -> list[str]:
    """Lines with a number typed by hand that stand word for word in the earlier report: the number is of that year."""
    lines = [line.strip() for line in prose.splitlines()]
    return [line for line in lines if line in earlier and any(map(str.isdigit, PLACEHOLDER.sub("", line)))]


def tables_to_choose(figures: Figures) -> list[tuple[str, str]]:
    """Code and title of every table of the year, in the order of the catalogue."""
    return [(spec.code, str(spec.title)) for spec in specs(figures)]
