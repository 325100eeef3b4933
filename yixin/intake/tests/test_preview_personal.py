"""What is on record of people, on the preview of a table that changes it: masked, or noted as seen."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yixin.access.masking import masks
from yixin.access.models import Sighting
from yixin.intake.registry import resources
from yixin.intake.tests.bringing import bring, confirm, page
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import make

pytestmark = pytest.mark.django_db
BODY, PERSON, CONTACT, EVENT, ATTENDANCE = (
    apps.get_model(label)
    for label in (
        "organizations.Organization",
        "organizations.Person",
        "organizations.Contact",
        "activities.Event",
        "activities.Attendance",
    )
)
PHONE, EMAIL, HOME = "13912347777", "zhixing@example.org", "江西省南昌市知行路1号"
NEEDED = ["import_tables", "view_organization", "add_organization", "change_organization", "add_person"]
NEEDED += ["change_person", "add_contact", "change_contact", "add_alias", "view_person"]
TABLE = "组织名称\t地市\t负责人\t电话\t邮箱\t地址\n知行社\t南昌市\t李知行\t13800138000\ta@b.cn\t南昌市行知路2号"


@pytest.fixture
def body():
    place = apps.get_model("organizations.region").objects.in_use(2014).get(code="360100")
    body = make(BODY, name="知行社", region=place, address=HOME)
    make(CONTACT, person=make(PERSON, name="李知行", phone=PHONE, email=EMAIL), organization=body, role="负责人")
    return body


def enter(client, user):
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def masked_office(client):
    """Somebody who may bring tables in, and may not see personal data in full."""
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=NEEDED))
    return enter(client, user)


@pytest.fixture
def seeing_office(client):
    return enter(client, make_superuser())


def sightings() -> set[tuple]:
    return set(Sighting.objects.values_list("user", "model", "record"))


def test_who_may_not_see_them_is_shown_the_masks_and_what_comes_in(masked_office, body):
    key = bring(masked_office, TABLE, "organizations")

    pages = [masked_office.get(page("preview", key)), masked_office.post(page("confirm", key), {"seen": "x"})]

    for response in pages:
        text = response.content.decode()
        assert [secret for secret in (PHONE, EMAIL, "知行路1号") if secret in text] == []
        shown = ("139****7777", "z***@example.org", "江西省南昌市****", "13800138000", "a@b.cn", "行知路2号")
        assert [value for value in shown if value not in text] == []
    assert sightings() == set()
    confirm(masked_office, key)
    person = PERSON.objects.get()
    body.refresh_from_db()
    assert (person.phone, person.email, body.address) == ("13800138000", "a@b.cn", "南昌市行知路2号")


def test_who_may_see_them_is_noted_with_those_whose_they_are_each_time(seeing_office, body):
    key = bring(seeing_office, TABLE, "organizations")

    text = seeing_office.get(page("preview", key)).content.decode()
    seeing_office.get(page("preview", key))

    user, person = int(seeing_office.session["_auth_user_id"]), PERSON.objects.get()
    assert [secret for secret in (PHONE, EMAIL, HOME) if secret not in text] == []
    assert sightings() == {(user, "organizations.person", person.pk), (user, "organizations.organization", body.pk)}
    assert Sighting.objects.count() == 4


def test_phone_of_somebody_on_a_roster_is_their_own(seeing_office):
    event, person = make(EVENT), make(PERSON, name="李知行", phone=PHONE)
    make(ATTENDANCE, event=event, person=person, organization=make(BODY, name="知行社"))
    text = "姓名\t单位\t电话\n李知行\t知行社\t13800138000"
    key = bring(seeing_office, text, "attendance", event=event.pk)
    (asked,) = seeing_office.get(page("preview", key)).context["preview"].questions

    response = seeing_office.post(page("confirm", key), {asked.name: str(person.pk), "seen": "x"})

    assert [changes for _row, _called, changes in response.context["preview"].changed.shown] == [
        {"电话": (PHONE, "13800138000")}
    ]
    user = int(seeing_office.session["_auth_user_id"])
    assert sightings() == {(user, "organizations.person", person.pk)}


@pytest.mark.parametrize("line", ["知行社\t南昌市\t媒体\t", "新社\t南昌市\t\t13800138000"])
def test_table_that_shows_nothing_of_them_notes_nothing(seeing_office, body, line):
    key = bring(seeing_office, f"组织名称\t地市\t类型\t电话\n{line}", "organizations")

    assert PHONE not in seeing_office.get(page("preview", key)).content.decode()
    assert sightings() == set()


def test_noting_costs_one_query_whatever_the_number(seeing_office):
    place = apps.get_model("organizations.region").objects.in_use(2014).get(code="360100")
    costs = []
    for number in (1, 30):
        names = [f"第{number}批{each}社" for each in range(number)]
        for name in names:
            make(BODY, name=name, region=place, address=HOME)
        text = "\n".join(["组织名称\t地市\t地址", *(f"{name}\t南昌市\t行知路2号" for name in names)])
        key = bring(seeing_office, text, "organizations")
        costs.append(cost(seeing_office, page("preview", key)))

    assert costs == [costs[0]] * 2
    assert Sighting.objects.count() == 2 * 31


def cost(office, address: str) -> int:
    office.get(address)
    with CaptureQueriesContext(connection) as queries:
        office.get(address)
    return len(queries)


def test_every_column_that_lists_mask_is_masked_here_too():
    found = {}
    for name, made in resources().items():
        for head, column in made().columns.items():
            kind = masks(made.model).get(column.attribute) or {"电话": "phone", "邮箱": "email"}.get(head, "")
            found[name, head] = (column.mask, kind)

    assert {place: pair for place, pair in found.items() if pair[0] != pair[1]} == {}
    assert sum(bool(mask) for mask, _kind in found.values()) == 4
