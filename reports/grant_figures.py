"""What was promised, paid and given back. Yuan as Decimal with two decimals; None is unknown, not zero."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from grants.choices import GrantStatus, PaymentKind
from grants.models import Grant, Payment
from reports.scope import Scope
from yixin.quantities import known_sum

NOTHING = Decimal("0.00")


def as_text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


@dataclass(frozen=True)
class Sums:
    """The money of some grants. ``paid`` and ``returned`` are None where no payment is on record."""

    committed: Decimal | None
    paid: Decimal | None
    returned: Decimal | None

    @property
    def still_to_pay(self) -> Decimal | None:
        if self.committed is None or self.paid is None:
            return None
        return self.committed - self.paid

    def as_json(self) -> dict[str, str | None]:
        names = ("committed", "paid", "returned", "still_to_pay")
        return {name: as_text(getattr(self, name)) for name in names}


class GrantFigures:
    """The grants of one scope: two queries."""

    def __init__(self, scope: Scope):
        self.scope = scope

    @cached_property
    def rows(self) -> list[Grant]:
        return list(self.scope.grants().in_report_order())

    @cached_property
    def payments(self) -> list[Payment]:
        return list(Payment.objects.filter(grant__in=self.scope.grants()))

    @cached_property
    def total(self) -> Sums:
        return self._sums(self.rows)

    @cached_property
    def committed(self) -> list[Grant]:
        return [grant for grant in self.rows if grant.is_committed]

    @cached_property
    def withdrawn(self) -> list[Grant]:
        return [grant for grant in self.rows if grant.status == GrantStatus.WITHDRAWN]

    @cached_property
    def by_funder(self) -> dict[str, Sums]:
        """By the funder's name; the empty name holds grants of which no funder is on record."""
        groups: dict[str, list[Grant]] = {}
        for grant in self.rows:
            groups.setdefault(grant.funding.funder.name if grant.funding else "", []).append(grant)
        return {name: self._sums(grants) for name, grants in sorted(groups.items())}

    def _sums(self, grants: list[Grant]) -> Sums:
        kept = {grant.pk for grant in grants}
        payments = [payment for payment in self.payments if payment.grant_id in kept]

        def of_kind(kind: PaymentKind) -> Decimal | None:
            return known_sum((p.amount for p in payments if p.kind == kind), NOTHING) if payments else None

        return Sums(
            committed=known_sum((grant.awarded_amount for grant in grants if grant.is_committed), NOTHING),
            paid=of_kind(PaymentKind.INSTALMENT),
            returned=of_kind(PaymentKind.REFUND),
        )

    def as_json(self) -> dict:
        withdrawn = known_sum((grant.awarded_amount for grant in self.withdrawn), NOTHING)
        return self.total.as_json() | {
            "withdrawn_count": len(self.withdrawn),
            "withdrawn_amount": as_text(withdrawn),
            "by_funder": {name: sums.as_json() for name, sums in self.by_funder.items()},
        }
