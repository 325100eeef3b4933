"""Photos straight from a phone: several at once, and a sentence that helps for what cannot be read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.models import Photo
from activities.tests.factories import make_event, make_photo
from yixin.once import KEY
from yixin.tests.factories import make_user
from yixin.tests.registry import as_it_stands
from yixin.tests.test_images import HEIC, NO_PICTURE, TOO_MANY_PIXELS, picture

pytestmark = pytest.mark.django_db

ADD = reverse("admin:activities_photo_add")
IPHONE = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + b"\0" * 500


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def photo(content: bytes | None = None, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


def errors(response) -> dict:
    return response.context["adminform"].form.errors


def test_several_photos_of_one_event_are_added_at_once(staff):
    event = make_event()
    images = [photo(picture((size, 10))) for size in (10, 20, 30)]

    page = staff.post(ADD, {"image": images, "event": event.pk, "caption": "签到表"}, follow=True)

    assert list(Photo.objects.values_list("event", "caption")) == [(event.pk, "签到表")] * 3
    assert len({stored.image.name for stored in Photo.objects.all()}) == 3
    assert next(str(message) for message in page.context["messages"]) == "2 more photos were saved."


def test_several_photos_sent_twice_are_stored_once(staff):
    values = {"caption": "签到表", KEY: str(staff.get(ADD).context["once"]["key"])}

    for _ in range(2):
        staff.post(ADD, values | {"image": [photo(), photo()]})

    assert Photo.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (IPHONE, HEIC),
        (b"%PDF-1.7", NO_PICTURE),
        (picture((16320, 12240), mode="1", kind="PNG"), TOO_MANY_PIXELS),
        (b"", "The submitted file is empty."),
    ],
    ids=["heic", "pdf", "200 megapixels", "empty"],
)
def test_what_cannot_be_read_gets_a_sentence_that_helps(staff, content, sentence):
    alone = staff.post(ADD, {"image": photo(content)})
    among = staff.post(ADD, {"image": [photo(), photo(content, "签到表.heic")]})

    assert (errors(alone), errors(among)) == ({"image": [sentence]}, {"image": [f"签到表.heic：{sentence}"]})
    assert Photo.objects.count() == 0


def test_none_and_too_many_get_a_sentence(staff):
    none = staff.post(ADD, {"caption": "签到表"})
    many = staff.post(ADD, {"image": [photo() for _ in range(13)]})

    assert errors(none) == {"image": ["This field is required."]}
    assert errors(many) == {"image": ["These are 13 photos. Choose at most 12 at once."]}


def test_a_stored_photo_is_changed_alone(staff):
    stored = make_photo()
    address = reverse("admin:activities_photo_change", args=[stored.pk])

    values = as_it_stands(staff.get(address)) | {"caption": "另一说明", "image": photo()}

    response = staff.post(address, values)

    stored.refresh_from_db()
    assert (response.status_code, stored.caption, Photo.objects.count()) == (302, "另一说明", 1)


def test_the_form_takes_several_files_of_the_kinds_that_can_be_read(staff):
    page = staff.get(ADD).content.decode()

    assert 'accept="image/jpeg,image/png,image/webp"' in page
    assert "multiple" in page.split('id="id_image"')[0].rsplit("<input", 1)[1]
