"""The groups that every database has, and exactly what each may do."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from yixin.access.roles import ROLES, codenames, may

pytestmark = pytest.mark.django_db

WRITTEN = ("add", "change", "view")
# Model by model, so that a new table makes somebody think about who may do what.
STAFF = {
    "organizations": {
        "alias": WRITTEN,
        "contact": WRITTEN,
        "fieldofwork": ("view",),
        "networkgroup": WRITTEN,
        "organization": WRITTEN,
        "person": WRITTEN,
        "region": ("view",),
    },
    "grants": {"funding": WRITTEN, "grant": WRITTEN, "payment": WRITTEN},
    "activities": {
        "answer": WRITTEN,
        "attendance": WRITTEN,
        "course": WRITTEN,
        "engagement": WRITTEN,
        "event": WRITTEN,
        "eventorganization": WRITTEN,
        "expense": WRITTEN,
        "photo": WRITTEN,
        "publication": WRITTEN,
        "question": WRITTEN,
        "survey": WRITTEN,
        "surveytarget": WRITTEN,
        "visit": WRITTEN,
        "workarea": ("view",),
    },
    "reports": {"annualreport": ("view",), "edition": ("view",), "section": ("view",)},
}


def held(role: str) -> set[str]:
    permissions = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{p.content_type.app_label}.{p.codename}" for p in permissions}


def every(*actions: str) -> set[str]:
    return {f"{app}.{action}_{model}" for app, models in STAFF.items() for model in models for action in actions}


def test_every_database_has_the_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {"administrator", "coordinator", "staff", "partner"}


def test_staff_write_what_happened_and_read_the_reports():
    expected = {
        f"{app}.{action}_{model}"
        for app, models in STAFF.items()
        for model, actions in models.items()
        for action in actions
    }

    assert held("staff") == expected


def test_coordinator_writes_the_reports_too_but_no_edition():
    extra = {
        f"reports.{action}_{model}" for action in ("add", "change", "delete") for model in ("annualreport", "section")
    }

    assert held("coordinator") == held("staff") | extra


def test_administrator_may_do_everything_but_touch_an_edition():
    everything = every("view", "add", "change", "delete")

    assert held("administrator") == everything - {f"reports.{action}_edition" for action in ("add", "change", "delete")}


def test_partner_may_do_nothing_here():
    assert held("partner") == set()


@pytest.mark.parametrize("role", ROLES)
def test_groups_hold_what_the_table_says(role):
    assert held(role) == {f"{app}.{name}" for app in settings.YIXIN_APPS for name in codenames(role, app)}


def test_guarded_tables_are_read_below_the_administrator():
    assert may("staff", "organizations", "region") == ("view",)
    assert may("administrator", "organizations", "region") == ("view", "add", "change", "delete")
    assert may("partner", "organizations", "region") == ()


def test_another_migration_gives_back_what_was_taken_and_keeps_what_was_added():
    staff = Group.objects.get(name="staff")
    taken, added = Permission.objects.get(codename="add_event"), Permission.objects.get(codename="view_user")
    staff.permissions.remove(taken)
    staff.permissions.add(added)

    call_command("migrate", verbosity=0)

    assert {taken, added} <= set(staff.permissions.all())
