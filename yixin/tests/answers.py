"""What is wrong with an answer, whatever it answers: a header that is missing, a page that a cache may keep."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.http.response import HttpResponseBase

OURS = {
    "base-uri": "'self'",
    "default-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "object-src": "'none'",
}
OF_UPLOADS = {"default-src": "'none'", "sandbox": ""}
ALWAYS = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Permissions-Policy": {"camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}
YEAR = 365 * 24 * 60 * 60
READ_BY_SCRIPTS = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "saved_draft"}
SHOWN = ("text/html", "text/css", "text/plain", "text/xml", "text/javascript", "application/json", "application/xml")
WRITING = re.compile(r'\b(?:INSERT(?: OR \w+)? INTO|UPDATE(?! OF\b)|DELETE FROM)\s+"?(\w+)"?')


def wrong(response: HttpResponseBase, *, has_session: bool) -> Iterator[str]:
    """Of an answer to a request by HTTPS that is no static file."""
    yield from wrong_headers(response)
    yield from wrong_caching(response, has_session=has_session)
    yield from wrong_cookies(response)


def wrong_headers(response: HttpResponseBase) -> Iterator[str]:
    yield from (f"{name}: {response.get(name)}" for name, may in ALWAYS.items() if response.get(name) not in may)
    if response.get("Strict-Transport-Security") != f"max-age={YEAR}":
        yield "no HSTS"
    parts = response.get("Content-Security-Policy", "").split("; ")
    policy = {name: values for name, _space, values in (part.partition(" ") for part in parts)}
    kind = response.get("Content-Type", "").partition(";")[0]
    is_file = (response.streaming or bool(response.content)) and kind not in SHOWN
    is_download = response.get("Content-Disposition", "").startswith("attachment")
    if policy not in (OURS, OF_UPLOADS):
        yield f"policy {policy}"
    if is_file and not is_download and not (kind == "image/jpeg" and policy == OF_UPLOADS):
        yield f"{kind} inline"


def wrong_caching(response: HttpResponseBase, *, has_session: bool) -> Iterator[str]:
    told = set(response.get("Cache-Control", "").split(", "))
    if has_session and told != {"private", "no-store"}:
        yield f"kept by a browser: {told}"
    if not told & {"no-store", "no-cache"}:
        yield f"not asked anew: {told}"
    if response.cookies and not told & {"no-store", "private"}:
        yield f"cookie for everybody: {told}"
    varies = set(response.get("Vary", "").split(", "))
    if response.get("Content-Type", "").startswith("text/html") and not varies >= {"Accept-Language", "Cookie"}:
        yield f"one page for all: {varies}"


def wrong_cookies(response: HttpResponseBase) -> Iterator[str]:
    kept = {name: cookie for name, cookie in response.cookies.items() if cookie["max-age"] != 0}
    for name, cookie in kept.items():
        if not cookie["secure"] or cookie["samesite"] not in ("Lax", "Strict"):
            yield f"cookie {name} goes everywhere"
        if not cookie["httponly"] and name not in READ_BY_SCRIPTS:
            yield f"cookie {name} is read by scripts"


class Written:
    """``with Written() as tables:`` collects the names of those that were written to."""

    def __enter__(self) -> set[str]:
        self.tables: set[str] = set()
        self.watching = connection.execute_wrapper(self._watch)
        self.watching.__enter__()
        return self.tables

    def __exit__(self, *error) -> None:
        self.watching.__exit__(*error)

    def _watch(self, execute, sql, params, many, context):
        self.tables.update(WRITING.findall(sql))
        return execute(sql, params, many, context)
