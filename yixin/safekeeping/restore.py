"""Putting a backup back: into an empty database, or in the place of what is there; all of it or nothing."""

from datetime import datetime
from pathlib import Path

from django.apps import apps as installed
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.utils.translation import gettext as _

from . import restored
from .archive import Damaged, Reader, opened
from .backup import check
from .inserting import empty, insert, reset_numbers
from .media import Swapped, can_be_swapped, staged
from .rows import fingerprint, tables
from .schema import Source, brought_forward, is_ready, newer_than_known

MOST_NAMED = 5  # tables, in a sentence


class Refused(Exception):
    """Why nothing was put back, in a sentence."""


def restore(
    path: Path, *, now: datetime, replace: bool = False, passphrase: str | None = None, with_files: bool = True
) -> str:
    """The fingerprint of what is there afterwards. Raises Refused and Damaged; then nothing has changed.

    Of an older version, the backup is first brought forward in a database of its own. The files that were there are
    kept beside the new ones, under another name.
    """
    with opened(path, passphrase) as reader:
        check(reader)
        _refuse(reader, replace)
        if with_files and not can_be_swapped():
            raise Refused(
                _("The folder of files is a disk of its own. Add --without-files, and unpack media/ there yourself.")
            )
        with brought_forward(reader) as source:
            if with_files:
                _put_back_with_files(source, reader, now)
            else:
                _put_back(source)
            return source.fingerprint


def _refuse(reader: Reader, replace: bool) -> None:
    if newer := newer_than_known(reader.manifest):
        raise Refused(
            _("The backup is of a newer version: this one does not know “%(name)s”. Install that version first.")
            % {"name": newer}
        )
    if not is_ready():
        raise Refused(_("The database is not ready. Run manage.py migrate first."))
    if not replace and (there := _records_there()):
        raise Refused(
            _("The database holds records already (%(tables)s). To put the backup in their place, add --yes.")
            % {"tables": ", ".join(there[:MOST_NAMED]) + (" …" if len(there) > MOST_NAMED else "")}
        )


def _records_there() -> list[str]:
    """The tables that hold what a new database does not bring along."""
    own = [table for table in tables() if table.label not in settings.REFERENCE_TABLES]
    return [table.label for table in own if table.model._base_manager.exists()]


def _put_back_with_files(source: Source, reader: Reader, now: datetime) -> None:
    swapped = None
    with staged(reader) as folder:
        try:
            with transaction.atomic():
                _put_back(source)
                swapped = Swapped(folder, now)
        except BaseException:
            if swapped:
                swapped.take_back()
            raise
    swapped.settle()


@transaction.atomic
def _put_back(source: Source) -> None:
    every = tables()
    empty(installed.get_models(include_auto_created=True), DEFAULT_DB_ALIAS)
    for table in every:
        insert(table, source.lines(table), [column.attname for column in table.columns], DEFAULT_DB_ALIAS)
    reset_numbers(every, DEFAULT_DB_ALIAS)
    if fingerprint() != source.fingerprint:
        raise Damaged(_("What was put back is not what the backup holds. Nothing was changed."))
    connection.check_constraints()
    restored.send(sender=None)
