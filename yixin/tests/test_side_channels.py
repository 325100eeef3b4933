"""What can be learnt without being shown it: from an order, a count, a tag, or the work that an answer takes."""

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yixin.access.masking import MASKS
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.lying import IN_A_CITY, lying_in
from yixin.tests.registry import ADMINS, address, make, make_territory

pytestmark = pytest.mark.django_db
OWN, OTHER, NOBODYS = "360700", "360100", 10**9
LISTS = [pytest.param(model, id=model._meta.label_lower) for model in IN_A_CITY if model in ADMINS]
MASKED = [pytest.param(apps.get_model(label), id=label) for label in MASKS]
ORGANIZATION = apps.get_model("organizations.organization")


def asked(client: Client, path: str, **sent) -> tuple:
    """Status, length of the page without its own address, headers, and how much was asked of the database."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, sent)
    page = answer.content.decode().replace(path, "*")
    told = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, len(page), told, len(queries)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_record_of_another_city_is_for_a_volunteer_as_one_that_never_was(client, kind, page):
    elsewhere = lying_in(kind, OTHER)
    client.force_login(make_territory().user)

    first, one, other = (asked(client, address(kind, page, key)) for key in (NOBODYS, elsewhere.pk, NOBODYS))

    assert one == other
    assert (first[0], one[0]) == (404, 404)  # the first also learns what every later one knows


@pytest.mark.parametrize("role", [None, "partner"])
@pytest.mark.parametrize("page", ["/organizations/{}/", "/organizations/{}/report/", "/organizations/{}/report/sent/"])
def test_hidden_organization_is_for_the_public_as_one_that_never_was(client, role, page):
    hidden = make(ORGANIZATION, name="知行社", listing="hidden")
    if role:
        client.force_login(make_user(role))
    client.get("/")

    one, other = (asked(client, page.format(slug)) for slug in (hidden.slug, "z" * len(hidden.slug)))

    assert one == other
    assert one[0] == 404


def test_partner_finds_what_the_public_does_not():
    """What is hidden in the test above is there for others."""
    client, hidden = Client(), make(ORGANIZATION, name="知行社", listing="partners")
    client.force_login(make_user("partner"))

    assert client.get(f"/organizations/{hidden.slug}/").status_code == 200


@pytest.mark.parametrize(
    "name", ["/organizations.json", "/organizations.csv", "/grants.json", "/sitemap-organizations.xml"]
)
def test_file_for_everybody_does_not_tell_that_something_hidden_changed(client, name):
    make(ORGANIZATION, name="知行社", listing="public", introduction="有")
    hidden = make(ORGANIZATION, name="某社", listing="hidden")

    def told() -> tuple:
        answer = client.get(name)
        return answer.get("ETag"), answer.get("Last-Modified"), answer.status_code, b"".join(answer)

    before = told()
    hidden.introduction = "改了"
    hidden.save()
    after = told()
    make(ORGANIZATION, name="另一社", listing="hidden")

    assert [before, after] == [told()] * 2


@pytest.mark.parametrize("model", MASKED)
@pytest.mark.parametrize("role", ["volunteer", "staff", "coordinator", "administrator"])
def test_no_list_is_ordered_by_what_it_masks(client, model, role):
    user = make_territory().user if role == "volunteer" else make_user(role)
    client.force_login(user)
    site = ADMINS[model]

    shown = client.get(address(model, "changelist"))

    if shown.status_code == 200:
        changelist = shown.context["cl"]
        columns = {str(changelist.get_ordering_field(name)).strip("-") for name in changelist.list_display}
        assert columns & MASKS[model._meta.label_lower].keys() == set()
        assert not set(site.ordering or model._meta.ordering) & MASKS[model._meta.label_lower].keys()


@pytest.mark.parametrize("kind", LISTS)
def test_counts_at_the_filters_are_of_the_own_city(client, kind):
    lying_in(kind, OWN), lying_in(kind, OTHER), lying_in(kind, OTHER)
    client.force_login(make_territory().user)

    shown = client.get(address(kind, "changelist"), {"_facets": "True"}).context["cl"]

    counts = [choice["display"] for spec in shown.filter_specs for choice in spec.choices(shown)]
    assert shown.result_count == 1
    assert [text for text in map(str, counts) if text.endswith(("(2)", "(3)"))] == []


def test_superuser_sees_counts_of_all(client):
    """There is something to count in the test above."""
    kind = apps.get_model("activities.event")
    [lying_in(kind, code) for code in (OWN, OTHER, OTHER)]
    client.force_login(make_superuser())

    page = client.get(address(kind, "changelist"), {"_facets": "True"}).content.decode()

    assert "(3)" in page


@pytest.mark.parametrize("code", [OWN, OTHER])
def test_what_a_volunteer_did_last_tells_of_the_own_city_alone(client, code):
    event = lying_in(apps.get_model("activities.event"), code)
    user = make_territory().user
    client.force_login(user)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(event),
        object_id=str(event.pk),
        object_repr="金丝雀活动",
        action_flag=CHANGE,
        change_message="",
    )

    page = client.get("/admin/").content.decode()

    assert ("金丝雀活动" in page) == (code == OWN)
