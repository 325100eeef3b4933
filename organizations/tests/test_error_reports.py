"""Anybody can say what is wrong in an entry that they can see; not without end."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from organizations.keeping.limits import DAY, ERROR_REPORTS, HOUR, seconds_to_wait
from organizations.models import Proposal
from organizations.tests.factories import NOW, make_organization
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reader(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def address():
    return f"{make_organization(name='知行社', listing='public').get_absolute_url()}report/"


def test_what_is_wrong_is_kept_for_the_staff(reader, address):
    form = reader.get(address)
    assert (form.status_code, form.headers["X-Robots-Tag"]) == (200, "noindex")

    response = reader.post(
        address, {"message": " 电话\x00换了。\r\n", "sender_name": "测试甲", "sender_contact": "微信"}
    )

    assert (response.status_code, response.url) == (302, f"{address}sent/")
    assert "Thank you" in reader.get(response.url).content.decode()
    columns = ("organization__name", "kind", "changes", "message", "sender_name", "sender_contact", "status")
    expected = ("知行社", "report", {}, "电话换了。", "测试甲", "微信", "open")
    assert Proposal.objects.values_list(*columns).get() == expected


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"message": "\u3000\u200b"}, {"message": ["This field is required."]}),
        ({"message": "长" * 2001}, {"message": ["Ensure this value has at most 2000 characters (it has 2001)."]}),
        (
            {"message": "错。", "sender_contact": "1" * 101},
            {"sender_contact": ["Ensure this value has at most 100 characters (it has 101)."]},
        ),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence_and_stays(reader, address, said, errors):
    response = reader.post(address, said)

    assert (response.status_code, response.context["form"].errors) == (422, errors)
    assert response.context["form"]["message"].value() == said["message"]
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    ("listing", "role", "status"),
    [
        ("public", None, 200),
        ("partners", None, 404),
        ("partners", "partner", 200),
        ("hidden", "partner", 404),
        ("hidden", "staff", 404),
    ],
)
def test_only_of_an_entry_that_the_visitor_sees(client, listing, role, status):
    organization = make_organization(listing=listing)
    if role:
        client.force_login(make_user(role))
    page = f"{organization.get_absolute_url()}report/"

    answers = [client.get(page), client.get(f"{page}sent/"), client.post(page, {"message": ""})]

    expected = [status, status, 422 if status == 200 else status]
    assert [answer.status_code for answer in answers] == expected


def test_the_page_of_a_sensitive_organization_tells_its_name_alone(client):
    organization = make_organization(
        name="在一起",
        listing="public",
        is_sensitive=True,
        introduction="秘密介绍",
        website="https://secret.example.org/",
    )

    text = client.get(f"{organization.get_absolute_url()}report/").content.decode()

    assert [word for word in ("在一起", "秘密", "secret") if word in text] == ["在一起"]


def test_a_form_of_another_site_is_refused(address):
    assert Client(enforce_csrf_checks=True).post(address, {"message": "错。"}).status_code == 403


def test_who_fills_in_every_box_is_thanked_and_not_heard(reader, address):
    response = reader.post(address, {"message": "buy", "homepage": "https://spam.example.org/"})

    assert (response.status_code, Proposal.objects.count()) == (302, 0)


def test_the_sixth_within_an_hour_is_told_when_to_come_again(reader, address):
    other = f"{make_organization(listing='public').get_absolute_url()}report/"
    for number in range(5):
        assert reader.post([address, other][number % 2], {"message": f"错{number}。"}).status_code == 302

    response = reader.post(address, {"message": "第六个错。"})

    seconds = int(response.headers["Retry-After"])
    assert (response.status_code, 1 <= seconds <= HOUR) == (429, True)
    minutes = -(-seconds // 60)
    assert response.context["form"].non_field_errors() == [
        "So many reports came from your connection that this one was not taken. Try again in"
        f" {minutes} minute{'s' if minutes > 1 else ''}."
    ]
    assert "第六个错。" in response.content.decode()
    assert Proposal.objects.count() == 5
    assert reader.post(address, {"message": "别处来的。"}, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_five_an_hour_and_fifty_a_day():
    """From the full hour and the full day on; half past each hour, one visitor tries six times."""
    start = NOW.replace(hour=0, minute=30)
    waits = [
        [seconds_to_wait("t", "203.0.113.7", ERROR_REPORTS, start + timedelta(hours=hour)) for _ in range(6)]
        for hour in range(24)
    ]

    taken = [wait.count(0) for wait in waits]
    assert taken == [5] * 8 + [2] + [0] * 15
    assert (waits[0][5], waits[8][5], waits[23][5]) == (HOUR // 2, DAY - 8 * HOUR - HOUR // 2, HOUR // 2)
    assert seconds_to_wait("t", "203.0.113.7", ERROR_REPORTS, start + timedelta(days=1)) == 0
    assert seconds_to_wait("t", "203.0.113.8", ERROR_REPORTS, start) == 0


def test_whom_nobody_knows_is_not_counted():
    assert {seconds_to_wait("t", "", ERROR_REPORTS, NOW) for _ in range(9)} == {0}


@pytest.mark.parametrize("cache_in_use", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_a_cache_that_keeps_nothing_refuses_nobody(settings, cache_in_use):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{cache_in_use}", "LOCATION": "of this test"}}

    waits = [seconds_to_wait("t", "203.0.113.7", ERROR_REPORTS, NOW) for _ in range(7)]

    assert sum(map(bool, waits)) == (2 if "locmem" in cache_in_use else 0)


def test_the_page_costs_one_query(reader, address, django_assert_num_queries):
    with django_assert_num_queries(1):
        reader.get(address)
