"""A server in processes of its own, on the database of the tests, and what it answers."""

import http.cookiejar
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from django.conf import settings

from activities.tests.processes import environment

TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')
SECONDS, TO_BEGIN = 60, 180  # at most, for one answer; until there is any, on a busy machine


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def shipped_options() -> list[str]:
    """Those of gunicorn in the unit that is shipped, but for the address."""
    unit = (settings.BASE_DIR / "deploy" / "yixin.service").read_text("utf-8")
    words = shlex.split(re.search("^ExecStart=.*/gunicorn (.*)$", unit, re.MULTILINE)[1])
    return words[words.index("--bind") + 2 : -1]


class Server:
    """gunicorn with those options; its log goes into the folder."""

    def __init__(self, folder: Path, options: list[str], **changes: str):
        self.port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", *options, "yixin.wsgi"]
        told = environment() | {"DJANGO_SETTINGS_MODULE": "reports.tests.faults.served", "FOLDER": str(folder)}
        told |= {"ALLOWED_HOSTS": "127.0.0.1", "THROTTLE": "1000000"} | changes  # counted, and never too many
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603  our own command line
                command, cwd=settings.BASE_DIR, env=os.environ | told, stdout=log, stderr=log
            )
        self.jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        try:
            until(lambda: self.ask("/healthz")[0] == 200, TO_BEGIN)
        except BaseException:
            self.close()
            raise

    def ask(self, path: str, sent: dict | None = None) -> tuple[int, str]:
        """Status and text of a page, or of the answer to a form."""
        data = urllib.parse.urlencode(sent).encode() if sent else None
        try:
            with self.browser.open(f"http://127.0.0.1:{self.port}{path}", data, SECONDS) as found:
                return found.status, found.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def send(self, path: str, sent: dict, page: str) -> tuple[int, str]:
        """Sends the form that is on the page."""
        return self.ask(path, sent | {"csrfmiddlewaretoken": TOKEN.search(page)[1]})

    def workers(self) -> list[int]:
        """Their process ids."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return sorted(map(int, children.read_text().split()))

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


def until(holds: Callable[[], bool], seconds: float) -> None:
    last = time.monotonic() + seconds
    while True:
        with suppress(OSError):
            if holds():
                return
        assert time.monotonic() < last
        time.sleep(0.1)
