"""Editions out of which somebody's name was taken: their sums and files made anew, and told beside them."""

from collections.abc import Collection

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from reports.contents import LANGUAGE
from reports.models import Amendment, Edition, Section
from reports.publishing import document_of, files_of, named_files, path_of
from reports.snapshot import checksum
from yixin.locks import Reason, Write


def retract(sender, writes: Collection[Write], reason: Reason, **kwargs) -> None:
    """Receiver of ``swept``. An edition that was not what was published before stays visibly so: its sum is left alone,
    and only that. Its files go as those of any other."""
    editions = Edition.objects.select_related("report").in_bulk([write.record.pk for write in writes])
    with translation.override(LANGUAGE):
        told = [_retracted(editions[write.record.pk], write, reason) for write in writes]
    Edition.objects.bulk_update(editions.values(), ["sha256", "content_sha256", "files"])
    Amendment.objects.bulk_create(told)
    old = {path_of(digest, name.rpartition(".")[2]) for write in writes for name, digest in files_before(write)}
    transaction.on_commit(lambda: remove_unnamed(old))


def told_anew(sender, writes: Collection[Write], reason: Reason, **kwargs) -> None:
    """Receiver of ``swept``: whoever has a section open, with the name in it, is asked before they save over it."""
    Section.objects.filter(pk__in=[write.record.pk for write in writes]).update(version=F("version") + 1)


def was_intact(write: Write) -> bool:
    return write.before["sha256"] == checksum([write.before["snapshot"], write.before["public_snapshot"]])


def files_before(write: Write) -> list[tuple[str, str]]:
    return list(write.before["files"].items())


def _retracted(edition: Edition, write: Write, reason: Reason) -> Amendment:
    """The edition with what follows from its frozen forms made anew, not yet stored."""
    is_intact = was_intact(write)
    if is_intact:
        edition.sha256 = checksum([edition.snapshot, edition.public_snapshot])
    try:
        edition.content_sha256 = checksum(edition.snapshot["content"])
        edition.files = files_of(document_of(edition, is_public=False), document_of(edition, is_public=True))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        if is_intact:
            raise
        edition.files = {}  # altered so that nobody can read it: no file of it is any use, and the old ones name them
    return _told(edition, write.before["sha256"], reason, is_intact=is_intact)


def _told(edition: Edition, before: str, reason: Reason, *, is_intact: bool) -> Amendment:
    sentence = (
        _("Edition %(number)s: personal data taken out; SHA-256 was %(before)s, is %(after)s")
        if is_intact
        else _("Edition %(number)s: personal data taken out; SHA-256 did not fit before, and stays %(before)s")
    )
    title = sentence % {"number": edition.number, "before": before, "after": edition.sha256}
    return Amendment(
        year=edition.report.year,
        record=f"{Edition._meta.label_lower}:{edition.pk}",
        title=title,
        reason=reason.text,
        made_by=reason.by,
        made_at=reason.at,
    )


def remove_unnamed(paths: Collection[str]) -> None:
    """Those files that no edition hands out any more."""
    for path in set(paths) - set(named_files()):
        default_storage.delete(path)
