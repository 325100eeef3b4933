"""The empty Word file that a report is written into, and the zip that it becomes."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from io import BytesIO
from typing import TypeVar
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.template import Context, loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.document import Document

T = TypeVar("T")

# Where each part lies in the file → the template it is made from.
PARTS = {
    "[Content_Types].xml": "content_types",
    "_rels/.rels": "package_rels",
    "docProps/core.xml": "core",
    "word/document.xml": "document",
    "word/_rels/document.xml.rels": "document_rels",
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/settings.xml": "settings",
    "word/fontTable.xml": "fonts",
    "word/footer1.xml": "footer",
}
FIELDS = {"%(number)s": "PAGE", "%(pages)s": "NUMPAGES"}
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def base(document: Document) -> bytes:
    """A Word file without content, in the active language: styles, numbering, page, footer, properties."""
    context = {
        "title": document.title,
        "site": settings.SITE_NAME,
        "day": (document.published_on or date(document.year, 12, 31)).isoformat(),
        "language": language(),
        "pieces": footer_pieces(),
    }
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        for path, template in PARTS.items():
            package.writestr(path, filled(template, context))
    return stream.getvalue()


def filled(template: str, context: dict) -> bytes:
    """The XML of templates/reports/word; text is escaped, numbers stand as a machine reads them."""
    found = loader.get_template(f"reports/word/{template}.xml")
    return found.template.render(Context(context, use_l10n=False)).strip().encode()


def language() -> str:
    """The language of the text, as Word names it."""
    return "zh-CN" if (get_language() or "zh").startswith("zh") else "en-US"


def footer_pieces() -> list[dict[str, str]]:
    """第 [PAGE] 页，共 [NUMPAGES] 页: texts, and fields that Word fills in."""
    sentence = _("Page %(number)s of %(pages)s")
    pieces = filter(None, re.split(r"(%\(\w+\)s)", sentence))
    return [{"field": FIELDS[piece]} if piece in FIELDS else {"text": piece} for piece in pieces]


def stable(package: bytes) -> bytes:
    """The same members, in order of name, with one time and not packed: another zlib would make other bytes."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(stream, "w", ZIP_STORED) as new:
        for name in sorted(old.namelist()):
            member = ZipInfo(name, ZIP_DAY)
            member.create_system = 0  # by itself the one it runs on
            new.writestr(member, old.read(name))
    return stream.getvalue()


def clean(value: T) -> T:
    """The value, and all texts in it, without the characters that XML refuses."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _NO_XML.sub("", value)
    if isinstance(value, tuple):
        return tuple(clean(item) for item in value)
    if is_dataclass(value):
        return replace(value, **{field.name: clean(getattr(value, field.name)) for field in fields(value)})
    return value
