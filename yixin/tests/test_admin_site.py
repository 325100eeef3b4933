"""What stands on the first page of the staff's site, and who gets in."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, address, make

pytestmark = pytest.mark.django_db

LISTS = {model._meta.model_name: model for model in ADMINS}
OURS = ["organizations", "grants", "activities", "reports"]
GUARDED = ["region", "fieldofwork", "workarea"]


@pytest.fixture
def enter(client):
    """Logs in and gives the browser back."""

    def log_in(user):
        client.force_login(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return log_in


def contents(office) -> dict[str, list[str]]:
    apps = office.get(reverse("admin:index")).context["app_list"]
    return {app["app_label"]: [model["object_name"] for model in app["models"]] for app in apps}


def statuses(office, model) -> dict[str, int]:
    record = make(model)
    return {
        page: office.get(address(model, page, record.pk)).status_code for page in ("change", "delete", "history")
    } | {page: office.get(address(model, page)).status_code for page in ("changelist", "add")}


READ_ONLY = {"change": 200, "history": 200, "changelist": 200, "add": 403, "delete": 403}


def test_first_page_goes_from_who_to_the_year_and_libraries_last(enter):
    found = contents(enter(make_superuser()))

    assert list(found) == [*OURS, "intake", "access", "auth"]
    assert found["organizations"][0] == "Organization"
    assert found["activities"][0] == "Event"


def test_accounts_are_for_superusers_whatever_permissions_a_group_gives(enter):
    user = make_user("staff")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    assert user.has_perm("auth.change_user")  # there is something to refuse
    office = enter(user)

    pages = ["changelist", "add"]
    codes = [
        office.get(reverse(f"admin:auth_{name}_{page}")).status_code for name in ("user", "group") for page in pages
    ]
    codes.append(office.get(reverse("admin:auth_user_change", args=[user.pk])).status_code)
    codes.append(office.get(reverse("admin:app_list", args=["auth"])).status_code)

    assert list(contents(office)) == OURS
    assert codes == [403, 403, 403, 403, 403, 404]


@pytest.mark.parametrize(
    ("role", "log"), [("staff", []), ("coordinator", ["intake"]), ("administrator", ["intake", "access"])]
)
def test_roles_of_the_hub_enter(enter, role, log):
    assert list(contents(enter(make_user(role)))) == OURS + log


@pytest.mark.parametrize("name", LISTS)
def test_partner_cannot_enter(enter, name):
    office = enter(make_user("partner"))

    response = office.get(address(LISTS[name], "changelist"))

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/?next=")


@pytest.mark.parametrize("name", LISTS)
def test_partner_who_is_let_in_by_mistake_sees_nothing(enter, name):
    office = enter(make_user("partner", is_staff=True))

    assert office.get(address(LISTS[name], "changelist")).status_code == 403


@pytest.mark.parametrize("name", ["annualreport", "edition"])
def test_staff_only_read_reports(enter, name):
    assert statuses(enter(make_user("staff")), LISTS[name]) == READ_ONLY


def test_coordinator_writes_reports(enter):
    found = statuses(enter(make_user("coordinator")), LISTS["annualreport"])

    assert set(found.values()) == {200}


@pytest.mark.parametrize("role", ["staff", "coordinator"])
@pytest.mark.parametrize("name", GUARDED)
def test_tables_that_all_stands_on_are_only_read(enter, role, name):
    assert statuses(enter(make_user(role)), LISTS[name]) == READ_ONLY


@pytest.mark.parametrize("name", GUARDED)
def test_administrator_changes_the_tables_that_all_stands_on(enter, name):
    assert set(statuses(enter(make_user("administrator")), LISTS[name]).values()) == {200}


@pytest.mark.parametrize("role", ["superuser", "administrator", "coordinator"])
def test_what_was_published_is_changed_by_nobody(enter, role):
    edition = LISTS["edition"]
    office = enter(make_superuser() if role == "superuser" else make_user(role))
    record = make(edition)
    before = edition.objects.filter(pk=record.pk).values().get()

    codes = [
        office.post(address(edition, "add"), {"number": 2}).status_code,
        office.post(address(edition, "change", record.pk), {"number": 2}).status_code,
        office.post(address(edition, "delete", record.pk), {"post": "yes"}).status_code,
    ]
    office.post(address(edition, "changelist"), {"action": "delete_selected", "_selected_action": record.pk, "post": 1})

    assert codes == [403, 403, 403]
    assert list(edition.objects.values()) == [before]
