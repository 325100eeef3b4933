"""Every add form of ours stores once, however often it is sent."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from yixin.access.models import SavedForm
from yixin.once import KEPT, KEY
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, address, as_it_stands, make
from yixin.tests.test_admin import FIXED

pytestmark = pytest.mark.django_db
every_form = pytest.mark.parametrize(
    "model", [pytest.param(m, id=m._meta.label_lower) for m in ADMINS if m._meta.label_lower not in FIXED]
)


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue())


def filled_in(office, model) -> dict:
    """What a browser sends of the model's add form: the values of a record that is there no more, and the key."""
    record = make(model)
    values = as_it_stands(office.get(address(model, "change", record.pk)))
    model._base_manager.filter(pk=record.pk).delete()
    page = office.get(address(model, "add"))
    fields = page.context["adminform"].form.fields
    texts = {name: getattr(record, name) for name in fields if isinstance(getattr(record, name, None), str)}
    return as_it_stands(page) | texts | values | {KEY: str(page.context["once"]["key"])}


def send(office, model, values: dict, **more):
    files = {"image": picture()} if model._meta.label_lower == "activities.photo" else {}
    return office.post(address(model, "add"), values | files | more, follow=True)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@every_form
def test_the_same_form_sent_twice_stores_one_record_and_leads_to_it(office, model):
    values = filled_in(office, model)
    before = set(model._base_manager.values_list("pk", flat=True))

    send(office, model, values)
    again = send(office, model, values)

    [stored] = set(model._base_manager.values_list("pk", flat=True)) - before
    record = model._base_manager.get(pk=stored)
    assert again.redirect_chain[-1][0] == address(model, "change", stored)
    link = f'“<a href="{address(model, "change", stored)}">'
    assert [text.partition(link)[1:] and text.startswith(link) for text in said(again)] == [True]
    assert said(again)[0].endswith("</a>” was saved already. It was not saved a second time."), record


@pytest.fixture
def field():
    """A model with a small form."""
    return next(model for model in ADMINS if model._meta.label_lower == "organizations.fieldofwork")


def test_save_and_add_another_gets_a_fresh_key_and_stays_there_when_sent_twice(office, field):
    values = filled_in(office, field)

    first = send(office, field, values, _addanother="1")
    again = send(office, field, values, _addanother="1")

    keys = {values[KEY], *(str(page.context["once"]["key"]) for page in (first, again))}
    assert len(keys) == 3
    assert again.redirect_chain[-1][0] == address(field, "add")
    assert SavedForm.objects.count() == 1


def test_another_button_is_no_other_form(office, field):
    values, before = filled_in(office, field), field.objects.count()

    send(office, field, values, _addanother="1")
    send(office, field, values, _save="1")

    assert field.objects.count() == before + 1


def test_a_form_that_was_changed_after_it_was_sent_is_stored_too(office, field):
    values, before = filled_in(office, field), field.objects.count()

    send(office, field, values)
    send(office, field, values | {"name": "知行另一领域", "code": "another"})

    assert field.objects.count() == before + 2


def test_the_key_stays_while_the_form_is_corrected(office, field):
    values, before = filled_in(office, field), field.objects.count()

    refused = send(office, field, values | {"name": ""})
    send(office, field, values)
    send(office, field, values)

    assert str(refused.context["once"]["key"]) == values[KEY]
    assert field.objects.count() == before + 1


@pytest.mark.parametrize("key", ["", "abc", "\x00", "9" * 5000, "你好"])
def test_without_a_key_that_can_be_a_form_is_stored_as_ever(office, field, key):
    values, before = filled_in(office, field) | {KEY: key}, field.objects.count()

    response = send(office, field, values)

    assert (response.status_code, field.objects.count()) == (200, before + 1)
    assert SavedForm.objects.count() == 0


def test_somebody_elses_key_leads_to_nothing(office, field):
    values, before = filled_in(office, field), field.objects.count()
    send(office, field, values)
    office.force_login(make_superuser())

    response = send(office, field, values | {"code": "another", "name": "知行另一领域"})
    other = send(office, field, values)

    assert (response.status_code, field.objects.count()) == (200, before + 2)
    assert "was saved already" not in " ".join(said(other))


def test_a_small_window_closes_the_second_time_too(office, field):
    values = filled_in(office, field) | {"_popup": "1"}

    first, again = send(office, field, values), send(office, field, values)

    assert [page.templates[0].name for page in (first, again)] == ["admin/popup_response.html"] * 2
    assert first.context["popup_response_data"] == again.context["popup_response_data"]


def test_a_record_that_was_deleted_meanwhile_leads_back(office, field):
    values = filled_in(office, field)
    send(office, field, values)
    field.objects.filter(code=values["code"]).delete()

    response = send(office, field, values)

    assert (response.status_code, response.redirect_chain[-1][0]) == (200, "/admin/")


def test_a_form_that_is_changed_has_no_key(office, field):
    page = office.get(address(field, "change", make(field).pk))

    assert "once" not in page.context


def test_what_was_sent_a_week_ago_is_forgotten(office, field, django_capture_on_commit_callbacks):
    user, now = make_user("staff"), timezone.now()
    ages = {"old": KEPT + timedelta(hours=1), "young": KEPT - timedelta(hours=1)}
    for name, age in ages.items():
        SavedForm.objects.create(key=uuid4(), user=user, saved_at=now - age, address=f"/{name}/")
    values = filled_in(office, field)

    with django_capture_on_commit_callbacks(execute=True):
        send(office, field, values)

    kept = SavedForm.objects.exclude(user__is_superuser=True)
    assert (list(kept.values_list("address", flat=True)), SavedForm.objects.count()) == (["/young/"], 2)
