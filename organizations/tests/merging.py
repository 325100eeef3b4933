"""What the tests of merging share: all tables as they stand, and a record for every column that points to one."""

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from organizations.merging.relations import relations
from organizations.merging.rows import values_of
from organizations.merging.services import Decision, merge
from organizations.models import Gram, Merger, Organization
from organizations.tests.factories import NOW, make_organization
from yixin.tests.factories import make_user
from yixin.tests.registry import make

LOGS = {"organizations.merger", "organizations.gram", "reports.amendment"}


def dump() -> dict[str, list[dict]]:
    """Every row of every table of ours but logs, by table, in the order of the ids; what the search finds, as a set."""
    models = [
        model for app in settings.YIXIN_APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    rows = {
        model._meta.label_lower: [values_of(record) for record in model._base_manager.order_by("pk")]
        for model in models
        if model._meta.label_lower not in LOGS
    }
    grams = sorted((pk, bytes(gram)) for pk, gram in Gram.objects.values_list("organization", "gram"))
    return rows | {"grams": grams}


def merged_into(kept: Organization, merged: Organization, **said) -> Merger:
    return merge(kept=kept, merged=merged, decision=Decision(**said), by=make_user("coordinator"), now=NOW)


def point_at(organization: Organization) -> dict[str, Model]:
    """A new record for every column by which a record points to an organisation, by ``table.column``."""
    return {f"{c.model._meta.label_lower}.{c.name}": record_at(c, organization) for c in relations(Organization)}


def record_at(column, organization: Organization) -> Model:
    """Of a table between two, a row that ties the organisation to a new record."""
    if not column.model._meta.auto_created:
        return make(column.model, **{column.name: organization})
    links = {
        field.name: organization if field.name == column.name else make(field.related_model)
        for field in column.model._meta.concrete_fields
        if field.is_relation
    }
    return column.model._base_manager.create(**links)


def twins(**changes) -> tuple[Organization, Organization]:
    """The kept one and the one that goes."""
    return make_organization(name="知行社"), make_organization(**{"name": "知行公益社"} | changes)
