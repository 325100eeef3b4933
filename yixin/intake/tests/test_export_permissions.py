"""Who may take what out: whole lists, personal columns, names of individuals, what is marked as sensitive."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission

from yixin.intake.exports import heads_of, is_personal
from yixin.intake.tests.taking import LISTS, act, column, export, logged, table
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import address, make, make_territory

pytestmark = pytest.mark.django_db

PERSONAL = ["attendance", "contact", "person", "photo"]


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    return client


@pytest.fixture
def enter(client):
    """Logs in somebody of that role and gives the browser back."""

    def log_in(role: str):
        client.force_login(make_user(role))
        return client

    return log_in


def test_lists_that_are_personal_altogether():
    assert sorted(name for name, model in LISTS.items() if is_personal(model)) == PERSONAL


@pytest.mark.parametrize("role", ["administrator", "coordinator"])
def test_role_with_personal_data_takes_every_list(enter, role):
    office = enter(role)

    assert {export(office, name).status_code for name in LISTS} == {200}
    assert [row[3] for row in logged()] == [any(h.is_personal for h in heads_of(model)) for model in LISTS.values()]


def test_staff_take_what_is_not_personal_altogether(enter):
    office = enter("staff")

    statuses = {name: export(office, name).status_code for name in LISTS}

    assert statuses == dict.fromkeys(LISTS, 200) | dict.fromkeys(PERSONAL, 403)
    assert {row[3] for row in logged()} == {False}


@pytest.mark.parametrize("name", LISTS)
def test_partner_takes_nothing_even_if_let_in_by_mistake(client, name):
    client.force_login(make_user("partner", is_staff=True))

    assert export(client, name).status_code == 403
    assert logged() == []


@pytest.mark.parametrize("name", LISTS)
def test_volunteer_takes_nothing(client, name):
    user = make_user("volunteer")
    make_territory(user=user)
    client.force_login(user)

    assert export(client, name).status_code == 403
    assert logged() == []


def test_nobody_takes_what_they_may_not_see_or_without_the_permission(client):
    user = make_user(is_staff=True)
    client.force_login(user)
    statuses = []

    for codename in ("export_tables", "view_event"):
        user.user_permissions.set([Permission.objects.get(codename=codename)])
        statuses.append(export(client, "event").status_code)
    user.user_permissions.add(Permission.objects.get(codename="export_tables"))

    assert (statuses, export(client, "event").status_code) == ([403, 403], 200)


def test_personal_columns_are_absent_without_the_permission(enter):
    make(LISTS["organization"], address="知行路1号")
    office = enter("staff")

    file = export(office, "organization")

    personal = [head.label for head in heads_of(LISTS["organization"]) if head.is_personal]
    assert personal == ["负责人", "电话", "邮箱", "地址"]
    assert table(file)[0] == [head.label for head in heads_of(LISTS["organization"]) if not head.is_personal]
    assert "知行路1号" not in {cell for row in table(file) for cell in row}


def test_individuals_have_no_name_without_the_permission(enter):
    grant = make(LISTS["grant"], organization=None, person=make(LISTS["person"], name="李知行"), project="知行")
    make(LISTS["payment"], grant=grant)

    files = {role: [export(enter(role), name) for name in ("grant", "payment")] for role in ("staff", "coordinator")}

    assert [column(file, "组织或者个人") for file in files["coordinator"]] == [["李知行"], ["李知行"]]
    assert [column(file, "组织或者个人") for file in files["staff"]] == [["个人"], ["个人"]]


def test_sensitive_records_and_what_is_tied_to_them_stay_in_without_the_permission(enter):
    touchy = make(LISTS["organization"], name="知行甲", is_sensitive=True)
    other = make(LISTS["organization"], name="知行乙")
    for organization in (touchy, other):
        make(LISTS["visit"], organization=organization)
        make(LISTS["payment"], grant=make(LISTS["grant"], organization=organization))
    make(LISTS["event"], title="知行甲", is_sensitive=True)
    make(LISTS["event"], title="知行乙")
    heads = {"organization": "组织名称", "visit": "组织名称", "payment": "组织或者个人", "event": "内容"}

    found = {
        role: {name: sorted(column(export(enter(role), name), head)) for name, head in heads.items()}
        for role in ("staff", "coordinator")
    }

    assert list(found["staff"].values()) == [["知行乙"]] * 4
    assert list(found["coordinator"].values()) == [["知行乙", "知行甲"]] * 4


@pytest.mark.parametrize(
    ("role", "name", "offers"),
    [
        ("coordinator", "event", True),
        ("coordinator", "person", True),
        ("staff", "event", True),
        ("staff", "person", False),
        ("staff", "attendance", False),
    ],
)
def test_buttons_and_actions_are_there_for_who_may(enter, role, name, offers):
    make(LISTS[name])
    office = enter(role)

    page = office.get(address(LISTS[name], "changelist"))

    actions = dict(page.context["action_form"].fields["action"].choices) if page.context["action_form"] else {}
    assert ("export_xlsx" in actions, "export_csv" in actions) == (offers, offers)
    assert f'action="{address(LISTS[name], "export")}?"' in page.content.decode() or not offers
    assert (address(LISTS[name], "export") in page.content.decode()) == offers


def test_page_says_what_stays_in(enter):
    told = {
        role: enter(role).get(address(LISTS["grant"], "changelist")).context.get("left_out")
        for role in ("staff", "coordinator")
    }

    assert told == {"staff": ["个人姓名", "标为敏感的记录"], "coordinator": []}


def test_button_carries_the_filters(office):
    page = office.get(address(LISTS["event"], "changelist"), {"q": "知行&甲", "report_year": "2014"})

    assert 'action="/admin/activities/event/export/?q=%E7%9F%A5%E8%A1%8C%26%E7%94%B2&amp;report_year=2014"' in (
        page.content.decode()
    )


@pytest.mark.parametrize("action", ["export_xlsx", "export_csv"])
def test_forged_action_takes_nothing_out(enter, action):
    person = make(LISTS["person"])
    office = enter("staff")

    response = act(office, "person", action, person)

    assert (response.status_code, response.headers.get("Content-Disposition")) == (302, None)
    assert logged() == []


def test_accounts_and_logs_have_no_export(office):
    others = [site for model, site in admin.site._registry.items() if model._meta.app_label not in settings.YIXIN_APPS]

    assert {site.opts.label for site in others} >= {"auth.User", "auth.Group"}
    offered = [office.get(f"/admin/{s.opts.app_label}/{s.opts.model_name}/").context.get("can_export") for s in others]
    statuses = [
        office.post(f"/admin/{site.opts.app_label}/{site.opts.model_name}/export/", {"format": "csv"}).status_code
        for site in others
    ]
    assert set(offered) <= {None, False}
    assert set(statuses) <= {302, 403, 404}
    assert logged() == []
