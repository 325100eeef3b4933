"""An organisation found on the way: on record, nearly on record, or new; in one step."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.utils import timezone

from activities.models import Visit
from activities.surveys.added import Found, add_visit
from activities.tests.factories import make_survey, make_visit
from activities.tests.surveying import page_of
from organizations.models import Alias, Organization
from organizations.tests.factories import make_alias, make_organization, region
from yixin.access.models import Revision
from yixin.fuzzydate import FuzzyDate, parse
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def add(office, survey, **changes):
    return office.post(page_of(survey, "added"), {"name": "湖口江豚协会", "city": "", "when": "今天"} | changes)


def added() -> list[tuple]:
    columns = ("organization__name", "status", "is_added", "when_text")
    return list(Visit.objects.order_by("pk").values_list(*columns))


def today() -> str:
    return str(FuzzyDate.on(timezone.localdate()))


def test_new_organisation_is_hidden_in_its_city_and_visited(office):
    survey = make_survey()

    page = office.get(page_of(survey, "added"))
    response = add(office, survey, city="360400")

    made = Organization.objects.get()
    assert page.context["form"]["when"].value() == today()
    assert (made.name, made.region, made.listing) == ("湖口江豚协会", region("360400"), "hidden")
    assert (made.is_sensitive, made.slug, made.name_pinyin[:5]) == (False, "hukoujiangtunxiehui", "hukou")
    assert added() == [("湖口江豚协会", "done", True, today())]
    assert response.url == f"/admin/activities/visit/{Visit.objects.get().pk}/change/?visited"


def test_what_was_found_stands_in_the_history(office):
    add(office, make_survey(), city="360400")

    kept = Revision.objects.order_by("model").values_list("model", "record", "act")
    organization, visit = Organization.objects.get(), Visit.objects.get()
    assert list(kept) == [
        ("activities.visit", visit.pk, "added"),
        ("organizations.organization", organization.pk, "added"),
    ]


def test_name_that_says_so_makes_it_sensitive(office):
    add(office, make_survey(), name="阳光艾滋感染者互助组")

    assert Organization.objects.get().is_sensitive


def test_exact_name_or_other_name_is_the_one_on_record(office):
    known, survey, other = make_organization(name="湖口江豚协会", region=region("360429")), make_survey(), make_survey()
    make_alias(organization=known, name="江豚会")

    add(office, survey, city="360400")
    add(office, other, name=" 江豚会 ")

    assert added() == [("湖口江豚协会", "done", True, today())] * 2
    assert (Organization.objects.get(), Alias.objects.count()) == (known, 1)


def test_namesake_in_another_city_is_another_one(office):
    make_organization(name="湖口江豚协会", region=region("360700"))

    add(office, make_survey(), city="360400")

    assert sorted(Organization.objects.values_list("region__code", flat=True)) == ["360400", "360700"]


def test_near_name_is_asked_about_first(office):
    known, survey = make_organization(name="湖口县江豚保护协会", region=region("360429")), make_survey()

    asked = add(office, survey, name="湖口江豚保护协会")

    form = asked.context["form"]
    assert (asked.status_code, list(form.errors)) == (422, ["same"])
    assert [value for value, label in form.fields["same"].choices] == [str(known.pk), "new"]
    assert form["name"].value() == "湖口江豚保护协会"
    assert added() == []

    add(office, survey, name="湖口江豚保护协会", same=known.pk)

    assert added() == [("湖口县江豚保护协会", "done", True, today())]
    assert list(Alias.objects.values_list("organization", "name")) == [(known.pk, "湖口江豚保护协会")]


def test_near_name_can_be_a_new_one(office):
    make_organization(name="湖口县江豚保护协会")

    add(office, make_survey(), name="湖口江豚保护协会", same="new")

    assert sorted(Organization.objects.values_list("name", flat=True)) == ["湖口县江豚保护协会", "湖口江豚保护协会"]
    assert Alias.objects.count() == 0


def test_of_several_namesakes_one_is_chosen(office):
    one, other = (make_organization(name="江豚协会", region=region(code)) for code in ("360400", "360700"))
    survey = make_survey()

    asked = add(office, survey, name="江豚协会")
    add(office, survey, name="江豚协会", same=other.pk)

    assert [value for value, label in asked.context["form"].fields["same"].choices] == [
        str(one.pk),
        str(other.pk),
        "new",
    ]
    assert Visit.objects.get().organization == other


def test_organisation_that_is_in_the_survey_already_leads_to_its_visit(office):
    visit = make_visit(status="planned", organization=make_organization(name="江豚协会"))

    response = add(office, visit.survey, name="江豚协会")

    assert response.status_code == 422
    assert response.context["form"].errors["name"][0].startswith("“江豚协会” is in this survey already.")
    assert f"/admin/activities/visit/{visit.pk}/change/?visited" in response.content.decode()
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": " \x00\u3000"}, ["name"]),
        ({"name": "长" * 101}, ["name"]),
        ({"city": "999999"}, ["city"]),
        ({"when": ""}, ["when"]),
        ({"when": "2月30日"}, ["when"]),
        ({"when": "x", "name": ""}, ["name", "when"]),
    ],
)
def test_bad_values_are_told_at_their_fields_and_kept(office, changes, fields):
    response = add(office, make_survey(), **changes)

    form = response.context["form"]
    assert (response.status_code, sorted(form.errors)) == (422, fields)
    assert [form[name].value() for name in changes] == list(changes.values())
    assert (Visit.objects.count(), Organization.objects.count()) == (0, 0)


def test_who_may_not_add_organisations_chooses_one_on_record(client):
    known, survey = make_organization(name="江豚协会"), make_survey()
    limited = make_user(is_staff=True)
    names = ["view_survey", "view_visit", "add_visit"]
    limited.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(limited)

    refused = add(client, survey, name="新余绿园社")
    stored = add(client, survey, name="江豚协会")

    assert list(refused.context["form"].errors) == ["name"]
    assert (stored.url, Visit.objects.get().organization) == (page_of(survey), known)


def test_two_at_once_store_one_and_tell_the_other(office):
    survey = make_survey()
    user = make_user("staff")

    def store():
        found = Found(survey, Organization(name="江豚协会"), parse("2014年10月4日"))
        return add_visit(found=found, reason="", by=user, now=timezone.now())

    store()
    with pytest.raises(ValidationError) as raised:
        store()

    assert raised.value.code == "unique"
    assert (Organization.objects.count(), Visit.objects.count()) == (1, 1)
