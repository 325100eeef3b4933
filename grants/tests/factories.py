"""One valid saved record each, with as little in it as the model demands; keywords change columns."""

from datetime import date
from decimal import Decimal
from itertools import count

from grants.models import Funding, Grant, Payment
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


def make_payment(**changes) -> Payment:
    columns = {"grant": changes.get("grant") or make_grant(), "paid_on": date(2014, 3, 1), "amount": Decimal(3000)}
    return saved(Payment(**columns | changes))


FACTORIES = {Funding: make_funding, Grant: make_grant, Payment: make_payment}
