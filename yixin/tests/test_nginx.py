"""The proxy as deploy/nginx.conf sets it up: what it answers by itself is as safe as what it passes on."""

import http.client
import logging
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from yixin.headers import ALWAYS
from yixin.logs import Plain

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
pytestmark = pytest.mark.skipif(not Path(NGINX).is_file(), reason="no nginx on this machine: apt install nginx")
ONCE = {name: value for name, value in ALWAYS.items() if name != "Permissions-Policy"} | {"X-Frame-Options": "DENY"}
ONCE |= {"Content-Security-Policy": "ours", "Cache-Control": "ours"}


class Application(BaseHTTPRequestHandler):
    """Answers with the headers of ours, and with what the proxy told it."""

    def do_GET(self):
        self.send_response(200)
        for name, value in ONCE.items():
            self.send_header(name, value)
        self.send_header("Request", self.headers["X-Request-ID"])
        self.send_header("Told", f"{self.headers['Host']} {self.headers['X-Forwarded-For']}")
        self.end_headers()

    def log_message(self, *_arguments) -> None:
        """Nothing."""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments) -> None:
        """Nothing."""


@contextmanager
def serving(server: HTTPServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def application() -> Iterator[int]:
    with serving(HTTPServer(("127.0.0.1", 0), Application)) as port:
        yield port


@pytest.fixture
def real_application() -> Iterator[int]:
    server = WSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(WSGIHandler())
    with serving(server) as port:
        yield port


@pytest.fixture
def told() -> Iterator[StringIO]:
    """What the application logs."""
    handler, logger = logging.StreamHandler(StringIO()), logging.getLogger("django")
    handler.setFormatter(Plain())
    logger.addHandler(handler)
    yield handler.stream
    logger.removeHandler(handler)


def free_port() -> int:
    with HTTPServer(("127.0.0.1", 0), Application) as one:
        return one.server_port


@pytest.fixture
def proxy(tmp_path, application, real_application) -> Iterator[tuple[int, int, int]]:
    """Three ports: to what stands for the application, to nothing, and to the application itself."""
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/srv/yixin", str(settings.BASE_DIR)).replace("    listen [::]:80;\n", "")
    text = text.replace("/var/log/nginx", str(tmp_path))
    maps, _server, server = text.partition("\nserver {")
    ports = free_port(), free_port(), free_port()
    targets = f"127.0.0.1:{application}", "127.0.0.1:1", f"127.0.0.1:{real_application}"
    parts = [
        (_server + server).replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8000", target)
        for port, target in zip(ports, targets, strict=True)
    ]
    places = "".join(
        f"{kind}_temp_path {tmp_path / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if Path.home() == Path("/root") else ""
    (tmp_path / "nginx.conf").write_text(
        f"{user} daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} "
        f"http {{ access_log off; {places}\n{maps}{''.join(parts)} }}",
        encoding="utf-8",
    )
    running = subprocess.Popen([NGINX, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "log"])  # noqa: S603  a fixed command
    wait_for(ports[1])
    yield ports
    running.terminate()
    running.wait(timeout=20)


def wait_for(port: int) -> None:
    last = time.monotonic() + 30
    while True:
        with suppress(OSError):
            ask(port)
            return
        assert time.monotonic() < last
        time.sleep(0.05)


def ask(port: int, method: str = "GET", to: str = "/", **headers: str) -> tuple[int, str, list[tuple[str, str]]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        line.request(method, to, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode(), answer.getheaders()


def test_what_the_application_says_is_passed_on_once(proxy):
    status, _page, headers = ask(proxy[0], Host="hub.example.org", **{"X-Forwarded-For": "203.0.113.9"})

    found = [(name, value) for name, value in headers if name in ONCE]
    assert (status, sorted(found)) == (200, sorted(ONCE.items()))
    assert dict(headers)["Told"] == "hub.example.org 203.0.113.9, 127.0.0.1"


@pytest.mark.parametrize(("to", "sent", "status"), [(1, {}, 503), (0, {"Content-Length": str(41 * 1024**2)}, 413)])
def test_what_nginx_says_itself_has_the_same_headers_and_is_in_chinese(proxy, to, sent, status):
    found, page, headers = ask(proxy[to], "POST" if sent else "GET", **sent)

    assert (found, '<html lang="zh-Hans">' in page) == (status, True)
    told = dict(headers)
    assert {name: told.get(name) for name in ONCE} == ONCE | {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    }
    assert not re.search("nginx/[0-9]", told["Server"])


def line_of(folder: Path, path: str) -> str:
    """What nginx logged of the path; it writes that once it has answered."""
    last = time.monotonic() + 30
    while time.monotonic() < last:
        for line in (folder / "yixin.log").read_text(encoding="utf-8").splitlines():
            if f" {path} " in line:
                return line
        time.sleep(0.05)
    raise AssertionError(path)


def test_visitors_do_not_choose_the_id_of_their_request(proxy, tmp_path):
    _status, _page, headers = ask(proxy[0], to="/one/", **{"X-Request-ID": "chosen-by-a-visitor"})

    given = dict(headers)["Request"]
    assert re.fullmatch("[0-9a-f]{32}", given)
    assert line_of(tmp_path, "/one/").split()[-1] == given


def test_a_request_has_one_id_in_both_logs_and_its_query_stands_in_neither(proxy, told, tmp_path):
    status, _page, _headers = ask(proxy[2], to="/one/?q=SECRET", Host="elsewhere.example")

    line = line_of(tmp_path, "/one/")
    assert status == 400
    assert re.fullmatch(r"20[0-9T:+-]+ GET /one/ 400 [0-9.]+ [0-9a-f]{32}", line)
    words = told.getvalue().split()
    assert words[words.index("Invalid") - 1] == line.split()[-1]
    assert "SECRET" not in told.getvalue()
    assert [file.name for file in tmp_path.iterdir() if file.is_file() and "SECRET" in file.read_text()] == []


@pytest.mark.parametrize(("to", "sent", "status"), [(1, {}, 503), (0, {"Content-Length": str(41 * 1024**2)}, 413)])
def test_what_fails_at_the_proxy_is_logged_by_its_path_without_query_and_address(proxy, tmp_path, to, sent, status):
    ask(proxy[to], "POST" if sent else "GET", "/two/?q=SECRET", **sent)

    assert f" /two/ {status} " in line_of(tmp_path, "/two/")
    logged = "".join(file.read_text() for file in tmp_path.iterdir() if file.is_file() and file.name != "nginx.conf")
    assert ("SECRET" in logged, "client: " in logged) == (False, False)
