"""Twenty read the directory. While 2,000 rows come in, nobody gets an error or waits twice as long as otherwise; and in
ten minutes (YIXIN_SOAK: other seconds) the server takes no more memory at the end than once it was warm.

The figures stand in the report of the tests, and are printed by ``-s``.
"""

import os
import re
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from activities.tests.odd_files import sheet, workbook
from activities.tests.processes import report_of_a_process
from organizations.tests.factories import make_organization, region
from reports.tests.faults.serving import Server, shipped_options

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
READERS, PAUSE = 20, 1.0  # seconds between two pages of one reader
IDLE = 30  # seconds
ROWS, TIMES = 2_000, 6
SOAK = int(os.environ.get("YIXIN_SOAK", "600"))
WARM = 0.2  # of that time
GROWTH = 1.1  # at most, from warm to the end
SAFE = "/?=&."
CITIES = ["360100", "360700", "360800", "361100"]
PATHS = [
    "/",
    "/organizations/",
    "/organizations/?q=知行",
    "/organizations/?q=zhixing&city=360100",
    "/organizations/?city=360700",
    "/organizations/zhixingshe/",
    "/organizations.json",
]


@dataclass
class Readers:
    """What twenty people were told: the seconds that each answer took, and what was no answer."""

    port: int
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def read(self, stop: threading.Event, first: int) -> None:
        paths = cycle(PATHS[first % len(PATHS) :] + PATHS[: first % len(PATHS)])
        stop.wait(PAUSE * first / READERS)
        while not stop.is_set():
            self.ask(next(paths))
            stop.wait(PAUSE)

    def ask(self, path: str) -> None:
        began = time.monotonic()
        try:
            line = HTTPConnection("127.0.0.1", self.port, timeout=60)
            line.request("GET", quote(path, safe=SAFE))
            answer = line.getresponse()
            answer.read()
            line.close()
        except (OSError, HTTPException) as error:
            self.errors.append(f"{path}: {error!r}")
            return
        self.seconds.append(time.monotonic() - began)
        if answer.status != 200:
            self.errors.append(f"{path}: {answer.status}")

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]


@contextmanager
def reading(server: Server) -> Iterator[Readers]:
    """All of them, until this ends."""
    readers, stop = Readers(server.port), threading.Event()
    threads = [threading.Thread(target=readers.read, args=[stop, number]) for number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def directory() -> None:
    make_organization(name="知行社", listing="public", region=region("360100"), introduction="陪伴青年。")
    for number in range(300):
        place = region(CITIES[number % len(CITIES)])
        make_organization(name=f"知行公益服务社{number}", listing="public", region=place, introduction="陪伴青年。")


def table(folder: Path, batch: int) -> Path:
    file = folder / f"{batch}.xlsx"
    rows = [[f"合一志愿者协会{batch}之{number}", "南昌市"] for number in range(ROWS)]
    file.write_bytes(workbook(sheet(["组织名称", "地市"], *rows)))
    return file


def bring_in(file: Path) -> None:
    told = report_of_a_process("organizations", str(file), "--commit")
    assert (told["status"], told["new"]) == ("accepted", ROWS)


def test_while_a_table_comes_in_readers_hardly_wait_longer(directory, tmp_path, record_property):
    tables = [table(tmp_path, batch) for batch in range(TIMES)]  # before anything is measured
    with closing(Server(tmp_path, shipped_options())) as server:
        for path in PATHS * 6:
            assert server.ask(quote(path, safe=SAFE))[0] == 200
        with reading(server) as idle:
            time.sleep(IDLE)
        with reading(server) as loaded:
            began = time.monotonic()
            for file in tables:
                bring_in(file)
            seconds = time.monotonic() - began

    figures = {"database": connection.vendor, "import_seconds": round(seconds / TIMES, 1)}
    for name, readers in (("idle", idle), ("loaded", loaded)):
        figures |= {f"{name}_pages": len(readers.seconds), f"{name}_p95_ms": round(readers.p95 * 1000)}
        figures |= {f"{name}_median_ms": round(statistics.median(readers.seconds) * 1000)}
    tell(record_property, figures | {"ratio": round(loaded.p95 / idle.p95, 2)})
    assert idle.errors + loaded.errors == []
    assert loaded.p95 < 2 * idle.p95


def tell(record_property, figures: dict) -> None:
    print(figures)
    for name, value in figures.items():
        record_property(name, value)


def test_in_ten_minutes_of_reading_the_server_takes_no_more_memory(directory, tmp_path, record_property):
    """gunicorn would begin its workers anew after so many requests, which would hide what they take."""
    bring_in(table(tmp_path, 0))

    with closing(Server(tmp_path, [*shipped_options(), "--max-requests", "0"])) as server, reading(server) as readers:
        time.sleep(SOAK * WARM)
        warm = memory(server)
        time.sleep(SOAK * (1 - WARM))
        end = memory(server)

    figures = {"database": connection.vendor, "seconds": SOAK, "pages": len(readers.seconds)}
    tell(record_property, figures | {"warm_mb": round(sum(warm.values())), "end_mb": round(sum(end.values()))})
    assert readers.errors == []
    assert warm.keys() == end.keys()
    assert sum(end.values()) < GROWTH * sum(warm.values())


def memory(server: Server) -> dict[int, float]:
    """What each worker holds, in MB."""
    held = re.compile("^VmRSS:\\s+([0-9]+) kB$", re.MULTILINE)
    return {pid: int(held.search(Path(f"/proc/{pid}/status").read_text())[1]) / 1024 for pid in server.workers()}
