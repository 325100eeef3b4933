"""Ways in that no page offers: another host, another site as the next page, a path out of a folder, odd headers."""

from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
RIGHT = "qingyuan-shanlu-2014"
FOREIGN = [
    *("https://other.example/", "http://other.example", "//other.example", "///other.example", "/\\other.example"),
    *("\\\\other.example", "https:other.example", "https:///other.example", "javascript:alert(1)", "data:text/html,x"),
    *("http://testserver@other.example/", "http://testserver.other.example/", "//testserver:x@other.example"),
    *("\t//other.example", "/\t/other.example", " https://other.example", "ftp://testserver/", "https://[::1"),
    *("//other。example", "\u2028//other.example", "http:\\\\other.example", "/\r\nLocation: //other.example"),
]
OUT = [
    "../settings.py",
    "../../manage.py",
    "..",
    ".",
    "",
    "/etc/passwd",
    "//etc/passwd",
    "a/../../.env",
    "..\\..\\.env",
]
OUT += ["%2e%2e/.env", "%2e%2e%2f.env", "..%2f..%2f.env", "..%5c.env", "..%252f.env", "%00", "x.jpg%00.png", "~/.env"]
OUT += ["....//.env", "%c0%ae%c0%ae/.env", "static/../.env", "x" * 5000, "%ff", "con", "C:/.env", "file:///etc/passwd"]


def is_ours(address: str) -> bool:
    """Whether a browser that is led there from a page of ours stays on the site."""
    there = urlsplit(urljoin("http://testserver/login/", address))
    return there.netloc == "testserver" and not set(address) & set("\\\r\n\t")


@pytest.fixture
def member():
    return make_user("staff", username="某同事", password=RIGHT)


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("door", [reverse("login"), reverse("admin:login")])
def test_login_leads_to_no_other_site(member, door, foreign):
    sent = {"username": "某同事", "password": RIGHT, "next": foreign}

    answers = [Client().post(door, sent), Client().post(f"{door}?{urlencode({'next': foreign})}", sent | {"next": ""})]

    assert [(answer.status_code, is_ours(answer.url)) for answer in answers] == [(302, True)] * 2


@pytest.mark.parametrize("foreign", FOREIGN)
def test_choosing_a_language_leads_to_no_other_site(client, foreign):
    answers = [
        client.post(reverse("set_language"), {"language": "en", "next": foreign}),
        client.post(
            reverse("set_language"), {"language": "en"}, headers={"referer": foreign.encode().decode("latin-1")}
        ),
        client.get(reverse("set_language"), {"next": foreign}),
    ]

    assert [(answer.status_code, is_ours(answer.url)) for answer in answers] == [(302, True)] * 3


@pytest.mark.parametrize("foreign", FOREIGN)
def test_page_for_the_code_names_no_other_site(client, member, foreign):
    client.force_login(member)

    for page in (reverse("code"), reverse("new-code")):
        assert is_ours(iri_to_uri(client.get(page, {"next": foreign}).context["next"]))


@pytest.mark.parametrize(
    "path", ["//other.example", "//other.example/x", "/\\other.example", "/%5cother.example", "/%2fother.example"]
)
def test_missing_slash_leads_to_no_other_site(path):
    answer = Client().get("/", PATH_INFO=path)

    assert answer.status_code in (301, 404)
    assert is_ours(answer.get("Location", "/"))


@pytest.mark.parametrize(
    "host", ["other.example", "testserver.other.example", "testserver:x", "", "a b", "知行", "[::1"]
)
@pytest.mark.parametrize("name", ["host", "x-forwarded-host"])
def test_nobody_else_names_the_site(client, host, name):
    """Neither in what pages say of themselves, nor in where they lead."""
    answer = client.get("/", headers={name: host.encode().decode("latin-1")})

    page = answer.content.decode()
    if name == "host":
        assert (answer.status_code, "无法处理这个请求" in page) == (400, True)
    else:
        assert (answer.status_code, "http://testserver/" in page) == (200, True)
    assert host == "" or f"//{host}" not in page


@pytest.mark.parametrize("name", OUT)
@pytest.mark.parametrize(
    "folder", ["/media/", "/static/", "/reports/2014/photos/", "/publications/", "/organizations/"]
)
def test_no_path_leads_out_of_its_folder(client, settings, tmp_path, folder, name):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    for place in (tmp_path / "media", tmp_path / "static"):
        place.mkdir()
    (tmp_path / ".env").write_text("SECRET", encoding="utf-8")
    default_storage.save("a.txt", ContentFile(b"a"))
    client.force_login(make_superuser())

    answer = client.generic("GET", f"{folder}{name}{'/file/' if folder == '/publications/' else ''}")

    content = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code in (301, 400, 404) or (name in ("", ".", "%00") and answer.status_code == 200)
    assert [secret for secret in (b"SECRET", b"root:", django_settings.SECRET_KEY.encode()) if secret in content] == []


def test_uploads_have_no_address_but_the_guarded_one(client):
    default_storage.save("photos/a.jpg", ContentFile(b"a"))

    assert {client.get(f"{place}photos/a.jpg").status_code for place in ("/", "/static/", "/var/media/")} == {404}
    assert client.get("/media/photos/a.jpg").status_code == 302


HEADERS = [
    "cookie",
    "accept-language",
    "referer",
    "origin",
    "content-type",
    "if-none-match",
    "if-modified-since",
    "range",
]
HEADERS += [
    "hx-request",
    "hx-current-url",
    "hx-target",
    "hx-boosted",
    "x-forwarded-for",
    "x-forwarded-proto",
    "user-agent",
]
HEADERS += ["accept-encoding", "content-length", "authorization", "x-csrftoken", "accept"]
COOKIES = ["sessionid", "csrftoken", "django_language", "messages", "saved_draft"]
ODD = [
    ";",
    "=",
    "x" * 4000,
    "%00",
    "bytes=0-",
    "bytes=9-1",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "[]",
]
ODD += [
    "text/html; charset=nonsense",
    "W/",
    "*",
    "https://[",
    "//",
    "true",
    "\\",
    '"',
    "en-" + "x" * 300,
    "zh;q=9",
    "0",
]
words = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=40)
)
pages = st.sampled_from(
    ["/", "/organizations/", "/organizations.json", "/organizations.csv", "/login/", "/admin/", "/healthz"]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=pages, method=st.sampled_from(["GET", "HEAD", "POST"]), told=st.dictionaries(st.sampled_from(HEADERS), words)
)
def test_nonsense_in_headers_gets_an_answer(page, method, told):
    names = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
    environ = {names.get(name, f"HTTP_{name.upper().replace('-', '_')}"): value for name, value in told.items()}

    answer = Client(raise_request_exception=False).generic(method, page, b"x=1", **environ)

    b"".join(answer)
    assert answer.status_code < 500


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=pages, name=st.sampled_from(COOKIES), value=words)
def test_nonsense_in_a_cookie_gets_an_answer(page, name, value):
    client = Client(raise_request_exception=False)
    client.cookies[name] = value

    answer = client.get(page)

    b"".join(answer)
    assert answer.status_code < 500


@pytest.mark.parametrize("value", ['"0000000\\000"', "0000000\x00", "\xe7\x9f" * 8, "x" * 5000, "' OR 1=1 --"])
def test_session_that_was_never_made_is_none(client, value):
    """In quotes a cookie can spell NUL, and every server lets that through."""
    answer = client.get("/admin/", headers={"cookie": f"sessionid={value}"})

    assert answer.status_code == 302
