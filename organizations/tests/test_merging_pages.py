"""Who sees the pages of merging, what they cost, and how a merge is undone there."""

import pytest
from django.urls import reverse
from django.utils import translation

from organizations.models import Contact, Merger, Organization
from organizations.tests.factories import make_contact, make_distinction, make_organization, make_person
from organizations.tests.merging import merged_into, point_at, twins
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:organizations_organization_changelist")
CANDIDATES = reverse("admin:organizations_organization_candidates")
APART = reverse("admin:organizations_organization_told_apart")
MERGE = reverse("admin:organizations_organization_merge")


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


@pytest.fixture
def office(client):
    client.force_login(make_user("coordinator", username="测试甲"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def side_by_side(kept, merged) -> str:
    return f"{MERGE}?kept={kept.pk}&merged={merged.pk}"


def log_of(merger) -> str:
    return reverse("admin:organizations_merger_change", args=[merger.pk])


@pytest.mark.parametrize("role", [None, "partner", "staff"])
def test_only_who_may_merge_sees_the_pages(client, role):
    kept, merged = twins()
    merger = merged_into(make_organization(), make_organization())
    client.force_login(make_user(role, is_staff=True))
    with_whom = reverse("admin:organizations_organization_merge_with", args=[kept.pk])
    undo = reverse("admin:organizations_merger_undo", args=[merger.pk])

    gets = [client.get(page).status_code for page in (CANDIDATES, side_by_side(kept, merged), with_whom)]
    posts = [client.post(page).status_code for page in (APART, side_by_side(kept, merged), undo)]

    assert (gets, posts) == ([403] * 3, [403] * 3)
    assert Merger.objects.get().undone_at is None


def test_who_may_not_merge_is_offered_nothing(client):
    client.force_login(make_user("staff"))
    organization = make_organization()

    pages = [client.get(LIST), client.get(reverse("admin:organizations_organization_change", args=[organization.pk]))]

    for page in pages:
        assert ("/merge/" in page.content.decode(), CANDIDATES in page.content.decode()) == (False, False)
    assert "merge_two" not in dict(pages[0].context["action_form"].fields["action"].choices)


def test_the_log_is_read_by_staff_and_changed_by_nobody(client):
    merger = merged_into(*twins())
    client.force_login(make_user("staff"))

    page = client.get(log_of(merger))

    assert (page.status_code, "undoing" in page.context) == (200, False)
    assert client.post(log_of(merger), {"merged_name": "乙"}).status_code == 403
    assert client.post(reverse("admin:organizations_merger_delete", args=[merger.pk])).status_code == 403


def test_what_is_lost_is_told_before_and_undone_once_it_is_confirmed(office):
    kept, merged = twins()
    contact = make_contact(organization=merged)
    merger = merged_into(kept, merged)
    contact.delete()
    undo = reverse("admin:organizations_merger_undo", args=[merger.pk])
    page = office.get(log_of(merger))
    assert page.context["undoing"].lost == ["Deleted since, and not coming back: Contacts 1."]

    refused = office.post(undo)
    done = office.post(undo, {"confirmed": page.context["undoing"].fingerprint})

    assert (refused.status_code, refused.context["undo_form"].non_field_errors()) == (
        422,
        ["Deleted since, and not coming back: Contacts 1."],
    )
    assert (done.status_code, Organization.objects.count(), Contact.objects.count()) == (302, 2, 0)


@pytest.mark.parametrize("confirmed", ["\x00", "长" * 1000, "x"])
def test_no_confirmation_is_good_by_chance(office, confirmed):
    kept, merged = twins()
    contact = make_contact(organization=merged)
    merger = merged_into(kept, merged)
    contact.delete()

    answer = office.post(reverse("admin:organizations_merger_undo", args=[merger.pk]), {"confirmed": confirmed})

    assert (answer.status_code, Organization.objects.filter(pk=merged.pk).count()) == (422, 0)


@pytest.mark.parametrize("number", [1, 30])
def test_side_by_side_costs_the_same_for_1_and_30_records_of_every_kind(office, django_assert_num_queries, number):
    kept, merged = twins()
    person = make_person()
    for role in range(number):
        point_at(merged)
        for one in (kept, merged):
            make_contact(organization=one, person=person, role=str(role))
    office.get(side_by_side(kept, merged))

    with django_assert_num_queries(36):
        office.get(side_by_side(kept, merged))


@pytest.mark.parametrize("number", [1, 30])
def test_candidates_cost_the_same_for_1_and_30(office, django_assert_num_queries, number):
    for each in range(number):
        for name in (f"知行{each}社", f"知行{each}公益社"):
            make_contact(organization=make_organization(name=name))
        make_distinction(**{side: make_organization(name=f"{side} {each:03}") for side in ("one", "other")})
    office.get(CANDIDATES)

    with django_assert_num_queries(12):
        page = office.get(CANDIDATES)

    assert page.context["page"].paginator.count == number


@pytest.mark.parametrize("number", [1, 30])
def test_the_log_costs_the_same_for_1_and_30_records_of_every_kind(office, django_assert_num_queries, number):
    kept, merged = twins()
    for _ in range(number):
        point_at(merged)
    merger = merged_into(kept, merged)
    office.get(log_of(merger))

    with django_assert_num_queries(30):
        office.get(log_of(merger))
