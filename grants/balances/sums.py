"""Received, granted, paid and free, of each funding. What is not known is counted, never taken for nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from grants.amounts import exact, written
from grants.charges import SOURCES, Charge, Source
from grants.choices import PaymentKind
from grants.models import Grant, Remittance

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Granted:
    """Grants out of one funding, in yuan.

    ``amount``: awarded by the committed ones whose amount is known; of ``unknown`` of them it is not. ``above``: what
    was paid on a committed one beyond its amount, or without any; ``back``: what came back on a committed one.
    ``uncommitted``: paid, less what came back, on those that are withdrawn, declined or only applied for.
    """

    amount: Decimal = Decimal(0)
    grants: int = 0
    unknown: int = 0
    above: Decimal = Decimal(0)
    back: Decimal = Decimal(0)
    uncommitted: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    returned: Decimal = Decimal(0)


@dataclass(frozen=True)
class Balance:
    """One funding in yuan. ``received``: None where no money is on record as arrived."""

    received: Decimal | None
    granted: Granted
    charges: tuple[tuple[Source, Charge], ...]

    @property
    def charged(self) -> Decimal:
        return sum((charge.amount for _source, charge in self.charges), Decimal(0))

    @property
    def besides(self) -> Decimal:
        """What is spent besides what was granted, less what came back."""
        return self.charged + self.granted.above + self.granted.uncommitted - self.granted.back

    @property
    def free(self) -> Decimal | None:
        """None where nothing received is on record. Of a grant of unknown amount only what was paid is in it."""
        return None if self.received is None else self.received - self.granted.amount - self.besides

    @property
    def why_negative(self) -> str:
        """ "" unless more is spoken for than came."""
        if self.free is None or self.free >= 0:
            return ""
        too_much = self.granted.amount - self.received
        told = {"amount": written(too_much), "besides": written(self.besides), "all": written(-self.free)}
        if too_much > 0 and self.besides > 0:
            return (
                _("The grants come to %(amount)s yuan more than was received, and %(besides)s yuan are spent besides.")
                % told
            )
        if too_much > 0 and self.besides < 0:
            return _("The grants, less what came back, come to %(all)s yuan more than was received.") % told
        if too_much > 0:
            return _("The grants come to %(amount)s yuan more than was received.") % told
        return _("Grants and expenses together come to %(all)s yuan more than was received.") % told


def balances(fundings: Collection[int]) -> dict[int, Balance]:
    """By id of the funding. Two queries, and one for each source of charges, whatever the number."""
    received, granted = _received(fundings), _granted(fundings)
    charges = [(source, source.charges(fundings)) for source in SOURCES]
    found = {}
    for key in fundings:
        of_it = tuple((source, by_funding.get(key, Charge(Decimal(0), 0))) for source, by_funding in charges)
        found[key] = Balance(received.get(key), granted.get(key, Granted()), of_it)
    return found


def _received(fundings: Collection[int]) -> dict[int, Decimal]:
    rows = Remittance.objects.filter(funding__in=fundings).order_by().values("funding").annotate(sum=Sum("amount"))
    return {row["funding"]: exact(row["sum"]) for row in rows}


def _granted(fundings: Collection[int]) -> dict[int, Granted]:
    by_funding: dict[int, list[Grant]] = defaultdict(list)
    for grant in with_payments(Grant.objects.filter(funding__in=fundings).order_by()):
        by_funding[grant.funding_id].append(grant)
    return {funding: _summed(grants) for funding, grants in by_funding.items()}


def with_payments(grants: QuerySet) -> QuerySet:
    """Each with ``paid`` and ``returned``, as the database adds them up: None for no payment."""
    kinds = {"paid": PaymentKind.INSTALMENT, "returned": PaymentKind.REFUND}
    return grants.annotate(**{n: Sum("payments__amount", filter=Q(payments__kind=kind)) for n, kind in kinds.items()})


def _summed(grants: list[Grant]) -> Granted:
    committed = [grant for grant in grants if grant.is_committed]
    return Granted(
        amount=sum((grant.awarded_amount or NOTHING for grant in committed), NOTHING),
        grants=len(committed),
        unknown=sum(grant.awarded_amount is None for grant in committed),
        above=sum(map(above, committed), NOTHING),
        back=sum((exact(grant.returned) for grant in committed), NOTHING),
        uncommitted=sum((exact(g.paid) - exact(g.returned) for g in grants if not g.is_committed), NOTHING),
        paid=sum((exact(grant.paid) for grant in grants), NOTHING),
        returned=sum((exact(grant.returned) for grant in grants), NOTHING),
    )


def above(grant: Grant) -> Decimal:
    """What was paid beyond what was granted; all of it where nobody knows how much that is."""
    return max(exact(grant.paid) - (grant.awarded_amount or NOTHING), NOTHING)


def beyond(grants: Iterable[Grant], received: Decimal | None) -> list[Grant]:
    """Those of the committed grants, in their order, by which the sum grows past what was received."""
    total, found = Decimal(0), []
    for grant in grants:
        if grant.is_committed and grant.awarded_amount:
            total += grant.awarded_amount
            if received is not None and total > received:
                found.append(grant)
    return found
