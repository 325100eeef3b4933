"""Small files of the kinds that are given to readers."""

import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"


def office(*parts: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in parts:
            archive.writestr(name, "<x/>")
    return content.getvalue()


def upload(content: bytes, name: str = "报告.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


WORD = office("[Content_Types].xml", "word/document.xml")
