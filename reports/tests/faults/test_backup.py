"""What happens to a backup when something goes wrong around it: killed, no room, others writing, an older version."""

import json
import os
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction

from activities.tests.processes import database, finished, killed, manage
from organizations.models import Organization
from organizations.tests.factories import make_organization
from yixin.fulldisk import SENTENCE
from yixin.safekeeping.archive import opened
from yixin.safekeeping.backup import back_up, check
from yixin.safekeeping.rows import fingerprint
from yixin.safekeeping.tests.everything import NOW, fill

pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = [0.0, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5]  # seconds after the process has begun


def is_whole(path: Path) -> bool:
    with opened(path, None) as reader:
        check(reader)
    return True


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_the_last_backup_is_whole(tmp_path, moment):
    path = tmp_path / "backup.zip"
    for _each in range(300):
        make_organization(introduction="知行合一。" * 200)
    back_up(path, now=NOW)
    before = path.read_bytes()

    process = manage("backup", path)
    time.sleep(moment)

    assert killed(process) in {-signal.SIGKILL, 0}
    assert is_whole(path)
    assert moment > MOMENTS[0] or path.read_bytes() == before


def test_without_room_the_last_backup_stays_and_the_half_one_is_gone(tmp_path):
    path = tmp_path / "backup.zip"
    back_up(path, now=NOW)
    before = path.read_bytes()
    for _each in range(200):
        make_organization(introduction=os.urandom(5_000).hex())

    limited = f'ulimit -f 100; exec {sys.executable} manage.py "$@"'  # at most 100 kB in a file
    process = manage("backup", path, command=("/bin/bash", "-c", limited, "bash"))
    status, _output, complaints = finished(process)

    assert (status, "Traceback" in complaints) == (1, False), complaints
    assert str(SENTENCE) in complaints
    assert str(path) in complaints
    assert [one.name for one in tmp_path.iterdir()] == ["backup.zip"]
    assert path.read_bytes() == before


def test_backup_under_load_is_of_one_moment_and_holds_nobody_up(tmp_path):
    """Each transaction writes two: whoever sees one of them sees a moment that never was."""
    done, stop, failed = [], threading.Event(), []

    def write(name: str) -> None:
        try:
            while not stop.is_set():
                with transaction.atomic():
                    remark = f"{name}{len(done)}-{time.monotonic_ns()}"
                    make_organization(remark=remark)
                    make_organization(remark=remark)
                done.append(time.monotonic())
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[name]) for name in "甲乙"]
    for writer in writers:
        writer.start()
    while len(done) < 20 and not failed:
        time.sleep(0.01)
    paths = [tmp_path / f"{number}.zip" for number in range(3)]
    began = time.monotonic()
    for path in paths:
        back_up(path, now=NOW)
    ended = time.monotonic()
    stop.set()
    for writer in writers:
        writer.join()

    assert failed == []
    assert sum(began < moment < ended for moment in done) > 0
    for path in paths:
        remarks = [row["remark"] for row in rows_of(path, "organizations.organization")]
        assert set(Counter(remark for remark in remarks if remark).values()) == {2}


def rows_of(path: Path, label: str) -> list[dict]:
    with opened(path, None) as reader:
        columns = reader.manifest.tables[label]["columns"]
        return [dict(zip(columns, json.loads(line), strict=True)) for line in reader.lines(label)]


def test_backup_of_an_older_version_is_brought_forward(tmp_path):
    """Of a time when accounts had shorter first names."""
    database, path = tmp_path / "old.sqlite3", tmp_path / "old.zip"
    url = {"DATABASE_URL": f"sqlite:///{database}"}
    assert finished(manage("migrate", "-v0", **url))[0] == 0
    assert finished(manage("migrate", "-v0", "auth", "0011", **url))[0] == 0
    with closing(sqlite3.connect(database)) as old, old:
        old.execute("INSERT INTO auth_group (name) VALUES ('甲组')")
        of_permission = "(SELECT id FROM auth_permission WHERE codename = 'see_personal')"
        old.execute(f"DELETE FROM auth_group_permissions WHERE permission_id = {of_permission}")  # noqa: S608
        old.execute("DELETE FROM auth_permission WHERE codename = 'see_personal'")  # as if it had come later
    assert finished(manage("backup", path, **url))[0] == 0

    new = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}"}
    refused = finished(manage("restore", path, **new))
    assert finished(manage("migrate", "-v0", **new))[0] == 0
    status, output, complaints = finished(manage("restore", path, "--without-files", **new))

    assert (refused[0], "manage.py migrate" in refused[2]) == (1, True)
    assert (status, complaints) == (0, "")
    assert output.split()[-1] == finished(manage("fingerprint", **new))[1].strip()
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as there:
        assert there.execute("SELECT count(*) FROM auth_group WHERE name = '甲组'").fetchone() == (1,)
        told = "SELECT count(*) FROM auth_group_permissions JOIN auth_permission p ON p.id = permission_id"
        assert there.execute(f"{told} WHERE codename = 'see_personal'").fetchone() == (3,)


def test_records_move_to_another_database_by_one_command(tmp_path, scratch):
    """To SQLite and on: in the tests on PostgreSQL that is from each kind to the other."""
    fill()
    kept, second = fingerprint(), f"sqlite:///{tmp_path / 'second.sqlite3'}"

    for source, target in ((database(), second), (second, scratch)):
        status, output, complaints = finished(manage("move_database", target, DATABASE_URL=source))
        assert (status, complaints) == (0, "")
        assert kept in output
        assert finished(manage("fingerprint", DATABASE_URL=target))[1].strip() == kept

    more = "from organizations.models import Organization; Organization.objects.create(name='后来的'); print('stored')"
    assert finished(manage("shell", "-v0", "-c", more, DATABASE_URL=scratch)) == (0, "stored\n", "")


def test_restore_that_is_killed_leaves_what_was_there(tmp_path):
    path = tmp_path / "backup.zip"
    manifest = back_up(path, now=NOW, with_files=False)
    for _each in range(200):
        make_organization()
    before = fingerprint()

    for moment in MOMENTS:
        process = manage("restore", path, "--yes", "--without-files")
        time.sleep(moment)
        killed(process)
        there = fingerprint()  # it may have been done, and killed while it said so
        if there != before:
            break

    assert there in {before, manifest.fingerprint}
    assert Organization.objects.count() == (200 if there == before else 0)
