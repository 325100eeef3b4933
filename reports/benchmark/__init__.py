"""Measured workloads, each against the usual way in the same run: ``manage.py benchmark``."""

from collections.abc import Callable
from dataclasses import dataclass

from .directory import directory_search
from .measuring import Comparison
from .staff_lists import staff_lists
from .tables_in import import_events, paste_roster
from .tables_out import export_events
from .year_page import year_page


@dataclass(frozen=True)
class Workload:
    """``measured``: takes the number of rows and whether the usual way is asked, too. ``sizes``: 1×, 10× and 100×."""

    measured: Callable[[int, bool], list[Comparison]]
    rows: int
    sizes: tuple[int, int, int]


WORKLOADS = {
    "import": Workload(import_events, 1_000, (50, 500, 5_000)),
    "roster": Workload(paste_roster, 400, (40, 400, 4_000)),
    "report": Workload(year_page, 100_000, (10_000, 100_000, 1_000_000)),
    "search": Workload(directory_search, 100_000, (1_000, 10_000, 100_000)),
    "export": Workload(export_events, 10_000, (1_000, 10_000, 100_000)),
    "list": Workload(staff_lists, 100_000, (1_000, 10_000, 100_000)),
}

__all__ = ["WORKLOADS", "Comparison", "Workload"]
