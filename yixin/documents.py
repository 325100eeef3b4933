"""Files that are given to readers as they are: known by what is in them, stored under a name of our own."""

import struct
import zipfile
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 30 * 1024 * 1024
MAX_PARTS = 10_000  # files inside an Office file
# What an Office file of that kind has inside.
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
}
BROKEN = (zipfile.BadZipFile, OSError, ValueError, OverflowError, NotImplementedError, struct.error)


def checked(upload: File) -> File:
    """The upload under a name of our own that says what it is.

    Raises ValidationError for one that is too large, for one with macros, and for what is neither a PDF nor an Office
    file of today, whatever it is called.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 30 MB. Send a smaller one."), code="too_large")
    kind = kind_of(upload)
    upload.seek(0)
    upload.name = f"{uuid4().hex}.{kind}"
    return upload


def kind_of(upload: File) -> str:
    """``pdf``, ``docx``, ``xlsx`` or ``pptx``, by the content. Raises ValidationError for anything else."""
    upload.seek(0)
    if upload.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return _pdf(upload)
    names = _names_inside(upload)
    kind = next((kind for part, kind in MAIN_PARTS.items() if part in names and "[Content_Types].xml" in names), "")
    if not kind:
        raise ValidationError(
            _("This is neither a PDF nor a Word, Excel or PowerPoint file (docx, xlsx, pptx). Save it as one."),
            code="unknown_kind",
        )
    if any(name.rpartition("/")[2].casefold() == "vbaproject.bin" for name in names):
        raise ValidationError(_("There are macros in this file. Save it without them."), code="macros")
    return kind


def _pdf(upload: File) -> str:
    upload.seek(max(upload.size - 2048, 0))
    if b"%%EOF" not in upload.read():
        raise ValidationError(_("The end of this PDF is missing. Send it again."), code="broken")
    return "pdf"


def _names_inside(upload: File) -> set[str]:
    """Names only: nothing is unpacked, so nothing can swell. Empty for what is no zip file."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as parts:
            names = parts.namelist()
    except BROKEN:
        return set()
    return set(names) if len(names) <= MAX_PARTS else set()


class DocumentFormField(forms.FileField):
    def clean(self, data, initial=None):
        value = super().clean(data, initial)
        return checked(data) if data else value


class DocumentField(models.FileField):
    """A file as ``checked`` named it."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DocumentFormField, **kwargs})
