import os
from collections.abc import Iterator

import pytest
from django.db import connection

from activities.tests.processes import database
from reports.tests.faults.stage import Stage


@pytest.fixture(scope="session")
def loaded_stage(django_db_setup) -> Iterator[Stage]:
    found = Stage()
    yield found
    found.close()


@pytest.fixture
def stage(loaded_stage, transactional_db, tmp_path) -> Stage:
    loaded_stage.temporary = tmp_path / "temporary"
    loaded_stage.temporary.mkdir()
    return loaded_stage


@pytest.fixture
def scratch(tmp_path) -> Iterator[str]:
    """The address of an empty database, or of none yet, of the kind that the tests use."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_scratch_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"{database().rpartition('/')[0]}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
