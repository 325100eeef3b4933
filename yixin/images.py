"""Pictures from phones: read once, turned upright, and stored anew without what the camera wrote into them."""

from io import BytesIO
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image

MAX_PIXELS = 8192 * 6144  # what phones call 50 megapixels
MAX_BYTES = 20 * 1024 * 1024
MAX_EDGE = 2400
ORIENTATION = 0x0112
# The containers in which iPhones, and some other phones, store photos (HEIC, HEIF). Pillow does not read them.
PHONE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
ACCEPTED = "image/jpeg,image/png,image/webp"  # an iPhone that is told so hands its HEIC photos over as JPEG
# What turns a picture of that orientation upright. ImageOps.exif_transpose also writes the EXIF anew, and
# fails with all kinds of errors where the camera wrote nonsense into it.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_HEIC = _(
    "This photo is a HEIC of an iPhone, which cannot be read. Choose it from the photo album on the phone itself, or "
    "send it through WeChat without “original”: both make a JPEG of it. So that all photos are JPEG from now on: "
    "Settings, Camera, Formats, Most Compatible."
)


def refuse_heic(upload) -> None:
    """ValidationError if its first bytes say that it is a photo as iPhones store it; leaves the file at its start."""
    upload.seek(0)
    head = upload.read(12)
    upload.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in PHONE_BRANDS:
        raise ValidationError(_HEIC, code="heic")


def cleaned(upload) -> ContentFile:
    """A JPEG of at most 2400 pixels an edge, upright, without EXIF or GPS, under a name of our own.

    Raises ValidationError for what is no picture, or one too large to be safe.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The picture is larger than 20 MB. Send a smaller one."), code="too_large")
    too_many_pixels = ValidationError(
        _("The picture has more than 50 million pixels. Send a smaller one."), code="too_large"
    )
    try:
        refuse_heic(upload)
        with Image.open(upload, formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise too_many_pixels
            upright = picture.convert("RGB")
            turn = TURNS.get(picture.getexif().get(ORIENTATION))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            _("This is not a picture that can be read. Send a JPEG or PNG."), code="invalid_image"
        ) from error
    if turn is not None:
        upright = upright.transpose(turn)
    upright.info = {}  # a JPEG's comment would be written anew
    upright.thumbnail((MAX_EDGE, MAX_EDGE))
    stored = BytesIO()
    upright.save(stored, "JPEG", quality=85)
    return ContentFile(stored.getvalue(), name=f"{uuid4().hex}.jpg")


class PhotoFormField(forms.FileField):
    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ACCEPTED}

    def clean(self, data, initial=None):
        value = super().clean(data, initial)
        return cleaned(data) if data else value


class PhotoField(models.FileField):
    """A picture as ``cleaned`` made it."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PhotoFormField, **kwargs})
