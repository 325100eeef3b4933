"""The file of a backup: a zip of ``manifest.json``, ``tables/LABEL.jsonl`` and ``media/…``; enciphered where wished."""

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from .cipher import Damaged, Deciphered, Enciphered, is_enciphered

FORMAT = 1
# What zipfile raises where a byte is another one.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, EOFError, OSError, ValueError, RuntimeError)
PIECE = 1024**2  # bytes read at once


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. ``migrations`` are [app, name]; ``media`` maps each file to its SHA-256."""

    format: int
    made_at: str
    fingerprint: str
    migrations: list[list[str]]
    tables: dict[str, dict]  # label → {"columns": [...], "rows": n}
    media: dict[str, str]
    missing: list[str]  # files that records name and that were not there

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError) as error:
            raise Damaged(_("Its list of contents cannot be read.")) from error


class Writer:
    """Writes a new archive into an open file; used as ``with Writer(file) as writer``."""

    def __init__(self, file: BinaryIO):
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=6)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind, *error) -> None:
        if kind is None:
            self.zip.close()
        else:
            self.zip.fp = None  # what is half written is thrown away: nothing more is written to it

    def table(self, label: str, lines: Iterator[bytes]) -> int:
        """The number of rows."""
        rows = 0
        with self.zip.open(f"tables/{label}.jsonl", "w", force_zip64=True) as member:
            for row in lines:
                member.write(row)
                rows += 1
        return rows

    def medium(self, name: str, source: BinaryIO) -> str:
        """SHA-256 of what was written."""
        with self.zip.open(f"media/{name}", "w", force_zip64=True) as member:
            return copied(source, member)

    def contents(self, manifest: Manifest) -> None:
        self.zip.writestr("manifest.json", manifest.as_bytes())


class Reader:
    """Reads an archive; raises Damaged for whatever is not as the manifest says."""

    def __init__(self, file: BinaryIO):
        try:
            self.zip = zipfile.ZipFile(file)
            self.manifest = Manifest.read(self.zip.read("manifest.json"))
        except UNREADABLE as error:
            raise Damaged(_("This is no backup, or only a part of one.")) from error
        if self.manifest.format != FORMAT:
            raise Damaged(_("It was made by a newer version. Install that version first."))

    def lines(self, label: str) -> Iterator[bytes]:
        with readable(), self.zip.open(f"tables/{label}.jsonl") as member:
            yield from member

    def copy_medium(self, name: str, target: BinaryIO) -> None:
        with readable(), self.zip.open(f"media/{name}") as member:
            if copied(member, target) != self.manifest.media[name]:
                raise Damaged(_("The file “%(name)s” in it is not what was put in.") % {"name": name})

    def media(self) -> list[str]:
        """Names of files, none of which leads out of the folder."""
        for name in self.manifest.media:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or "\x00" in name:
                raise Damaged(_("The file “%(name)s” in it would lie outside the folder of files.") % {"name": name})
        return list(self.manifest.media)


@contextmanager
def readable() -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        if isinstance(error, OSError) and error.errno:
            raise  # a full disk is no damaged file
        raise Damaged(_("It is damaged: a part cannot be read back.")) from error


def copied(source: BinaryIO, target: BinaryIO) -> str:
    """SHA-256 of what was copied."""
    whole = hashlib.sha256()
    while piece := source.read(PIECE):
        whole.update(piece)
        target.write(piece)
    return whole.hexdigest()


@contextmanager
def created(path: Path, passphrase: str | None) -> Iterator[BinaryIO]:
    """A file that is being written, readable by its owner only, on disk when this ends; enciphered by a passphrase."""
    descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if passphrase:
            with Enciphered(file, passphrase) as enciphered:
                yield enciphered
        else:
            yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def opened(path: Path, passphrase: str | None) -> Iterator[Reader]:
    """A backup to read. Raises Damaged, also where the passphrase is missing or another one."""
    with path.open("rb") as file:
        if not is_enciphered(file):
            yield Reader(file)
            return
        if not passphrase:
            raise Damaged(_("It is enciphered. Put the passphrase into BACKUP_PASSPHRASE."))
        with Deciphered(file, passphrase) as plain:
            yield Reader(plain)
