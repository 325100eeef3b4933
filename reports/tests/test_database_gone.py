"""The database goes away for a while: a page that says so, and everything works again once it is back."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from activities.tests.processes import database, environment

pytestmark = pytest.mark.django_db(transaction=True)
POSTGRES = 5432


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Wire:
    """A connection of ours to PostgreSQL, which can be cut."""

    def __init__(self) -> None:
        self.port, self.open, self.ends = free_port(), True, []
        told = connection.settings_dict
        self.target = (told["HOST"] or "127.0.0.1", int(told["PORT"] or POSTGRES))
        self.mend()

    def mend(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def cut(self) -> None:
        for end in [self.listener, *self.ends]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                one, _address = listener.accept()
                other = socket.create_connection(self.target)
                self.ends += [one, other]
                for source, target in ((one, other), (other, one)):
                    threading.Thread(target=self._carry, args=[source, target], daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class File:
    """The file of SQLite, which can be taken away."""

    def __init__(self) -> None:
        self.path = Path(connection.settings_dict["NAME"])
        self.away = self.path.with_suffix(".away")

    def cut(self) -> None:
        self.path.rename(self.away)
        self.path.mkdir()

    def mend(self) -> None:
        self.path.rmdir()
        self.away.rename(self.path)


@pytest.fixture
def way() -> Iterator[Wire | File]:
    found = File() if connection.vendor == "sqlite" else Wire()
    connection.close()
    yield found
    if isinstance(found, Wire):
        found.cut()


@pytest.fixture
def ask(way, tmp_path) -> Iterator[Callable[[str], tuple[int, str]]]:
    """Status and text of a page, of a server in a process of its own."""
    port, url = free_port(), database()
    if isinstance(way, Wire):
        before, _at, name = url.rpartition("/")
        url = f"{before.rpartition('@')[0]}@127.0.0.1:{way.port}/{name}"
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "yixin.wsgi"]
    told = environment() | {"DATABASE_URL": url, "ALLOWED_HOSTS": "127.0.0.1"}
    told |= {"CACHE_URL": "locmemcache://"}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | told, stdout=log, stderr=log)  # noqa: S603

    def answer(path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as found:
                return found.status, found.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    until(lambda: answer("/healthz")[0] == 200)
    yield answer
    server.terminate()
    server.wait(timeout=20)


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    last = time.monotonic() + seconds
    while True:
        with suppress(OSError):
            if holds():
                return
        assert time.monotonic() < last
        time.sleep(0.1)


def test_page_says_so_in_chinese_and_all_works_again_by_itself(way, ask):
    assert ask("/organizations.json")[0] == 200
    way.cut()

    status, page = ask("/organizations.json")
    health = ask("/healthz")
    way.mend()
    until(lambda: ask("/healthz")[0] == 200, 10)

    assert (status, health) == (503, (503, "database\n"))
    assert "数据库暂时没有响应" in page
    assert ask("/organizations.json")[0] == 200
