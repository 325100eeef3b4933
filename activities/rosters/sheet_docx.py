"""The sheet to sign as a Word file: A4, a head that repeats, lines high enough for a hand."""

from copy import deepcopy

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from yixin.word import HEADING, a4, content_of, headline, lettered

from .sheets import LINE_HEIGHT, PAPER, SignInSheet


def document(sheet: SignInSheet) -> bytes:
    """The bytes of a .docx file."""
    file = a4(sheet.title, width=PAPER)
    section = file.sections[0]
    section.top_margin = section.bottom_margin = Cm(1.8)
    title, about = file.add_paragraph(), file.add_paragraph(sheet.about)
    headline(title, sheet.title, 18)
    for paragraph in (title, about):
        paragraph.paragraph_format.space_after = Pt(6)
    _fill(file.add_table(2, len(sheet.columns), "Table Grid"), sheet)
    _number_pages(section.footer.paragraphs[0])
    return content_of(file)


def _fill(table: Table, sheet: SignInSheet) -> None:
    """Every line is a copy of the first: making cells one by one takes a hundred times as long."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    head, line = table.rows
    for column, (label, width) in enumerate(sheet.columns):
        table.columns[column].width = Cm(width)
        for row in (head, line):
            cell = row.cells[column]
            cell.width, cell.vertical_alignment = Cm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
            if row is head or column != 2:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = head.cells[column].paragraphs[0].add_run(label)
        lettered(run._r.get_or_add_rPr(), HEADING)
    for row in (head, line):
        row.height, row.height_rule = Cm(LINE_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    head._tr.trPr.append(OxmlElement("w:tblHeader"))
    pattern = line._tr
    for texts in sheet.rows:
        pattern.addprevious(_row(pattern, texts))
    table._tbl.remove(pattern)


def _row(pattern: CT_Row, texts: tuple[str, ...]) -> CT_Row:
    row = deepcopy(pattern)
    for cell, text in zip(row.tc_lst, texts, strict=True):
        if text:
            cell.p_lst[0].add_r().text = text
    return row


def _number_pages(paragraph: Paragraph) -> None:
    """Page x / y."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for number, code in enumerate(("PAGE", "NUMPAGES")):
        if number:
            paragraph.add_run(" / ")
        _field(paragraph.add_run(), code)


def _field(run: Run, code: str) -> None:
    for kind in ("begin", "instrText", "end"):
        element = OxmlElement("w:instrText" if kind == "instrText" else "w:fldChar")
        if kind == "instrText":
            element.text = f" {code} "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
