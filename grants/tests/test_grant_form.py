"""The form of a grant: one recipient, an amount in yuan or unknown."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants.models import Grant
from organizations.tests.factories import make_organization, make_person
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = reverse("admin:grants_grant_add")
FORMS = ("TOTAL_FORMS", "INITIAL_FORMS")
HUGE = str(10**20)
ONE_RECIPIENT = "A grant goes to an organisation or to a person: fill in one of the two."
UNREADABLE = (
    "“NaN” is not an amount that can be read. Write it in yuan, like 7000, 7,000.50 or 0.35万, "
    "and leave it empty if it is unknown."
)
NEGATIVE = (
    "“-1” is a negative amount. Write it without the minus sign; a refund is recorded as its own kind of payment."
)


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def sent(**changes) -> dict:
    management = {f"{table}-{form}": "0" for table in ("instalments", "payments") for form in FORMS}
    fields = {"project": "知行项目", "awarded_amount": "7000", "status": "awarded", "report_year": "2014"}
    return management | fields | changes


def test_grant_to_nobody_gets_a_sentence(staff):
    response = staff.post(ADD, sent())

    assert response.context["adminform"].form.errors == {"__all__": [ONE_RECIPIENT]}
    assert Grant.objects.count() == 0


def test_grant_to_an_organization_and_a_person_gets_a_sentence(staff):
    response = staff.post(ADD, sent(organization=make_organization().pk, person=make_person().pk))

    assert response.context["adminform"].form.errors == {"__all__": [ONE_RECIPIENT]}
    assert Grant.objects.count() == 0


@pytest.mark.parametrize("field", ["awarded_amount", "requested_amount"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", NEGATIVE),
        (HUGE, f"“{HUGE}” is more than 1,000,000,000 yuan. Check the amount for digits too many."),
        ("7,00", "The commas in “7,00” do not part thousands. Write the number without commas, like 1200."),
        ("NaN", UNREADABLE),
        ("7.005", "“7.005” has more than two decimals. Write yuan and cents, like 7000.50."),
        ("约7000", "“约7000” is not exact. Write the exact amount, like 7000, or leave it empty."),
    ],
)
def test_amount_that_is_none_gets_a_sentence_at_its_field(staff, field, typed, sentence):
    response = staff.post(ADD, sent(organization=make_organization().pk, **{field: typed}))

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {field: [sentence]}
    assert Grant.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("7,000元", Decimal("7000.00")),
        ("0.35万", Decimal("3500.00")),
        ("0", Decimal("0.00")),
        ("", None),
    ],
)
def test_amount_is_stored_in_yuan_or_as_unknown(staff, typed, stored):
    response = staff.post(ADD, sent(organization=make_organization().pk, awarded_amount=typed))

    assert response.status_code == 302
    assert Grant.objects.values_list("awarded_amount", flat=True).get() == stored


def test_refused_amount_of_a_payment_stands_at_its_row(staff):
    row = {"payments-TOTAL_FORMS": "1", "payments-0-paid_on": "2014-03-01", "payments-0-kind": "instalment"}

    response = staff.post(ADD, sent(organization=make_organization().pk, **row, **{"payments-0-amount": "0"}))

    (formset,) = (
        table.formset for table in response.context["inline_admin_formsets"] if table.formset.prefix == "payments"
    )
    assert formset.errors == [{"__all__": ["The amount must lie between 0 and 1,000,000,000 yuan."]}]
    assert Grant.objects.count() == 0
