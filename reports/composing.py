"""A report put together: sections with their figures filled in, every table of the year, notes and findings."""

from collections.abc import Iterable
from functools import lru_cache

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from activities.models import Photo
from reports.catalogue import tables
from reports.document import Document, Part, Picture
from reports.drafts import Draft
from reports.figures import Figures
from reports.measures import Book
from reports.models import Acceptance, Section
from reports.prose import blocks
from reports.table import Table


def compose(
    draft: Draft, figures: Figures, *, notes: Iterable[Acceptance] = (), review: Table | None = None
) -> Document:
    """The document as it stands at this moment, in the active language. No query of its own but the figures'.

    ``notes`` are the answers to findings that it prints, see ``review.notes_to_print``.
    """
    report, scope = draft.report, figures.scope
    book = Book(figures)
    return Document(
        year=scope.year,
        title=report.title if report else _("Data for the annual report %(year)s") % {"year": scope.year},
        funder=scope.funder.name if scope.funder else "",
        cut_off=scope.cut_off,
        follows=draft.edition,
        parts=tuple(part(section, book) for section in draft.sections),
        tables=tuple(tables(figures)),
        notes=tuple(f"{note.sentence}{note.reason}" for note in notes),
        review=review,
    )


def part(section: Section, book: Book) -> Part:
    """One section; a table that is no longer in the catalogue stays named, so that somebody can say so."""
    return Part(
        key=f"reports.section:{section.pk}",
        heading=section.heading,
        blocks=blocks(section.prose, book),
        table=section.table,
        pictures=tuple(picture(photo) for photo in section.pictures),
    )


def picture(photo: Photo) -> Picture:
    return Picture(photo.image.name, photo.caption, *size(photo.image.name))


@lru_cache(maxsize=4096)  # a stored picture never changes under its name
def size(name: str) -> tuple[int, int]:
    """Width and height in pixels; zeros for a picture that is gone, or whose name leads out of the store."""
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            return image.size
    except (OSError, ValueError, SuspiciousFileOperation):
        return 0, 0
