"""The staff's site for what happened. Imported in the order in which its first page lists them."""

from . import events, rosters, engagements, surveys, records, areas  # noqa: F401, I001
