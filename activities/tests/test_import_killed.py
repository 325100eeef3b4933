"""Pulling the plug in the middle of an import: all of it is there afterwards, or nothing."""

import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction

from activities.models import Event
from yixin.intake.models import Change, Intake

from .odd_files import HEADS, TRAININGS_2014, sheet, workbook
from .processes import killed, report_of_a_process, start

ROWS = 5_000
DELAYS = [0, 0.1, 0.3, 0.6, 1, 1.5]  # seconds from the moment on which the import has the database to itself
NOTHING, ALL = (0, 0, 0), (ROWS, 1, ROWS)


def stored() -> tuple[int, int, int]:
    noted = sum(len(notes) for notes in Change.objects.values_list("notes", flat=True))
    return Event.objects.count(), Intake.objects.count(), noted


def is_locked() -> bool:
    """Whether another process holds the lock of imports."""
    return is_file_locked(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else is_row_locked()


def is_file_locked(name: str) -> bool:
    with closing(sqlite3.connect(name, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
    return False


def is_row_locked() -> bool:
    try:
        with transaction.atomic():
            ContentType.objects.select_for_update(nowait=True).get(app_label="intake", model="intake")
    except OperationalError:
        return True
    return False


def kill_while_it_writes(process: subprocess.Popen, delay: float) -> int:
    """The exit status: -9 if it was killed, 0 if it was done before."""
    while process.poll() is None and not is_locked():
        time.sleep(0.02)
    time.sleep(delay)
    return killed(process)


@pytest.mark.django_db(transaction=True)
def test_import_that_is_killed_leaves_all_or_nothing(tmp_path):
    ContentType.objects.get_for_model(Intake)
    file = tmp_path / "events.xlsx"
    days = [f"2014-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(ROWS)]
    file.write_bytes(workbook(sheet(HEADS, *([day, f"培训{number}", 1] for number, day in enumerate(days)))))
    arguments = ("events", str(file), *TRAININGS_2014, "--commit")

    statuses, left = [], []
    for delay in DELAYS:
        statuses.append(kill_while_it_writes(start(*arguments), delay))
        left.append(stored())
        for model in (Change, Intake, Event):
            model.objects.all().delete()
    report = report_of_a_process(*arguments)

    assert set(left) <= {NOTHING, ALL}
    assert (statuses[0], left[0]) == (-signal.SIGKILL, NOTHING)
    assert (report["status"], report["new"], stored()) == ("accepted", ROWS, ALL)
