"""The folder of files: written whole or not at all; and what lies there though no record names it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models import FileField

YOUNG = timedelta(days=1)  # what is being written at this moment has no record yet
Names = Callable[[], Iterable[str]]
_others: list[Names] = []


class Files(FileSystemStorage):
    """A file that cannot be written to its end does not stay. Every name is our own, and given once: what lies under
    it is nobody else's."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except BaseException:
            with suppress(OSError):
                self.delete(name)
            raise


def register(names: Names) -> None:
    """An app whose records name files elsewhere than in a column of files says which."""
    _others.append(names)


def named() -> set[str]:
    """All files that records name. A query for every column of files, and those of the apps."""
    return set(named_in_columns()).union(*(names() for names in _others))


def named_in_columns() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if isinstance(column, FileField):
                yield from model._base_manager.exclude(**{column.name: ""}).values_list(column.name, flat=True)


def unnamed(now: datetime) -> list[str]:
    """The files that no record names and that are older than a day: an upload or an edition was broken off, a record
    was deleted, or it is another database that they belong to."""
    root, limit = Path(settings.MEDIA_ROOT), (now - YOUNG).timestamp()
    old = [path for path in sorted(root.rglob("*")) if path.is_file() and changed_at(path) < limit]
    known = named()
    return [name for name in (path.relative_to(root).as_posix() for path in old) if name not in known]


def changed_at(path: Path) -> float:
    """When it came there or was written, whichever is later: what is unpacked brings an older date along."""
    status = path.stat()
    return max(status.st_mtime, status.st_ctime)
