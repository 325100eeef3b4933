"""Which pages and files a regional volunteer opens, and what who has no city yet is told."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from yixin.tests.factories import make_user
from yixin.tests.lying import lying_in
from yixin.tests.registry import address, make, make_territory

pytestmark = pytest.mark.django_db
OWN, OTHER = "360700", "360100"
model = apps.get_model


@pytest.fixture
def office(client):
    client.force_login(make_territory().user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_pages_of_others_work_are_closed(office):
    body = lying_in(model("organizations.organization"), OWN)
    link = make(model("organizations.entrylink"), organization=body)
    proposal = make(model("organizations.proposal"), organization=body)
    sent = [
        reverse("admin:organizations_organization_links", args=[body.pk]),
        reverse("admin:organizations_organization_links_take_back", args=[body.pk, link.pk]),
        reverse("admin:organizations_organization_merge"),
        reverse("admin:organizations_organization_export"),
        reverse("admin:organizations_proposal_handle", args=[proposal.pk]),
        reverse("admin:import-start", args=["events"]),
    ]
    opened = [
        reverse("admin:organizations_organization_merge_with", args=[body.pk]),
        reverse("admin:organizations_organization_candidates"),
        reverse("admin:import-index"),
        reverse("admin:import-template", args=["events"]),
        reverse("reports:report-xlsx", args=[2014]),
        reverse("reports:checks", args=[2014]),
    ]

    assert {page: office.post(page, {"format": "csv"}).status_code for page in sent} == dict.fromkeys(sent, 403)
    assert {page: office.get(page).status_code for page in opened} == dict.fromkeys(opened, 403)
    assert "Link for the organisation" not in office.get(address(type(body), "change", body.pk)).content.decode()


def test_the_public_page_of_what_lies_elsewhere_is_not_reached_by_number(office):
    kind = model("contenttypes.contenttype").objects.get_for_model(model("organizations.organization"))

    assert office.get(reverse("admin:view_on_site", args=[kind.pk, 1])).status_code == 404


@pytest.mark.parametrize(("label", "column"), [("activities.photo", "image"), ("activities.expense", "receipt")])
def test_file_is_there_where_its_record_is(office, label, column):
    names = {}
    for code in (OWN, OTHER):
        record = lying_in(model(label), code)
        names[code] = default_storage.save(f"知行/{code}.jpg", ContentFile(b"picture"))
        type(record).objects.filter(pk=record.pk).update(**{column: names[code]})

    here, elsewhere = (office.get(reverse("media", args=[names[code]])) for code in (OWN, OTHER))

    assert (b"".join(here.streaming_content), elsewhere.status_code) == (b"picture", 404)


@pytest.mark.parametrize("name", ["a.jpg", "../a.jpg", "知行/./a.jpg", "\x00"])
def test_file_of_no_record_is_not_there(office, name):
    default_storage.save("知行/a.jpg", ContentFile(b"picture"))
    default_storage.save("a.jpg", ContentFile(b"picture"))

    assert office.get(reverse("media", args=["x"])[:-1] + name).status_code == 404


@pytest.mark.parametrize("page", ["admin:index", "admin:organizations_organization_changelist", "admin:find"])
def test_volunteer_without_a_city_is_told_whom_to_ask(client, page):
    lying_in(model("organizations.organization"), OWN)
    client.force_login(make_user("volunteer"))

    response = client.get(reverse(page), headers={"accept-language": "en"})

    assert response.status_code == 403
    assert "Ask an administrator to enter your city" in response.content.decode()
    assert client.get(reverse("admin:password_change")).status_code == 200


def test_who_is_given_a_city_is_confined_to_it_whatever_else_they_are(client):
    client.force_login(make_territory(user=make_user("coordinator")).user)
    elsewhere = lying_in(model("organizations.organization"), OTHER)

    assert client.get(address(type(elsewhere), "change", elsewhere.pk)).status_code == 404


# What is of the whole province


@pytest.fixture(params=["coordinator", "administrator"])
def both(client, request):
    """Somebody with another role who was given a city as well."""
    client.force_login(make_territory(user=make_user(request.param)).user)
    return client


def test_who_is_given_a_city_brings_no_table_in_whatever_else_they_are(both):
    pages = [reverse("admin:import-index"), reverse("admin:import-start", args=["attendance"])]
    pages += [reverse("admin:import-template", args=["events"])]

    assert {page: both.get(page).status_code for page in pages} == dict.fromkeys(pages, 403)
    assert reverse("admin:import-index") not in both.get(reverse("admin:index")).content.decode()


def test_who_is_given_a_city_sees_of_the_years_what_everybody_sees(both):
    lying_in(model("activities.event"), OTHER)
    page, funders = reverse("reports:report-detail", args=[2014]), reverse("reports:funders", args=[2014])
    closed = [reverse(f"reports:{name}", args=[2014]) for name in ("report-xlsx", "figures", "checks", "editions")]
    written = [reverse(f"reports:{name}", args=[2014]) for name in ("report-edit", "publish")]

    statuses = {one: both.get(one).status_code for one in (page, funders, *closed, *written)}

    assert statuses == {page: 404} | dict.fromkeys([funders, *closed, *written], 403)
    assert both.post(written[1]).status_code == 403


def test_who_is_given_a_city_sees_no_thumbnail(both):
    photo = lying_in(model("activities.photo"), OTHER)

    assert both.get(reverse("reports:photo-thumbnail", args=[photo.pk])).status_code == 403
