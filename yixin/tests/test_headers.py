"""The headers of what is no page: errors, refusals, redirects and files. Of all pages: see test_addresses.py."""

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from yixin.tests.answers import YEAR, Written, wrong, wrong_headers
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
TOO_LARGE = b"x=" + b"y" * 7 * 1024**2


@pytest.fixture(autouse=True)
def by_https(settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = YEAR, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True


def failing(error: Exception):
    """While it lasts, no query is answered."""

    def fail(*_arguments):
        raise error

    return connection.execute_wrapper(fail)


def form(address: str, **more) -> dict:
    return {"method": "POST", "path": address, "content_type": "application/x-www-form-urlencoded"} | more


ANSWERS = {
    "unknown host": (400, {"path": "/", "headers": {"host": "other.example"}}),
    "no host at all": (400, {"path": "/", "headers": {"host": "a b"}}),
    "too large": (400, form("/login/", data=TOO_LARGE)),
    "too many boxes": (400, form("/login/", data=b"&".join(b"x=1" for _ in range(2000)))),
    "forged": (403, form("/login/", data=b"username=x")),
    "forged language": (403, form("/language/setlang/", data=b"language=en")),
    "not there": (404, {"path": "/nothing/"}),
    "bytes that are no text": (404, {"path": "/organizations/%ff%fe/"}),
    "without a slash": (301, {"path": "/organizations"}),
    "to another page": (302, {"path": "/admin/organizations/person/1/"}),
    "other method": (405, {"method": "PUT", "path": "/organizations/"}),
    "sent to what is read": (405, form("/robots.txt")),
    "file that everybody may have": (200, {"path": "/organizations.csv"}),
    "headers alone": (200, {"method": "HEAD", "path": "/organizations/"}),
}


def ask(method: str = "GET", *, as_somebody: bool = False, enforced: bool = True, **request):
    client = Client(raise_request_exception=False, enforce_csrf_checks=enforced)
    if as_somebody:
        client.force_login(make_user("staff"))
    return client.generic(method, secure=True, **request)


@pytest.mark.parametrize("as_somebody", [False, True])
@pytest.mark.parametrize("name", ANSWERS)
def test_answer_that_is_no_page_has_all_headers(name, as_somebody):
    status, request = ANSWERS[name]
    is_forged = status != 403 and request.get("method") == "POST"

    answer = ask(as_somebody=as_somebody, enforced=not is_forged, **request)

    assert answer.status_code == status
    assert list(wrong(answer, has_session=as_somebody)) == []


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("away"), 503), (RuntimeError("broken"), 500)], ids=["away", "broken"]
)
def test_error_of_ours_has_all_headers(error, status):
    with failing(error):
        answer = ask(path="/organizations/")

    assert answer.status_code == status
    assert list(wrong(answer, has_session=False)) == []


@pytest.mark.parametrize("path", ["/login/", "/robots.txt", "/organizations.csv"])
def test_refusal_of_who_asks_too_often_has_all_headers(settings, path):
    settings.THROTTLE = 1
    cache.clear()
    ask(path=path, REMOTE_ADDR="192.0.2.9")

    answer = ask(path=path, REMOTE_ADDR="192.0.2.9")

    assert answer.status_code == 429
    assert list(wrong(answer, has_session=False)) == []


def test_what_a_program_has_already_is_answered_with_all_headers(client):
    tag = client.get("/organizations.json", secure=True)["ETag"]

    answer = client.get("/organizations.json", secure=True, headers={"if-none-match": tag})

    assert (answer.status_code, list(wrong(answer, has_session=False))) == (304, [])


@pytest.mark.parametrize(("host", "status"), [("testserver", 301), ("other.example", 400)])
def test_way_to_https_has_all_headers_but_the_one_that_only_https_may_have(client, host, status):
    answer = client.get("/organizations/", headers={"host": host})

    assert answer.status_code == status
    assert list(wrong_headers(answer)) == ["no HSTS"]


@pytest.mark.parametrize("as_somebody", [False, True])
def test_style_sheet_has_all_headers_and_is_kept(settings, tmp_path, as_somebody):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "note.css").write_text("p {}", encoding="utf-8")

    answer = ask(path="/static/note.css", as_somebody=as_somebody)

    assert (answer.status_code, answer.getvalue(), answer["Cache-Control"]) == (200, b"p {}", "max-age=60, public")
    assert list(wrong_headers(answer)) == []
    answer.close()


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ("UPDATE auth_user SET is_active = is_active", {"auth_user"}),
        ("INSERT INTO auth_group (name) SELECT name FROM auth_group WHERE 1 = 0", {"auth_group"}),
        ('DELETE FROM "django_session"', {"django_session"}),
        ("SELECT 1 FROM auth_user", set()),
    ],
)
def test_what_is_written_is_seen(query, tables):
    with Written() as found, connection.cursor() as cursor:
        cursor.execute(query)

    assert found == tables
