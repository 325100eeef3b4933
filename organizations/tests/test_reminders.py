"""Which entries nobody has confirmed for a year."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.keeping.reminders import year_ago
from organizations.models import Organization
from organizations.tests.factories import make_organization
from yixin.tests.desks import desk_of
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:organizations_organization_changelist")


@pytest.fixture
def office(client):
    """With entries that were confirmed on some day, as many days before a year ago as their name says."""
    client.force_login(make_user("staff"))
    today = timezone.localdate()
    for name, days, listing in (
        ("1天", 1, "public"),
        ("9天", 9, "partners"),
        ("0天", 0, "public"),
        ("99天", 99, "hidden"),
    ):
        make_organization(name=name, listing=listing, confirmed_on=year_ago(today) - timedelta(days=days))
    make_organization(name="从未", listing="public")
    make_organization(name="从未藏", listing="hidden")
    return client


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("due", ["从未", "9天", "1天", "从未藏", "99天"]),
        ("never", ["从未", "从未藏"]),
        ("old", ["9天", "1天", "99天"]),
        ("fresh", ["0天"]),
    ],
)
def test_the_list_is_narrowed_with_the_most_urgent_first(office, value, expected):
    found = office.get(LIST, {"confirmed": value}).context["cl"].result_list

    assert [organization.name for organization in found] == expected


@pytest.mark.parametrize("value", ["", "abc", "9" * 20, "\x00", "-1"])
def test_a_choice_that_is_none_shows_all(office, value):
    assert office.get(LIST, {"confirmed": value}).context["cl"].result_count == 6


def test_the_number_on_the_first_page_is_that_of_the_list(office):
    (due,) = [item for item in desk_of(office).tasks if item.address == f"{LIST}?confirmed=due"]

    assert due.number == office.get(LIST, {"confirmed": "due"}).context["cl"].result_count == 5


def test_nobody_is_asked_to_confirm_an_inactive_organisation():
    make_organization(confirmed_on=None, is_active=False)

    assert not Organization.objects.unconfirmed_since(date(2024, 3, 5))


def test_the_day_a_year_ago_is_within_the_year():
    make_organization(confirmed_on=date(2023, 3, 6))

    found = [
        Organization.objects.unconfirmed_since(year_ago(day)).count() for day in (date(2024, 3, 5), date(2024, 3, 6))
    ]

    assert found == [0, 1]
