"""The people of an event: on a page of their own that the event's form links to."""

import re

import pytest
from django.urls import reverse

from activities.tests.factories import make_attendance, make_event
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def link(staff, event) -> tuple[str, str]:
    page = staff.get(reverse("admin:activities_event_change", args=[event.pk])).content.decode()
    return re.search(r'<a href="([^"]*/roster/)">([^<]*)</a>', page).groups()


def test_event_links_to_its_own_people(staff):
    event = make_event()
    named = [make_attendance(event=event), make_attendance(event=event)]
    make_attendance()

    address, number = link(staff, event)
    response = staff.get(address)

    assert number == "2"
    assert response.status_code == 200
    assert sorted(response.context["roster"].attendances, key=lambda row: row.pk) == named


def test_event_of_nobody_links_to_an_empty_roster(staff):
    make_attendance()

    address, number = link(staff, make_event())

    assert (number, list(staff.get(address).context["roster"].attendances)) == ("0", [])


def test_event_that_is_not_saved_yet_has_no_link(staff):
    page = staff.get(reverse("admin:activities_event_add")).content.decode()

    assert re.findall(r'href="[^"]*(?:/roster/|attendance[^"]*\?event)', page) == []
    assert re.findall(r"field-\w*roster", page) == []
