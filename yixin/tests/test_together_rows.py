"""Two people at the rows inside one record: changed, deleted and added meanwhile."""

import pytest
from django.apps import apps

from yixin.tests.factories import make_superuser
from yixin.tests.registry import address, as_it_stands, make
from yixin.together import ROW_GONE

Grant, Payment = apps.get_model("grants.Grant"), apps.get_model("grants.Payment")
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(record) -> str:
    return address(type(record), "change", record.pk)


def opened(office, record) -> dict:
    return as_it_stands(office.get(page_of(record)))


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors_of_rows(response) -> list[dict]:
    return [row for inside in response.context["inline_admin_formsets"] for row in inside.formset.errors]


def grant_with(*amounts: int) -> tuple:
    grant = make(Grant)
    return grant, [make(Payment, grant=grant, amount=amount, kind="instalment") for amount in amounts]


def test_row_that_both_changed_comes_back_with_both(office):
    grant, (first, second) = grant_with(100, 200)
    mine = opened(office, grant)
    Payment.objects.filter(pk=first.pk).update(amount=111)
    Payment.objects.filter(pk=second.pk).update(amount=222)
    added = make(Payment, grant=grant, amount=300, kind="instalment")

    refused = office.post(page_of(grant), mine | {"payments-0-amount": "100.5"})

    rows = dict(Payment.objects.values_list("pk", "amount"))
    assert rows == {first.pk: 111, second.pk: 222, added.pk: 300}
    assert {"amount": ["Stored now: 111.00"]} in errors_of_rows(refused)
    assert any("it was kept" in one for one in told(refused))

    assert office.post(page_of(grant), as_it_stands(refused)).status_code == 302

    rows = {key: float(amount) for key, amount in Payment.objects.values_list("pk", "amount")}
    assert rows == {first.pk: 100.5, second.pk: 222, added.pk: 300}


def test_row_that_was_deleted_comes_back_as_a_new_one_if_it_was_written_in(office):
    grant, (first, second, third) = grant_with(100, 200, 300)
    mine = opened(office, grant)
    Payment.objects.filter(pk__in=[first.pk, second.pk]).delete()

    refused = office.post(page_of(grant), mine | {"payments-0-amount": "150", "payments-2-remark": "尾款"})

    assert list(Payment.objects.values_list("pk", "remark")) == [(third.pk, "")]
    assert {"__all__": [str(ROW_GONE)]} in errors_of_rows(refused)
    assert "1 row that somebody deleted meanwhile stays deleted." in told(refused)
    again = as_it_stands(refused)
    assert (again["payments-0-remark"], again["payments-1-amount"]) == ("尾款", "150")

    assert office.post(page_of(grant), again).status_code == 302

    rows = Payment.objects.order_by("pk").values_list("amount", "remark")
    assert [(float(amount), remark) for amount, remark in rows] == [(300, "尾款"), (150, "")]


def test_rows_that_were_deleted_and_not_written_in_stay_deleted(office):
    grant, (first, _second) = grant_with(100, 200)
    mine = opened(office, grant)
    first.delete()

    page = office.post(page_of(grant), mine | {"remark": "新", "payments-1-amount": "250"}, follow=True)

    assert [float(amount) for amount in Payment.objects.values_list("amount", flat=True)] == [250]
    assert "1 row that somebody deleted meanwhile stays deleted." in told(page)


def test_row_that_is_to_be_deleted_is_shown_again_if_it_was_changed(office):
    grant, (first,) = grant_with(100)
    mine = opened(office, grant) | {"payments-0-DELETE": "on"}
    Payment.objects.filter(pk=first.pk).update(amount=111)

    refused = office.post(page_of(grant), mine)

    assert Payment.objects.count() == 1
    assert "Stored now: Amount (yuan)：111.00" in str(
        refused.context["inline_admin_formsets"][-1].formset.non_form_errors()
    )
    assert office.post(page_of(grant), as_it_stands(refused)).status_code == 302
    assert Payment.objects.count() == 0


def test_number_of_queries_does_not_grow_with_rows_that_moved(office, django_assert_max_num_queries):
    costs = []
    for number in (2, 12):
        grant, _rows = grant_with(*range(100, 100 + number))
        mine = opened(office, grant)
        Payment.objects.filter(grant=grant).update(amount=999)
        with django_assert_max_num_queries(500) as counted:
            office.post(page_of(grant), mine | {"remark": "新"})
        costs.append(len(counted))

    # Django looks each row's own key up again, three queries a row; ours adds none.
    unmoved = []
    for number in (2, 12):
        grant, _rows = grant_with(*range(100, 100 + number))
        mine = opened(office, grant)
        with django_assert_max_num_queries(500) as counted:
            office.post(page_of(grant), mine | {"remark": "新"})
        unmoved.append(len(counted))
    assert costs == unmoved
