"""Rows inside the form of an organisation: what is there twice gets a sentence, and nothing typed is lost."""

import pytest
from django.urls import reverse

from organizations.models import Alias, Contact, Organization
from organizations.tests.factories import make_alias, make_person
from yixin.tests.factories import make_user
from yixin.tests.registry import as_it_stands

pytestmark = pytest.mark.django_db

ADD = reverse("admin:organizations_organization_add")
TWICE = "The organisation has this other name already."


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def sent(*names: str, people: tuple = ()) -> dict:
    """A new organisation with those aliases, and with those people as its contacts."""
    data = {"name": "知行社", "listing": "hidden"}
    data |= {"aliases-TOTAL_FORMS": len(names), "aliases-INITIAL_FORMS": 0}
    data |= {"contacts-TOTAL_FORMS": len(people), "contacts-INITIAL_FORMS": 0}
    for number, name in enumerate(names):
        data |= {f"aliases-{number}-name": name, f"aliases-{number}-kind": "short"}
    for number, (person, role) in enumerate(people):
        data |= {f"contacts-{number}-person": person.pk, f"contacts-{number}-role": role}
    return data


def change(organization: Organization) -> str:
    return reverse("admin:organizations_organization_change", args=[organization.pk])


def errors(response) -> list:
    return [formset.formset.errors for formset in response.context["inline_admin_formsets"]]


@pytest.mark.parametrize("second", ["知行A", "知行Ａ", "知 行a", "知行A\u200b", "「知行A」"])
def test_alias_typed_twice_gets_a_sentence_at_the_second(staff, second):
    response = staff.post(ADD, sent("知行A", "别名", second))

    assert response.status_code == 200
    assert errors(response) == [[{}, {}, {"__all__": [TWICE]}], []]
    assert Organization.objects.count() == 0


def test_alias_that_is_stored_already_gets_a_sentence(staff):
    organization = make_alias(name="知行Ａ").organization
    data = as_it_stands(staff.get(change(organization)))
    data |= {"aliases-TOTAL_FORMS": 2, "aliases-1-name": "知行a", "aliases-1-kind": "former"}

    response = staff.post(change(organization), data | {"aliases-1-organization": organization.pk})

    assert response.status_code == 200
    assert errors(response) == [[{}, {"__all__": [TWICE]}], []]
    assert list(Alias.objects.values_list("name", flat=True)) == ["知行Ａ"]


def test_alias_of_another_organization_may_be_the_same(staff):
    make_alias(name="知行A")

    response = staff.post(ADD, sent("知行A"))

    assert response.status_code == 302
    assert list(Alias.objects.values_list("name", flat=True)) == ["知行A", "知行A"]


def test_contact_with_one_role_twice_gets_a_sentence(staff):
    person = make_person()

    response = staff.post(ADD, sent(people=((person, "会长"), (person, "会长\u3000"))))

    assert response.status_code == 200
    assert errors(response) == [[], [{}, {"__all__": ["This person has this role in this organisation already."]}]]
    assert Contact.objects.count() == 0


def test_contact_with_two_roles_is_two_rows(staff):
    person = make_person()

    response = staff.post(ADD, sent(people=((person, "会长"), (person, "财务"))))

    assert response.status_code == 302
    assert list(Contact.objects.order_by("pk").values_list("role", flat=True)) == ["会长", "财务"]


def test_year_of_an_alias_ends_after_it_starts(staff):
    response = staff.post(ADD, sent("知行A") | {"aliases-0-valid_from": 2014, "aliases-0-valid_to": 2013})

    assert errors(response) == [[{"__all__": ["The last year must not come before the first."]}], []]
    assert Organization.objects.count() == 0
