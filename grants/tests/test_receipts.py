"""The receipt that somebody signs who was paid: on the page, in Word, and for whose eyes."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from docx import Document

from grants.models import Payment
from grants.tests.factories import make_grant, make_payment
from organizations.tests.factories import make_organization, make_person
from yixin.access.models import Sighting
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

PAGE, WORD = "admin:grants_payment_receipt", "admin:grants_payment_receipt_docx"


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    return client


def paid(**changes) -> Payment:
    grant = make_grant(
        **({"organization": make_organization(name="湖口江豚协会")} | changes),
        project="护豚",
        agreement_number="2014-07",
    )
    return make_payment(grant=grant, amount=Decimal("53100.00"), paid_on=date(2014, 3, 1), remark="第一笔")


def rows_of(payment: Payment, staff) -> list[tuple[str, str]]:
    return staff.get(reverse(PAGE, args=[payment.pk])).context["receipt"].rows


def test_receipt_says_who_for_what_and_how_much_in_capitals(staff):
    rows = [text for _label, text in rows_of(paid(), staff)]

    assert rows[1:] == ["湖口江豚协会", rows[2], "人民币伍万叁仟壹佰元整", "¥53,100.00", "2014-07", "第一笔"]
    assert rows[2].startswith("护豚（")


def test_of_a_refund_it_is_the_other_way_round(staff):
    payment = paid()
    back = make_payment(grant=payment.grant, kind="refund", amount=Decimal(100))

    there, here = rows_of(payment, staff), rows_of(back, staff)

    assert (here[0][1], here[1][1]) == (there[1][1], there[0][1]) == ("湖口江豚协会", there[0][1])


def test_word_file_says_the_same(staff):
    payment = paid()

    response = staff.get(reverse(WORD, args=[payment.pk]))

    tables = Document(BytesIO(response.content)).tables
    assert [tuple(cell.text for cell in row.cells) for row in tables[0].rows] == rows_of(payment, staff)
    assert response["Content-Disposition"] == f'attachment; filename="receipt-{payment.pk}.docx"'


@pytest.mark.parametrize("name", [PAGE, WORD])
def test_name_of_a_person_is_for_those_who_may_see_it_and_is_noted(client, name):
    person = make_person()
    address = reverse(name, args=[paid(organization=None, person=person).pk])
    blind = make_user(is_staff=True)
    blind.user_permissions.add(Permission.objects.get(codename="view_payment"))
    client.force_login(blind)
    refused = client.get(address).status_code
    client.force_login(make_user("staff"))

    assert (refused, client.get(address).status_code) == (403, 200)
    assert list(Sighting.objects.values_list("model", "record")) == [("organizations.person", person.pk)]


@pytest.mark.parametrize("name", [PAGE, WORD])
@pytest.mark.parametrize(("role", "status"), [(None, 302), ("partner", 302), ("volunteer", 403), ("", 403)])
def test_receipt_is_for_those_who_see_money(client, name, role, status):
    if role is not None:
        client.force_login(make_user(role) if role else make_user(is_staff=True))

    assert client.get(reverse(name, args=[paid().pk])).status_code == status
    assert client.get(reverse(name, args=[10**9])).status_code in (302, 403, 404)
