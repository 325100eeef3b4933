"""Puts pieces into a Word file one after the other: paragraphs, lists, captions, tables, pictures."""

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby

from django.utils.translation import pgettext
from docx import Document as open_docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph

from reports.chart import Chart
from reports.document import Block, BlockKind, Document, Picture
from reports.render.docx_charts import WIDTH as CHART_WIDTH
from reports.render.docx_charts import add_chart
from reports.render.docx_package import base, filled, stable
from reports.render.docx_tables import Layout, measured, word_table
from reports.render.docx_tiles import word_tiles
from reports.table import Table

BULLETS, NUMBERS = 2, 2  # the one list of all bullets; the pattern of which each numbered list gets its own
STYLES = {BlockKind.PARAGRAPH: "Body Text", BlockKind.BULLET: "List Bullet", BlockKind.NUMBERED: "List Number"}
TITLE_LINE = 38  # halves of a Chinese character
A_PIXEL = 9525  # EMU
WIDEST, HIGHEST = 5_600_000, 3_500_000  # EMU: the text's width; two photos and their captions fill a page


class Writer:
    """An open Word file. Nothing in it depends on the clock or the machine."""

    def __init__(self, document: Document):
        self.file = open_docx(BytesIO(base(document)))
        self.body = self.file.element.body
        self.numbers = {"table": 0, "figure": 0, "chart": 0}

    def bytes(self) -> bytes:
        if self.body[-2].tag == qn("w:tbl"):  # Word wants a paragraph after the last table
            self.paragraph("Section End")
        stream = BytesIO()
        self.file.save(stream)
        return stable(stream.getvalue())

    def paragraph(self, style: str, text: str = "") -> Paragraph:
        return self.file.add_paragraph(text, style)

    def title(self, text: str) -> None:
        """In letters of 22 points; of 18 if it would not fit on one line."""
        title = self.paragraph("Title", text)
        if measured(text) > TITLE_LINE:
            title.runs[0].font.size = Pt(18)

    def heading(self, text: str, *, level: int = 1, is_numbered: bool = True) -> None:
        heading = self.paragraph(f"Heading {level}", text)
        if not is_numbered:
            number(heading, 0)

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Paragraphs and lists; what follows another kind begins a list of its own."""
        for kind, items in groupby(blocks, key=lambda block: block.kind):
            of_list = self._list() if kind is BlockKind.NUMBERED else BULLETS
            for block in items:
                paragraph = self.paragraph(STYLES[kind])
                for run in block.runs:
                    paragraph.add_run(run.text, "Unknown" if run.is_unknown else None)
                if kind is not BlockKind.PARAGRAPH:
                    number(paragraph, of_list)

    def _list(self) -> int:
        """A new list that begins at 1."""
        new = self.file.part.numbering_part.element.add_num(NUMBERS)
        new.add_lvlOverride(ilvl=0).add_startOverride(1)
        return new.numId

    def turn(self, *, is_landscape: bool) -> None:
        """Go on with lying or upright pages, on a new one if they are the other now."""
        section = self.file.sections[-1]
        if (section.orientation == WD_ORIENT.LANDSCAPE) == is_landscape:
            return
        new = self.file.add_section(WD_SECTION.NEW_PAGE)
        self.file.paragraphs[-1].style = "Section End"
        new.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
        new.page_width, new.page_height = section.page_height, section.page_width
        new.top_margin, new.right_margin, new.bottom_margin, new.left_margin = (
            section.left_margin,
            section.top_margin,
            section.right_margin,
            section.bottom_margin,
        )

    def table_title(self, text: str) -> None:
        self._caption("table", pgettext("caption", "Table %(number)s"), text).paragraph_format.keep_with_next = True

    def figure_title(self, text: str) -> None:
        self._caption("figure", pgettext("caption", "Figure %(number)s"), text)

    def _caption(self, counter: str, label: str, text: str) -> Paragraph:
        """The label with a number that Word keeps right when somebody adds another."""
        self.numbers[counter] += 1
        before, after = label.split("%(number)s")
        caption = self.paragraph("Caption", before)
        field = OxmlElement("w:fldSimple", {qn("w:instr"): f" SEQ {before.strip()} \\* ARABIC "})
        caption._p.append(field)
        field.append(caption.add_run(str(self.numbers[counter]))._r)
        caption.add_run(f"{after}　{text}")
        return caption

    def table(self, table: Table, layout: Layout) -> None:
        self._insert(word_table(table, layout))

    def tiles(self, chart: Chart) -> None:
        self.paragraph("Figure").paragraph_format.line_spacing = 0.5
        self._insert(word_tiles(chart))

    def _insert(self, table) -> None:
        self.body.insert_element_before(table, "w:sectPr")

    def chart(self, chart: Chart) -> None:
        self.numbers["chart"] += 1
        part, plot = add_chart(self.file.part.package, chart, self.numbers["chart"])
        frame = {
            "relation": self.file.part.relate_to(part, RELATIONSHIP_TYPE.CHART),
            "id": self.file.part.next_id,
            "name": f"Chart {self.numbers['chart']}",
            "description": chart.title,
            "width": CHART_WIDTH,
            "height": plot.height,
        }
        self.paragraph("Figure").add_run()._r.append(parse_xml(filled("chart_frame", frame)))

    def picture(self, picture: Picture, content: bytes) -> bool:
        """False, and nothing written, if the file is no picture."""
        width, height = size(picture)
        try:
            inline = self.file.part.new_pic_inline(BytesIO(content), width, height)
        except Exception:  # whatever python-docx happens to raise for a file that is cut off or no picture
            return False
        inline.docPr.set("descr", picture.caption)
        self.paragraph("Figure").add_run()._r.add_drawing(inline)
        return True


def number(paragraph: Paragraph, number_id: int) -> None:
    """Make it an item of that list; of none, with 0."""
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = number_id


def size(picture: Picture) -> tuple[Emu, Emu]:
    """As large as its pixels, but not wider than the text nor higher than half a page."""
    width, height = max(picture.width, 1) * A_PIXEL, max(picture.height, 1) * A_PIXEL
    share = min(1, WIDEST / width, HIGHEST / height)
    return Emu(max(int(width * share), A_PIXEL)), Emu(max(int(height * share), A_PIXEL))
