"""Received, granted, paid and free, of each funding. What is not known is counted, never taken for nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, F, Sum, Value, When
from django.utils.translation import gettext as _

from grants.amounts import exact, written
from grants.charges import SOURCES, Charge, Source
from grants.choices import COMMITTED, PaymentKind
from grants.models import Grant, Payment, Remittance


@dataclass(frozen=True)
class Granted:
    """Committed grants: yuan of those whose amount is known, and of how many it is not."""

    amount: Decimal = Decimal(0)
    grants: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Balance:
    """One funding in yuan. ``received``: None where no money is on record as arrived.

    ``uncommitted``: paid, less what came back, on grants that are withdrawn, declined or only applied for.
    """

    received: Decimal | None
    granted: Granted
    paid: Decimal
    returned: Decimal
    uncommitted: Decimal
    charges: tuple[tuple[Source, Charge], ...]

    @property
    def charged(self) -> Decimal:
        return sum((charge.amount for _source, charge in self.charges), Decimal(0))

    @property
    def free(self) -> Decimal | None:
        """None where nothing received is on record. Grants of unknown amount are not in it."""
        if self.received is None:
            return None
        return self.received - self.granted.amount - self.charged - self.uncommitted

    @property
    def why_negative(self) -> str:
        """ "" unless more is spoken for than came."""
        if self.free is None or self.free >= 0:
            return ""
        too_much, besides = self.granted.amount - self.received, self.charged + self.uncommitted
        told = {"amount": written(too_much), "besides": written(besides), "all": written(-self.free)}
        if too_much > 0 and besides > 0:
            return (
                _("The grants come to %(amount)s yuan more than was received, and %(besides)s yuan are spent besides.")
                % told
            )
        if too_much > 0:
            return _("The grants come to %(amount)s yuan more than was received.") % told
        return _("Grants and expenses together come to %(all)s yuan more than was received.") % told


def balances(fundings: Collection[int]) -> dict[int, Balance]:
    """By id of the funding. Three queries, and one for each source of charges, whatever the number."""
    received = _received(fundings)
    granted = _granted(fundings)
    payments = _payments(fundings)
    charges = [(source, source.charges(fundings)) for source in SOURCES]
    found = {}
    for key in fundings:
        paid, returned, uncommitted = payments[key]
        of_it = tuple((source, by_funding.get(key, Charge(Decimal(0), 0))) for source, by_funding in charges)
        found[key] = Balance(received.get(key), granted.get(key, Granted()), paid, returned, uncommitted, of_it)
    return found


def _received(fundings: Collection[int]) -> dict[int, Decimal]:
    rows = Remittance.objects.filter(funding__in=fundings).order_by().values("funding").annotate(sum=Sum("amount"))
    return {row["funding"]: exact(row["sum"]) for row in rows}


def _granted(fundings: Collection[int]) -> dict[int, Granted]:
    rows = Grant.objects.committed().filter(funding__in=fundings).order_by().values("funding")
    rows = rows.annotate(sum=Sum("awarded_amount"), grants=Count("pk"), known=Count("awarded_amount"))
    return {row["funding"]: Granted(exact(row["sum"]), row["grants"], row["grants"] - row["known"]) for row in rows}


def _payments(fundings: Collection[int]) -> dict[int, tuple[Decimal, Decimal, Decimal]]:
    """Paid, returned, and paid less returned on grants that are not committed."""
    is_committed = Case(When(grant__status__in=COMMITTED, then=Value(True)), default=Value(False))
    rows = Payment.objects.filter(grant__funding__in=fundings).order_by().annotate(is_committed=is_committed)
    rows = rows.values("kind", "is_committed", funding=F("grant__funding")).annotate(sum=Sum("amount"))
    found = defaultdict(lambda: (Decimal(0), Decimal(0), Decimal(0)))
    for row in rows:
        paid, returned, uncommitted = found[row["funding"]]
        amount = exact(row["sum"])
        if row["kind"] == PaymentKind.INSTALMENT:
            paid, net = paid + amount, amount
        else:
            returned, net = returned + amount, -amount
        found[row["funding"]] = paid, returned, uncommitted + (0 if row["is_committed"] else net)
    return found


def beyond(grants: Iterable[Grant], received: Decimal | None) -> list[Grant]:
    """Those of the committed grants, in their order, by which the sum grows past what was received."""
    total, found = Decimal(0), []
    for grant in grants:
        if grant.is_committed and grant.awarded_amount:
            total += grant.awarded_amount
            if received is not None and total > received:
                found.append(grant)
    return found
