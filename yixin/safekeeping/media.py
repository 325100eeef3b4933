"""The folder of files: filled beside the old one, then put in its place."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from django.conf import settings

from .archive import Reader


def staged(reader: Reader) -> Path:
    """A new folder beside the one of the files, with those of the backup."""
    root = Path(settings.MEDIA_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{root.name}.new-", dir=root.parent))
    for name in reader.media():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            reader.copy_medium(name, file)
    folder.chmod(0o755)
    return folder


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
