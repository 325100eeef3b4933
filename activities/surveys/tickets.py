"""What the visits of a survey cost, by their tickets. Plain values; no query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from activities.choices import VisitStatus
from activities.models import Expense


@dataclass(frozen=True)
class Sum:
    """Tickets that belong together."""

    label: str
    tickets: Sequence[Expense]

    @property
    def amount(self) -> Decimal:
        return sum((ticket.amount for ticket in self.tickets), Decimal(0)).quantize(Decimal("0.01"))

    @property
    def without_photo(self) -> int:
        return sum(not ticket.receipt for ticket in self.tickets)


class Tickets:
    """``tickets``: those of the survey, with visit and its organisation, and with funding and funder."""

    def __init__(self, tickets: Sequence[Expense]):
        self.tickets = list(tickets)

    @property
    def total(self) -> Sum:
        return Sum(str(_("The whole round")), self.tickets)

    @property
    def by_status(self) -> list[Sum]:
        """By what came of the visit."""
        grouped = defaultdict(list)
        for ticket in self.tickets:
            grouped[ticket.visit.status].append(ticket)
        return [Sum(str(label), grouped[status]) for status, label in VisitStatus.choices if grouped[status]]

    @property
    def by_funder(self) -> list[Sum]:
        """By who pays, the largest sum first; those of which nobody wrote it last."""
        grouped = defaultdict(list)
        for ticket in self.tickets:
            grouped[ticket.funding and ticket.funding.funder].append(ticket)
        sums = [Sum(str(funder), found) for funder, found in grouped.items() if funder]
        sums.sort(key=lambda found: (-found.amount, found.label))
        unpaid = [Sum(str(_("not recorded who pays")), grouped[None])] if grouped[None] else []
        return sums + unpaid

    @property
    def without_photo(self) -> list[Expense]:
        return [ticket for ticket in self.tickets if not ticket.receipt]
