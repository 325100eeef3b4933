"""Reports in Word, written and read back by python-docx, zipfile and lxml."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml import etree

from reports.document import Document
from reports.render import docx
from reports.tests.documents import photo

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def written(document: Document, open_picture: Callable[[str], bytes | None] = photo):
    """The report as python-docx reads it."""
    return open_docx(BytesIO(docx.report(document, open_picture)))


def members(document: Document, open_picture: Callable[[str], bytes | None] = photo) -> ZipFile:
    return ZipFile(BytesIO(docx.report(document, open_picture)))


def found(element, path: str) -> list:
    """What the XPath finds, with the usual short names of namespaces."""
    return etree.ElementBase.xpath(element, path, namespaces=SPACES)


def member(file: ZipFile, name: str):
    return etree.fromstring(file.read(name))


def paragraphs(file, style: str) -> list[str]:
    """The texts in that style, numbers of captions included."""
    return [text_of(paragraph) for paragraph in file.paragraphs if paragraph.style.name == style]


def text_of(paragraph) -> str:
    return "".join(found(paragraph._p, ".//w:t/text()"))


def texts(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def number_of(paragraph) -> int | None:
    """The list that the paragraph is an item of by itself, not by its style."""
    value = found(paragraph._p, "w:pPr/w:numPr/w:numId/@w:val")
    return int(value[0]) if value else None


def attribute(element, name: str) -> str | None:
    return element.get(qn(name))
