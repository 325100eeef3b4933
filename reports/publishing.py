"""Publishing: a report frozen as a numbered edition, with its files, in its full and in its public form."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from reports.acceptance import Answers
from reports.composing import compose
from reports.contents import LANGUAGE, contents
from reports.document import Correction, Document, Picture
from reports.drafts import Draft, read_draft
from reports.figures import Figures
from reports.measures import Book
from reports.models import AnnualReport, Edition
from reports.redaction import Redactor
from reports.review import answered, notes_to_print, review
from reports.scope import Scope
from reports.snapshot import FORMAT, checksum, from_json, to_json


def open_picture(name: str) -> bytes | None:
    """The bytes of a stored picture, or None if it is gone, or its name leads out of the store."""
    try:
        with default_storage.open(name) as file:
            return file.read()
    except (OSError, ValueError, SuspiciousFileOperation):
        return None


def workbook(document: Document) -> bytes:
    from reports.render import xlsx  # noqa: PLC0415  15 MB, with Word's, that a process without a file to make spares

    return xlsx.workbook(document)


def word(document: Document) -> bytes:
    """Word goes to the funder as the report; the findings of the checks stay in the workbook."""
    from reports.render import docx  # noqa: PLC0415

    return docx.report(replace(document, review=None), open_picture)


RENDERERS: dict[str, Callable[[Document], bytes]] = {"xlsx": workbook, "docx": word}


def live(year: int, funder: Organization | None = None, *, is_public: bool = False) -> tuple[Draft, Figures]:
    """The report on a year as it stands now."""
    draft = read_draft(year, funder)
    cut_off = draft.report.cut_off if draft.report else None
    return draft, Figures(Scope(year, funder, cut_off), is_public=is_public)


def full_document(draft: Draft, figures: Figures, *, found: Answers | None = None) -> Document:
    """With the findings of the checks, for those who work on it. ``found``: if the checks were run already."""
    found = found or answered(draft, figures)
    return compose(draft, figures, notes=found.printed, review=review(found))


def redactor_of(
    draft: Draft, figures: Figures, *, found: Answers | None = None, edition: Edition | None = None
) -> Redactor:
    """What makes the document as anybody may read it, and knows what it took out for that."""
    notes = found.printed if found else notes_to_print(draft, figures)
    document = compose(draft, Figures(replace(figures.scope), is_public=True), notes=notes)
    return Redactor(numbered(document, edition) if edition else document)


def publish(
    *, report: AnnualReport, number: int, by: AbstractUser, correction: str = "", now: datetime | None = None
) -> Edition:
    """Freeze the report as edition ``number``, which must be the next one: whoever comes second is told.

    Raises ValidationError, and publishes nothing, if that number is taken, if nothing has changed since the edition
    before, or if a later edition does not say what it corrects. The files take longest: they are made before anybody
    has to wait for this, and anew where a record changed meanwhile.
    """
    columns = {"number": number, "published_at": now or timezone.now(), "published_by": by, "correction": correction}
    with translation.override(LANGUAGE):
        ready, *documents = drawn_up(Edition(report=report, **columns))
        ready.files = files_of(*documents)
        with transaction.atomic():
            report = AnnualReport.objects.select_for_update(of=("self",)).select_related("funder").get(pk=report.pk)
            edition, *documents = drawn_up(Edition(report=report, **columns))
            edition.files = ready.files if edition.sha256 == ready.sha256 else files_of(*documents)
            edition.save(force_insert=True)
    return edition


def drawn_up(edition: Edition) -> tuple[Edition, Document, Document]:
    """The edition with its snapshots and checksums, in the active language; the full document and the public one.

    Raises ValidationError if it is not to be published.
    """
    report = edition.report
    last = report.editions.order_by("-number").first()
    refuse_unpublishable(last, edition.number, edition.correction)
    draft, figures = live(report.year, report.funder)
    content = contents(draft, Book(figures))
    edition.content_sha256 = checksum(content)
    if last and last.content_sha256 == edition.content_sha256:
        raise ValidationError(_("Nothing has changed since edition %(number)s."), params={"number": last.number})
    found = answered(draft, figures)
    full = with_own_photos(numbered(full_document(draft, figures, found=found), edition))
    public = with_own_photos(redactor_of(draft, figures, found=found, edition=edition).redacted())
    edition.snapshot = {"format": FORMAT, "document": to_json(full), "content": content}
    edition.public_snapshot = {"format": FORMAT, "document": to_json(public)}
    edition.sha256 = checksum([edition.snapshot, edition.public_snapshot])
    return edition, full, public


def files_of(full: Document, public: Document) -> dict[str, str]:
    """The stored files of both forms: their checksums by name."""
    return rendered(full, "") | rendered(public, "public.")


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
    """Store the file under its own checksum, once; returns that. Nobody else ever finds a part of it there."""
    digest = sha256(content).hexdigest()
    name = path_of(digest, kind)
    if default_storage.exists(name):
        os.utime(default_storage.path(name))  # young again, which keeps it from being forgotten before it is named
    else:
        part = default_storage.save(f"{name}.{uuid4().hex}", ContentFile(content))
        os.replace(default_storage.path(part), default_storage.path(name))
    return digest


def named_files() -> Iterator[str]:
    """What editions name: their files, and the photos in them."""
    for edition in Edition.objects.only("files", "snapshot", "public_snapshot").iterator(chunk_size=1):
        yield from (path_of(digest, name.rpartition(".")[2]) for name, digest in edition.files.items())
        for snapshot in (edition.snapshot, edition.public_snapshot):
            yield from pictures_of(snapshot)


def pictures_of(value: object) -> Iterator[str]:
    """The names of pictures anywhere in a snapshot."""
    if isinstance(value, dict):
        yield from ([value["file"]] if isinstance(value.get("file"), str) else [])
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from pictures_of(part)


def opened_file(edition: Edition, name: str) -> File:
    """What was published, from the store. A file that is lost or was altered is made anew from the snapshot, which
    gives the same bytes as long as the version that published it is running."""
    prefix, _dot, kind = name.rpartition(".")
    stored = intact(path_of(edition.files[name], kind), edition.files[name])
    return stored or ContentFile(RENDERERS[kind](document_of(edition, is_public=bool(prefix))))


def intact(name: str, digest: str) -> File | None:
    """The stored file, opened at its start, if its bytes have that checksum. Never more than a block of it is held."""
    try:
        file = default_storage.open(name)
        found = sha256()
        for block in file.chunks():
            found.update(block)
    except OSError:
        return None
    if found.hexdigest() != digest:
        file.close()
        return None
    file.seek(0)
    return file


def file_of(edition: Edition, name: str) -> bytes:
    with opened_file(edition, name) as file:
        return file.read()


def document_of(edition: Edition, *, is_public: bool) -> Document:
    stored = edition.public_snapshot if is_public else edition.snapshot
    return from_json(stored["document"])


def is_intact(edition: Edition) -> bool:
    """Whether the snapshot is what was published."""
    return edition.sha256 == checksum([edition.snapshot, edition.public_snapshot])


def path_of(digest: str, kind: str) -> str:
    return f"editions/{digest}.{kind}"
