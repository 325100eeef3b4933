"""The whole way back and forth on full data, in a database of its own: back to nothing and anew, it is the same."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from reports.tests.faults.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)
LEFTMOST = [settings.YIXIN_APPS[0], "access", "intake"]
OURS = [*settings.YIXIN_APPS, *LEFTMOST[1:]]


@pytest.fixture
def command(scratch, tmp_path) -> Iterator:
    """``command("migrate", "reports", "zero")``, in that database."""
    with closing(Stage(DATABASE_URL=scratch)) as stage:

        def run(*line: str) -> str:
            told = stage.do("command", line=line)
            assert told["status"] == 0
            return told["said"]

        run.own_fingerprint = lambda: stage.said("own_fingerprint")
        yield run


def first_ones() -> list[tuple[str, str]]:
    """An earlier state of each app that has one, the uppermost app first: its first migration; of accounts, as they
    were while first names were short."""
    graph = MigrationLoader(None).graph
    leaves = dict(graph.leaf_nodes())
    firsts = [graph.root_nodes(app)[0] for app in reversed(OURS)]
    return [(app, name) for app, name in firsts if leaves[app] != name] + [("auth", "0011_update_proxy_permissions")]


@pytest.mark.slow
def test_migrations_lead_from_nothing_to_the_same_data_twice(command):
    command("migrate", "-v0")
    command("demo")
    before = command.own_fingerprint()

    for app in LEFTMOST:
        command("migrate", "-v0", app, "zero")  # those to its right go first
    command("migrate", "-v0")
    command("demo")

    assert command.own_fingerprint() == before


def test_migrations_back_and_forth_leave_full_data_as_they_are(command):
    command("migrate", "-v0")
    command("demo")
    before = command("fingerprint")

    for app, name in first_ones():
        command("migrate", "-v0", app, name)
    command("migrate", "-v0")

    assert command("fingerprint") == before
