"""Who was erased: kind, number and moment, never a name. Kept beside the database, so that a backup from before, once
it is put back, does not bring anybody back for good."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

NAME = "erased.csv"


def path() -> Path:
    return Path(settings.VAR_DIR) / NAME


def remember(label: str, key: int, at: datetime) -> None:
    with path().open("a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow([label, key, at.isoformat(timespec="seconds")])


def remembered(label: str) -> Iterator[tuple[int, str]]:
    """Number and moment, the oldest first."""
    if path().exists():
        with path().open(newline="", encoding="utf-8") as file:
            yield from ((int(row[1]), row[2]) for row in csv.reader(file) if row and row[0] == label)
