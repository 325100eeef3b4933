"""What cannot be deleted says what holds on to it, and can be set inactive instead."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yixin import locks
from yixin.access.models import Revision
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, address, make

Event, Grant, Organization, Person, WorkArea, Attendance = (
    apps.get_model(label)
    for label in (
        "activities.Event",
        "grants.Grant",
        "organizations.Organization",
        "organizations.Person",
        "activities.WorkArea",
        "activities.Attendance",
    )
)
pytestmark = pytest.mark.django_db
RESTING = [Organization, Person, WorkArea]


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def rest(record) -> str:
    return address(type(record), "rest", record.pk)


def is_active(record) -> bool:
    record.refresh_from_db()
    return record.is_active


def test_delete_page_tells_by_kind_with_links_what_holds_on(office):
    organization = make(Organization, name="知行社")
    for _ in range(3):
        make(Grant, organization=organization, project="不列出名字的项目")

    page = office.post(address(Organization, "delete", organization.pk), {"post": "yes"})

    text = page.content.decode()
    linked = f"{address(Grant, 'changelist')}?organization={organization.pk}"
    assert "“知行社” cannot be deleted. This still holds on to it:" in text
    assert f'3 <a href="{linked}">grants</a>' in text
    assert "不列出名字的项目" not in text
    assert office.get(linked).context["cl"].result_count == 3
    assert Organization.objects.filter(pk=organization.pk).exists()
    assert f'action="{rest(organization)}"' in text


def test_delete_page_costs_the_same_for_2_and_30_that_hold_on(office):
    person = make(Person)
    page = address(Person, "delete", person.pk)

    def cost(number: int) -> int:
        for _ in range(number):
            make(Attendance, person=person)
        office.get(page)
        with CaptureQueriesContext(connection) as queries:
            office.get(page)
        return len(queries)

    assert cost(2) == cost(28)


def test_what_nothing_holds_on_to_is_deleted_as_ever(office):
    area = make(WorkArea)

    office.post(address(WorkArea, "delete", area.pk), {"post": "yes"})

    assert not WorkArea.objects.filter(pk=area.pk).exists()


@pytest.mark.parametrize("model", RESTING)
def test_button_sets_inactive_and_active_again_and_leaves_a_trace(office, model):
    record = make(model)

    for _ in range(2):  # a second tap changes nothing
        response = office.post(rest(record), {"active": "no"})
        assert response.url == address(model, "change", record.pk)
        assert is_active(record) is False
    assert "Set active again" in office.get(address(model, "change", record.pk)).content.decode()
    office.post(rest(record), {"active": "yes"})

    assert is_active(record) is True
    kept = Revision.objects.filter(model=model._meta.label_lower, record=record.pk).order_by("pk")
    values = [["True", "False"], ["False", "True"]] if model is not Person else [None, None]
    assert [one.changes["is_active"] for one in kept] == values


@pytest.mark.parametrize("model", RESTING)
def test_list_shows_all_marks_the_inactive_and_filters_them(office, model):
    resting, active = make(model), make(model)
    model.objects.filter(pk=resting.pk).update(is_active=False)
    page = address(model, "changelist")

    shown, filtered = office.get(page), office.get(page, {"is_active__exact": "0"})

    assert {resting, active} <= set(shown.context["cl"].queryset)
    assert shown.content.decode().count('class="field-resting">inactive') == 1
    assert list(filtered.context["cl"].queryset) == [resting]


def test_ticked_ones_that_cannot_be_deleted_are_offered_to_rest(office):
    organizations = [make(Organization) for _ in range(2)]
    make(Grant, organization=organizations[0])
    keys = [one.pk for one in organizations]
    ticked = {"_selected_action": keys, "post": "yes"}

    page = office.post(address(Organization, "changelist"), ticked | {"action": "delete_selected"})

    text = page.content.decode()
    assert "Not all of the selected can be deleted. This still holds on to them:" in text
    assert "?organization__in=" in text
    office.post(address(Organization, "changelist"), {"_selected_action": keys, "action": "set_inactive"})
    assert not any(is_active(one) for one in organizations)
    office.post(address(Organization, "changelist"), {"_selected_action": keys, "action": "set_active"})
    assert all(is_active(one) for one in organizations)


def test_only_who_may_change_it_and_only_by_post(client):
    area = make(WorkArea)
    assert client.post(rest(area), {"active": "no"}).status_code == 302
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_workarea"))
    client.force_login(user)

    assert client.post(rest(area), {"active": "no"}).status_code == 403
    assert client.get(rest(area)).status_code == 405
    page = client.get(address(WorkArea, "change", area.pk)).content.decode()
    assert rest(area) not in page
    assert is_active(area) is True


def test_there_is_no_such_page_for_others(office):
    assert office.post(address(WorkArea, "rest", 999), {"active": "no"}).status_code == 404
    assert not any(
        "rest" in str(url.name)
        for model, site in ADMINS.items()
        if model not in RESTING
        for url in site.urls
        if str(url.name).endswith(f"{model._meta.model_name}_rest")
    )


class OfAPublishedYear:
    """Stands in for an app by which every change moves a figure of 2014."""

    def __init__(self):
        self.reasons = []

    def keeps(self, model):
        return True

    def published(self, writes):
        return [locks.Published(2014, 1)]

    def amend(self, writes, years, reason):
        self.reasons.append((years, reason.text))


def test_what_moves_a_published_year_needs_a_reason(office, monkeypatch):
    source, area = OfAPublishedYear(), make(WorkArea)
    monkeypatch.setattr(locks, "_sources", [source])

    asked = office.post(rest(area), {"active": "no"})
    assert (asked.status_code, is_active(area)) == (200, True)
    ticked = {"_selected_action": [area.pk], "action": "set_inactive"}
    asked_on_list = office.post(address(WorkArea, "changelist"), ticked)
    assert "Reason for the change" in asked_on_list.content.decode()

    office.post(rest(area), {"active": "no", "_reason": "不再做了"})
    assert (is_active(area), source.reasons) == (False, [({2014}, "不再做了")])
    office.post(address(WorkArea, "changelist"), ticked | {"action": "set_active", "_reason": "又做了"})
    assert (is_active(area), source.reasons[1:]) == (True, [({2014}, "又做了")])


def test_list_of_those_that_hold_on_takes_no_other_column(office):
    page = address(Grant, "changelist")

    assert office.get(page, {"organization__name__startswith": "知"}).status_code in (302, 400)
    assert office.get(page, {"organization": "abc"}).status_code == 302
    assert office.get(page, {"organization__in": "1,2"}).status_code == 200
