"""Time, queries and memory of one piece of work, and two of them side by side."""

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Model

from yixin.intake.importing import high_water_mark

ROUNDS, MOST_ROUNDS, ENOUGH = 3, 10, 1.5  # seconds
PEAK = Path("/proc/self/clear_refs")  # where Linux is told to forget how much a process ever held


@dataclass(frozen=True)
class Measured:
    """Seconds of processor time, or of time that passes where most of the work is the database's; queries; and the
    memory that was held besides what was held before, in MB, None where the system does not tell."""

    seconds: float
    queries: int
    extra_mb: float | None = None

    def __str__(self) -> str:
        return f"{self.seconds:.3f} s, {self.queries} queries" + (f", {self.extra_mb} MB" if self.extra_mb else "")


@dataclass(frozen=True)
class Comparison:
    """Our way and the usual way at the same work; the floor is what no way can do without. ``of`` says what seconds
    are. No usual way: it would take too long for so many rows."""

    work: str
    rows: int
    ours: Measured
    usual_way: str
    usual: Measured | None
    floor_way: str
    floor: Measured
    of: str = "processor time"

    @property
    def times_less(self) -> float | None:
        return self.usual and round(self.usual.seconds / self.ours.seconds, 1)

    def as_json(self) -> dict:
        return asdict(self) | {"times_less": self.times_less}

    def __str__(self) -> str:
        usual = f"{self.usual_way}: {self.usual}; {self.times_less} times less {self.of}" if self.usual else "not asked"
        return f"{self.work}: {self.rows:,} rows, {self.ours}; {usual}; floor ({self.floor_way}): {self.floor}"


def measure(work: Callable[[], object], *, clock: Callable[[], float] = time.process_time) -> Measured:
    """The fastest of three rounds, and of more where they are short, for a machine that others use is slow at times.
    Each is taken back; queries and memory are told by one more."""
    times: list[float] = []
    while len(times) < ROUNDS or (sum(times) < ENOUGH and len(times) < MOST_ROUNDS):
        with taken_back():
            started = clock()
            work()
            times.append(clock() - started)
    count, memory = Count(), Memory()
    with taken_back(), connection.execute_wrapper(count):
        work()
    return Measured(round(min(times), 4), count.queries, memory.extra_mb())


class Count:
    """Counts queries; Django's own log keeps 9,000 of them and no more."""

    queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)


class Memory:
    """What this process holds more than when this was made."""

    def __init__(self):
        gc.collect()
        self.before = None
        with suppress(OSError):
            PEAK.write_text("5")
            self.before = high_water_mark()

    def extra_mb(self) -> float | None:
        return max(round(high_water_mark() - self.before, 1), 0.0) if self.before else None


class taken_back:
    """A transaction that never stays."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind, error, trace):
        transaction.set_rollback(True)
        self.atomic.__exit__(kind, error, trace)


# The floor: plain SQL


def inserted(records: Sequence[Model]) -> Callable[[], None]:
    """Stores the records as they are, by one statement for all."""
    fields = [field for field in records[0]._meta.concrete_fields if not field.primary_key]
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(records[0]._meta.db_table)
    sql = f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608  no input
    rows = [[field.get_db_prep_save(field.pre_save(each, True), connection) for field in fields] for each in records]

    def insert() -> None:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    return insert


def asked(*queries: str, params: Iterable = ()) -> Callable[[], list]:
    """Reads all rows of each of the queries."""
    params = list(params)

    def ask() -> list:
        found = []
        with connection.cursor() as cursor:
            for sql in queries:
                cursor.execute(sql, params)
                found += cursor.fetchall()
        return found

    return ask


def settle() -> None:
    """What PostgreSQL does by itself some time after many rows have come in."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
