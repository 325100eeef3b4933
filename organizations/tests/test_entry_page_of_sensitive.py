"""The page behind a link of a sensitive organisation: a link is passed on, so it tells no more than the public page."""

import pytest
from django.core.signing import loads
from django.test import Client
from django.utils import timezone

from organizations.keeping.forms import SEEN
from organizations.models import Proposal
from organizations.tests.answering import CODE, as_shown, full, linked, sent

pytestmark = pytest.mark.django_db
HIDDEN = ("type", "region", "introduction", "website", "legal_status", "uscc", "founded", "aliases")


@pytest.fixture
def reader():
    """Without an account, and with every check that a browser's forms undergo."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


@pytest.fixture
def organization():
    return full(is_sensitive=True)


def test_the_page_tells_no_more_than_the_public_one(reader, organization):
    page = reader.get(linked(organization))

    shown = as_shown(page)
    assert [name for name in (*HIDDEN, "message") if shown[name]] == []
    assert (shown["name"], shown["fields_of_work"]) == ("知行社", ["education", "health"])
    assert loads(shown["seen"], salt=SEEN)[1] == {"name": "知行社", "fields_of_work": ["education", "health"]}
    text = page.content.decode()
    words = ["第一行", "zhixing.example.org", CODE, "2010年5月", "2022", "秘密", "selected>赣县"]
    assert [word for word in words if word in text] == []


def test_whatever_is_written_into_an_empty_box_is_told_to_staff_even_if_it_is_on_record(reader, organization):
    """An answer "nothing was changed" would tell what is on record."""
    response = sent(reader, linked(organization), website="https://zhixing.example.org/", aliases="知行")

    assert response.status_code == 302
    assert Proposal.objects.values_list("changes", flat=True).get() == {
        "website": [None, "https://zhixing.example.org/"],
        "aliases": [None, ["知行"]],
    }


def test_empty_boxes_are_no_change(reader, organization):
    assert sent(reader, linked(organization), confirm="1").status_code == 302
    today = timezone.localdate().isoformat()
    assert Proposal.objects.values_list("changes", flat=True).get() == {"confirmed_on": [None, today]}


def test_boxes_that_were_empty_stay_no_change_after_the_mark_was_taken_away(reader, organization):
    path = linked(organization)
    typed = as_shown(reader.get(path)) | {"name": "知行二社"}
    organization.is_sensitive = False
    organization.save()

    reader.post(path, typed)

    assert Proposal.objects.values_list("changes", flat=True).get() == {"name": ["知行社", "知行二社"]}
