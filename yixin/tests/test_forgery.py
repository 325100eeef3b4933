"""What another site makes a browser send is refused at every address, with a page that says so, and changes nothing."""

import pytest
from django.test import Client

from yixin.tests.addresses import make_world, routes
from yixin.tests.answers import Written
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db
# No cookie gives access here, the address does: see organizations/keeping/views.py.
OPEN_BY_ADDRESS = ("organizations/entry/<str:token>/", "organizations/entry/<str:token>/sent/")
PAGE = "403_csrf.html"
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")


def answered(client: Client, world, **sent) -> dict[str, tuple[int, bool, set[str]]]:
    """Status, whether our page says why, and the tables that were written to, at every address."""
    found = {}
    for route in dict.fromkeys(routes()):
        with Written() as tables:
            answer = client.post(world.address(route, world.here), sent)
        found[route] = answer.status_code, PAGE in [template.name for template in answer.templates], tables
    return found


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        ({}, {}),
        ({"csrfmiddlewaretoken": "x" * 64}, {}),
        ({}, {"origin": "https://other.example", "X-CSRFToken": "x" * 64}),
    ],
    ids=["no token", "wrong token", "from another site"],
)
def test_form_of_another_site_is_refused_everywhere(sent, headers):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers=headers)
    world = make_world()
    client.force_login(make_superuser())

    found = answered(client, world, **sent)

    refused = {route: answer for route, answer in found.items() if route not in OPEN_BY_ADDRESS}
    assert refused == dict.fromkeys(refused, (403, True, set()))
    assert [found[route][0] for route in OPEN_BY_ADDRESS] == [404, 405]


def test_without_an_account_nothing_can_be_sent_either():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    found = answered(client, make_world())

    outcomes = {(status, is_told) for status, is_told, _tables in found.values()}
    assert outcomes <= {(403, True), (302, False), (404, False), (405, False)}
    assert [tables for _status, _told, tables in found.values() if tables] == []


def test_nothing_answers_to_what_no_browser_does():
    client, world = Client(raise_request_exception=False), make_world()
    client.force_login(make_superuser())

    with Written() as tables:
        statuses = {
            client.generic(method.upper(), world.address(route, world.here)).status_code
            for route in dict.fromkeys(routes())
            for method in OTHER_METHODS
        }

    assert (statuses, tables) == ({405}, set())
