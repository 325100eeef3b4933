"""Measured workloads, each against the usual way in the same run: ``manage.py benchmark``."""

from .directory import directory_search
from .measuring import Comparison
from .staff_lists import staff_lists
from .tables_in import import_events, paste_roster
from .year_page import year_page

WORKLOADS = {
    "import": import_events,
    "roster": paste_roster,
    "report": year_page,
    "search": directory_search,
    "list": staff_lists,
}

__all__ = ["WORKLOADS", "Comparison"]
