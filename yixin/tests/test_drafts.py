"""What a form lets the browser keep, and how it learns that the form was saved."""

import pytest
from django.apps import apps

from yixin.drafts import COOKIE, MARK
from yixin.tests.factories import make_superuser
from yixin.tests.registry import address, as_it_stands, make

pytestmark = pytest.mark.django_db
ONE = "t0000000abc123"


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    return client


def left_out(office, label: str) -> str | None:
    draft = office.get(address(apps.get_model(label), "add")).context.get("draft")
    return draft and draft["left_out"]


@pytest.mark.parametrize(
    "label", ["organizations.person", "organizations.contact", "activities.attendance", "activities.photo"]
)
def test_forms_of_people_keep_nothing(office, label):
    assert left_out(office, label) is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("activities.event", ""),
        ("organizations.networkgroup", "steward"),
        ("activities.engagement", "talks-*-partners"),
        ("activities.expense", "receipt"),
    ],
)
def test_other_forms_keep_all_that_does_not_tell_who_somebody_is(office, label, expected):
    assert left_out(office, label) == expected


def test_rows_of_people_inside_a_form_are_left_out_whole(office):
    names = left_out(office, "organizations.organization").split()

    assert {"address", "contacts-*-person", "contacts-*-role"} <= set(names)
    assert "name" not in names


@pytest.mark.parametrize("page", ["add", "change"])
def test_the_browser_is_told_which_form_was_saved(office, page):
    model = apps.get_model("organizations.fieldofwork")
    place = address(model, page, *([make(model).pk] if page == "change" else []))
    values = as_it_stands(office.get(place)) | {"name": "知行领域", "code": "zhixing"}

    refused = office.post(place, values | {"name": "", MARK: ONE})
    saved = office.post(place, values | {MARK: ONE})

    assert COOKIE not in refused.cookies
    cookie = saved.cookies[COOKIE]
    assert (cookie.value, cookie["path"], cookie["samesite"], cookie["max-age"]) == (ONE, "/admin/", "Lax", 600)


@pytest.mark.parametrize("mark", ["", "a", "x; path=/", "\x00" * 20, "9" * 5000])
def test_what_no_form_of_ours_sends_is_not_sent_back(office, mark):
    model = apps.get_model("organizations.fieldofwork")
    values = as_it_stands(office.get(address(model, "add"))) | {"name": "知行领域", "code": "zhixing"}

    response = office.post(address(model, "add"), values | {MARK: mark})

    assert (response.status_code, COOKIE in response.cookies) == (302, False)
