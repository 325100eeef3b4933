"""A section as it will read, with what its writer should know about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Organization
from reports.catalogue import specs
from reports.checks.hints import hints
from reports.checks.reading import Reading
from reports.document import Block
from reports.drafts import Draft
from reports.figures import Figures
from reports.measures import Book
from reports.models import AnnualReport, Section
from reports.prose import LONGEST, PLACEHOLDER, blocks, complaints
from reports.table import Table, build
from yixin.text import clean_lines, excerpt

NAMED_AT_MOST = 6  # of last year's sentences, and of hints
LONGEST_QUOTE = 60  # characters
TOO_LONG = gettext_lazy("The text has %(count)s characters; a section holds %(most)s. Make several sections of it.")


@dataclass(frozen=True)
class Preview:
    """``table`` is None where none was chosen, or where ``lost_table`` names one that is no longer there.

    ``last_years`` are sentences with last year's numbers, ``hints`` tell of numbers that a figure could supply.
    """

    heading: str
    blocks: tuple[Block, ...]
    table: Table | None = None
    lost_table: str = ""
    complaints: tuple[str, ...] = ()
    last_years: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def preview(section: Section, *, draft: Draft, book: Book, earlier: set[str]) -> Preview:
    """Of a section as it is being written; it need not be stored. ``earlier`` are last year's lines."""
    length = len(section.prose.replace("\r\n", "\n"))
    if length > LONGEST:
        return Preview(section.heading, (), complaints=(too_long(length),))
    section.prose, figures = clean_lines(section.prose), book.figures
    spec = next((spec for spec in specs(figures) if spec.code == section.table), None)
    last_years = [excerpt(line, LONGEST_QUOTE) for line in carried_over(section.prose, earlier)]
    found = hints(Reading(replace(draft, sections=(section,)), figures)) if section.prose else []
    return Preview(
        heading=section.heading,
        blocks=blocks(section.prose, book),
        table=build(spec, figures) if spec else None,
        lost_table=section.table if section.table and spec is None else "",
        complaints=tuple(complaints(section.prose, book)),
        last_years=tuple(last_years[:NAMED_AT_MOST]),
        hints=tuple(map(str, found[:NAMED_AT_MOST])),
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
