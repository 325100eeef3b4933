"""The newest published year in a few numbers, as its own public form says them: nothing here is live."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from reports.contents import LANGUAGE
from reports.cut_tables import CITIES, SURVEYS
from reports.grant_tables import GRANTS
from reports.models import Edition
from reports.snapshot import from_json
from reports.summary import SUMMARY
from reports.table import Table, Value

# The measures by their names in the table, and the table that tells more of each.
MEASURES = (
    (gettext_noop("Events"), SUMMARY.code),
    (gettext_noop("Events listed one by one"), SUMMARY.code),
    (gettext_noop("Person-times"), SUMMARY.code),
    (gettext_noop("Organisations that took part"), SUMMARY.code),
    (gettext_noop("Organisations visited"), SURVEYS.code),
    (gettext_noop("Prefecture cities"), CITIES.code),
    (gettext_noop("Grants committed (yuan)"), GRANTS.code),
)


@dataclass(frozen=True)
class Figure:
    """One number of the year; ``address`` is the table of the report in which it is explained."""

    label: str
    value: Value
    address: str


@dataclass(frozen=True)
class Glance:
    year: int
    title: str
    edition: Edition
    figures: tuple[Figure, ...]


def glance(edition: Edition | None) -> Glance | None:
    """Of an edition with its report. None where nothing was published."""
    if edition is None:
        return None
    document, year = edition.public_snapshot.get("document", {}), edition.report.year
    tables = {table["code"]: table for table in document.get("tables", ())}
    found = _measures(from_json(tables[SUMMARY.code])) if SUMMARY.code in tables else {}
    page = reverse("reports:report-detail", args=[year])
    figures = [
        Figure(_(label), found[label], f"{page}#{code}" if code in tables else page)
        for label, code in MEASURES
        if found.get(label) is not None
    ]
    return Glance(year, document.get("title", ""), edition, tuple(figures))


def _measures(summary: Table) -> dict[str, Value]:
    """The table's numbers by the measure's name in the source, whatever language the table is in."""
    with override(LANGUAGE):
        names = {_(label): label for label, _code in MEASURES}
    return {names[row.cells[0]]: row.cells[1] for row in summary.rows if row.cells[0] in names}
