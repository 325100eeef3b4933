"""Two servers with one database and one Redis: visitors do not notice which of them answers."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from activities.models import Event
from activities.tests.factories import make_event
from activities.tests.processes import environment
from reports.models import Edition
from reports.tests.factories import make_report
from yixin.tests.factories import make_user

REDIS = ("127.0.0.1", 6379)
RIGHT, LIMIT = "qingyuan-shanlu-2014", 40
TABLE = "时间\t内容\t人数\n2014年1月4日\t年会\t20"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "sqlite3" in settings.DATABASES["default"]["ENGINE"], reason="several machines share PostgreSQL"
    ),
]


@pytest.fixture(scope="module", autouse=True)
def redis() -> None:
    """Without one the test is skipped, or fails where YIXIN_REDIS=required."""
    with closing(socket.socket()) as line:
        if line.connect_ex(REDIS):
            missing = pytest.fail if os.environ.get("YIXIN_REDIS") == "required" else pytest.skip
            missing("no Redis at 127.0.0.1:6379: apt install redis-server")


@pytest.fixture
def machines(tmp_path) -> Iterator[list[int]]:
    """The ports of two servers."""
    told = environment() | {"ALLOWED_HOSTS": "127.0.0.1", "BEHIND_PROXY": "on", "THROTTLE": str(LIMIT)}
    told |= {"DJANGO_SETTINGS_MODULE": "reports.tests.server_settings", "SHARED_MEDIA": str(tmp_path / "media")}
    told |= {"CACHE_URL": f"redis://{REDIS[0]}:{REDIS[1]}/15?key_prefix={uuid4().hex}"}
    ports = [free_port(), free_port()]
    with (tmp_path / "log").open("wb") as log:
        servers = [
            subprocess.Popen(  # noqa: S603  ourselves
                [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--threads=4", "yixin.wsgi"],
                cwd=settings.BASE_DIR,
                env=told,
                stdout=log,
                stderr=log,
            )
            for port in ports
        ]
    for port in ports:
        wait_for(port)
    yield ports
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(timeout=20)


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port: int) -> None:
    last = time.monotonic() + 60
    while True:
        with suppress(OSError):
            if Visitor("192.0.2.250").ask(port, "/healthz")[0] == 200:
                return
        assert time.monotonic() < last
        time.sleep(0.1)


@dataclass
class Visitor:
    """A browser behind the proxy, which sends each request to whichever machine it likes."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, port: int, path: str, **sent) -> tuple[int, str]:
        """Status, and the page or where it leads; by POST where something is sent."""
        headers = {"X-Forwarded-For": self.address, "Accept-Language": "en"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if sent:
            body = urlencode(sent | {"csrfmiddlewaretoken": self.cookies["csrftoken"]})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            line.request("POST" if sent else "GET", path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode()
        for name, cookie in SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie") or ())).items():
            self.cookies[name] = cookie.value
        return answer.status, answer.headers["Location"] or page

    def log_in(self, port: int, name: str, password: str = RIGHT) -> int:
        self.ask(port, "/login/")
        return self.ask(port, "/login/", username=name, password=password)[0]


def make_member(role: str, name: str) -> None:
    user = make_user(role, username=name)
    user.password = PBKDF2PasswordHasher().encode(RIGHT, "salt", 1)  # as the servers make them, only sooner
    user.save()


def test_who_is_let_in_or_shut_out_by_one_is_so_by_the_other(machines):
    one, other = machines
    make_member("staff", "某同事")
    visitor, stranger = Visitor("192.0.2.1"), Visitor("192.0.2.2")

    let_in = [visitor.log_in(one, "某同事"), visitor.ask(other, "/admin/")[0], visitor.ask(one, "/admin/")[0]]
    left = visitor.ask(other, "/logout/", x="1")[0]
    outside = [visitor.ask(port, "/admin/")[0] for port in (one, other)]
    tries = [stranger.log_in(port, "某同事", "wrong") for port in (one, other, one, other, one)]
    shut_out = [stranger.log_in(port, "某同事") for port in (one, other)]

    assert (let_in, left, outside) == ([302, 200, 200], 302, [302, 302])
    assert (tries, shut_out) == ([200] * 4 + [429], [429, 429])


def test_both_count_what_one_visitor_asks_for(machines):
    asked = in_one_minute(lambda address: [Visitor(address).ask(port, "/robots.txt")[0] for port in machines * LIMIT])

    assert asked == [200] * LIMIT + [429] * LIMIT


def in_one_minute(act: Callable[[str], list]) -> list:
    """What it gives, tried anew from another address where a new minute began meanwhile: so it is counted."""
    for number in range(10):
        before = time.time() // 60
        found = act(f"192.0.2.{number + 10}")
        if time.time() // 60 == before:
            return found
    raise TimeoutError


def test_import_that_one_shows_is_confirmed_once_by_both(machines):
    one, other = machines
    make_member("staff", "某同事")
    visitor = Visitor("192.0.2.1")
    visitor.log_in(one, "某同事")
    visitor.ask(one, "/admin/import/events/")
    path = visitor.ask(one, "/admin/import/events/", text=TABLE, year="2014", area="training")[1]
    seen = re.search(r'name="seen" value="([^"]+)"', visitor.ask(other, path)[1])[1]

    with ThreadPoolExecutor(2) as pool:
        confirmed = list(pool.map(lambda port: visitor.ask(port, f"{path}confirm/", seen=seen)[0], machines))

    assert set(confirmed) <= {200, 302}
    assert 302 in confirmed
    assert list(Event.objects.values_list("title", "headcount")) == [("年会", 20)]


def test_what_one_publishes_is_there_for_everybody_at_the_other(machines):
    one, other = machines
    make_event(headcount=9)
    make_report(year=2014, title="年报甲")
    make_member("coordinator", "某同事")
    visitor, anybody = Visitor("192.0.2.1"), Visitor("192.0.2.2")
    visitor.log_in(one, "某同事")
    before = [anybody.ask(port, "/reports/2014/")[0] for port in machines]

    published = visitor.ask(one, "/reports/2014/publish/", number="1")[0]
    first = anybody.ask(other, "/reports/2014/")
    make_event(headcount=11)
    corrected = visitor.ask(other, "/reports/2014/publish/", number="2", correction="更正一处。")[0]
    second = anybody.ask(one, "/reports/2014/")

    assert (before, published, corrected) == ([404, 404], 302, 302)
    assert [(status, "更正一处。" in page) for status, page in (first, second)] == [(200, False), (200, True)]
    assert Edition.objects.count() == 2
