"""Phones, e-mail and postal addresses: masked everywhere in the staff's site but on the record's own form."""

import json

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.urls import reverse

from yixin.access.levels import Level, level_of
from yixin.access.masking import MASKS, masked
from yixin.access.models import Sighting
from yixin.access.showing import is_called_by_a_name
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, address, as_it_stands, make, make_territory

pytestmark = pytest.mark.django_db
PERSON, BODY, PROPOSAL = (apps.get_model(f"organizations.{name}") for name in ("person", "organization", "proposal"))
PHONE, EMAIL, HOME = "13912347777", "zhixing@example.org", "江西省赣州市章贡区知行路1号"


@pytest.fixture
def enter(client):
    """Logs in somebody of that role and gives the browser back."""

    def log_in(role: str):
        client.force_login(make_territory().user if role == "volunteer" else make_user(role))
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return log_in


def somebody(**changes) -> Model:
    """Whom a volunteer of 赣州 sees, and their organisation."""
    place = apps.get_model("organizations.region").objects.in_use(2014).get(code="360700")
    body = make(BODY, region=place, address=HOME)
    person = make(PERSON, **{"name": "李知行", "phone": PHONE, "email": EMAIL} | changes)
    make(apps.get_model("organizations.contact"), person=person, organization=body)
    return person


def body_of(person) -> Model:
    return person.contacts.get().organization


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("phone", "13800138000", "138****8000"),
        ("phone", "+8613800138000", "138****8000"),
        ("phone", "+86-138-0013-8000", "138****8000"),
        ("phone", "0791-88000012", "0791-****12"),
        ("phone", "+86-791-88000012", "0791-****12"),
        ("phone", "0791-88000012-801", "0791-****01"),
        ("phone", "010-88000012", "010-****12"),
        ("phone", "88000012", "****12"),
        ("phone", "400-123-4567", "0400-****67"),
        ("phone", "+85291234567", "****67"),
        ("phone", "12345", "****"),
        ("phone", "", ""),
        ("phone", None, ""),
        ("email", "jane@example.org", "j***@example.org"),
        ("email", "j@example.org", "j***@example.org"),
        ("email", "@example.org", "****"),
        ("email", "jane", "****"),
        ("address", "江西省南昌市青山湖区北京路1号", "江西省南昌市****"),
        ("address", "赣州市章贡区知行路1号", "赣州市****"),
        ("address", "知行路1号", "****"),
        ("address", "超市旁边", "****"),
        ("reached", "jane@example.org", "j***@example.org"),
        ("reached", "电话13800138000", "138****8000"),
        ("reached", "微信 zhixing", "****"),
        ("whole", "李知行说地址错了", "****"),
    ],
)
def test_value_is_masked(kind, value, expected):
    assert masked(value, kind) == expected


def test_what_is_masked_is_personal():
    assert {level_of(apps.get_model(label), name) for label, names in MASKS.items() for name in names} == {
        Level.PERSONAL
    }


@pytest.mark.parametrize("role", ["superuser", "administrator", "coordinator", "staff", "volunteer"])
def test_no_list_search_or_page_shows_them_in_full(client, enter, role):
    person = somebody()
    make(PROPOSAL, organization=body_of(person), sender_contact=PHONE)
    office = enter(role) if role != "superuser" else client
    if role == "superuser":
        office.force_login(make_superuser())
    pages = [address(model, "changelist") for model in ADMINS]
    pages += [address(type(one), page, one.pk) for one in (person, body_of(person)) for page in ("delete", "history")]
    pages += [f"{reverse('admin:find')}?q={word}" for word in ("李知行", PHONE)]
    pages += [f"{address(PERSON, 'changelist')}?q={word}" for word in ("李知行", "13912")]
    box = {"app_label": "organizations", "model_name": "contact", "field_name": "person"}
    found = {page: office.get(page) for page in pages} | {"box": office.get(reverse("admin:autocomplete"), box)}

    shown = {page: response.content.decode() for page, response in found.items()}

    secrets = [(page, secret) for page in shown for secret in (PHONE, EMAIL, HOME) if secret not in page]  # was typed
    assert {page for page, secret in secrets if secret in shown[page]} == set()
    assert "139****7777" in shown[address(PERSON, "changelist")]
    assert "z***@example.org" in shown[address(PERSON, "changelist")]
    assert not Sighting.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "coordinator", "staff"])
def test_own_form_shows_them_in_full_and_each_opening_is_noted(enter, role):
    person, office = somebody(), enter(role)

    for one, secret in ((person, PHONE), (person, EMAIL), (body_of(person), HOME)):
        assert secret in office.get(address(type(one), "change", one.pk)).content.decode()

    user = int(office.session["_auth_user_id"])
    assert list(Sighting.objects.order_by("pk").values_list("user", "model", "record")) == [
        (user, "organizations.person", person.pk),
        (user, "organizations.person", person.pk),
        (user, "organizations.organization", body_of(person).pk),
    ]


def test_form_without_anything_to_see_notes_nothing(enter):
    person, office = make(PERSON), enter("staff")

    office.get(address(PERSON, "change", person.pk))
    office.get(address(PERSON, "add"))

    assert not Sighting.objects.exists()


def test_saving_notes_no_second_sighting(enter):
    person, office = somebody(), enter("staff")
    page = office.get(address(PERSON, "change", person.pk))

    office.post(address(PERSON, "change", person.pk), as_it_stands(page))

    assert Sighting.objects.count() == 1


