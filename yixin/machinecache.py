"""A cache that all processes of one machine share, in a SQLite file: what CACHE_URL names instead where there are
several machines.

A web server of several workers has several memories; a limit counted in each is several limits. Nothing in the file
is worth keeping: it is never flushed to the disk, and may be deleted while the server stands still.
"""

import pickle
import sqlite3
from pathlib import Path
from time import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

TABLE = "CREATE TABLE IF NOT EXISTS entry (name TEXT PRIMARY KEY, value, expires REAL) WITHOUT ROWID"
SET = (
    "INSERT INTO entry VALUES (?, ?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)
ADD = SET + " WHERE NOT coalesce(entry.expires > ?, true)"
GET = "SELECT value FROM entry WHERE name = ? AND coalesce(expires > ?, true)"
TOUCH = "UPDATE entry SET expires = ? WHERE name = ? AND coalesce(expires > ?, true)"
INCREASE = "UPDATE entry SET value = value + ? WHERE name = ? AND coalesce(expires > ?, true) RETURNING value"
SECONDS_TO_WAIT = 2  # for another process that writes; it takes a few microseconds
NEW_BETWEEN_SWEEPS = 200


class MachineCache(BaseCache):
    """Whole numbers are stored as such, so that ``incr`` is one statement: nobody's count is lost.

    Django makes one for each thread. Raises sqlite3.Error where the file cannot be used.
    """

    def __init__(self, location: str, params: dict):
        super().__init__(params)
        self.path, self._connection, self._new = Path(location), None, 0

    def __del__(self):
        if self._connection:
            self._connection.close()

    def _execute(self, statement: str, *values) -> sqlite3.Cursor:
        if self._connection is None:
            self._connection = sqlite3.connect(self.path, timeout=SECONDS_TO_WAIT, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute(TABLE)
        return self._connection.execute(statement, values)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        name, now = self.make_and_validate_key(key, version=version), time()
        self._sweep(now)
        return self._execute(ADD, name, packed(value), self.get_backend_timeout(timeout), now).rowcount == 1

    def get(self, key, default=None, version=None):
        name = self.make_and_validate_key(key, version=version)
        row = self._execute(GET, name, time()).fetchone()
        return unpacked(row[0]) if row else default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        name = self.make_and_validate_key(key, version=version)
        self._sweep(time())
        self._execute(SET, name, packed(value), self.get_backend_timeout(timeout))

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        name, until = self.make_and_validate_key(key, version=version), self.get_backend_timeout(timeout)
        return self._execute(TOUCH, until, name, time()).rowcount == 1

    def delete(self, key, version=None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return self._execute("DELETE FROM entry WHERE name = ?", name).rowcount == 1

    def clear(self) -> None:
        self._execute("DELETE FROM entry")

    def incr(self, key, delta=1, version=None) -> int:
        """The new number. Raises ValueError if there is none."""
        name = self.make_and_validate_key(key, version=version)
        row = self._execute(INCREASE, delta, name, time()).fetchone()
        if row is None:
            raise ValueError(f"Key '{key}' not found")
        return row[0]

    def _sweep(self, now: float) -> None:
        """Forget now and then what has expired."""
        if self._new % NEW_BETWEEN_SWEEPS == 0:
            self._execute("DELETE FROM entry WHERE expires <= ?", now)
        self._new += 1


def packed(value):
    return value if type(value) is int else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpacked(value):
    return value if isinstance(value, int) else pickle.loads(value)  # noqa: S301 what this machine itself wrote
