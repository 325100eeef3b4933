"""Expenses are taken off what is free of a funding, and their list is a tap away."""

from decimal import Decimal

import pytest
from django.urls import reverse

from activities.charges import expenses
from activities.tests.factories import make_expense
from grants.charges import Charge
from grants.tests.factories import make_funding, make_remittance
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_expenses_are_summed_by_funding_in_one_query(django_assert_num_queries):
    one, other, none = make_funding(), make_funding(), make_funding()
    for amount in ("0.10", "0.20"):
        make_expense(funding=one, amount=Decimal(amount))
    make_expense(funding=other, amount=Decimal(5))
    make_expense()

    with django_assert_num_queries(1):
        found = expenses([one.pk, other.pk, none.pk])

    assert found == {one.pk: Charge(Decimal("0.30"), 2), other.pk: Charge(Decimal(5), 1)}


def test_balance_of_a_funding_leads_to_its_expenses(client):
    client.force_login(make_user("staff"))
    funding = make_funding()
    make_remittance(funding=funding, amount=Decimal(100))
    expense = make_expense(funding=funding, amount=Decimal(30))
    make_expense(funding=make_funding())

    page = client.get(reverse("admin:grants_funding_balance", args=[funding.pk]))

    (line,) = (line for line in page.context["lines"] if line.amount == Decimal(30))
    assert page.context["balance"].free == Decimal(70)
    assert list(client.get(line.address).context["cl"].queryset) == [expense]
