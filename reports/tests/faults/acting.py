"""What is done while something goes wrong: each act in a process of its own, forked from one that has loaded all.

``python -m reports.tests.faults.acting`` reads a list of acts a line, as JSON, does them at once, and answers with what
came of each. The database is that of DATABASE_URL; each act says where its files lie. ``stock`` leaves out what the
settings say about the database.
"""

import gc
import json
import os
import resource
import signal
import sys
import tempfile
import traceback

import django
from django.conf import settings
from django.db import connection

UNLIMITED = resource.RLIM_INFINITY


class Steps:
    """Every statement, commit, new file and new name of a file is one step. At ``die_at`` the process is killed."""

    def __init__(self, die_at: int):
        self.die_at, self.taken = die_at, 0

    def step(self) -> None:
        self.taken += 1
        if self.taken == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute, sql, params, many, context):
        self.step()
        return execute(sql, params, many, context)

    def commit(self, commit):
        def committed() -> None:
            self.step()
            commit()
            self.step()

        return committed

    def watch(self, event: str, args: tuple) -> None:
        if event == "os.rename" or is_new_file(event, args):
            self.step()

    def begin(self) -> None:
        connection.ensure_connection()
        connection.execute_wrappers.append(self.statement)
        connection._commit = self.commit(connection._commit)
        sys.addaudithook(self.watch)


class NoRoom:
    """From the ``file``-th new file on none gets longer than ``room`` bytes, but for the database's: the system itself
    refuses to write more."""

    def __init__(self, file: int, room: int):
        self.file, self.room, self.opened, self.is_full = file, room, 0, False

    def watch(self, event: str, args: tuple) -> None:
        if is_new_file(event, args):
            self.opened += 1
            if self.opened == self.file:
                self.is_full = True
                limit(self.room)

    def statement(self, execute, sql, params, many, context):
        return self.outside(execute, sql, params, many, context)

    def outside(self, act, *args):
        limit(UNLIMITED)
        try:
            return act(*args)
        finally:
            if self.is_full:
                limit(self.room)

    def begin(self) -> None:
        connection.ensure_connection()
        connection.execute_wrappers.append(self.statement)
        commit = connection._commit
        connection._commit = lambda: self.outside(commit)
        sys.addaudithook(self.watch)


def is_new_file(event: str, args: tuple) -> bool:
    """Whether a file of the application is about to be made."""
    is_made = event == "open" and isinstance(args[2], int) and args[2] & os.O_CREAT
    return bool(is_made) and str(args[0]).startswith((str(settings.MEDIA_ROOT), tempfile.gettempdir()))


def limit(room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, UNLIMITED))


def fill_database() -> None:
    """SQLite's own word for a disk without room, from now on; of PostgreSQL the test sees to it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # what was deleted would leave room
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")


def carry_out(asked: dict) -> dict:
    from reports.tests.faults.acts import ACTS

    settings.MEDIA_ROOT, tempfile.tempdir = asked["media"], asked["temporary"]
    act = ACTS[asked["act"]](**asked["arguments"])
    steps = Steps(asked["die_at"])
    fault = NoRoom(*asked["no_room"]) if asked["no_room"] else steps
    fault.begin()
    if asked["is_full"]:
        fill_database()
    try:
        said = act()
    except Exception as error:
        said = [type(error).__name__, *getattr(error, "messages", [str(error)])]
    return {"said": said, "steps": steps.taken}


def begun(asked: dict) -> tuple[int, int]:
    """The process that does it, and the end of the pipe into which it writes what came of it."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(into, "w") as pipe:
                told = carry_out(asked)
                gc.collect()  # which ends temporary files
                json.dump(told, pipe)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(into)
    return child, out


def ended(child: int, out: int) -> dict:
    """``status`` of the process, negative for the signal that ended it, and what it said."""
    with os.fdopen(out) as pipe:
        text = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"status": status} | (json.loads(text) if status == 0 else {})


def main(*how: str) -> None:
    if "stock" in how:
        settings.DATABASES["default"]["OPTIONS"] = {}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    from django.urls import get_resolver

    import reports.tests.faults.acts  # noqa: F401  all is loaded before anything is forked

    get_resolver().url_patterns  # noqa: B018
    for line in sys.stdin:
        processes = [begun(asked) for asked in json.loads(line)]
        print(json.dumps([ended(*process) for process in processes]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
