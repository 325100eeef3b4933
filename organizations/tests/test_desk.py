"""What waits for those who keep the directory."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.tests.factories import make_organization, make_proposal
from yixin.tests.desks import desk_of, enter, waiting
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db


def test_entries_and_proposals_wait_and_lead_to_their_lists(client):
    today = timezone.localdate()
    fresh = make_organization(confirmed_on=today)
    old = make_organization(confirmed_on=today - timedelta(days=366))
    never = make_organization()
    proposal = make_proposal(organization=fresh)
    make_proposal(organization=fresh, handled_by=make_user("staff"))

    found = waiting(enter(client, make_superuser()), "organizations")

    assert {label: set(records) for label, records in found.items()} == {
        "open proposal for an entry": {proposal},
        "entries not confirmed for a year": {old, never},
    }


def test_who_may_not_change_entries_is_not_asked_to(client):
    make_proposal()

    assert desk_of(enter(client, make_user("partner", is_staff=True))).tasks == []
