"""What the form of a grant asks beyond the rules of the database: reasons, and money that does not add up."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.urls import reverse

from grants.models import Grant, Payment
from grants.tests.factories import make_grant, make_payment
from organizations.tests.factories import make_organization
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = reverse("admin:grants_grant_add")
NO_REASON = "Write why it was withdrawn, such as: no longer enough volunteers."
NO_STATUS = "A reason for withdrawing is given. Was it withdrawn? Then choose that; if not, empty the reason."


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def sent(grant: Grant | None = None, payments: tuple = (), **changes) -> dict:
    tables = {"instalments": 0, "payments": len(payments)}
    management = {f"{name}-TOTAL_FORMS": str(number) for name, number in tables.items()}
    management |= {f"{name}-INITIAL_FORMS": "0" for name in tables}
    rows = {
        f"payments-{number}-{name}": value
        for number, (kind, amount) in enumerate(payments)
        for name, value in {"kind": kind, "amount": amount, "paid_on": "2014-03-01"}.items()
    }
    organization = grant.organization if grant else make_organization()
    fields = {"organization": organization.pk, "project": "知行项目", "awarded_amount": "7000", "status": "awarded"}
    return management | rows | fields | {"report_year": "2014"} | changes


def form_of(grant: Grant) -> str:
    return reverse("admin:grants_grant_change", args=[grant.pk])


def changed(staff, grant: Grant, **changes) -> HttpResponse:
    """The form as it was opened, with these changes, sent."""
    seen = staff.get(form_of(grant)).context["seen"]
    return staff.post(form_of(grant), {seen["name"]: seen["value"]} | sent(grant, **changes))


def errors(response) -> dict:
    return response.context["adminform"].form.errors


def told(response) -> list[str]:
    return [str(one) for one in response.context["messages"] if one.level_tag == "warning"]


def test_withdrawn_grant_needs_a_reason(staff):
    assert errors(staff.post(ADD, sent(status="withdrawn"))) == {"withdrawal_reason": [NO_REASON]}

    staff.post(ADD, sent(status="withdrawn", withdrawal_reason="志愿者不足"))

    assert Grant.objects.values_list("status", "withdrawal_reason").get() == ("withdrawn", "志愿者不足")


def test_withdrawn_grant_that_came_in_without_a_reason_can_be_changed_elsewhere(staff):
    grant = make_grant(status="withdrawn", remark="申请退出资助")

    response = changed(staff, grant, status="withdrawn", project="改了名", remark="申请退出资助")

    assert response.status_code == 302
    assert Grant.objects.get().project == "改了名"


def test_stored_reason_cannot_be_emptied_while_it_is_withdrawn(staff):
    grant = make_grant(status="withdrawn", withdrawal_reason="志愿者不足")

    response = changed(staff, grant, status="withdrawn")

    assert errors(response) == {"withdrawal_reason": [NO_REASON]}


def test_reason_without_the_status_is_asked_about_and_saved(staff):
    response = staff.post(ADD, sent(withdrawal_reason="志愿者不足"), follow=True)

    assert told(response) == [NO_STATUS]
    assert Grant.objects.values_list("status", "withdrawal_reason").get() == ("awarded", "志愿者不足")


def test_more_than_was_requested_and_paid_beyond_it_are_warned_of_and_saved(staff):
    rows = (("instalment", "5000"), ("instalment", "3000"), ("refund", "500"))

    response = staff.post(ADD, sent(payments=rows, requested_amount="6000"), follow=True)

    assert told(response) == [
        "Awarded are 7,000 yuan, more than the 6,000 yuan requested. Is that meant?",
        "Paid are 7,500 yuan, more than the 7,000 yuan that were awarded. Check the payments.",
    ]
    assert Payment.objects.count() == 3


def test_usual_grant_is_not_warned_of(staff):
    response = staff.post(ADD, sent(payments=(("instalment", "7000"),), requested_amount="7000"), follow=True)

    assert told(response) == []


def test_refunds_beyond_what_was_paid_are_refused(staff):
    response = staff.post(ADD, sent(payments=(("instalment", "5000"), ("refund", "5000.01"))))

    (table,) = (one.formset for one in response.context["inline_admin_formsets"] if one.formset.prefix == "payments")
    sentence = "5,000.01 yuan came back, but only 5,000 yuan were paid. Check the amounts and the kinds."
    assert table.non_form_errors() == [sentence]
    assert Grant.objects.count() == 0


def test_payment_on_its_own_page_is_held_to_the_same(staff):
    grant = make_grant(awarded_amount=Decimal(4_000))
    make_payment(grant=grant, amount=Decimal(3_000), paid_on=date(2014, 3, 1))
    add = reverse("admin:grants_payment_add")
    refund = {"grant": grant.pk, "kind": "refund", "paid_on": "2014-05-01"}

    response = staff.post(add, refund | {"amount": "3001"})

    sentence = "3,001 yuan came back, but only 3,000 yuan were paid. Check the amounts and the kinds."
    assert errors(response) == {"__all__": [sentence]}
    assert staff.post(add, refund | {"amount": "3000"}).status_code == 302
    response = staff.post(add, refund | {"amount": "5000", "kind": "instalment"}, follow=True)
    assert told(response) == ["Paid are 5,000 yuan, more than the 4,000 yuan that were awarded. Check the payments."]


def test_sections_follow_the_life_of_a_grant(staff):
    page = staff.get(form_of(make_grant())).content.decode()

    parts = ["id_project", "id_awarded_amount", "id_agreement_number", "instalments-group", "payments-group"]
    places = [page.index(f'id="{name}"') for name in (*parts, "id_reported_on", "id_withdrawal_reason")]
    assert places == sorted(places)
