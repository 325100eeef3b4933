"""What every test may rely on: no connection to outside, files of its own, and a browser where one is wanted."""

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

hypothesis_settings.register_profile("yixin", deadline=None, max_examples=60, derandomize=False)
hypothesis_settings.load_profile("yixin")
expect.set_options(timeout=20_000)  # milliseconds; a machine that does much else is slow, not wrong

CHROMIUM_OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
AXE = """() => axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: {"target-size": {enabled: true}},
}).then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html)]))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_unconfigure() -> None:
    """Remove the folder in which yixin.testing keeps this process's database and files."""
    shutil.rmtree(Path(django_settings.STATIC_ROOT).parent, ignore_errors=True)


class OutgoingConnection(AssertionError):
    """A test wanted to reach another machine."""


def is_allowed(address) -> bool:
    """Whether a test may connect there: this machine, or the machine of the test database."""
    if not isinstance(address, tuple) or not address[0]:  # a Unix socket; any address of this machine
        return True
    host = address[0].decode() if isinstance(address[0], bytes) else str(address[0])
    if host in ("localhost", django_settings.DATABASES["default"].get("HOST") or "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


refused: list[OutgoingConnection] = []  # in this test, whether or not what was tested passed over it


def guarded(act: Callable, address_in: Callable) -> Callable:
    @wraps(act)
    def guard(*args, **kwargs):
        address = address_in(args)
        if not is_allowed(address):
            refused.append(OutgoingConnection(f"a test wanted to reach {address!r}"))
            raise refused[-1]
        return act(*args, **kwargs)

    return guard


@pytest.fixture(scope="session", autouse=True)
def no_outgoing_connections() -> Iterator[None]:
    """Nor any question to a name server."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), lambda args: args[-1]))
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            patch.setattr(socket, name, guarded(getattr(socket, name), lambda args: args[:1]))
        yield


@pytest.fixture(autouse=True)
def nothing_was_refused() -> Iterator[None]:
    refused.clear()
    yield
    assert refused == []


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    """A request in English leaves its language behind in the thread; each test begins in ours."""
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def media_of_its_own(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Without one the test is skipped, or fails where YIXIN_BROWSER=required."""
    executable = Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium")
    if not executable.is_file():
        missing = pytest.fail if os.environ.get("YIXIN_BROWSER") == "required" else pytest.skip
        missing(f"no Chromium at {executable}: apt install chromium, or set CHROMIUM")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop stays in this thread until the session ends, and Django refuses queries beside one.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


class Pages:
    """Opens pages of the live server; ``complaints`` is what their browser found wrong, in order."""

    def __init__(self, browser: Browser, address: str):
        self.browser, self.address, self.complaints = browser, address, []

    def __call__(self, width: int, height: int, locale: str = "zh-CN") -> Page:
        """A page of a new visitor, with a window of that many pixels; its addresses start at the site's root."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": height}, locale=locale
        )
        page = context.new_page()
        page.on("console", self._read)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._see)
        return page

    def _read(self, message: ConsoleMessage) -> None:
        """Errors of the console: broken scripts, missing files, and whatever the CSP refused."""
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"foreign: {request.url}")

    @staticmethod
    def is_wide(page: Page) -> bool:
        """Whether it scrolls sideways."""
        return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def findings(self, page: Page) -> tuple[tuple, ...]:
        """What hinders people on a page: each rule of axe that it breaks, with the elements, and if it is too wide.

        Waits for the whole page: after a click the next one may be there in part only. What axe does to the page
        itself is no complaint about it.
        """
        page.wait_for_load_state("load")
        before = list(self.complaints)
        page.evaluate(Axe().axe_script)
        found = [*map(tuple, page.evaluate(AXE)), *([("too wide",)] if self.is_wide(page) else [])]
        self.complaints[:] = before
        return tuple(found)

    def close(self) -> None:
        for context in self.browser.contexts:
            context.close()


@pytest.fixture
def page_at(chromium: Browser, live_server) -> Iterator[Pages]:
    """``page_at(width, height, locale="zh-CN")`` opens a page. Fails at the end if a browser complained;
    a test that means to provoke that looks at ``page_at.complaints`` and clears it."""
    pages = Pages(chromium, live_server.url)
    yield pages
    complaints = list(pages.complaints)  # not those of requests that closing the windows cuts off
    pages.close()
    assert complaints == []


@pytest.fixture
def login(live_server) -> Callable[[Page, User], None]:
    """``login(page, user)`` makes the page's visitor that user, without going through the login page."""

    def login(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
        page.context.add_cookies([cookie])

    return login
