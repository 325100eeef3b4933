"""What can be asked of grants and payments: what is money promised, and what may be told in public."""

import pytest

from grants.choices import GrantStatus
from grants.models import Grant, Payment
from grants.tests.factories import make_funding, make_grant, make_payment
from organizations.tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def of_every_status(**changes) -> dict[str, Grant]:
    return {status: make_grant(status=status, **changes) for status in GrantStatus.values}


def test_committed_are_awarded_and_completed():
    grants = of_every_status()

    committed = Grant.objects.committed().order_by("pk")

    assert list(committed) == [grants["awarded"], grants["completed"]]
    assert [grant for grant in grants.values() if grant.is_committed] == list(committed)


def test_withdrawn_are_neither_declined_nor_applied_for():
    grants = of_every_status()

    assert list(Grant.objects.withdrawn()) == [grants["withdrawn"]]


def test_year_is_that_of_the_report():
    told = make_grant(report_year=2014)
    make_grant(report_year=2015)

    assert list(Grant.objects.in_year(2014)) == [told]


def test_funded_by_is_by_the_one_who_pays():
    funding = make_funding()
    paid = make_grant(funding=funding)
    make_grant(funding=make_funding())
    make_grant()

    assert list(Grant.objects.funded_by(funding.funder)) == [paid]


def test_public_grants_are_committed_and_of_organizations_that_agreed():
    listed = make_organization(listing="public")
    shown = make_grant(organization=listed)
    paid = make_grant(organization=listed, funding=make_funding())
    make_grant(organization=listed, status="withdrawn")
    make_grant(organization=make_organization())
    make_grant(organization=make_organization(listing="public", is_sensitive=True))
    make_grant(organization=listed, funding=make_funding(is_sensitive=True))
    make_grant(person=make_person())

    assert Grant.objects.count() == 7
    assert list(Grant.objects.public().order_by("pk")) == [shown, paid]


def test_public_grant_is_read_without_internal_columns():
    make_grant(organization=make_organization(listing="public"))

    bookkeeping = "requested_amount status remark round_id applied_on decided_on agreement_number agreed_on"
    bookkeeping += " report_due_on reported_on withdrawal_reason"
    assert Grant.objects.public().get().get_deferred_fields() == {"person_id", *bookkeeping.split()}


def test_report_order_is_that_of_entry_in_one_query(django_assert_num_queries):
    grants = [make_grant(), make_grant(person=make_person()), make_grant(funding=make_funding())]

    with django_assert_num_queries(1):
        found = [(grant, str(grant.recipient), str(grant.funding or "")) for grant in Grant.objects.in_report_order()]

    assert found == [(grant, str(grant.recipient), str(grant.funding or "")) for grant in grants]


def test_instalments_and_refunds_are_told_apart():
    paid, back = make_payment(), make_payment(kind="refund")

    assert list(Payment.objects.instalments()) == [paid]
    assert list(Payment.objects.refunds()) == [back]
