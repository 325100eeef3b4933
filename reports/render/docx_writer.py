"""Puts pieces into a Word file one after the other: paragraphs, lists, captions, tables, pictures."""

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from itertools import groupby

from django.utils.translation import pgettext
from docx import Document as open_docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.numbering import CT_Num
from docx.oxml.shape import CT_Inline
from docx.oxml.text.paragraph import CT_P
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph

from reports.chart import Chart
from reports.document import Block, BlockKind, Document, Picture
from reports.render.docx_charts import WIDTH as CHART_WIDTH
from reports.render.docx_charts import add_chart
from reports.render.docx_package import base, filled, stable
from reports.render.docx_photos import Photos, fitted
from reports.render.docx_tables import Layout, measured, word_table
from reports.render.docx_tiles import word_tiles
from reports.table import Table

BULLETS, NUMBERS = 2, 2  # the one list of all bullets; the pattern of which each numbered list gets its own
STYLES = {BlockKind.PARAGRAPH: "Body Text", BlockKind.BULLET: "List Bullet", BlockKind.NUMBERED: "List Number"}
LISTS = {STYLES[BlockKind.BULLET], STYLES[BlockKind.NUMBERED]}
TITLE_LINE = 38  # halves of a Chinese character
A_PIXEL = 9525  # EMU
WIDEST, HIGHEST = 5_600_000, 3_500_000  # EMU: the text's width; two photos and their captions fill a page


class Writer:
    """An open Word file. Nothing in it depends on the clock or the machine.

    python-docx looks through all that is written already, for whatever is added; here time grows with the text alone.
    """

    def __init__(self, document: Document):
        self.file = open_docx(BytesIO(base(document)))
        self.section = self.file.sections[-1]  # the open one
        self.end = self.file.element.body.sectPr  # of the text: everything new goes before it
        self.numbering = self.file.part.numbering_part.element
        self.photos = Photos(self.file.part)
        self.blanks: dict[str, CT_P] = {}
        self.numbers = {"table": 0, "figure": 0, "chart": 0, "drawing": 0, "list": BULLETS}

    def bytes(self) -> bytes:
        if self.end.getprevious().tag == qn("w:tbl"):  # Word wants a paragraph after the last table
            self.paragraph("Section End")
        stream = BytesIO()
        self.file.save(stream)
        return stable(stream.getvalue())

    def paragraph(self, style: str, text: str = "") -> Paragraph:
        paragraph = Paragraph(self._blank(style), self.file)
        self._insert(paragraph._p)
        if text:
            paragraph.add_run(text)
        return paragraph

    def _blank(self, style: str) -> CT_P:
        """An empty paragraph. Copied, since looking up a style costs more than all else."""
        if style not in self.blanks:
            self.blanks[style] = OxmlElement("w:p")
            self.blanks[style].style = self.file.part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
            if style in LISTS:
                number(self.blanks[style], BULLETS)
        return deepcopy(self.blanks[style])

    def _next(self, counter: str) -> int:
        self.numbers[counter] += 1
        return self.numbers[counter]

    def title(self, text: str) -> None:
        """In letters of 22 points; of 18 if it would not fit on one line."""
        title = self.paragraph("Title", text)
        if measured(text) > TITLE_LINE:
            title.runs[0].font.size = Pt(18)

    def heading(self, text: str, *, level: int = 1, is_numbered: bool = True) -> None:
        heading = self.paragraph(f"Heading {level}", text)
        if not is_numbered:
            number(heading._p, 0)

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Paragraphs and lists; what follows another kind begins a list of its own."""
        for kind, items in groupby(blocks, key=lambda block: block.kind):
            of_list = self._list() if kind is BlockKind.NUMBERED else None
            for block in items:
                paragraph = self.paragraph(STYLES[kind])
                for run in block.runs:
                    paragraph.add_run(run.text, "Unknown" if run.is_unknown else None)
                if kind is BlockKind.NUMBERED:
                    paragraph._p.pPr.numPr.numId.val = of_list

    def _list(self) -> int:
        """A new list that begins at 1."""
        new = CT_Num.new(self._next("list"), NUMBERS)
        new.add_lvlOverride(ilvl=0).add_startOverride(1)
        self.numbering.append(new)
        return new.numId

    def turn(self, *, is_landscape: bool) -> None:
        """Go on with lying or upright pages, on a new one if they are the other now."""
        section = self.section
        if (section.orientation == WD_ORIENT.LANDSCAPE) == is_landscape:
            return
        new = self.section = self.file.add_section(WD_SECTION.NEW_PAGE)
        self.end.getprevious().style = self._blank("Section End").style
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
        own = self._next(counter)
        before, after = label.split("%(number)s")
        caption = self.paragraph("Caption", before)
        field = OxmlElement("w:fldSimple", {qn("w:instr"): f" SEQ {before.strip()} \\* ARABIC "})
        caption._p.append(field)
        field.append(caption.add_run(str(own))._r)
        caption.add_run(f"{after}　{text}")
        return caption

    def table(self, table: Table, layout: Layout) -> None:
        self._insert(word_table(table, layout))

    def tiles(self, chart: Chart) -> None:
        self.paragraph("Figure").paragraph_format.line_spacing = 0.5
        self._insert(word_tiles(chart))

    def _insert(self, element) -> None:
        self.end.addprevious(element)

    def chart(self, chart: Chart) -> None:
        own = self._next("chart")
        part, plot = add_chart(self.file.part.package, chart, own)
        frame = {
            "relation": self.file.part.relate_to(part, RELATIONSHIP_TYPE.CHART),
            "id": self._next("drawing"),
            "name": f"Chart {own}",
            "description": chart.title,
            "width": CHART_WIDTH,
            "height": plot.height,
        }
        self.paragraph("Figure").add_run()._r.append(parse_xml(filled("chart_frame", frame)))

    def picture(self, picture: Picture, content: bytes) -> bool:
        """False, and nothing written, if the file is no picture."""
        shown, is_turned = fitted(content)
        try:
            relation, name = self.photos.add(shown)
        except Exception:  # whatever python-docx happens to raise for a file that is cut off or no picture
            return False
        inline = CT_Inline.new_pic_inline(self._next("drawing"), relation, name, *size(picture, is_turned=is_turned))
        inline.docPr.set("descr", picture.caption)
        self.paragraph("Figure").add_run()._r.add_drawing(inline)
        return True


def number(paragraph: CT_P, number_id: int) -> None:
    """Make it an item of that list; of none, with 0."""
    numbering = paragraph.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = number_id


def size(picture: Picture, *, is_turned: bool) -> tuple[Emu, Emu]:
    """As large as its pixels, but not wider than the text nor higher than half a page."""
    width, height = max(picture.width, 1) * A_PIXEL, max(picture.height, 1) * A_PIXEL
    if is_turned:
        width, height = height, width
    share = min(1, WIDEST / width, HIGHEST / height)
    return Emu(max(int(width * share), A_PIXEL)), Emu(max(int(height * share), A_PIXEL))
