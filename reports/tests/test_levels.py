"""Every column of every model of ours says how much care it needs."""

import pytest
from django.apps import apps
from django.conf import settings

from activities.models import Event
from activities.tests.factories import make_event
from organizations.directory import entry, with_parts
from organizations.models import Organization
from organizations.tests.factories import make_organization, region
from yixin.access.levels import LEVELS, Level, columns, level_of

MODELS = [model for label in settings.YIXIN_APPS for model in apps.get_app_config(label).get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_is_classified_once(model):
    own = [*model._meta.concrete_fields, *model._meta.many_to_many]
    names = sorted(field.name for field in own if not field.primary_key)

    listed = [name for group in LEVELS[model._meta.label_lower].values() for name in group.split()]

    assert sorted(listed) == names


def test_no_model_is_listed_that_is_not_there():
    assert sorted(LEVELS) == sorted(model._meta.label_lower for model in MODELS)


def test_what_reaches_somebody_is_personal():
    person, contact = apps.get_model("organizations.Person"), apps.get_model("organizations.Contact")

    assert {level_of(person, name) for name in ("name", "phone", "email")} == {Level.PERSONAL}
    assert level_of(contact, "person") == Level.PERSONAL
    assert level_of(Organization, "address") == Level.PERSONAL


@pytest.mark.django_db
def test_public_rows_come_without_their_other_columns():
    make_organization(name="公开的", listing="public", address="某路1号", remark="内部", region=region("360721"))
    make_event(title="公开的活动", remark="内部")

    organization, event = Organization.objects.public().get(), Event.objects.public().get()

    hidden = {"address", "remark", "listing"}
    assert hidden <= organization.get_deferred_fields()
    assert {"remark", "funding_id", "engagement_id"} <= event.get_deferred_fields()
    assert set(columns(Organization, Level.PUBLIC)).isdisjoint(hidden)


@pytest.mark.django_db
def test_an_entry_of_the_directory_reads_public_columns_only(django_assert_num_queries):
    make_organization(name="公开的", listing="public", region=region("360721"))

    organization = with_parts(Organization.objects.public()).get()

    with django_assert_num_queries(0):
        assert entry(organization).city == "赣州市"
