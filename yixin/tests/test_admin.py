"""Every list, form and search of the staff's site, whatever models there are."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from yixin.tests.factories import make_superuser
from yixin.tests.registry import ADMINS, MODELS, SMALL, address, as_it_stands, links, make, make_full

pytestmark = pytest.mark.django_db
every_model = pytest.mark.parametrize("model", MODELS)
# What was published, why it was changed, what was accepted and what others wrote is only read.
FIXED = {
    "organizations.merger",
    "organizations.proposal",
    "reports.acceptance",
    "reports.amendment",
    "reports.edition",
}


def words_for(model) -> str:
    """What finds the factory's records: people are found by how their names begin."""
    return "李知行" if model._meta.label_lower == "organizations.person" else "知行"


@pytest.fixture
def superuser():
    return make_superuser()


@pytest.fixture
def office(client, superuser):
    client.force_login(superuser)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def answer_and_cost(office, path: str, data: dict | None = None):
    office.get(path, data)  # what a process reads only once has then been read
    with CaptureQueriesContext(connection) as queries:
        response = office.get(path, data)
    return response, len(queries)


def forms_of(user) -> list:
    """Each form that the site shows: the label of its model, and the fields that people fill in."""
    request, forms = request_of(user), []
    for model, site in ADMINS.items():
        forms.append((model._meta.label_lower, site.get_form(request, change=True).base_fields))
        for inline in site.get_inline_instances(request):
            formset = inline.get_formset(request)
            fields = {name: field for name, field in formset.form.base_fields.items() if name != formset.fk.name}
            forms.append((inline.model._meta.label_lower, fields))
    return forms


def test_models_without_a_page_of_their_own_are_inside_another():
    inline = {inline.model._meta.label for site in ADMINS.values() for inline in site.inlines}

    assert inline - {model._meta.label for model in ADMINS} == {
        "organizations.Alias",
        "activities.EventOrganization",
        "activities.SurveyTarget",
        "activities.Talk",
        "grants.Instalment",
        "grants.Remittance",
        "reports.Section",
    }


@every_model
def test_list_and_search_cost_the_same_for_1_and_100_rows(office, model):
    words = {"q": words_for(model)} if ADMINS[model].search_fields else {}
    path = address(model, "changelist")
    linked = links(model)
    make_full(model, linked, 1)
    one, for_one = answer_and_cost(office, path, words)
    make_full(model, linked, 99)

    many, for_many = answer_and_cost(office, path, words)

    assert many.context["cl"].result_count - one.context["cl"].result_count == 99
    assert for_many == for_one


@every_model
def test_add_page_opens_unless_nothing_may_be_added(office, model):
    expected = 403 if model._meta.label_lower in FIXED else 200

    assert office.get(address(model, "add")).status_code == expected


@every_model
def test_change_page_saved_as_it_is_changes_nothing(office, model):
    record = make(model)
    before = model._base_manager.filter(pk=record.pk).values().get()
    form = office.get(address(model, "change", record.pk))
    if model._meta.label_lower in FIXED:
        assert "adminform" in form.context
        return

    response = office.post(address(model, "change", record.pk), as_it_stands(form))

    assert response.status_code == 302
    assert model._base_manager.filter(pk=record.pk).values().get() == before


def test_required_fields_are_marked(office, superuser):
    checked = 0
    for model, site in ADMINS.items():
        if not site.has_add_permission(request_of(superuser)):
            continue
        page = office.get(address(model, "add"))
        text = page.content.decode()
        for bound in page.context["adminform"].form:
            if bound.field.required and not bound.is_hidden:
                of = f' for="{bound.id_for_label}"' if bound.id_for_label else ""  # radio buttons have no one box
                label = re.search(rf'<label class="([^"]*)"{of}>\s*{re.escape(escape(str(bound.label)))}', text)
                assert (bound.html_name, label and label[1].split()[0]) == (bound.html_name, "required")
                checked += 1

    assert checked >= len(ADMINS)


def test_no_form_lists_a_table_that_grows(superuser):
    lists = {
        f"{label}.{name}"
        for label, fields in forms_of(superuser)
        for name, field in fields.items()
        if hasattr(field, "queryset")
        and field.queryset.model._meta.label_lower not in SMALL
        and not isinstance(
            getattr(field.widget, "widget", field.widget), AutocompleteSelect | AutocompleteSelectMultiple
        )
    }

    assert lists == set()


def searched_fields() -> list:
    return [
        pytest.param(model, name, id=f"{model._meta.label_lower}.{name}")
        for model, site in ADMINS.items()
        for owner in [site, *(inline(model, admin.site) for inline in site.inlines)]
        for name in owner.autocomplete_fields
        for model in [owner.model]
    ]


@pytest.mark.parametrize(("model", "field"), searched_fields())
def test_search_inside_a_form_finds_by_name(office, model, field):
    target = model._meta.get_field(field).related_model
    record, label = make(target), model._meta
    query = {"app_label": label.app_label, "model_name": label.model_name, "field_name": field}
    query["term"] = words_for(target)

    found = office.get(reverse("admin:autocomplete"), query).json()

    assert found["pagination"] == {"more": False}
    assert [row["id"] for row in found["results"]] == [str(record.pk)]
