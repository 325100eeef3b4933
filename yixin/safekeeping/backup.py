"""Making a backup: at one moment, under load, read back and compared before it takes the place of the last one."""

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.recorder import MigrationRecorder

from yixin.storage import named_in_columns

from .archive import FORMAT, Damaged, Manifest, Reader, Writer, created, opened
from .rows import Fingerprint, one_moment, tables

PART = ".part"  # a backup that is not finished


def back_up(path: Path, *, now: datetime, passphrase: str | None = None, with_files: bool = True) -> Manifest:
    """Writes the file beside its place, reads it back, and only then puts it there. Raises OSError, Damaged.

    Whatever fails, what lay there before still lies there.
    """
    part = path.with_name(path.name + PART)
    try:
        with created(part, passphrase) as file:
            manifest = _write(file, now, with_files=with_files)
        with opened(part, passphrase) as reader:
            check(reader)
        os.replace(part, path)
        _flush(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write(file: BinaryIO, now: datetime, *, with_files: bool) -> Manifest:
    whole, kept = Fingerprint(), {}
    with Writer(file) as writer:
        with one_moment(DEFAULT_DB_ALIAS):
            migrations = sorted(map(list, MigrationRecorder(connection).applied_migrations()))
            for table in tables():
                columns = [column.attname for column in table.columns]
                with closing(table.lines(DEFAULT_DB_ALIAS)) as lines:
                    rows = writer.table(table.label, whole.add(table.label, columns, lines))
                kept[table.label] = {"columns": columns, "rows": rows}
            named = set(named_in_columns()) if with_files else set()
        media, missing = _media(writer, named) if with_files else ({}, [])
        manifest = Manifest(FORMAT, now.isoformat(), whole.value, migrations, kept, media, missing)
        writer.contents(manifest)
    return manifest


def _media(writer: Writer, named: set[str]) -> tuple[dict[str, str], list[str]]:
    """Everything below the folder of files, and what is named but not there. A file may go while it is looked for."""
    root, found = Path(settings.MEDIA_ROOT), {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(root).as_posix()
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue
            with source:
                found[name] = writer.medium(name, source)
    return found, sorted(named - found.keys())


def check(reader: Reader) -> None:
    """Everything is in it, and adds up to the fingerprint. Raises Damaged."""
    whole = Fingerprint()
    for label in sorted(reader.manifest.tables):
        kept = reader.manifest.tables[label]
        rows = sum(1 for _line in whole.add(label, kept["columns"], reader.lines(label)))
        if rows != kept["rows"]:
            raise Damaged(f"{label}: {rows} ≠ {kept['rows']}")
    if whole.value != reader.manifest.fingerprint:
        raise Damaged(f"{whole.value} ≠ {reader.manifest.fingerprint}")
    with open(os.devnull, "wb") as nowhere:
        for name in reader.media():
            reader.copy_medium(name, nowhere)


def _flush(folder: Path) -> None:
    """The new name of the file is on disk too."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
