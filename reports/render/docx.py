"""Word: the whole report as a funder gets it. The same document gives the same bytes, in the active language."""

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH

from reports.chart import Chart, ChartKind
from reports.document import Block, BlockKind, Document, Part, Picture, Run
from reports.render.docx_package import clean
from reports.render.docx_tables import layout_of
from reports.render.docx_writer import Writer
from reports.table import Table
from yixin.word import CONTENT_TYPE

__all__ = ["CONTENT_TYPE", "report"]


def report(document: Document, open_picture: Callable[[str], bytes | None]) -> bytes:
    """The bytes of a .docx file. ``open_picture`` gives a photo by its name, None if its file is gone."""
    document = clean(document)
    writer = Writer(document)
    write_opening(writer, document)
    for part in document.parts:
        write_part(writer, document, part, open_picture)
    write_notes(writer, document)
    write_annex(writer, document)
    return writer.bytes()


def write_opening(writer: Writer, document: Document) -> None:
    """Title, what edition this is, and what was corrected since the first."""
    if document.title:
        writer.title(document.title)
    writer.paragraph("Subtitle", "　".join(particulars(document)))
    for correction in document.corrections:
        sentence = _("Correction in edition %(number)s (%(date)s): %(text)s") % {
            "number": correction.number,
            "date": day(correction.published_on),
            "text": correction.text,
        }
        writer.paragraph("Note", sentence)


def particulars(document: Document) -> list[str]:
    """Which edition, when it was published, who paid, and up to when was counted."""
    found = []
    if document.edition:
        found.append(_("Edition %(number)s") % {"number": document.edition})
    elif document.follows:
        found.append(_("As it stands after edition %(number)s, not published") % {"number": document.follows})
    else:
        found.append(_("Draft, not published"))
    if document.published_on:
        found.append(_("published on %(date)s") % {"date": day(document.published_on)})
    if document.funder:
        found.append(_("Funder: %(funder)s") % {"funder": document.funder})
    if document.cut_off:
        found.append(_("Records up to %(date)s") % {"date": day(document.cut_off)})
    return found


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def write_part(writer: Writer, document: Document, part: Part, open_picture: Callable[[str], bytes | None]) -> None:
    writer.turn(is_landscape=False)
    writer.heading(part.heading)
    writer.blocks(part.blocks)
    if table := document.table(part.table):
        writer.turn(is_landscape=layout_of(table).is_landscape)
        writer.table_title(table.title)
        write_table(writer, table)
    for picture in part.pictures:
        write_picture(writer, picture, open_picture(picture.file))


def write_notes(writer: Writer, document: Document) -> None:
    if document.notes:
        writer.turn(is_landscape=False)
        writer.heading(_("Notes"), is_numbered=False)
        writer.blocks([Block(BlockKind.NUMBERED, (Run(note),)) for note in document.notes])


def write_annex(writer: Writer, document: Document) -> None:
    """All tables that stand nowhere else, and what the checks found if the readers may see it."""
    for number, table in enumerate([*document.annex, *([document.review] if document.review else [])]):
        writer.turn(is_landscape=layout_of(table).is_landscape)
        if number == 0:
            writer.heading(_("Annex: how to check the numbers"), is_numbered=False)
        writer.heading(table.title, level=2)
        write_table(writer, table)


def write_table(writer: Writer, table: Table) -> None:
    """The table under its title, what must be known about it, and its picture."""
    if table.rows:
        writer.table(table, layout_of(table))
    else:
        writer.paragraph("Body Text", _("Nothing is on record."))
    for number, note in enumerate(table.notes, start=1):
        is_only = len(table.notes) == 1
        sentence = _("Note: %(text)s") if is_only else _("Note %(number)s: %(text)s")
        writer.paragraph("Note", sentence % {"number": number, "text": note})
    if table.chart and any(value is not None for bar in table.chart.bars for value in bar.values):
        writer.turn(is_landscape=False)
        write_chart(writer, table.chart)


def write_chart(writer: Writer, chart: Chart) -> None:
    if chart.kind is ChartKind.TILES:
        writer.tiles(chart)
        writer.figure_title(chart.title)
        legend = _("The number in each square is %(series)s; the darker, the more.") % {"series": chart.series[0]}
        writer.paragraph("Note", legend).alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        writer.chart(chart)
        writer.figure_title(chart.title)


def write_picture(writer: Writer, picture: Picture, content: bytes | None) -> None:
    writer.turn(is_landscape=False)
    if content is None or not writer.picture(picture, content):
        writer.figure_title(picture.caption + _(" (The photo is missing: its file can no longer be found.)"))
    else:
        writer.figure_title(picture.caption)
