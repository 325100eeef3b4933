"""What the settings bring about, seen from outside: in the live connection, in a new process, in a response."""

import ast
import os
import re
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from yixin import env
from yixin.tests import sources

SETTLED = {"SECRET_KEY": "k9" + "abcdefghij" * 6, "ALLOWED_HOSTS": "example.org"}
only_sqlite = pytest.mark.skipif(
    "sqlite3" not in settings.DATABASES["default"]["ENGINE"], reason="PRAGMAs are SQLite's; this is PostgreSQL"
)

# Of every variable in docs/operations.md a value that is not the default.
OTHER = {
    "SECRET_KEY": "other" * 12,
    "ALLOWED_HOSTS": "hub.example",
    "DATABASE_URL": "postgres://yixin@127.0.0.1:5432/yixin",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "THROTTLE": "7",
    "HTTPS": "off",
    "BEHIND_PROXY": "2",
    "CSRF_TRUSTED_ORIGINS": "https://hub.example",
    "HOME_PROVINCE": "440000",
    "CONTACT": "office@hub.example",
    "ENTRY_LINK_DAYS": "7",
    "OPEN_DATA_PREFIX": "360G-hub",
    "PUBLISHER_USCC": "51100000500000001X",
    "SECOND_FACTOR_REQUIRED": "off",
    "LOG_FORMAT": "json",
    "DEBUG": "on",
}
READ_BY_COMMANDS = {"BACKUP_PASSPHRASE"}


def loaded(monkeypatch, told: dict) -> dict:
    """The settings of a machine of which these variables are told, and no .env."""
    monkeypatch.setattr(env, "load", lambda path: None)
    for name, value in (dict.fromkeys(OTHER, "") | SETTLED | told).items():
        monkeypatch.setenv(name, value)
    found = runpy.run_path(str(settings.BASE_DIR / "yixin" / "settings.py"))
    return {name: value for name, value in found.items() if name.isupper()}


def documented() -> set[str]:
    text = (settings.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))


def test_every_variable_of_the_documentation_is_tried_here():
    assert documented() == set(OTHER) | READ_BY_COMMANDS


@pytest.mark.parametrize("name", OTHER)
def test_every_variable_of_the_documentation_changes_a_setting(monkeypatch, name):
    assert loaded(monkeypatch, {name: OTHER[name]}) != loaded(monkeypatch, {})


@pytest.mark.parametrize("name", sorted(READ_BY_COMMANDS))
def test_what_no_setting_holds_is_read_by_a_command(name):
    calls = [
        ast.unparse(node)
        for path in sources.modules(tests=False)
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call) and path.parent.name == "commands"
    ]

    assert f"os.environ.get('{name}')" in calls


@pytest.mark.parametrize(("told", "days"), [("", 30), ("7", 7)])
def test_links_to_an_entry_work_as_long_as_the_hub_wants(monkeypatch, told, days):
    assert loaded(monkeypatch, {"ENTRY_LINK_DAYS": told})["ENTRY_LINK_DAYS"] == days


def test_nothing_starts_with_a_key_that_has_a_comment_behind_it():
    result = manage("check", **SETTLED | {"SECRET_KEY": SETTLED["SECRET_KEY"] + "  # made by hand"})

    assert result.returncode == 1
    assert "ImproperlyConfigured: SECRET_KEY 里有“…”或者注释" in result.stderr.splitlines()[-1]


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """manage.py in a new process with the application's own settings; a blank value keeps a .env out, too."""
    blank = {"SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "HTTPS", "BEHIND_PROXY", "DATABASE_URL", "CACHE_URL", "THROTTLE"}
    blank |= {"SECOND_FACTOR_REQUIRED"}
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMP")}
    return subprocess.run(  # noqa: S603  our own command line
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env=kept | dict.fromkeys(blank, "") | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@only_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20_000)],
)
def test_sqlite_runs_as_the_settings_want(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")

        assert cursor.fetchone() == (value,)


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_takes_its_lock_when_a_transaction_begins():
    """IMMEDIATE: a transaction that reads first and writes later waits at its beginning, never fails in between."""
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)

    with closing(other), transaction.atomic(), pytest.raises(sqlite3.OperationalError, match="database is locked"):
        other.execute("BEGIN IMMEDIATE")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_nothing_starts_without_what_must_be_set(name):
    result = manage("check", **SETTLED | {name: ""})

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: {name} 没有设置：请先运行 python3 start.py，或写进 .env。"
        f" {name} is not set."
    )


@pytest.mark.parametrize("name", ["DEBUG", "HTTPS", "BEHIND_PROXY"])
def test_nothing_starts_with_a_switch_that_is_neither_on_nor_off(name):
    result = manage("check", **SETTLED, **{name: "maybe"})

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: {name}='maybe' 看不懂，请写 on 或 off。"
        f" {name} must be on or off."
    )


def test_a_machine_with_only_what_must_be_set_passes_the_check_for_deployment():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **SETTLED)

    assert (result.returncode, result.stderr) == (0, "")


def test_debug_is_off_unless_somebody_turns_it_on():
    result = manage("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.DEBUG)", **SETTLED)

    assert (result.stdout, result.returncode) == ("False\n", 0)


@pytest.mark.parametrize(
    ("told", "is_required"),
    [({}, True), ({"HTTPS": "off"}, False), ({"SECOND_FACTOR_REQUIRED": "off"}, False)],
    ids=["others can reach it", "this machine alone", "the hub wants none"],
)
def test_code_from_the_phone_is_demanded_wherever_others_can_reach_the_site(told, is_required):
    asked = "from django.conf import settings; print(settings.SECOND_FACTOR_REQUIRED)"

    result = manage("shell", "--no-imports", "-c", asked, **SETTLED, **told)

    assert (result.stdout, result.returncode) == (f"{is_required}\n", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/login/", "/admin/login/"])
def test_pages_may_load_from_this_site_only_and_run_nothing_inline(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert sorted(response["Content-Security-Policy"].split("; ")) == [
        "base-uri 'self'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
    ]


@pytest.mark.django_db
def test_pages_refuse_to_be_framed_sniffed_or_named_to_other_sites(client):
    headers = client.get("/login/").headers

    names = ["X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"]
    assert [headers[name] for name in names] == ["DENY", "nosniff", "same-origin", "same-origin"]


@pytest.mark.django_db
def test_static_files_are_served_by_the_application_itself(settings, tmp_path, client):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "note.css").write_text("p {}", encoding="utf-8")

    response = client.get("/static/note.css")

    assert (response.status_code, response.getvalue()) == (200, b"p {}")
    response.close()


@pytest.mark.django_db
def test_pages_are_chinese_until_somebody_chooses_english(client):
    def language() -> str:
        return client.get(reverse("login")).content.decode().split('<html lang="')[1].split('"')[0]

    assert language() == "zh-Hans"

    client.post("/language/setlang/", {"language": "en", "next": "/login/"})
    assert language() == "en"

    client.post("/language/setlang/", {"language": "zh-hans", "next": "/login/"})
    assert language() == "zh-Hans"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "language"), [(None, "zh-hans"), ("zh-CN,zh;q=0.9", "zh-hans"), ("fr", "zh-hans"), ("en-GB", "en")]
)
def test_a_first_visit_speaks_what_the_browser_asks_for_or_chinese(client, accepted, language):
    response = client.get("/login/", headers={"accept-language": accepted} if accepted else {})

    assert response["Content-Language"] == language
