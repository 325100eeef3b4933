"""A receipt as a Word file: the upper half of an A4 page, a frame around what is stated, lines to sign on."""

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from docx.table import Table

from yixin.word import HEADING, a4, content_of, headline, lettered

from .words import Receipt

LABEL_WIDTH, WIDTH = 4.0, 17.0  # cm


def document(receipt: Receipt) -> bytes:
    """The bytes of a .docx file."""
    file = a4(receipt.title, width=WIDTH)
    headline(file.add_paragraph(), receipt.title, 22)
    about = file.add_paragraph(f"{receipt.number}　　{receipt.day}")
    about.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _fill(file.add_table(len(receipt.rows), 2, "Table Grid"), receipt)
    file.add_paragraph()
    _sign(file.add_table(2, 2), receipt)
    return content_of(file)


def _fill(table: Table, receipt: Receipt) -> None:
    _measure(table, (LABEL_WIDTH, WIDTH - LABEL_WIDTH), 1.1)
    for row, (label, text) in zip(table.rows, receipt.rows, strict=True):
        run = row.cells[0].paragraphs[0].add_run(label)
        lettered(run._r.get_or_add_rPr(), HEADING)
        row.cells[1].paragraphs[0].add_run(text)


def _sign(table: Table, receipt: Receipt) -> None:
    """Two beside each other, with room for a stamp."""
    _measure(table, (WIDTH / 2, WIDTH / 2), 2.2)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, (label, line) in zip(cells, receipt.signatures, strict=True):
        cell.paragraphs[0].add_run(f"{label}：{line}")


def _measure(table: Table, widths: tuple[float, ...], height: float) -> None:
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width, cell.vertical_alignment = Cm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
