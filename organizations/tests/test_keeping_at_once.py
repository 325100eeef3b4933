"""Two with one link, or two of the staff, at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from organizations.keeping.handling import Decision, Review, handle
from organizations.keeping.links import Closed
from organizations.keeping.proposing import Answer, propose
from organizations.models import Organization, Proposal
from organizations.tests.factories import NOW, make_entry_link, make_organization, make_proposal
from yixin.tests.factories import make_user

TOGETHER = 4
pytestmark = pytest.mark.django_db(transaction=True)


def together(act) -> list[str]:
    """What each of four says who do it at one moment, in order."""
    barrier = Barrier(TOGETHER)

    def once(number: int) -> str:
        barrier.wait(timeout=30)
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return sorted(pool.map(once, range(TOGETHER)))


def test_one_proposal_comes_of_a_link_and_the_others_are_told():
    link = make_entry_link()

    def send(number: int) -> str:
        try:
            propose(link=link, answer=Answer(message=f"第{number}次"), now=NOW)
        except Closed as closed:
            return closed.why.value
        return "sent"

    assert together(send) == ["sent", "used", "used", "used"]
    assert Proposal.objects.count() == 1
    link.refresh_from_db()
    assert (link.used_at, link.proposal) == (NOW, Proposal.objects.get())


def test_two_links_of_one_organization_make_two_proposals_in_order():
    organization = make_organization()
    links = [make_entry_link(organization=organization) for _ in range(TOGETHER)]

    def send(number: int) -> str:
        propose(link=links[number], answer=Answer(message=f"第{number}次"), now=NOW)
        return "sent"

    assert together(send) == ["sent"] * TOGETHER
    assert sorted(Proposal.objects.values_list("message", flat=True)) == [f"第{n}次" for n in range(TOGETHER)]


def test_a_proposal_is_handled_once():
    organization, user = make_organization(), make_user("staff")
    changes = {"website": ["", "https://a.example.org/"]}
    proposal = make_proposal(organization=organization, kind="changes", changes=changes)
    decision = Decision(frozenset(changes), seen=Review(proposal).seen)

    def decide(_number: int) -> str:
        try:
            handle(proposal=proposal, decision=decision, by=user, now=NOW)
        except ValidationError as error:
            return error.code
        return "done"

    assert together(decide) == ["done", "handled", "handled", "handled"]
    assert Organization.objects.get().website == "https://a.example.org/"


def test_of_two_proposals_that_are_accepted_at_once_the_second_is_looked_at_again():
    organization, user = make_organization(), make_user("staff")
    proposals = [
        make_proposal(organization=organization, kind="changes", changes={"website": ["", f"https://{n}.example.org/"]})
        for n in range(TOGETHER)
    ]
    seen = Review(proposals[0]).seen

    def decide(number: int) -> str:
        decision = Decision(frozenset(["website"]), seen=seen)
        try:
            handle(proposal=proposals[number], decision=decision, by=user, now=NOW)
        except ValidationError as error:
            return error.code
        return "done"

    assert together(decide) == ["done", "moved", "moved", "moved"]
    assert Proposal.objects.open().count() == TOGETHER - 1
