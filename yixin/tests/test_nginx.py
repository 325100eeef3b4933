"""The proxy as deploy/nginx.conf sets it up: what it answers by itself is as safe as what it passes on."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from yixin.headers import ALWAYS

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
        self.send_header("Told", f"{self.headers['Host']} {self.headers['X-Forwarded-For']}")
        self.end_headers()

    def log_message(self, *_arguments) -> None:
        """Nothing."""


@pytest.fixture
def application() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def free_port() -> int:
    with HTTPServer(("127.0.0.1", 0), Application) as one:
        return one.server_port


@pytest.fixture
def proxy(tmp_path, application) -> Iterator[tuple[int, int]]:
    """Two ports: one leads to the application, one to nothing."""
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/srv/yixin", str(settings.BASE_DIR)).replace("    listen [::]:80;\n", "")
    maps, _server, server = text.partition("\nserver {")
    ports = free_port(), free_port()
    parts = [
        (_server + server).replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8000", target)
        for port, target in zip(ports, (f"127.0.0.1:{application}", "127.0.0.1:1"), strict=True)
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


def ask(port: int, method: str = "GET", **headers: str) -> tuple[int, str, list[tuple[str, str]]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        line.request(method, "/", headers=headers)
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
