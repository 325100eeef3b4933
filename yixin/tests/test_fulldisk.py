"""A full disk is known by whatever says so, and told in a sentence."""

import errno
import os

import pytest
from django.db import DatabaseError, connection

import manage
from yixin.fulldisk import SENTENCE, explained, is_full

FULL = "/dev/full"  # which says at every write that there is no room


def written_to(path: str) -> OSError:
    with pytest.raises(OSError, match="No space left") as raised, open(path, "wb", buffering=0) as file:
        file.write(b"1")
    return raised.value


def wrapped(error: Exception) -> Exception:
    try:
        raise ValueError("of another layer") from error
    except ValueError as other:
        return other


@pytest.mark.skipif(not os.path.exists(FULL), reason="Linux has it")
def test_full_disk_is_known_by_the_error_of_the_system():
    error = written_to(FULL)

    assert [is_full(one) for one in (error, wrapped(error))] == [True, True]
    assert explained(error) == str(SENTENCE)


def says_so(cursor) -> None:
    """Makes the database say that its disk is full."""
    if connection.vendor == "sqlite":
        cursor.execute("CREATE TEMPORARY TABLE large (content)")
        cursor.execute("PRAGMA temp.max_page_count = 10")
        cursor.execute("INSERT INTO large VALUES (zeroblob(1000000))")
    else:
        cursor.execute("DO $$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$")


@pytest.mark.django_db(transaction=True)
def test_full_disk_is_known_by_the_error_of_the_database():
    with pytest.raises(DatabaseError) as raised, connection.cursor() as cursor:
        says_so(cursor)
    connection.close()

    assert is_full(raised.value)


@pytest.mark.django_db(transaction=True)
def test_other_errors_of_the_database_are_no_full_disk():
    with pytest.raises(DatabaseError) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")

    assert not is_full(raised.value)
    assert explained(raised.value) == str(raised.value)


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "Permission denied"), ValueError("no"), None])
def test_other_errors_are_no_full_disk(error):
    assert not is_full(error)


@pytest.mark.skipif(not os.path.exists(FULL), reason="Linux has it")
def test_command_says_so_instead_of_a_traceback(monkeypatch):
    error = written_to(FULL)

    def refuse(arguments: list[str]) -> None:
        raise wrapped(error)

    monkeypatch.setattr("django.core.management.execute_from_command_line", refuse)

    with pytest.raises(SystemExit) as end:
        manage.main()

    assert end.value.code == str(SENTENCE)
