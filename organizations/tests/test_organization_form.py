"""The form of an organisation: credit code, names that are the same, addresses that stay."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse

from organizations.models import Organization
from organizations.tests.factories import make_organization, region
from yixin.tests.factories import make_user
from yixin.tests.registry import seen_by

ADD = reverse("admin:organizations_organization_add")
MANAGEMENT = {f"{name}-{form}_FORMS": "0" for name in ("aliases", "contacts") for form in ("TOTAL", "INITIAL")}
THERE_ALREADY = "An organisation of this name in this region is there already."
THERE_WITHOUT_REGION = "An organisation of this name is there already; say in which region this one is."


def staff_client(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def staff(db):
    return staff_client(make_user("staff"))


def sent(**changes) -> dict:
    return MANAGEMENT | {"name": "知行社", "listing": "hidden"} | changes


def errors(response) -> dict:
    return response.context["adminform"].form.errors


def test_wrong_check_digit_gets_a_sentence(staff):
    response = staff.post(ADD, sent(uscc="91110000600037341M"))

    assert errors(response) == {
        "uscc": [
            "“91110000600037341M” is not a valid unified social credit code: 18 characters, the last one a check digit."
        ]
    }
    assert Organization.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    ["91110000600037341L", "91110000600037341l", "９１１１００００６０００３７３４１Ｌ", " 91110000600037341L "],
)
def test_credit_code_is_stored_in_half_width_capitals(staff, typed):
    response = staff.post(ADD, sent(uscc=typed))

    assert response.status_code == 302
    assert Organization.objects.values_list("uscc", flat=True).get() == "91110000600037341L"


def test_empty_credit_code_is_unknown_and_may_repeat(staff):
    for name in ("甲社", "乙社"):
        staff.post(ADD, sent(name=name, uscc=""))

    assert list(Organization.objects.order_by("pk").values_list("name", "uscc")) == [("甲社", None), ("乙社", None)]


@pytest.mark.parametrize("typed", ["知行A2社", "知行Ａ２社", "知行 a2 社", "知行\u200bA2社"])
@pytest.mark.parametrize(("code", "sentence"), [("360100", THERE_ALREADY), (None, THERE_WITHOUT_REGION)])
def test_same_name_in_the_same_region_gets_a_sentence(staff, typed, code, sentence):
    where = {"region": region(code)} if code else {}
    make_organization(name="知行A2社", **where)

    response = staff.post(ADD, sent(name=typed, **{name: place.pk for name, place in where.items()}))

    assert response.status_code == 200
    assert errors(response) == {"__all__": [sentence]}
    assert Organization.objects.count() == 1


def test_same_name_in_another_region_gets_an_address_of_its_own(staff):
    for code in ("360100", "360400"):
        staff.post(ADD, sent(region=region(code).pk))

    assert list(Organization.objects.order_by("pk").values_list("region__code", "slug")) == [
        ("360100", "zhixingshe"),
        ("360400", "zhixingshe-2"),
    ]


def test_address_stays_and_keys_follow_when_the_name_changes(staff):
    organization = make_organization(name="知行社")

    page = reverse("admin:organizations_organization_change", args=[organization.pk])
    staff.post(page, sent(name="南昌Ｂ社") | seen_by(staff.get(page)))

    columns = ("name", "name_key", "name_pinyin", "name_initials", "slug")
    assert Organization.objects.values_list(*columns).get() == (
        "南昌Ｂ社",
        "南昌b社",
        "nanchangbshe",
        "ncbs",
        "zhixingshe",
    )


def test_bulk_created_have_keys_and_address(db):
    Organization.objects.bulk_create([Organization(name="知行Ａ社")])

    columns = ("name_key", "name_pinyin", "name_initials", "slug")
    assert Organization.objects.values_list(*columns).get() == ("知行a社", "zhixingashe", "zxas", "zhixing-a-she")


@pytest.mark.django_db(transaction=True)
def test_two_that_save_the_same_at_once_store_it_once(request):
    """Both forms have been found valid before either is stored, where the database lets two write at a time."""
    user, both_valid = make_user("staff"), Barrier(2)

    def wait(**kwargs) -> None:
        with suppress(BrokenBarrierError):
            both_valid.wait(timeout=1)

    def post(client) -> int:
        try:
            return client.post(ADD, sent()).status_code
        finally:
            connection.close()

    clients = [staff_client(user), staff_client(user)]
    pre_save.connect(wait, sender=Organization, weak=False)
    request.addfinalizer(lambda: pre_save.disconnect(wait, sender=Organization))
    with ThreadPoolExecutor(2) as threads:
        statuses = list(threads.map(post, clients))

    assert sorted(statuses) == [200, 302]
    assert list(Organization.objects.values_list("name", "slug")) == [("知行社", "zhixingshe")]
