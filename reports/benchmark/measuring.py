"""Time and queries of one piece of work, and two of them side by side."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Measured:
    """Seconds of processor time, or of time that passes where most of the work is the database's; and queries."""

    seconds: float
    queries: int


@dataclass(frozen=True)
class Comparison:
    """Our way and the usual way at the same work. ``times_less`` is usual ÷ ours; ``of`` says what."""

    work: str
    usual_way: str
    rows: int
    ours: Measured
    usual: Measured
    of: str = "processor time"

    @property
    def times_less(self) -> float:
        return round(self.usual.seconds / self.ours.seconds, 1)

    def as_json(self) -> dict:
        return asdict(self) | {"times_less": self.times_less}


def measure(work: Callable[[], object], *, rounds: int = 3, clock: Callable[[], float] = time.process_time) -> Measured:
    """The fastest of some rounds, each of which is taken back; the queries are counted apart, once."""
    times = []
    for _round in range(rounds):
        with taken_back():
            started = clock()
            work()
            times.append(clock() - started)
    count = Count()
    with taken_back(), connection.execute_wrapper(count):
        work()
    return Measured(round(min(times), 4), count.queries)


class Count:
    """Counts queries; Django's own log keeps 9,000 of them and no more."""

    queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)


class taken_back:
    """A transaction that never stays."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind, error, trace):
        transaction.set_rollback(True)
        self.atomic.__exit__(kind, error, trace)
