"""What every plain Word file of ours begins with and ends in: A4, Chinese letters, nobody's name in it."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN, BODY, HEADING = "Times New Roman", "宋体", "黑体"
PAPER = 21.0, 29.7  # cm


def a4(title: str, *, width: float):
    """A new document, with ``width`` cm between its margins; its title stands among its properties."""
    document = Document()
    document.core_properties.author, document.core_properties.title = "", title
    lettered(document.styles["Normal"].element.get_or_add_rPr(), BODY)
    document.styles["Normal"].font.size = Pt(12)
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, PAPER)
    section.left_margin = section.right_margin = Cm((PAPER[0] - width) / 2)
    return document


def headline(paragraph: Paragraph, text: str, size: int) -> None:
    """In the middle, ``size`` in points."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    lettered(run._r.get_or_add_rPr(), HEADING)


def lettered(properties, font: str) -> None:
    """Chinese characters follow ``w:eastAsia`` alone."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{name}"), value)


def content_of(document) -> bytes:
    """The bytes of the .docx file."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
