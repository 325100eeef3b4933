"""Pictures from phones: stored upright and without what the camera wrote; all others get a sentence."""

from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from yixin.images import MAX_BYTES, MAX_EDGE, ORIENTATION, PhotoFormField, cleaned

GPS = 0x8825
NO_PICTURE = "This is not a picture that can be read. Send a JPEG or PNG."
TOO_MANY_PIXELS = "The picture has more than 50 million pixels. Send a smaller one."
TOO_MANY_BYTES = "The picture is larger than 20 MB. Send a smaller one."
HEIC = (
    "This photo is a HEIC of an iPhone, which cannot be read. Choose it from the photo album on the phone itself, or "
    "send it through WeChat without “original”: both make a JPEG of it. So that all photos are JPEG from now on: "
    "Settings, Camera, Formats, Most Compatible."
)


def picture(size=(40, 20), mode="RGB", kind="JPEG", **options) -> bytes:
    """A picture whose left half is red, the right one black."""
    image = Image.new(mode, size)
    if mode in ("RGB", "RGBA"):
        image.paste((255, 0, 0, 255)[: len(mode)], (0, 0, size[0] // 2, size[1]))
    stored = BytesIO()
    image.save(stored, kind, **options)
    return stored.getvalue()


def from_phone() -> bytes:
    """Held upright: the sensor's left is the picture's top. It knows where and by what it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "ZhixingPhone"
    exif.get_ifd(GPS).update({1: "N", 2: (28.0, 41.0, 0.0), 3: "E", 4: (115.0, 53.0, 0.0)})
    return picture(exif=exif, comment=b"secret")


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def read(stored) -> Image.Image:
    return Image.open(BytesIO(stored.read()))


def refusal(content: bytes) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        cleaned(upload(content))
    with translation.override("en"):
        return caught.value.messages


def test_what_the_camera_wrote_is_gone():
    original = from_phone()
    assert dict(Image.open(BytesIO(original)).getexif().get_ifd(GPS))[1] == "N"
    assert b"ZhixingPhone" in original

    stored = cleaned(upload(original))

    content = stored.read()
    assert [word for word in (b"Exif", b"ZhixingPhone", b"secret", b"GPS") if word in content] == []
    assert dict(Image.open(BytesIO(content)).getexif()) == {}
    assert set(Image.open(BytesIO(content)).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_picture_is_turned_upright():
    stored = read(cleaned(upload(from_phone())))

    assert (stored.format, stored.size) == ("JPEG", (20, 40))
    assert [stored.getpixel((10, y))[0] > 128 for y in (5, 35)] == [True, False]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        (1, (0, 0)),
        (2, (1, 0)),
        (3, (1, 1)),
        (4, (0, 1)),
        (5, (0, 0)),
        (6, (1, 0)),
        (7, (1, 1)),
        (8, (0, 1)),
        (99, (0, 0)),
    ],
)
def test_first_corner_of_the_sensor_lands_where_it_belongs(orientation, corner, kind):
    image, exif, content = Image.new("RGB", (160, 80)), Image.Exif(), BytesIO()
    image.paste((255, 0, 0), (0, 0, 80, 40))
    exif[ORIENTATION] = orientation
    image.save(content, kind, exif=exif)

    stored = read(cleaned(upload(content.getvalue())))

    width, height = stored.size
    corners = [(x, y) for x in (0, 1) for y in (0, 1)]
    red = [(x, y) for x, y in corners if stored.getpixel((x * (width - 1), y * (height - 1)))[0] > 128]
    assert ((width > height), red) == (orientation not in (5, 6, 7, 8), [corner])


def test_name_is_our_own():
    stored = cleaned(upload(picture(), "../../王小明 13800000000.php.jpg"))

    stem, ending = stored.name.split(".", 1)
    assert (len(stem), set(stem) <= set("0123456789abcdef"), ending) == (32, True, "jpg")


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("1", "PNG"), ("RGBA", "WEBP")]
)
def test_every_kind_becomes_a_jpeg(mode, kind):
    stored = read(cleaned(upload(picture(mode=mode, kind=kind))))

    assert (stored.format, stored.mode, stored.size) == ("JPEG", "RGB", (40, 20))


def test_large_picture_is_made_smaller():
    stored = read(cleaned(upload(picture((5000, 2500)))))

    assert stored.size == (MAX_EDGE, MAX_EDGE // 2)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        picture(kind="GIF"),
        picture(kind="TIFF"),
        picture()[:-100],
        picture(kind="PNG")[:60],
    ],
    ids=["empty", "letter", "svg", "pdf", "gif", "tiff", "cut jpeg", "cut png"],
)
def test_what_is_no_picture_gets_a_sentence(content):
    assert refusal(content) == [NO_PICTURE]


@pytest.mark.parametrize("size", [(8000, 8000), (10_000, 10_000), (20_000, 20_000)])
def test_too_many_pixels_get_a_sentence(size):
    content = picture(size, mode="1", kind="PNG")
    assert len(content) < 100_000

    assert refusal(content) == [TOO_MANY_PIXELS]


def test_what_phones_call_50_megapixels_is_read():
    content = picture((8192, 6144), mode="1", kind="PNG")

    assert read(cleaned(upload(content))).size == (MAX_EDGE, MAX_EDGE * 3 // 4)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1"])
def test_photo_as_an_iphone_stores_it_is_told_what_to_do(brand):
    assert refusal(b"\0\0\0\x24ftyp" + brand + b"\0\0\0\0" + b"mif1heic" + b"\0" * 500) == [HEIC]


def test_form_field_asks_phones_for_what_can_be_read():
    assert PhotoFormField().widget.attrs == {"accept": "image/jpeg,image/png,image/webp"}


def test_too_many_bytes_get_a_sentence():
    content = picture() + b"\0" * MAX_BYTES

    assert refusal(content) == [TOO_MANY_BYTES]


def test_as_many_bytes_as_may_be_are_read():
    content = picture()

    stored = read(cleaned(upload(content + b"\0" * (MAX_BYTES - len(content)))))

    assert stored.size == (40, 20)


def test_form_field_keeps_the_stored_picture_and_takes_none():
    field = PhotoFormField(required=False)

    assert field.clean(None, initial="photos/a.jpg") == "photos/a.jpg"
    assert field.clean(False, initial="photos/a.jpg") is False
    assert read(field.clean(upload(from_phone()))).size == (20, 40)


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow on EXIF that makes no sense
@given(data=st.data(), whole=st.sampled_from([from_phone(), picture(kind="PNG"), picture(kind="WEBP")]))
def test_damaged_picture_is_read_or_refused(data, whole):
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, min(len(whole), 300) - 1), max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))

    with suppress(ValidationError):
        assert dict(read(cleaned(upload(bytes(damaged)))).getexif()) == {}