def test_who_may_not_see_them_is_shown_the_mask_and_cannot_write_over_it(enter):
    person, office = somebody(), enter("volunteer")
    page = office.get(address(PERSON, "change", person.pk))
    text = page.content.decode()

    sent = as_it_stands(page) | {"name": "李行知", "phone": "", "email": "a@b.cn"}
    saved = office.post(address(PERSON, "change", person.pk), sent)

    person.refresh_from_db()
    assert (PHONE in text, EMAIL in text, "139****7777" in text) == (False, False, True)
    assert (saved.status_code, person.name, person.phone, person.email) == (302, "李行知", PHONE, EMAIL)
    assert not Sighting.objects.exists()


def test_what_is_empty_they_may_fill_in(enter):
    person, office = somebody(phone=""), enter("volunteer")
    page = office.get(address(PERSON, "change", person.pk))

    office.post(address(PERSON, "change", person.pk), as_it_stands(page) | {"phone": "13800138000"})

    person.refresh_from_db()
    assert (person.phone, person.email) == ("13800138000", EMAIL)


def test_log_of_sightings_is_for_administrators_and_changed_by_nobody(client, enter):
    enter("staff").get(address(PERSON, "change", somebody().pk))
    seen = Sighting.objects.get()
    pages = [address(Sighting, "changelist"), address(Sighting, "change", seen.pk)]

    found = {
        role: [enter(role).get(page).status_code for page in pages]
        for role in ("staff", "coordinator", "administrator")
    }
    client.force_login(make_superuser())
    changed = [
        client.post(address(Sighting, page, seen.pk), {"post": "yes"}).status_code for page in ("change", "delete")
    ]
    changed.append(client.post(address(Sighting, "add"), {}).status_code)
    client.post(pages[0], {"action": "delete_selected", "_selected_action": seen.pk, "post": "yes"})

    assert found == {"staff": [403, 403], "coordinator": [403, 403], "administrator": [200, 200]}
    assert changed == [403, 403, 403]
    assert Sighting.objects.filter(pk=seen.pk).exists()


def test_models_called_by_the_names_of_people():
    assert sorted(model._meta.model_name for model in ADMINS if is_called_by_a_name(model)) == [
        "attendance",
        "contact",
        "grant",
        "payment",
        "person",
        "photo",
    ]


def test_log_of_what_was_done_names_nobody(client):
    """Adding, changing and deleting a person, by their own form, by that of their organisation, and on the list."""
    client.force_login(make_superuser())
    client.post(address(PERSON, "add"), {"name": "金丝雀甲", "is_active": "on"})
    person, contact = PERSON.objects.get(), apps.get_model("organizations.contact")
    page = client.get(address(PERSON, "change", person.pk))
    client.post(address(PERSON, "change", person.pk), as_it_stands(page) | {"remark": "知行"})
    body = make(BODY)
    page = as_it_stands(client.get(address(BODY, "change", body.pk)))
    row = {"contacts-TOTAL_FORMS": 1, "contacts-0-person": person.pk, "contacts-0-organization": body.pk}
    client.post(address(BODY, "change", body.pk), page | row)
    client.post(address(contact, "delete", contact.objects.get().pk), {"post": "yes"})
    client.post(address(PERSON, "changelist"), {"action": "delete_selected", "_selected_action": person.pk, "post": 1})

    told = [(entry.object_repr, entry.get_change_message()) for entry in LogEntry.objects.order_by("pk")]

    assert (PERSON.objects.count(), len(told)) == (0, 5)
    assert told[0][0] == told[1][0] == told[4][0] == f"人员 {person.pk}"
    assert "金丝雀" not in json.dumps(told, ensure_ascii=False)


def test_pages_of_merging_and_of_proposals_show_no_address_or_phone_to_who_may_not_see_it(client):
    """To somebody who may merge and handle, but not see."""
    user = make_user(is_staff=True)
    names = ("view_organization", "change_organization", "merge_organization", "view_proposal", "view_merger")
    user.user_permissions.set(apps.get_model("auth.permission").objects.filter(codename__in=names))
    client.force_login(user)
    person = somebody()
    said = {"sender_contact": PHONE, "sender_name": "李知行", "message": f"李知行换了号码：{EMAIL}"}
    proposal = make(PROPOSAL, organization=body_of(person), **said)
    both = {"kept": body_of(person).pk, "merged": make(BODY, address="江西省南昌市知行路9号").pk}

    merging = client.get(reverse("admin:organizations_organization_merge"), both)
    handling = client.get(address(PROPOSAL, "change", proposal.pk))

    assert (merging.status_code, handling.status_code) == (200, 200)
    assert "江西省赣州市****" in merging.content.decode()
    assert "**** 139****7777" in handling.content.decode()
    for text in (merging.content.decode(), handling.content.decode()):
        assert [secret for secret in ("知行路", PHONE, EMAIL, "李知行") if secret in text] == []
    assert not Sighting.objects.exists()


@pytest.mark.parametrize("said", [{"message": "李知行换了号码"}, {"sender_name": "李知行"}, {"sender_contact": PHONE}])
def test_what_people_wrote_from_outside_is_noted_as_seen_by_who_may_see_it(enter, said):
    proposal, office = make(PROPOSAL, kind="changes", **{"message": ""} | said), enter("staff")
    page = address(PROPOSAL, "change", proposal.pk)

    texts = [office.get(page).content.decode()]
    seen = [(one.model, one.record) for one in Sighting.objects.all()]
    texts.append(office.post(reverse("admin:organizations_proposal_handle", args=[proposal.pk])).content.decode())

    assert all(value in text for text in texts for value in said.values())
    assert (seen, Sighting.objects.count()) == ([("organizations.proposal", proposal.pk)], 2)


def test_proposal_in_which_nobody_is_named_notes_nothing(enter):
    proposal = make(PROPOSAL, kind="changes", message="", sender_name="", sender_contact="")

    enter("staff").get(address(PROPOSAL, "change", proposal.pk))

    assert not Sighting.objects.exists()
