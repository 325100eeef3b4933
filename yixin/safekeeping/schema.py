"""Backups of an older version, brought forward in a scratch database before anything is put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from .archive import Manifest, Reader
from .inserting import insert
from .rows import Table, fingerprint, tables

SCRATCH = "scratch"


class Source(Protocol):
    """Where the rows come from, in the columns that tables have today; and the sum over them."""

    fingerprint: str

    def lines(self, table: Table) -> Iterator[bytes]: ...


class Archived:
    """The backup itself, of this very version."""

    def __init__(self, reader: Reader):
        self.reader, self.fingerprint = reader, reader.manifest.fingerprint

    def lines(self, table: Table) -> Iterator[bytes]:
        return self.reader.lines(table.label) if table.label in self.reader.manifest.tables else iter(())


class Scratch:
    """A scratch database, into which it was put and then brought forward."""

    def __init__(self) -> None:
        self.fingerprint = fingerprint(SCRATCH)

    def lines(self, table: Table) -> Iterator[bytes]:
        return table.lines(SCRATCH)


def newer_than_known(manifest: Manifest) -> str | None:
    """A migration of the backup that this version does not have."""
    known = executor().loader.graph.nodes
    unknown = (name for name in map(tuple, manifest.migrations) if name not in known)
    return next((".".join(name) for name in unknown), None)


def executor(using: str = DEFAULT_DB_ALIAS) -> MigrationExecutor:
    return MigrationExecutor(connections[using])


def is_ready() -> bool:
    """Every migration has been done."""
    found = executor()
    return not found.migration_plan(found.loader.graph.leaf_nodes())


@contextmanager
def brought_forward(reader: Reader) -> Iterator[Source]:
    """The backup's rows as they are in this version."""
    graph = executor().loader.graph
    done = set(map(tuple, reader.manifest.migrations))
    if done == set(graph.nodes):
        yield Archived(reader)
        return
    with scratch_database():
        _put_in(reader, done)
        call_command("migrate", database=SCRATCH, verbosity=0)  # and what this version brings along: roles
        yield Scratch()


@contextmanager
def scratch_database() -> Iterator[None]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scratch.sqlite3"
        engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
        connections.settings[SCRATCH] = {**connections.settings[DEFAULT_DB_ALIAS], **engine, "OPTIONS": {}}
        try:
            yield
        finally:
            connections[SCRATCH].close()
            del connections[SCRATCH], connections.settings[SCRATCH]


def _put_in(reader: Reader, done: set[tuple[str, str]]) -> None:
    """The tables as they were then, and the rows."""
    then = executor(SCRATCH)
    graph = then.loader.graph
    last = [name for name in done if not {child.key for child in graph.node_map[name].children} & done]
    then.migrate([*last, *((app, None) for app in {a for a, _name in graph.nodes} - {a for a, _name in done})])
    state = executor(SCRATCH).loader.project_state(last)
    with transaction.atomic(using=SCRATCH):
        for table in tables(state.apps):
            if kept := reader.manifest.tables.get(table.label):
                insert(table, reader.lines(table.label), kept["columns"], SCRATCH)
