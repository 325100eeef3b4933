"""Every address of the site, by every role, as the committed table says; see addresses.py for writing it again."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from yixin.tests.addresses import FILE, Visitor, line_of, make_world, routes
from yixin.tests.answers import YEAR

PARTS = 6  # so that several processes share the work


def table() -> dict[str, str]:
    """The lines by their patterns."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {line.split("  /", 1)[1]: line for line in lines if not line.startswith("#")}


def test_every_pattern_has_a_line_and_every_line_a_pattern():
    known, there = table(), list(dict.fromkeys(routes()))

    assert [route for route in there if route not in known] == []
    assert [route for route in known if route not in there] == []


@pytest.fixture
def by_https(settings):
    settings.SECURE_HSTS_SECONDS = YEAR
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True


def files() -> set[str]:
    root = Path(default_storage.location)
    return {str(path) for path in root.rglob("*")}


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_gets_what_the_table_says(part, by_https):
    """And every answer has the headers that it must have, and what is only asked for changes nothing."""
    world, known = make_world(), table()
    visitors, before = {role: Visitor(account) for role, account in world.accounts.items()}, files()

    found = {route: line_of(route, world, visitors) for route in list(dict.fromkeys(routes()))[part::PARTS]}

    assert found == {route: known.get(route) for route in found}
    assert [complaint for visitor in visitors.values() for complaint in visitor.complaints] == []
    assert files() == before
