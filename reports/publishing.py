"""Publishing: a report frozen as a numbered edition, with its files, in its full and in its public form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from reports.composing import compose
from reports.contents import LANGUAGE, contents
from reports.document import Correction, Document, Picture
from reports.drafts import Draft, read_draft
from reports.figures import Figures
from reports.measures import Book
from reports.models import AnnualReport, Edition
from reports.redaction import Redactor
from reports.render import docx, xlsx
from reports.review import review
from reports.scope import Scope
from reports.snapshot import FORMAT, checksum, from_json, to_json


def open_picture(name: str) -> bytes | None:
    """The bytes of a stored picture, or None if it is gone."""
    try:
        with default_storage.open(name) as file:
            return file.read()
    except (OSError, ValueError):
        return None


RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "xlsx": xlsx.workbook,
    # Word goes to the funder as the report; the findings of the checks stay in the workbook.
    "docx": lambda document: docx.report(replace(document, review=None), open_picture),
}


def live(year: int, funder: Organization | None = None, *, is_public: bool = False) -> tuple[Draft, Figures]:
    """The report on a year as it stands now."""
    draft = read_draft(year, funder)
    cut_off = draft.report.cut_off if draft.report else None
    return draft, Figures(Scope(year, funder, cut_off), is_public=is_public)


def full_document(draft: Draft, figures: Figures) -> Document:
    """With the findings of the checks, for those who work on it."""
    return compose(draft, figures, review=review(draft, figures))


def redactor_of(draft: Draft, figures: Figures, *, edition: Edition | None = None) -> Redactor:
    """What makes the document as anybody may read it, and knows what it took out for that."""
    document = compose(draft, Figures(replace(figures.scope), is_public=True))
    return Redactor(numbered(document, edition) if edition else document)


@transaction.atomic
def publish(
    *, report: AnnualReport, number: int, by: AbstractUser, correction: str = "", now: datetime | None = None
) -> Edition:
    """Freeze the report as edition ``number``, which must be the next one: whoever comes second is told.

    Raises ValidationError, and writes nothing, if that number is taken, if nothing has changed since the edition
    before, or if a later edition does not say what it corrects.
    """
    now = now or timezone.now()
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("funder").get(pk=report.pk)
    last = report.editions.order_by("-number").first()
    refuse_unpublishable(last, number, correction)
    edition = Edition(report=report, number=number, published_at=now, published_by=by, correction=correction)
    with translation.override(LANGUAGE):
        freeze(edition)
    if last and last.content_sha256 == edition.content_sha256:
        raise ValidationError(_("Nothing has changed since edition %(number)s."), params={"number": last.number})
    edition.save(force_insert=True)
    return edition


def freeze(edition: Edition) -> None:
    """Fill in what it holds, in the active language: snapshots, files and checksums."""
    report = edition.report
    draft, figures = live(report.year, report.funder)
    content = contents(draft, Book(figures))
    full = with_own_photos(numbered(full_document(draft, figures), edition))
    public = with_own_photos(redactor_of(draft, figures, edition=edition).redacted())
    edition.snapshot = {"format": FORMAT, "document": to_json(full), "content": content}
    edition.public_snapshot = {"format": FORMAT, "document": to_json(public)}
    edition.files = rendered(full, "") | rendered(public, "public.")
    edition.content_sha256 = checksum(content)
    edition.sha256 = checksum([edition.snapshot, edition.public_snapshot])


def rendered(document: Document, prefix: str) -> dict[str, str]:
    """The stored files of the document: their checksums by kind."""
    return {f"{prefix}{kind}": keep(render(document), kind) for kind, render in RENDERERS.items()}


def refuse_unpublishable(last: Edition | None, number: int, correction: str) -> None:
    next_number = last.number + 1 if last else 1
    if number != next_number:
        raise ValidationError(
            _("Edition %(number)s has been published in the meantime. Look at it before you publish another one."),
            params={"number": next_number - 1},
            code="published",
        )
    if last and not correction.strip():
        raise ValidationError(_("A later edition says what was corrected. Write it in a sentence."), code="correction")


def corrections(edition: Edition) -> tuple[Correction, ...]:
    """Those of all later editions up to this one, the newest last."""
    past = [*edition.report.editions.exclude(correction="").order_by("number"), edition]
    return tuple(
        Correction(one.number, timezone.localdate(one.published_at), one.correction) for one in past if one.correction
    )


def numbered(document: Document, edition: Edition) -> Document:
    """As that edition, with what was corrected up to it."""
    day = timezone.localdate(edition.published_at)
    return replace(document, edition=edition.number, follows=0, published_on=day, corrections=corrections(edition))


def with_own_photos(document: Document) -> Document:
    """With copies of the photos, which stay whatever becomes of the originals."""
    parts = tuple(
        replace(part, pictures=tuple(frozen(picture) for picture in part.pictures)) for part in document.parts
    )
    return replace(document, parts=parts)


def frozen(picture: Picture) -> Picture:
    content = open_picture(picture.file)
    return picture if content is None else replace(picture, file=path_of(keep(content, "jpg"), "jpg"))


def keep(content: bytes, kind: str) -> str:
    """Store the file under its own checksum, once; returns that."""
    digest = sha256(content).hexdigest()
    if not default_storage.exists(path_of(digest, kind)):
        default_storage.save(path_of(digest, kind), ContentFile(content))
    return digest


def file_of(edition: Edition, name: str) -> bytes:
    """The bytes that were published. A file that is lost or was altered is made anew from the snapshot, which gives the
    same bytes as long as the version that published it is running."""
    prefix, _dot, kind = name.rpartition(".")
    stored = open_picture(path_of(edition.files[name], kind))
    if stored is not None and sha256(stored).hexdigest() == edition.files[name]:
        return stored
    return RENDERERS[kind](document_of(edition, is_public=bool(prefix)))


def document_of(edition: Edition, *, is_public: bool) -> Document:
    stored = edition.public_snapshot if is_public else edition.snapshot
    return from_json(stored["document"])


def is_intact(edition: Edition) -> bool:
    """Whether the snapshot is what was published."""
    return edition.sha256 == checksum([edition.snapshot, edition.public_snapshot])


def path_of(digest: str, kind: str) -> str:
    return f"editions/{digest}.{kind}"
