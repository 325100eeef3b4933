"""Measured workloads, each against the usual way in the same run: ``manage.py benchmark``."""

from .measuring import Comparison
from .tables_in import import_events, paste_roster

WORKLOADS = {"import": import_events, "roster": paste_roster}

__all__ = ["WORKLOADS", "Comparison"]
