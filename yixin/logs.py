"""What the application logs, without anything by which somebody could be known.

Names cannot be told from other words, so nothing but ASCII passes; phone numbers, numbers of cards, addresses of e-mail
and all that was asked for behind a ``?`` go too. Written for who mends the program, not for who works with it.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from django.core.exceptions import ImproperlyConfigured

COVER = "…"
_SAFE_ID = re.compile("[0-9A-Za-z-]{8,64}")
_ID = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_COVERED = [  # in this order: a query ends at a blank, and a number may hold one
    (re.compile(r"(?m)^(\s*DETAIL:).*$"), rf"\1 {COVER}"),  # PostgreSQL quotes the whole row
    (re.compile(_ID.format(r"[0-9](?:[ -]?[0-9]){13,18}[Xx]?")), COVER),  # of a card, in groups or not
    (re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]){8}(?![0-9])"), COVER),
    (re.compile(_ID.format(r"\(?0[0-9]{2,3}\)?[ -]?[0-9]{7,8}")), COVER),
    (re.compile(_ID.format(r"[0-9]{9,}[Xx]?")), COVER),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), COVER),
    (re.compile(r"(/[^\s?\"']*)\?[^\s\"']+"), rf"\1?{COVER}"),  # a query
    (re.compile(r"(?:%[0-9A-Fa-f]{2})+|(?:\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}))+"), COVER),
    (re.compile(r"[^\x00-\x7f]+"), COVER),
]
_request: ContextVar[tuple[str, str]] = ContextVar("request", default=("-", ""))


def begin(sender, environ=None, **kwargs) -> None:
    """Receiver of ``request_started``: what is logged from here on belongs to that request, by the proxy's own id where
    it gives one."""
    given = (environ or {}).get("HTTP_X_REQUEST_ID", "")
    key = given if _SAFE_ID.fullmatch(given) else uuid4().hex[:12]
    _request.set((key, (environ or {}).get("PATH_INFO", "")))


def scrubbed(text: str) -> str:
    for pattern, cover in _COVERED:
        text = pattern.sub(cover, text)
    return text


class Plain(logging.Formatter):
    """One line, and the traceback behind it."""

    def format(self, record: logging.LogRecord) -> str:
        trace = [self.formatException(record.exc_info)] if record.exc_info else []
        told = "\n".join([record.getMessage(), *trace])
        return f"{self.formatTime(record)} {record.levelname} {record.name} {_request.get()[0]} {scrubbed(told)}"


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        request, path = _request.get()
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request,
            "path": scrubbed(path),
            "message": scrubbed(record.getMessage()),
        }
        if record.exc_info:
            told["trace"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


FORMATS = {"plain": Plain, "json": Lines}


def configured(form: str) -> dict:
    """Django's setting LOGGING. Everything, the server's own lines too, goes one way: to standard error, scrubbed."""
    if form not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT={form!r} 看不懂，请写 plain 或 json。 LOG_FORMAT is plain or json.")
    through = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"scrubbed": {"()": FORMATS[form]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "scrubbed"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": through | {"level": "INFO"},
            "django.server": through | {"level": "INFO"},
            "gunicorn.error": through | {"level": "INFO"},
            "gunicorn.access": through | {"level": "INFO"},
            "organizations": through | {"level": "INFO"},
        },
    }
