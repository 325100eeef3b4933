"""Every model of our apps that has an admin, found by name: the ground imports none of them."""

from importlib import import_module
from itertools import cycle, islice

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.urls import reverse

from yixin.tests.factories import make_user

ADMINS = {model: site for model, site in admin.site._registry.items() if model._meta.app_label in settings.YIXIN_APPS}
MODELS = [pytest.param(model, id=model._meta.label_lower) for model in ADMINS]
# Two links of which a record has one.
EITHER_OR = {"grants.grant": ["organization", "person"], "activities.expense": ["event", "visit"]}
# What may be a plain drop-down list: tables of a few rows. All others grow with the network.
SMALL = {"organizations.fieldofwork", "activities.workarea", "auth.user"}


def make(model: type[Model], **changes) -> Model:
    """A saved record by the factory of the model's own app; KeyError where there is none. An account for who did it."""
    if model is get_user_model():
        return make_user(**changes)
    factories = import_module(f"{model._meta.app_label}.tests.factories").FACTORIES
    return factories[model](**changes)


def make_territory(**changes) -> Model:
    """The city of one volunteer: 赣州 unless told otherwise."""
    return make(apps.get_model("organizations.territory"), **changes)


def links(model: type[Model]) -> dict[str, Model]:
    """A record for every link that may be empty."""
    return {f.name: make(f.related_model) for f in model._meta.concrete_fields if f.is_relation and f.null}


def make_full(model: type[Model], linked: dict[str, Model], number: int) -> None:
    """Records in which every link is filled in, for a list reads what an empty link leaves out."""
    for left_out in islice(cycle(EITHER_OR.get(model._meta.label_lower, [None])), number):
        make(model, **{name: value for name, value in linked.items() if name != left_out})


def address(model: type[Model], page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def as_it_stands(response) -> dict:
    """What the browser would send of the page's form if nothing were changed."""
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    values = {bound.html_name: sent(bound.value()) for form in forms for bound in form}
    values |= seen_by(response)
    return {name: value for name, value in values.items() if value is not None}


def seen_by(response) -> dict:
    """What the browser sends of what the page showed when it was opened; nothing where nothing can be changed."""
    seen = response.context.get("seen")
    return {seen["name"]: seen["value"]} if seen else {}


def sent(value):
    """Nothing for an empty box, a box without a tick, and a file that stays."""
    if value is None or value is False or isinstance(value, FieldFile):
        return None
    return [getattr(item, "pk", item) for item in value] if isinstance(value, list) else value
