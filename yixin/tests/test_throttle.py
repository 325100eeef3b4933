"""One address that asks too often is told to wait, in its language; nobody else notices."""

import importlib.util
import socket
import threading
from contextlib import closing
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from yixin import throttle
from yixin.tests.factories import make_user

NOON = 1_700_000_000  # 40 seconds of this minute are still to come
ONE, OTHER = "192.0.2.1", "192.0.2.2"


@pytest.fixture(autouse=True)
def nothing_counted_yet(monkeypatch):
    monkeypatch.setattr(throttle, "time", lambda: NOON)
    cache.clear()


def ask(visitor: str, path: str = "/robots.txt", **headers) -> tuple:
    answer = Client(REMOTE_ADDR=visitor).get(path, headers=headers)
    return answer.status_code, answer.get("Retry-After")


def test_a_thousand_requests_in_a_minute_are_answered_up_to_the_limit_and_others_are_served(settings):
    settings.THROTTLE = 300

    answers = [ask(ONE) for _ in range(1000)]

    assert answers == [(200, None)] * 300 + [(429, "40")] * 700
    assert ask(OTHER) == (200, None)


def test_the_next_minute_begins_anew():
    assert [throttle.wait(ONE, 1, NOON + seconds) for seconds in (0, 0, 39, 40, 40, 99, 100)] == [0, 40, 1, 0, 60, 1, 0]


def test_no_limit_counts_nothing(settings):
    settings.THROTTLE = 0

    assert {ask(ONE) for _ in range(20)} == {(200, None)}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/static/site.css"])
def test_those_who_watch_and_style_sheets_are_not_counted(settings, tmp_path, path):
    settings.THROTTLE, settings.STATIC_ROOT = 1, tmp_path
    (tmp_path / "site.css").write_text("p {}", encoding="utf-8")
    client = Client(REMOTE_ADDR=ONE)

    for _ in range(3):
        answer = client.get(path)
        assert (answer.status_code, b"".join(answer)) == (200, b"ok\n" if path == throttle.UNCOUNTED else b"p {}")
    assert ask(ONE) == (200, None)


@pytest.mark.django_db
def test_threads_that_ask_at_once_get_no_more_than_the_limit():
    waits = []

    def hurry():
        waits.extend(throttle.wait(ONE, 30, NOON) for _ in range(10))

    threads = [threading.Thread(target=hurry) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(waits) == [0] * 30 + [40] * 50


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-CN", "您的网络发来的请求太多，请 40 秒后再试。"), ("en", "Too many requests came from your network.")],
)
def test_a_page_says_how_long_to_wait_in_the_visitors_language(settings, language, sentence):
    settings.THROTTLE = 1
    client = Client(REMOTE_ADDR=ONE, headers={"accept-language": language})
    client.get("/login/")

    page = client.get("/login/")

    assert (page.status_code, page["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert sentence in page.content.decode()
    assert "default-src 'self'" in page["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "headers"),
    [("/organizations.csv", {}), ("/sitemap.xml", {}), ("/organizations/", {"HX-Request": "true"})],
)
def test_a_file_or_a_piece_of_a_page_is_refused_in_one_line(settings, path, headers):
    settings.THROTTLE = 1
    client = Client(REMOTE_ADDR=ONE, headers=headers)
    client.get("/robots.txt")

    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (429, "text/plain; charset=utf-8")
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.decode() == "您的网络发来的请求太多，请 40 秒后再试。\n"


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("staff", 200), ("partner", 429)])
def test_staff_work_on_where_others_wait(settings, client, role, status):
    settings.THROTTLE = 1
    client.force_login(make_user(role, is_staff=role != "partner"))

    assert [client.get("/robots.txt").status_code for _ in range(2)] == [200, status]


@pytest.mark.django_db
def test_the_account_is_not_looked_for_below_the_limit(settings, client, django_assert_num_queries):
    settings.THROTTLE = 2
    client.force_login(make_user("staff", is_staff=True))

    for queries in (1, 1, 2):  # the session, which says whether a code was given; and the account
        with django_assert_num_queries(queries):
            client.get("/robots.txt")


@pytest.mark.django_db
def test_a_form_that_is_sent_too_often_is_refused_before_it_does_anything(settings):
    settings.THROTTLE = 1
    client = Client(REMOTE_ADDR=ONE, enforce_csrf_checks=True)

    assert [client.post("/login/", {"username": "某用户"}).status_code for _ in range(2)] == [403, 429]


@pytest.mark.parametrize(
    ("behind_proxy", "peer", "forwarded", "visitor"),
    [
        (0, ONE, OTHER, ONE),
        (1, "127.0.0.1", f"203.0.113.9, {OTHER}", OTHER),
        (1, "127.0.0.1", f"{ONE},{OTHER}", OTHER),
        (1, "127.0.0.1", OTHER, OTHER),
        (1, "127.0.0.1", None, ""),
        (1, "", "unknown", ""),
        (2, "127.0.0.1", f"203.0.113.9, {OTHER}, 198.51.100.7", OTHER),
        (2, "127.0.0.1", OTHER, OTHER),
        (2, "127.0.0.1", None, ""),
        (0, "", OTHER, ""),
        (0, "::ffff:192.0.2.1", None, ONE),
        (0, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        (0, "2001:db8:1:2::9", None, "2001:db8:1:2::/64"),
        (1, "::1", "2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ],
)
def test_the_visitor_is_whom_the_server_or_its_proxy_saw(settings, behind_proxy, peer, forwarded, visitor):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    assert throttle.visitor_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)) == visitor


def test_a_visitor_cannot_choose_another_address(settings):
    settings.THROTTLE = settings.BEHIND_PROXY = 1

    answers = [ask("127.0.0.1", **{"X-Forwarded-For": f"198.51.100.{n}, {ONE}"}) for n in range(3)]

    assert answers == [(200, None), (429, "40"), (429, "40")]


def test_a_cache_that_cannot_count_serves_everybody_and_is_complained_about(settings, tmp_path, caplog):
    settings.THROTTLE = 1
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": str(tmp_path / "nowhere" / "cache")}}

    assert [ask(ONE) for _ in range(3)] == [(200, None)] * 3
    assert {record.message for record in caplog.records if record.name == throttle.__name__} == {
        "requests are not counted"
    }


def redis_answers() -> bool:
    if importlib.util.find_spec("redis") is None:
        return False
    with closing(socket.socket()) as line:
        return line.connect_ex(("127.0.0.1", 6379)) == 0


@pytest.mark.skipif(not redis_answers(), reason="no redis package, or no Redis at 127.0.0.1:6379")
def test_redis_counts_for_several_machines(settings):
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:6379/15"}
    settings.CACHES = {"default": redis | {"KEY_PREFIX": uuid4().hex}}
    cache.delete_many([])
    waits = []

    def hurry():
        waits.extend(throttle.wait("192.0.2.77", 30, NOON) for _ in range(10))

    threads = [threading.Thread(target=hurry) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(waits) == [0] * 30 + [40] * 50
