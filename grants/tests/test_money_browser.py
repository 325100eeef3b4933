"""The pages of money in a real browser: axe finds nothing, nothing is wider than the window, only paper is printed."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from grants.tests.factories import make_funding, make_grant, make_instalment, make_payment, make_remittance, make_round
from yixin.tests.factories import make_user

PHONE, DESK = (390, 844), (1280, 900)


@pytest.fixture
def addresses(live_server) -> list[str]:
    funding = make_funding()
    make_remittance(funding=funding, amount=Decimal(5_000))
    grant_round = make_round(funding=funding, opens_on=date(2014, 9, 1))
    for amount in (Decimal(4_000), Decimal(3_000), None):
        grant = make_grant(funding=funding, round=grant_round, awarded_amount=amount)
    make_instalment(grant=grant)
    payment = make_payment(grant=grant)
    pages = {"funding_balance": funding, "grantround_applications": grant_round, "payment_receipt": payment}
    found = [reverse(f"admin:grants_{name}", args=[record.pk]) for name, record in pages.items()]
    empty = reverse("admin:grants_grantround_applications", args=[make_round().pk])
    return [*found, empty, reverse("admin:grants_funding_balance", args=[make_funding().pk])]


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_axe_finds_nothing_and_no_page_is_too_wide(page_at, login, addresses, size, scheme):
    page, found = page_at(*size), []
    login(page, make_user("staff"))
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    for address in addresses:
        page.goto(address)
        found += [(address, one) for one in page_at.findings(page)]

    assert found == []


def test_of_the_receipt_only_the_receipt_is_printed(page_at, login, addresses):
    page = page_at(*DESK)
    login(page, make_user("staff"))
    page.goto(addresses[2])

    page.emulate_media(media="print")

    names = ("#header", ".breadcrumbs", ".acts", "article.receipt")
    assert [page.locator(name).is_visible() for name in names] == [False, False, False, True]
