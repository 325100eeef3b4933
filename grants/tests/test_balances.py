"""What is left of a funding: against plain loops, with what is not known, and as the pages of the staff show it."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from grants.balances.sums import balances
from grants.charges import SOURCES, Charge, Source
from grants.choices import GrantStatus, PaymentKind
from grants.models import Grant, Payment, Remittance
from grants.tests.factories import make_funding, make_grant, make_payment, make_remittance
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:grants_funding_changelist")
CHARGED = Decimal("12.30")


@pytest.fixture
def charged(monkeypatch):
    """Every funding bears one charge; what the apps above charge is theirs to test."""
    source = Source("知行", lambda keys: {key: Charge(CHARGED, 1) for key in keys}, lambda key: f"/知行/{key}/")
    monkeypatch.setattr("grants.balances.sums.SOURCES", [source])


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(funding) -> str:
    return reverse("admin:grants_funding_balance", args=[funding.pk])


def yuan(chance: random.Random) -> Decimal:
    return Decimal(chance.randint(1, 999_999)) / 100


def fill(chance: random.Random) -> list:
    fundings = [make_funding() for _each in range(6)]
    for _each in range(20):
        if chance.random() < 0.6:
            make_remittance(funding=chance.choice(fundings[1:]), amount=yuan(chance))
        awarded = chance.choice([None, yuan(chance)])
        status = chance.choice(GrantStatus.values)
        grant = make_grant(funding=chance.choice([None, *fundings]), awarded_amount=awarded, status=status)
        for _again in range(chance.randint(0, 3)):
            make_payment(grant=grant, amount=yuan(chance), kind=chance.choice(PaymentKind.values))
    return fundings


def by_hand(funding) -> tuple:
    """Received, granted, unknown, paid, returned, free: by loops over all records, one by one. What a committed grant
    binds is what was granted, or paid if that is more, less what came back; any other binds what is still out."""
    received = granted = paid = returned = bound = Decimal(0)
    unknown, has_come = 0, False
    for remittance in Remittance.objects.all():
        if remittance.funding_id == funding.pk:
            received, has_come = received + remittance.amount, True
    for grant in Grant.objects.all():
        if grant.funding_id != funding.pk:
            continue
        payments = list(Payment.objects.filter(grant=grant))
        out = sum(payment.amount for payment in payments if payment.kind == "instalment")
        back = sum(payment.amount for payment in payments if payment.kind == "refund")
        paid, returned, least = paid + out, returned + back, Decimal(0)
        if grant.status in ("awarded", "completed"):
            unknown += grant.awarded_amount is None
            least = grant.awarded_amount or least
            granted += least
        bound += max(out, least) - back
    free = received - CHARGED - bound
    return (received if has_come else None, granted, unknown, paid, returned, free if has_come else None)


@pytest.mark.parametrize("seed", range(5))
def test_balances_are_those_of_plain_loops_in_two_queries(charged, django_assert_num_queries, seed):
    fundings = fill(random.Random(seed))  # noqa: S311  no secret

    with django_assert_num_queries(2):
        found = balances([funding.pk for funding in fundings])

    told = [found[funding.pk] for funding in fundings]
    assert [
        (one.received, one.granted.amount, one.granted.unknown, one.granted.paid, one.granted.returned, one.free)
        for one in told
    ] == [by_hand(funding) for funding in fundings]


def test_expenses_are_among_the_charges():
    with override("en"):
        assert [str(source.label) for source in SOURCES] == ["expenses"]


def test_page_names_what_is_unknown_and_each_number_leads_to_its_records(staff):
    funding = make_funding()
    make_remittance(funding=funding, amount=Decimal(10_000))
    told = make_grant(funding=funding, awarded_amount=Decimal(4_000))
    unknown = make_grant(funding=funding, awarded_amount=None)
    gone = make_grant(funding=funding, status="withdrawn", awarded_amount=Decimal(3_000))
    paid = [make_payment(grant=told, amount=Decimal(1_000)), make_payment(grant=gone, amount=Decimal(500))]
    back = make_payment(grant=gone, amount=Decimal(200), kind="refund")

    page = staff.get(page_of(funding))

    lines = {line.label: line for line in page.context["lines"]}
    assert [(line.label, line.amount, line.note) for line in page.context["lines"]] == [
        ("Promised", None, "unknown"),
        ("Received", Decimal(10_000), ""),
        ("Granted", Decimal(4_000), "without 1 grant of unknown amount"),
        ("Expenses", Decimal(0), ""),
        ("Paid on committed grants beyond what was granted", Decimal(0), ""),
        ("Came back from committed grants", Decimal(0), ""),
        ("Paid to grants that are not committed, less what came back", Decimal(300), ""),
        ("Paid on all grants", Decimal(1_500), ""),
        ("Came back", Decimal(200), ""),
    ]
    assert page.context["balance"].free == Decimal(5_700)
    assert page.context["unknown"] == [unknown]

    def listed(label: str) -> set:
        return set(staff.get(lines[label].address).context["cl"].queryset)

    assert listed("Granted") == {told, unknown}
    assert listed("Paid to grants that are not committed, less what came back") == {paid[1], back}
    assert (listed("Paid on all grants"), listed("Came back")) == (set(paid), {back})


def test_what_is_negative_says_why_and_which_grants(staff):
    funding = make_funding()
    make_remittance(funding=funding, amount=Decimal(5_000))
    second = make_grant(funding=funding, awarded_amount=Decimal(3_000), decided_on=date(2014, 5, 1))
    make_grant(funding=funding, awarded_amount=Decimal(4_000), decided_on=date(2014, 4, 1))

    page = staff.get(page_of(funding))

    assert page.context["balance"].free == Decimal(-2_000)
    assert page.context["balance"].why_negative == "The grants come to 2,000 yuan more than was received."
    assert page.context["beyond"] == [second]
    assert "The grants come to 2,000 yuan more than was received." in staff.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("awarded", "payments", "free", "sentence"),
    [
        (None, (9_000, 0), 1_000, ""),
        (None, (18_000, 0), -8_000, "Grants and expenses together come to 8,000 yuan more than was received."),
        (5_000, (18_000, 0), -8_000, "Grants and expenses together come to 8,000 yuan more than was received."),
        (5_000, (5_000, 1_200), 6_200, ""),
        (12_000, (12_000, 500), -1_500, "The grants, less what came back, come to 1,500 yuan more than was received."),
        (12_000, (12_000, 2_000), 0, ""),
    ],
)
def test_what_was_paid_is_not_free_whatever_was_granted(staff, awarded, payments, free, sentence):
    (out, back), funding = payments, make_funding()
    make_remittance(funding=funding, amount=Decimal(10_000))
    grant = make_grant(funding=funding, awarded_amount=awarded and Decimal(awarded))
    instalment = make_payment(grant=grant, amount=Decimal(out))
    if back:
        make_payment(grant=grant, amount=Decimal(back), kind="refund")

    page = staff.get(page_of(funding))

    balance, lines = page.context["balance"], {line.label: line for line in page.context["lines"]}
    assert (balance.free, balance.why_negative) == (free, sentence)
    beyond = lines["Paid on committed grants beyond what was granted"]
    assert beyond.amount == max(out - (awarded or 0), 0)
    assert list(staff.get(beyond.address).context["cl"].queryset) == [instalment]
    assert lines["Came back from committed grants"].amount == back
    assert page.context["overpaid"] == ([grant] if awarded and out > awarded else [])


def test_expenses_beyond_what_came_are_said_to_be_that(staff, charged):
    funding = make_funding()
    make_remittance(funding=funding, amount=Decimal(10))

    page = staff.get(page_of(funding))

    sentence = "Grants and expenses together come to 2.30 yuan more than was received."
    assert (page.context["balance"].why_negative, page.context["beyond"]) == (sentence, [])


def test_both_reasons_are_told(staff, charged):
    funding = make_funding()
    make_remittance(funding=funding, amount=Decimal(5_000))
    grant = make_grant(funding=funding, awarded_amount=Decimal("5000.01"))

    page = staff.get(page_of(funding))

    sentence = "The grants come to 0.01 yuan more than was received, and 12.30 yuan are spent besides."
    assert (page.context["balance"].why_negative, page.context["beyond"]) == (sentence, [grant])


def test_nothing_received_is_said_and_is_not_zero(staff):
    funding = make_funding()
    make_grant(funding=funding)

    page = staff.get(page_of(funding))

    assert (page.context["balance"].free, page.context["balance"].why_negative) == (None, "")
    assert page.context["lines"][1].note == "nothing received is on record"
    assert "nothing received is on record" in staff.get(LIST).content.decode()


def test_page_and_list_cost_the_same_for_1_and_30_records(staff):
    costs = []
    for number in (1, 30):
        funding = make_funding()
        for _each in range(number):
            make_remittance(funding=funding)
            make_payment(grant=make_grant(funding=funding))
            make_funding()
        found = []
        for address in (page_of(funding), LIST):
            staff.get(address)
            with CaptureQueriesContext(connection) as queries:
                staff.get(address)
            found.append(len(queries))
        costs.append(found)

    assert costs[0] == costs[1]
    assert costs[0][0] <= 10


@pytest.mark.parametrize("role", [None, "partner", "volunteer", ""])
def test_balance_is_for_those_who_see_money(client, role):
    address = page_of(make_funding())
    if role is not None:
        client.force_login(make_user(role) if role else make_user(is_staff=True))

    assert client.get(address).status_code in ((302,) if role in (None, "partner") else (403,))


def test_balance_of_no_funding_is_404(staff):
    assert staff.get(reverse("admin:grants_funding_balance", args=[10**9])).status_code == 404
