"""An old address leads to the kept organisation, for whoever may see that."""

import pytest

from organizations.merging.undoing import undo
from organizations.tests.factories import NOW, make_organization
from organizations.tests.merging import merged_into, twins
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


def answer(client, address: str) -> tuple:
    response = client.get(address)
    return response.status_code, response.headers.get("Location")


def listed(listing: str, **changes):
    kept, merged = twins(listing=listing, **changes)
    kept.listing = listing
    kept.save()
    return kept, merged


def test_an_old_address_leads_to_the_kept_one(client):
    kept, merged = listed("public")
    assert client.get(merged.get_absolute_url()).status_code == 200

    merger = merged_into(kept, merged)

    response = client.get(f"{merged.get_absolute_url()}?year=2014")
    assert (response.status_code, response.url) == (301, "/organizations/zhixingshe/?year=2014")
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    undo(merger=merger, by=make_user("coordinator"), now=NOW)
    assert client.get(merged.get_absolute_url()).status_code == 200


def test_addresses_of_merges_into_one_another_lead_to_the_last(client):
    first, second, third = (make_organization(listing="public") for _ in range(3))
    merged_into(second, first)
    merged_into(third, second)

    for gone in (first, second):
        assert answer(client, gone.get_absolute_url()) == (301, third.get_absolute_url())


def test_an_old_address_leads_nobody_to_what_they_may_not_see(client):
    kept, merged = listed("partners")
    merged_into(kept, merged)

    assert answer(client, merged.get_absolute_url()) == (404, None)
    client.force_login(make_user("partner"))
    assert answer(client, merged.get_absolute_url()) == (301, kept.get_absolute_url())
    kept.listing = "hidden"
    kept.save()
    assert answer(client, merged.get_absolute_url()) == (404, None)


def test_an_old_address_of_a_sensitive_organization_tells_no_other_name(client):
    kept, merged = listed("public", is_sensitive=True)
    merged_into(kept, merged)

    assert client.get(kept.get_absolute_url()).status_code == 200
    assert answer(client, merged.get_absolute_url()) == (404, None)


def test_an_address_that_is_none_costs_two_queries(client, django_assert_num_queries):
    client.get("/organizations/nobody/")

    with django_assert_num_queries(2):
        assert answer(client, "/organizations/nobody/") == (404, None)
