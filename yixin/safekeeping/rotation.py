"""Which backups of a folder stay: the newest of each of the last 7 days and of each of the last 12 months."""

import re
from datetime import datetime
from itertools import islice
from pathlib import Path

DAYS, MONTHS = 7, 12
NAME = re.compile(r"yixin-(\d{4})-(\d{2})-(\d{2})-(\d{6})\.zip")


def name_for(now: datetime) -> str:
    """By the hub's own time."""
    return f"yixin-{now:%Y-%m-%d-%H%M%S}.zip"


def rotate(folder: Path) -> None:
    """Removes the others. What is not called like a backup is never touched."""
    found = sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), reverse=True)
    kept = newest_of(found, len("yixin-2014-01-04"), DAYS) | newest_of(found, len("yixin-2014-01"), MONTHS)
    for path in found:
        if path not in kept:
            path.unlink()


def newest_of(found: list[Path], length: int, number: int) -> set[Path]:
    """The first of each group of names that begin alike, of so many groups."""
    first: dict[str, Path] = {}
    for path in found:
        first.setdefault(path.name[:length], path)
    return set(islice(first.values(), number))
