"""The database goes away for a while: a page that says so, and everything works again once it is back."""

import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.db import connection

from activities.tests.processes import database
from reports.tests.faults.serving import Server, free_port, until

pytestmark = pytest.mark.django_db(transaction=True)
POSTGRES = 5432


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
def server(way, tmp_path) -> Iterator[Server]:
    url = database()
    if isinstance(way, Wire):
        before, _at, name = url.rpartition("/")
        url = f"{before.rpartition('@')[0]}@127.0.0.1:{way.port}/{name}"
    found = Server(tmp_path, ["--workers", "1"], DATABASE_URL=url)
    yield found
    found.close()


@pytest.mark.parametrize("seconds", [0, pytest.param(30, marks=pytest.mark.slow)])
def test_page_says_so_in_chinese_and_all_works_again_by_itself(way, server, seconds):
    assert server.ask("/organizations.json")[0] == 200
    way.cut()

    last, answers = time.monotonic() + seconds, []
    while not answers or time.monotonic() < last:
        status, page = server.ask("/organizations.json")
        answers.append((status, "<h1>数据库暂时没有响应</h1>" in page, server.ask("/healthz")))
    way.mend()
    until(lambda: server.ask("/healthz")[0] == 200, 10)

    assert set(answers) == {(503, True, (503, "database\n"))}
    assert server.ask("/organizations.json")[0] == 200


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL nobody has the whole database to himself")
def test_while_somebody_else_writes_for_long_reading_goes_on_and_writing_says_so(server):
    wrong = {"username": "somebody", "password": "wrong"}
    page = server.ask("/login/")[1]
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = server.send("/login/", wrong, page)
        read = server.ask("/organizations.json")[0]

    assert (refused[0], "<h1>数据库暂时没有响应</h1>" in refused[1], read) == (503, True, 200)
    assert server.send("/login/", wrong, page)[0] == 200
