"""The history of each record: what was changed, by whom; no personal value in it."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yixin.access.models import Revision
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import address, as_it_stands, make

Event, Grant, Payment, Organization, Person, Contact, WorkArea = (
    apps.get_model(label)
    for label in (
        "activities.Event",
        "grants.Grant",
        "grants.Payment",
        "organizations.Organization",
        "organizations.Person",
        "organizations.Contact",
        "activities.WorkArea",
    )
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_superuser(username="laoshi"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def change(office, record, **values):
    page = address(type(record), "change", record.pk)
    response = office.post(page, as_it_stands(office.get(page)) | values)
    assert response.status_code == 302, response.context["errors"]


def kept(record) -> dict:
    return Revision.objects.filter(model=record._meta.label_lower, record=record.pk).latest("pk").changes


def told(office, record) -> list[list[str]]:
    return [list(entry.lines) for entry in office.get(address(type(record), "history", record.pk)).context["entries"]]


def test_change_is_told_with_both_values_and_by_whom(office):
    event, area = make(Event, title="知行合一", headcount=40, when="2014年1月4日"), make(WorkArea)
    change(office, event, title="知行社", people="约60", when="2014年1月5日", also_listed_in=[area.pk])

    assert told(office, event) == [
        [
            "Time: 2014年1月4日 → 2014年1月5日",
            "Content: 知行合一 → 知行社",
            "Head-count: 40 → 60",
            "Head-count is estimated: no → yes",
            f"Also listed in: nothing → {area}",
        ]
    ]
    page = office.get(address(Event, "history", event.pk)).content.decode()
    assert "laoshi" in page
    assert "changed" in page


def test_personal_values_are_told_by_name_only(office):
    person = make(Person, name="甲", phone="13800138000")
    change(office, person, phone="13900139000", remark="换了号码")

    assert kept(person) == {"phone": None, "remark": None}
    assert "Phone: changed; the value is not kept" in told(office, person)[0]


def test_nothing_of_a_sensitive_record_is_kept(office):
    event = make(Event, title="同心小组", is_sensitive=True)
    grant = make(Grant, organization=make(Organization, is_sensitive=True), person=None, project="同心")
    payment = make(Payment, grant=grant, amount=100)
    change(office, event, title="同心小组二", is_sensitive="")
    change(office, payment, amount="200")

    assert set(kept(event).values()) == {None}
    assert kept(payment) == {"amount": None}


def test_rows_inside_belong_to_the_record(office):
    grant = make(Grant)
    first, second = (make(Payment, grant=grant, amount=amount, kind="instalment") for amount in (100, 200))
    change(office, grant, **{"payments-0-amount": "150", "payments-1-DELETE": "on"})

    assert told(office, grant) == [
        [
            f"Payment {first.pk}: amount (yuan): 100.00 → 150.00",
            f"Payment {second.pk}: deleted",
            f"Payment {second.pk}: kind: instalment → nothing",
            f"Payment {second.pk}: date: {second.paid_on} → nothing",
            f"Payment {second.pk}: amount (yuan): 200.00 → nothing",
        ]
    ]


def test_rows_that_name_people_are_told_without_them(office):
    contact = make(Contact, person=make(Person, name="不可说"))
    change(office, contact.organization, **{"contacts-0-role": "会长"})

    assert kept(contact.organization) == {f"organizations.contact:{contact.pk}:role": None}


def test_what_was_saved_unchanged_leaves_no_trace(office):
    change(office, make(Event))

    assert Revision.objects.count() == 0


def test_added_and_deleted_one_by_one_and_from_the_list(office):
    areas = [make(WorkArea) for _ in range(3)]
    office.post(address(WorkArea, "delete", areas[0].pk), {"post": "yes"})
    ticked = {"action": "delete_selected", "_selected_action": [areas[1].pk, areas[2].pk], "post": "yes"}
    office.post(address(WorkArea, "changelist"), ticked)

    assert list(Revision.objects.order_by("record").values_list("record", "act")) == [
        (area.pk, "deleted") for area in areas
    ]
    assert Revision.objects.filter(changes__name=[areas[0].name, ""]).count() == 1


def test_what_was_added_and_deleted_is_told_unless_it_is_sensitive(office):
    for is_sensitive, name in ((False, ["知行社", ""]), (True, None)):
        record = make(Organization, name="知行社", is_sensitive=is_sensitive)
        office.post(address(Organization, "delete", record.pk), {"post": "yes"})

        assert Revision.objects.get(record=record.pk, act="deleted").changes["name"] == name


def test_volunteer_reads_nothing_of_what_their_form_hides_nor_of_another_city(office, client):
    here, there = make(Organization, name="知行社"), make(Organization, name="远处的社")
    volunteer = make(apps.get_model("organizations.territory")).user
    Organization.objects.filter(pk=here.pk).update(region=volunteer.territory.region)
    standing = make(apps.get_model("activities.engagement"), organization=here)
    event = make(Event, region=volunteer.territory.region)
    funding = make(apps.get_model("grants.funding"), purpose="不给看的资助")
    change(office, event, funding=funding.pk, title="改过的名称")
    change(office, standing, organization=there.pk)
    change(office, standing, organization=here.pk)

    client.force_login(volunteer)
    pages = [client.get(address(type(one), "history", one.pk)).content.decode() for one in (event, standing)]

    assert "改过的名称" in pages[0]
    assert ("不给看的资助" in pages[0], "远处的社" in pages[1], str(there.pk) in pages[1]) == (False, False, True)


def test_links_are_told_by_name_as_they_are_now(office):
    grant, other = make(Grant, organization=make(Organization)), make(Organization, name="知行社")
    change(office, grant, organization=other.pk)

    assert told(office, grant)[0] == [f"Organisation: {grant.organization} → 知行社"]

    Organization.objects.filter(pk=other.pk).update(is_sensitive=True)
    assert told(office, grant)[0] == [f"Organisation: {grant.organization} → Organisation {other.pk}"]


def test_page_costs_the_same_for_2_and_90_entries(office):
    grant = make(Grant, organization=make(Organization))
    page = address(Grant, "history", grant.pk)

    def cost(number: int) -> int:
        for _ in range(number):
            values = {"organization": ["", str(make(Organization).pk)], "funding": ["", str(grant.funding_id or "")]}
            Revision.objects.create(
                model="grants.grant", record=grant.pk, act="changed", changes=values, made_at="2014-01-04T08:00Z"
            )
        office.get(page)
        with CaptureQueriesContext(connection) as queries:
            office.get(page)
        return len(queries)

    assert cost(2) == cost(88)


def test_pages_of_a_hundred(office):
    event = make(Event)
    Revision.objects.bulk_create(
        Revision(
            model="activities.event", record=event.pk, act="changed", made_at=f"2014-01-04T08:00:{number % 60:02}Z"
        )
        for number in range(101)
    )

    assert len(told(office, event)) == 100
    assert len(office.get(address(Event, "history", event.pk), {"p": 2}).context["entries"]) == 1
    assert office.get(address(Event, "history", event.pk), {"p": "x"}).status_code == 200


def test_only_who_may_see_the_record_sees_its_history(client):
    page = address(Grant, "history", make(Grant).pk)

    assert client.get(page).status_code == 302
    client.force_login(make_user(is_staff=True))
    assert client.get(page).status_code == 403


def test_nonsense_in_the_store_is_no_error(office):
    event = make(Event)
    names = ("x", "no.model:1:x", "area", "grants.payment:x", "x:y:z")
    for changes in [{name: ["abc", ""]} for name in names]:
        Revision.objects.create(
            model="activities.event", record=event.pk, act="changed", changes=changes, made_at="2014-01-04T08:00Z"
        )

    assert len(told(office, event)) == len(names)
