"""The folder of files: filled beside the old one, then put in its place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from django.conf import settings

from .archive import Reader


@contextmanager
def staged(reader: Reader) -> Iterator[Path]:
    """A new folder beside the one of the files, with those of the backup; gone afterwards unless it was taken."""
    root = Path(settings.MEDIA_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    beside = f"{root.name}.new-"
    with tempfile.TemporaryDirectory(prefix=beside, dir=root.parent, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for medium in reader.media():
            path = folder / medium
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                reader.copy_medium(medium, file)
        folder.chmod(0o755)
        yield folder


def can_be_swapped() -> bool:
    """Whether the folder of files can get another name: a disk of its own, or a link to one, cannot."""
    return not (os.path.ismount(settings.MEDIA_ROOT) or Path(settings.MEDIA_ROOT).is_symlink())


class Swapped:
    """The new folder in place of the old one, which stays beside it unless nothing was in it."""

    def __init__(self, folder: Path, now: datetime):
        self.root, self.new = Path(settings.MEDIA_ROOT), folder
        name = f"{self.root.name}.before-{now:%Y%m%d-%H%M%S}"
        self.old = next(path for path in named(self.root.parent, name) if not path.exists())
        if self.root.exists():
            self.root.rename(self.old)
        try:
            self.new.rename(self.root)
        except OSError:
            if self.old.exists():
                self.old.rename(self.root)
            raise

    def settle(self) -> None:
        if self.old.exists() and not any(path.is_file() for path in self.old.rglob("*")):
            for path in sorted(self.old.rglob("*"), reverse=True):
                path.rmdir()
            self.old.rmdir()

    def take_back(self) -> None:
        self.root.rename(self.new)
        if self.old.exists():
            self.old.rename(self.root)


def named(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    yield from (folder / f"{name}-{number}" for number in count(2))
