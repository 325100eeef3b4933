"""What was seen, taken out, done and published is told in logs that nobody can edit through the application."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import CASCADE, DO_NOTHING, ProtectedError
from django.test import RequestFactory
from django.urls import reverse

from yixin.access.models import Revision, Sighting
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
LOGS = ["access.sighting", "access.revision", "admin.logentry", "intake.export", "intake.intake", "intake.change"]
LOGS += ["reports.edition", "reports.amendment", "organizations.merger"]
MODELS = [pytest.param(apps.get_model(label), id=label) for label in LOGS]


@pytest.fixture
def asked():
    request = RequestFactory().get("/admin/")
    request.user = make_superuser()
    return request


@pytest.mark.parametrize("model", MODELS)
def test_not_even_a_superuser_may_write_the_log(model, asked):
    site = admin.site._registry.get(model)
    may = (
        [site.has_add_permission(asked), site.has_change_permission(asked), site.has_delete_permission(asked)]
        if site
        else []
    )

    assert not any(may)
    assert not site or "delete_selected" not in site.get_actions(asked)


def test_some_logs_can_be_read(asked):
    assert {model._meta.label_lower for model in admin.site._registry} & set(LOGS) >= {
        "access.sighting",
        "intake.export",
    }


@pytest.mark.parametrize("model", MODELS)
def test_no_table_inside_a_form_writes_the_log(model, asked):
    inside = [
        (type(site).__name__, inline)
        for site in admin.site._registry.values()
        for inline in site.inlines
        if issubclass(inline.model, model)
    ]

    assert inside == []


@pytest.mark.parametrize("model", MODELS)
def test_nothing_that_can_be_deleted_takes_a_line_of_the_log_with_it(model):
    """A line is a part of nothing but of another line, or of an account that has written none."""
    taking = [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.remote_field.on_delete in (CASCADE, DO_NOTHING)
        and field.related_model._meta.label_lower not in LOGS
    ]

    assert taking == (["user"] if model is LogEntry else [])


def log_of(user) -> LogEntry:
    return LogEntry.objects.create(user=user, object_id="1", object_repr="x", action_flag=CHANGE, change_message="")


def test_an_account_that_did_something_cannot_be_deleted():
    user = make_user("staff")
    entry = log_of(user)

    with pytest.raises(ProtectedError), transaction.atomic():
        user.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        get_user_model().objects.filter(pk=user.pk).delete()

    assert LogEntry.objects.get() == entry


def test_an_account_that_did_nothing_can():
    user = make_user("staff")

    user.delete()

    assert not get_user_model().objects.exists()


def test_accounts_are_set_inactive_in_the_staffs_site_and_not_deleted(client):
    user = make_user("staff")
    client.force_login(make_superuser())
    page = client.get(reverse("admin:auth_user_changelist"))

    answers = [
        client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}).status_code,
        client.get(reverse("admin:auth_user_delete", args=[user.pk])).status_code,
    ]

    assert answers == [403, 403]
    assert page.status_code == 200
    assert b'value="delete_selected"' not in page.content
    assert get_user_model().objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("model", [Sighting, Revision])
def test_the_roles_hold_no_right_to_write_it(model):
    name = model._meta.model_name
    users = [make_user(role) for role in ("administrator", "coordinator", "staff", "volunteer", "partner")]
    rights = [f"access.{act}_{name}" for act in ("add", "change", "delete")]

    assert [(user, right) for user in users for right in rights if user.has_perm(right)] == []
