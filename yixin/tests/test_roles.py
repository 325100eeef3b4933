"""What each role may do once the database is made, written out a second time; and who sees pictures."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db

GUARDED = [
    "activities.workarea",
    "organizations.entrylink",
    "organizations.fieldofwork",
    "organizations.proposal",
    "organizations.region",
    "organizations.territory",
]
ONLY_READ = [
    "organizations.distinction",
    "organizations.formeraddress",
    "organizations.merger",
    "reports.acceptance",
    "reports.amendment",
    "reports.edition",
]
YEAR = ["reports.annualreport", "reports.section"]
LOG = ["intake.intake", "intake.export"]
SEEN = ["access.sighting", "access.revision"]
EXCHANGE = ["export_personal", "export_tables", "import_tables"]
MERGE, PERSONAL = "merge_organization", "see_personal"
# What a volunteer sees whole, and what they write in their own prefecture city; of all others nothing.
WHOLE = ["organizations.region", "organizations.fieldofwork", "activities.workarea", "activities.course"]
WHOLE += ["activities.survey", "activities.surveytarget", "activities.question"]
OWN = ["organizations.organization", "organizations.alias", "organizations.person", "organizations.contact"]
OWN += ["organizations.networkgroup", "activities.engagement", "activities.talk", "activities.event"]
OWN += ["activities.eventorganization", "activities.attendance", "activities.visit", "activities.answer"]
OWN += ["activities.photo", "activities.expense"]
TAKEN_OFF = ["activities.attendance"]  # by whoever writes it
VIEW, WRITE, ALL = {"view"}, {"view", "add", "change"}, {"view", "add", "change", "delete"}


def models() -> set[str]:
    return {model._meta.label_lower for app in settings.YIXIN_APPS for model in apps.get_app_config(app).get_models()}


def granted(role: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    permissions = Group.objects.get(name=role).permissions.select_related("content_type")
    for permission in permissions:
        if permission.codename in (*EXCHANGE, MERGE, PERSONAL):
            continue
        action, model = permission.codename.split("_")
        found.setdefault(f"{permission.content_type.app_label}.{model}", set()).add(action)
    return found


def exchanges(role: str) -> list[str]:
    """What the role may do with tables that come in and go out, besides what it may do with their records."""
    permissions = Group.objects.get(name=role).permissions.filter(content_type__app_label="intake")
    return [name for name in permissions.order_by("codename").values_list("codename", flat=True) if name in EXCHANGE]


def test_roles_are_the_only_groups():
    names = Group.objects.order_by("name").values_list("name", flat=True)

    assert list(names) == ["administrator", "coordinator", "partner", "staff", "volunteer"]


@pytest.mark.parametrize(
    ("role", "usual", "year", "guarded", "log"),
    [
        ("administrator", ALL, ALL, ALL, [*LOG, *SEEN]),
        ("coordinator", WRITE, ALL, VIEW, LOG),
        ("staff", WRITE, VIEW, VIEW, []),
    ],
)
def test_role_may_do_what_the_table_says_and_no_more(role, usual, year, guarded, log):
    expected = dict.fromkeys(models(), usual) | dict.fromkeys(YEAR, year) | dict.fromkeys(GUARDED, guarded)

    assert granted(role) == expected | dict.fromkeys(TAKEN_OFF, ALL) | dict.fromkeys([*ONLY_READ, *log], VIEW)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("administrator", ["export_personal", "export_tables", "import_tables"]),
        ("coordinator", ["export_personal", "export_tables", "import_tables"]),
        ("staff", ["export_tables", "import_tables"]),
        ("volunteer", []),
        ("partner", []),
    ],
)
def test_role_brings_tables_in_and_takes_them_out_as_the_table_says(role, expected):
    assert exchanges(role) == expected


@pytest.mark.parametrize(
    ("role", "merges", "sees"),
    [
        ("administrator", True, True),
        ("coordinator", True, True),
        ("staff", False, True),
        ("volunteer", False, False),
        ("partner", False, False),
    ],
)
def test_role_merges_organizations_and_sees_personal_data_as_the_table_says(role, merges, sees):
    permissions = Group.objects.get(name=role).permissions

    assert (permissions.filter(codename=MERGE).exists(), permissions.filter(codename=PERSONAL).exists()) == (
        merges,
        sees,
    )


def test_volunteer_may_write_what_can_lie_in_their_city_and_nothing_else():
    expected = dict.fromkeys(WHOLE, VIEW) | dict.fromkeys(OWN, WRITE) | dict.fromkeys(TAKEN_OFF, ALL)

    assert granted("volunteer") == expected


def test_partner_may_do_nothing():
    assert granted("partner") == {}


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("coordinator", 200), ("staff", 200), ("volunteer", 403), ("partner", 302)],
)
def test_role_enters_the_site_of_the_staff_or_not(client, role, status):
    client.force_login(make_user(role))

    assert client.get(reverse("admin:index")).status_code == status


@pytest.mark.parametrize("role", ["administrator", "coordinator", "staff", "volunteer"])
def test_no_role_sees_accounts(client, role):
    client.force_login(make_user(role))

    pages = [reverse(f"admin:auth_{model}_{page}") for model in ("user", "group") for page in ("changelist", "add")]

    assert [client.get(page).status_code for page in pages] == [403] * 4


def test_superuser_sees_accounts(client):
    client.force_login(make_superuser())

    pages = [reverse(f"admin:auth_{model}_{page}") for model in ("user", "group") for page in ("changelist", "add")]

    assert [client.get(page).status_code for page in pages] == [200] * 4


@pytest.fixture
def picture() -> str:
    return reverse("media", args=[default_storage.save("photos/a.jpg", ContentFile(b"picture"))])


def test_picture_is_a_download_for_staff(client, picture):
    client.force_login(make_user("staff"))

    response = client.get(picture)

    assert b"".join(response.streaming_content) == b"picture"
    assert response.headers["Content-Disposition"] == 'attachment; filename="a.jpg"'
    assert "no-store" in response.headers["Cache-Control"].split(", ")


@pytest.mark.parametrize("role", [None, "partner"])
def test_picture_is_not_for_accounts_that_are_no_staff(client, picture, role):
    client.force_login(make_user(role))

    response = client.get(picture)

    assert (response.status_code, response.url) == (302, f"{reverse('admin:login')}?next={picture}")


def test_picture_is_not_for_the_public(client, picture):
    response = client.get(picture)

    assert (response.status_code, response.url) == (302, f"{reverse('admin:login')}?next={picture}")


@pytest.mark.parametrize(
    "name",
    [
        "photos/b.jpg",
        "photos",
        "../secret.txt",
        "photos/../../secret.txt",
        "/etc/passwd",
        "\x00",
        "长" * 300,
        "a" * 5000,
    ],
    ids=range(8),
)
def test_no_other_file_is_served(client, picture, tmp_path, name):
    (tmp_path / "secret.txt").write_text("secret")
    client.force_login(make_user("staff"))

    assert client.get(reverse("media", args=["x"])[:-1] + name).status_code == 404


def test_another_migration_gives_back_what_was_taken_and_keeps_what_was_added():
    staff, before = Group.objects.get(name="staff"), granted("staff")
    taken, added = Permission.objects.get(codename="add_event"), Permission.objects.get(codename="view_user")
    staff.permissions.remove(taken)
    staff.permissions.add(added)

    call_command("migrate", verbosity=0)

    assert granted("staff") == before | {"auth.user": VIEW}
