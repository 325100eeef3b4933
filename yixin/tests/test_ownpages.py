"""Pages of one record beside its form: each is linked to from the form, for those who may open it."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, address, make

pytestmark = pytest.mark.django_db
WITH_PAGES = [pytest.param(model, id=model._meta.label_lower) for model, site in ADMINS.items() if site.own_pages]


def links(client, model, record) -> dict[str, str]:
    """By the name of the address, whether the form links to it."""
    text = client.get(address(model, "change", record.pk)).content.decode()
    pages = {name: reverse(f"admin:{name}", args=[record.pk]) for name in ADMINS[model].own_pages}
    return {name: f'<a href="{page}">' in text for name, page in pages.items()}


@pytest.mark.parametrize("model", WITH_PAGES)
def test_form_links_to_each_and_the_add_page_to_none(client, model):
    record = make(model)
    client.force_login(make_superuser())

    found = links(client, model, record)
    pages = [client.get(reverse(f"admin:{name}", args=[record.pk])).status_code for name in found]

    assert set(found.values()) == {True}
    assert pages == [200] * len(found)
    assert client.get(address(model, "add")).context.get("own_pages") is None


@pytest.mark.parametrize("model", WITH_PAGES)
def test_page_of_no_record_is_not_found_and_who_may_see_none_is_refused(client, model):
    record = make(model)
    (name,) = ADMINS[model].own_pages
    client.force_login(make_superuser())
    absent = [client.get(reverse(f"admin:{name}", args=[key])).status_code for key in (0, 10**20)]
    client.force_login(make_user(is_staff=True))

    assert absent == [404, 404]
    assert client.get(reverse(f"admin:{name}", args=[record.pk])).status_code == 403


def test_form_does_not_link_to_names_that_the_user_may_not_see(client):
    model = next(model for model in ADMINS if model._meta.label_lower == "activities.course")
    record, user = make(model), make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_course"]))
    client.force_login(user)

    assert links(client, model, record) == {"activities_course_grid": False}
