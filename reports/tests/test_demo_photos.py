"""The pictures that stand for the photos of 2014."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from activities.models import Photo
from reports import demo

pytestmark = pytest.mark.django_db


def stored(photo: Photo) -> bytes:
    with default_storage.open(photo.image.name) as file:
        return file.read()


def test_every_photo_of_the_demo_has_a_file_that_is_a_picture(year_2014):
    found = {photo.image.name: Image.open(BytesIO(stored(photo))) for photo in Photo.objects.all()}

    assert {name: (picture.format, picture.size) for name, picture in found.items()} == {
        "photos/2014/survey-tickets.jpg": ("JPEG", demo.PICTURE),
        "photos/2014/zhixing-salon.jpg": ("JPEG", demo.PICTURE),
        "photos/2014/design-training.jpg": ("JPEG", demo.PICTURE),
    }


def test_the_picture_is_the_same_every_time():
    assert demo.placeholder() == demo.placeholder()


def test_a_real_photo_of_that_name_is_left_alone():
    default_storage.save("photos/2014/zhixing-salon.jpg", ContentFile(b"a real one"))

    demo.load()

    assert stored(Photo.objects.get(caption__startswith="知行创新空间")) == b"a real one"
