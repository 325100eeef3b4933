"""Nothing by which somebody could be known gets into the log; a line is found by its request."""

import json
import logging
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from yixin import logs
from yixin.logs import Lines, Plain, begin, configured, scrubbed

SECRETS = ["13912340917", "139-1234-0917", "139 1234 0917", "+86 13912340917", "0791-88001234", "(0791) 88001234"]
SECRETS += [
    "07918800123",
    "360102199001011234",
    "36010219900101123X",
    "6222 0210 0100 1234567",
    "１３９１２３４０９１７",
]
SECRETS += ["who@canary.example", "甄金丝雀", "%E7%94%84%E9%87%91", r"\u7504\u91d1"]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "line", ["%s", "row (4, %s, null)", "/admin/find/?q=%s", '"GET /x/?page=1&q=%s HTTP/1.1" 200', "a=%s;"]
)
def test_what_somebody_is_known_by_is_not_logged(secret, line):
    told = scrubbed(line % secret)

    assert [part for part in (secret, *secret.split("-")) if len(part) > 3 and part in told] == []
    assert not any(sign.isdigit() for sign in told.replace("(4,", "").replace("1.1", "").replace("200", ""))


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /organizations/zhi-xing/",
        "2026-03-05 04:00:12,123 took 1234567 ms of 2014",
        'File "/srv/yixin/views.py", line 1234, in get',
        "database is locked",
        "sha256 0f3a1b2c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8",
    ],
)
def test_what_helps_to_mend_the_program_is_logged(line):
    assert scrubbed(line) == line


def test_a_query_goes_and_the_path_stays():
    assert scrubbed('"GET /organizations/?q=zhen&page=2 HTTP/1.1" 200') == '"GET /organizations/?… HTTP/1.1" 200'


def test_the_row_that_postgresql_quotes_goes():
    error = "null value in column violates not-null constraint\nDETAIL:  Failing row contains (1, Zhen Jsq)."

    assert scrubbed(error) == "null value in column violates not-null constraint\nDETAIL: …"


def record_of(message: str, *args) -> logging.LogRecord:
    try:
        raise ValueError("甄金丝雀 13912340917")
    except ValueError:
        return logging.LogRecord("yixin", logging.ERROR, __file__, 1, message, args, sys.exc_info())


@pytest.mark.parametrize("kind", [Plain, Lines])
def test_exceptions_and_arguments_are_scrubbed_too(kind):
    told = kind().format(record_of("%s asked", "甄金丝雀 13912340917"))

    assert ("甄金丝雀" in told, "13912340917" in told) == (False, False)
    assert "ValueError: … …" in told


def test_a_line_of_json_says_when_what_and_in_which_request():
    begin(None, {"PATH_INFO": "/organizations/甄/", "QUERY_STRING": "q=1", "HTTP_X_REQUEST_ID": "abcdef0123456789"})

    told = json.loads(Lines().format(logging.LogRecord("yixin.x", logging.WARNING, "", 1, "said %s", ("so",), None)))

    assert told.pop("time").startswith("20")
    assert told == {
        "level": "WARNING",
        "logger": "yixin.x",
        "request": "abcdef0123456789",
        "path": "/organizations/…/",
        "message": "said so",
    }


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "甄金丝雀甄金丝雀", "13912340917\n"])
def test_an_id_that_is_none_is_not_taken(given):
    begin(None, {"PATH_INFO": "/", "HTTP_X_REQUEST_ID": given})

    key, _path = logs._request.get()

    assert (key == given, len(key)) == (False, 12)


@pytest.mark.django_db
def test_every_request_has_an_id_of_its_own():
    keys = []
    for _number in range(2):
        Client().get("/healthz")
        keys.append(logs._request.get())

    assert [path for _key, path in keys] == ["/healthz", "/healthz"]
    assert keys[0][0] != keys[1][0]


def test_all_loggers_end_in_the_scrubbed_handler(settings):
    (handler,) = settings.LOGGING["handlers"].values()
    loggers = settings.LOGGING["loggers"]

    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert handler["formatter"] == "scrubbed"
    assert {(tuple(one["handlers"]), one["propagate"]) for one in loggers.values()} == {((), True)}
    named = [one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    assert [
        one.name for one in named if one.handlers and one.name.split(".")[0] in ("django", "gunicorn", "yixin")
    ] == []


def test_another_format_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT"):
        configured("xml")
