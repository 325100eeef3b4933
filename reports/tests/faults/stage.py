"""Where acts are done, in processes that may die: ``Stage.do``; and ten moments at which they do."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from activities.tests.processes import environment

MOMENTS = 10


class Stage:
    """A process that has loaded the application and uses the database of the tests; each act is a fork of it, with the
    files of the test. ``temporary`` holds what is for a moment only."""

    temporary = Path(tempfile.gettempdir())

    def __init__(self, *how: str, **changes: str):
        self.process = subprocess.Popen(  # noqa: S603  our own command line
            [sys.executable, "-m", "reports.tests.faults.acting", *how],
            cwd=settings.BASE_DIR,
            # No room for files is no room for Python's own either.
            env=environment() | {"THROTTLE": "0", "PYTHONDONTWRITEBYTECODE": "1"} | changes,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def together(self, act: str, arguments: list[dict], **faults) -> list[dict]:
        """One process for each of the arguments, all at once: ``status`` of each, what it ``said``, and the ``steps``
        it took; the last two unless it died."""
        how = {"die_at": 0, "no_room": None, "is_full": False} | faults
        how |= {"act": act, "media": str(settings.MEDIA_ROOT), "temporary": str(self.temporary)}
        self.process.stdin.write(json.dumps([how | {"arguments": told} for told in arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def do(self, act: str, *, die_at: int = 0, no_room: tuple[int, int] | None = None, is_full=False, **arguments):
        """``die_at``: the step before which it is killed; ``no_room``: from which file on, and for how many bytes there
        is room; ``is_full``: the database."""
        [told] = self.together(act, [arguments], die_at=die_at, no_room=no_room, is_full=is_full)
        return told

    def said(self, act: str, **arguments):
        return self.do(act, **arguments)["said"]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=20)


def moments(steps: int) -> list[int]:
    """Ten of the steps, from the first to the last, or every one where YIXIN_MOMENTS is "all"."""
    if os.environ.get("YIXIN_MOMENTS") == "all":
        return list(range(1, steps + 1))
    return sorted({1 + (steps - 1) * number // (MOMENTS - 1) for number in range(MOMENTS)})


KILLED = {"status": -signal.SIGKILL}
