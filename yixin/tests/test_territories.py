"""What a regional volunteer sees and writes: everything of their own prefecture city, and nothing of any other."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yixin.access.territories import NOTHING, TERRITORIES, WHOLE, paths
from yixin.tests.lying import IN_A_CITY, lying_in, place
from yixin.tests.registry import ADMINS, address, as_it_stands, make, make_territory

pytestmark = pytest.mark.django_db
OWN, OTHER, COUNTY = "360700", "360100", "360702"
LISTS = [pytest.param(model, id=model._meta.label_lower) for model in IN_A_CITY if model in ADMINS]
PAGES = ["change", "delete", "history"]


@pytest.fixture
def volunteer():
    return make_territory().user


@pytest.fixture
def office(client, volunteer):
    client.force_login(volunteer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def model(label: str):
    return apps.get_model(label)


def test_every_model_has_its_line():
    labels = [*settings.YIXIN_APPS, "intake", "access"]

    assert set(TERRITORIES) == {
        m._meta.label_lower for label in labels for m in apps.get_app_config(label).get_models()
    }


def test_every_path_leads_to_a_place():
    for label, ways in TERRITORIES.items():
        for path in paths(model(label)) if ways not in (WHOLE, NOTHING) else ():
            model(label).objects.filter(**{f"{path}__code": OWN}).exists()


@pytest.mark.parametrize("kind", LISTS)
def test_list_holds_what_lies_in_the_city_each_once(office, kind):
    here, county = lying_in(kind, OWN), lying_in(kind, COUNTY)
    lying_in(kind, OTHER), lying_in(kind, None)

    shown = office.get(address(kind, "changelist")).context["cl"].result_list

    assert sorted(record.pk for record in shown) == sorted({here.pk, county.pk})


@pytest.mark.parametrize("kind", LISTS)
def test_others_records_are_not_there(office, kind):
    elsewhere = lying_in(kind, OTHER)

    statuses = [
        getattr(office, way)(address(kind, page, elsewhere.pk)).status_code for page in PAGES for way in ("get", "post")
    ]

    assert statuses == [404] * 6
    assert kind._base_manager.filter(pk=elsewhere.pk).exists()


@pytest.mark.parametrize("kind", LISTS)
def test_own_record_opens_and_is_saved_as_it_is(office, kind):
    record = lying_in(kind, OWN)
    before = kind._base_manager.filter(pk=record.pk).values().get()

    form = office.get(address(kind, "change", record.pk))
    saved = office.post(address(kind, "change", record.pk), as_it_stands(form))

    assert (form.status_code, saved.status_code) == (200, 302)
    assert kind._base_manager.filter(pk=record.pk).values().get() == before


@pytest.mark.parametrize("kind", LISTS)
def test_list_search_and_form_hold_nothing_of_another_city(office, kind):
    """A canary in every text of the records, and of those that they are linked to."""
    lying_in(kind, OTHER, canary="金丝雀")
    lying_in(kind, OWN)

    pages = [address(kind, "changelist"), address(kind, "changelist") + "?q=金丝雀", address(kind, "add")]
    pages += [reverse("admin:find") + "?q=金丝雀", reverse("admin:index")]

    assert [
        page
        for page in pages
        if "金丝雀"
        in office.get(page)
        .content.decode()
        .replace("?q=金丝雀", "")
        .replace('value="金丝雀"', "")
        .replace("“金丝雀”", "")
    ] == []


def links() -> list:
    found = [(kind, name) for kind in ADMINS for name in ADMINS[kind].autocomplete_fields if kind in IN_A_CITY]
    return [pytest.param(kind, name, id=f"{kind._meta.label_lower}.{name}") for kind, name in found]


@pytest.mark.parametrize(("kind", "name"), links())
def test_search_inside_a_form_offers_nothing_of_another_city(office, kind, name):
    target = kind._meta.get_field(name).related_model
    if target in IN_A_CITY:
        elsewhere = lying_in(target, OTHER)
    else:
        elsewhere = place(OTHER) if target._meta.model_name == "region" else make(target)
    asked = {"app_label": kind._meta.app_label, "model_name": kind._meta.model_name, "field_name": name}

    found = office.get(reverse("admin:autocomplete"), asked)

    if TERRITORIES[target._meta.label_lower] == NOTHING:
        assert found.status_code == 403
        return
    is_shared = TERRITORIES[target._meta.label_lower] == WHOLE and target._meta.model_name != "region"
    assert (str(elsewhere.pk) in [row["id"] for row in found.json()["results"]]) is is_shared


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("organizations.organization", "region"),
        ("organizations.networkgroup", "region"),
        ("organizations.contact", "organization"),
        ("organizations.contact", "person"),
        ("activities.event", "region"),
        ("activities.attendance", "event"),
        ("activities.attendance", "person"),
        ("activities.attendance", "organization"),
        ("activities.visit", "organization"),
        ("activities.engagement", "organization"),
        ("activities.photo", "event"),
        ("activities.expense", "event"),
    ],
)
def test_forged_choice_of_another_city_is_refused_with_a_sentence(office, label, name):
    record = lying_in(model(label), OWN)
    target = record._meta.get_field(name).related_model
    elsewhere = place(OTHER) if name == "region" else lying_in(target, OTHER)
    form, before = as_it_stands(office.get(address(type(record), "change", record.pk))), getattr(record, f"{name}_id")

    response = office.post(address(type(record), "change", record.pk), form | {name: elsewhere.pk})

    assert response.context["adminform"].form.errors == {
        name: ["Choose something in 赣州市: you record what lies there."]
    }
    record.refresh_from_db()
    assert getattr(record, f"{name}_id") == before


@pytest.mark.parametrize("label", ["organizations.organization", "activities.event", "organizations.networkgroup"])
def test_a_new_record_lies_in_the_city_and_is_asked_where(office, label):
    page = office.get(address(model(label), "add"))
    sent = as_it_stands(page) | {"name": "知行社", "title": "知行", "when": "2014年1月4日", "platform": "qq"}
    area = {"area": make(model("activities.workarea")).pk} if label == "activities.event" else {}

    empty = office.post(address(model(label), "add"), sent | area | {"region": ""})
    stored = office.post(address(model(label), "add"), sent | area)

    assert empty.context["adminform"].form.errors == {
        "region": ["Choose something in 赣州市: you record what lies there."]
    }
    assert stored.status_code == 302
    assert model(label).objects.latest("pk").region.code == OWN


def test_a_person_who_was_just_added_can_be_chosen_until_they_belong_elsewhere(office, volunteer):
    person, place = model("organizations.person"), model("organizations.organization")
    office.post(address(person, "add"), {"name": "李知行", "is_active": "on"})
    added = person.objects.latest("pk")
    seen = [office.get(address(person, "change", added.pk)).status_code]

    make(model("organizations.contact"), person=added, organization=lying_in(place, OTHER))
    seen.append(office.get(address(person, "change", added.pk)).status_code)

    assert seen == [200, 404]


def test_what_an_event_has_from_elsewhere_stays_when_it_is_saved(office):
    part = make(model("activities.eventorganization"), event=lying_in(model("activities.event"), OWN))
    funding = make(model("grants.funding"), purpose="金丝雀")
    type(part.event).objects.filter(pk=part.event.pk).update(funding=funding)
    page = office.get(address(type(part.event), "change", part.event.pk))

    saved = office.post(address(type(part.event), "change", part.event.pk), as_it_stands(page) | {"title": "知行会"})

    part.event.refresh_from_db()
    assert "金丝雀" not in page.content.decode()
    assert (saved.status_code, part.event.title, part.event.funding) == (302, "知行会", funding)
    assert list(part.event.organizations.all()) == [part.organization]


@pytest.mark.parametrize("label", sorted(label for label, ways in TERRITORIES.items() if ways == NOTHING))
def test_of_what_lies_in_no_city_there_is_nothing(office, label):
    if model(label) not in ADMINS:
        return
    record = make(model(label))

    found = [office.get(address(model(label), page, record.pk)).status_code for page in PAGES]
    found += [office.get(address(model(label), page)).status_code for page in ("changelist", "add")]

    assert found == [403] * 5


@pytest.mark.parametrize("name", ["survey", "course", "question", "workarea", "fieldofwork", "region"])
def test_what_all_cities_share_is_seen_and_not_written(office, name):
    kind = next(kind for kind in ADMINS if kind._meta.model_name == name)
    record = make(kind)

    assert office.get(address(kind, "changelist")).status_code == 200
    assert office.get(address(kind, "change", record.pk)).status_code == 200
    assert office.post(address(kind, "change", record.pk), {}).status_code == 403
    assert office.get(address(kind, "add")).status_code == 403


@pytest.mark.parametrize("label", ["activities.event", "organizations.person", "activities.expense"])
def test_list_costs_a_volunteer_no_query_more_for_more_rows(office, label):
    kind, numbers = model(label), []
    for more in (1, 20):
        for _ in range(more):
            lying_in(kind, OWN)
        office.get(address(kind, "changelist"))
        with CaptureQueriesContext(connection) as queries:
            office.get(address(kind, "changelist"))
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
