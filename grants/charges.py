"""What else is paid out of a funding. Apps above this one know of it: each registers its sources."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Charge:
    """What one source charges one funding with: yuan, of so many records."""

    amount: Decimal
    records: int


@dataclass(frozen=True)
class Source:
    """One kind of records, each with an amount, that are paid from fundings.

    ``charges(fundings)`` gives the sums by id of the funding, without those that have none: one query, whatever the
    number. ``address(funding)`` is the list of these records in the staff's site.
    """

    label: str
    charges: Callable[[Collection[int]], dict[int, Charge]]
    address: Callable[[int], str]


SOURCES: list[Source] = []


def register(*sources: Source) -> None:
    SOURCES.extend(sources)
