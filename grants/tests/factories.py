"""One valid saved record each, with as little in it as the model demands; keywords change columns."""

from datetime import date
from decimal import Decimal
from itertools import count

from grants.models import Funding, Grant, GrantRound, Instalment, Payment, Remittance
from organizations.tests.factories import make_organization, saved

numbers = count(1)


def make_funding(**changes) -> Funding:
    columns = {"funder": changes.get("funder") or make_organization(), "purpose": f"知行计划{next(numbers)}"}
    return saved(Funding(**columns | changes))


def make_grant(**changes) -> Grant:
    """To an organisation, unless the person is given."""
    columns = {"project": f"知行项目{next(numbers)}", "awarded_amount": Decimal(7000), "report_year": 2014}
    if "person" not in changes and "organization" not in changes:
        columns["organization"] = make_organization()
    return saved(Grant(**columns | changes))


def make_round(**changes) -> GrantRound:
    return saved(GrantRound(**{"title": f"知行轮次{next(numbers)}"} | changes))


def make_remittance(**changes) -> Remittance:
    columns = {"funding": changes.get("funding") or make_funding(), "amount": Decimal(50000)}
    return saved(Remittance(**{"received_on": date(2014, 2, 1)} | columns | changes))


def make_instalment(**changes) -> Instalment:
    columns = {"grant": changes.get("grant") or make_grant(), "due_on": date(2014, 4, 1), "amount": Decimal(3000)}
    return saved(Instalment(**columns | changes))


def make_payment(**changes) -> Payment:
    columns = {"grant": changes.get("grant") or make_grant(), "paid_on": date(2014, 3, 1), "amount": Decimal(3000)}
    return saved(Payment(**columns | changes))


FACTORIES = {
    Funding: make_funding,
    Remittance: make_remittance,
    GrantRound: make_round,
    Grant: make_grant,
    Instalment: make_instalment,
    Payment: make_payment,
}
