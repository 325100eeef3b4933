"""The tables of the yearly report, each one declaration. A new table is one more entry of ``CATALOGUE``."""

from collections.abc import Callable

from reports.cut_tables import CITIES, GATHERINGS, MONTHS, SURVEYS, YEARS
from reports.event_tables import event_tables
from reports.figures import Figures
from reports.grant_tables import FUNDERS, GRANTS, STATUSES
from reports.summary import AREAS, BRIDGE, SUMMARY
from reports.table import Spec, Table, build

# In the order of the page and of the workbook's sheets.
CATALOGUE: list[Spec | Callable[[Figures], list[Spec]]] = [
    SUMMARY,
    BRIDGE,
    AREAS,
    event_tables,
    GRANTS,
    FUNDERS,
    STATUSES,
    SURVEYS,
    CITIES,
    MONTHS,
    GATHERINGS,
    YEARS,
]


def specs(figures: Figures) -> list[Spec]:
    """Those of the year; where the public reads, only what is for everybody."""
    found = [spec for entry in CATALOGUE for spec in ([entry] if isinstance(entry, Spec) else entry(figures))]
    return [spec for spec in found if spec.is_public or not figures.is_public]


def tables(figures: Figures) -> list[Table]:
    """All tables of the year, in the active language. The number of queries does not grow with the rows."""
    return [build(spec, figures) for spec in specs(figures)]
