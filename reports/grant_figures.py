"""What was promised, paid and given back. Yuan as Decimal with two decimals; None is unknown, not zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from grants.choices import GrantStatus
from reports.records import GrantRecord
from yixin.quantities import known_sum

NOTHING = Decimal("0.00")


def as_text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


@dataclass(frozen=True)
class Sums:
    """The money of some grants. ``paid``, ``returned`` and ``still_to_pay`` are None where no payment is on record.

    ``still_to_pay`` is what the committed grants of a known amount have not got yet; who got more is owed nothing.
    """

    count: int
    committed: Decimal | None
    paid: Decimal | None
    returned: Decimal | None
    still_to_pay: Decimal | None = None

    def as_json(self) -> dict[str, str | None]:
        names = ("committed", "paid", "returned", "still_to_pay")
        return {name: as_text(getattr(self, name)) for name in names}


def sums(grants: Iterable[GrantRecord]) -> Sums:
    """``count`` is of those committed. A grant without payments has paid nothing once any of them has one."""
    grants = list(grants)
    committed = [grant for grant in grants if grant.is_committed]
    paid, returned = (
        [amount for grant in grants if (amount := getattr(grant, name)) is not None] for name in ("paid", "returned")
    )
    owed = [max(grant.amount - (grant.paid or NOTHING), NOTHING) for grant in committed if grant.amount is not None]
    return Sums(
        count=len(committed),
        committed=known_sum((grant.amount for grant in committed), NOTHING),
        paid=sum(paid, NOTHING) if paid else None,
        returned=sum(returned, NOTHING) if returned else None,
        still_to_pay=sum(owed, NOTHING) if paid and (owed or not committed) else None,
    )


class GrantFigures:
    """The grants of one scope, added up."""

    def __init__(self, rows: list[GrantRecord]):
        self.rows = rows

    @cached_property
    def total(self) -> Sums:
        return sums(self.rows)

    @cached_property
    def committed(self) -> list[GrantRecord]:
        return [grant for grant in self.rows if grant.is_committed]

    @cached_property
    def listed(self) -> list[GrantRecord]:
        """The committed ones that may be named."""
        return [grant for grant in self.committed if grant.is_named]

    @cached_property
    def withheld(self) -> list[GrantRecord]:
        """The committed ones that the public sees in the sum only."""
        return [grant for grant in self.committed if not grant.is_named]

    @cached_property
    def withdrawn(self) -> list[GrantRecord]:
        return [grant for grant in self.rows if grant.status == GrantStatus.WITHDRAWN]

    @cached_property
    def to_organizations(self) -> list[GrantRecord]:
        return [grant for grant in self.committed if grant.organization is not None]

    @cached_property
    def to_people(self) -> list[GrantRecord]:
        return [grant for grant in self.committed if grant.organization is None]

    @cached_property
    def by_funder(self) -> dict[str, Sums]:
        """By the funder's name; the empty name holds grants of which no funder is on record."""
        groups: dict[str, list[GrantRecord]] = {}
        for grant in self.rows:
            groups.setdefault(grant.funder, []).append(grant)
        return {name: sums(grants) for name, grants in sorted(groups.items())}

    @cached_property
    def by_status(self) -> dict[GrantStatus, list[GrantRecord]]:
        """Every status that any grant has, in the order of its course."""
        found = {status: [grant for grant in self.rows if grant.status == status] for status in GrantStatus}
        return {status: grants for status, grants in found.items() if grants}

    def as_json(self) -> dict:
        withdrawn = known_sum((grant.amount for grant in self.withdrawn), NOTHING)
        return self.total.as_json() | {
            "withdrawn_count": len(self.withdrawn),
            "withdrawn_amount": as_text(withdrawn),
            "by_funder": {name: found.as_json() for name, found in self.by_funder.items()},
        }
