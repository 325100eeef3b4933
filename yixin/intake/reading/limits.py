"""Bounds on what a hostile or enormous workbook can take: a small one is read here, a larger one in a child process."""

import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ValidationError

from yixin.intake.sheets import Sheet

from .refusals import is_too_complicated
from .workbook import read_workbook

SMALL = 1 << 20  # bytes unpacked; the worst of them takes under a second and 60 MB
SECONDS = 15
_ROOT = Path(__file__).resolve().parents[3]
_ARGUMENTS = ("-s", "-B", "-m", "yixin.intake.reading.child")

# All that the child may send. A pickle of anything else is not opened.
_ALLOWED = {
    ("builtins", "frozenset"),
    ("builtins", "str"),
    ("datetime", "date"),
    ("django.core.exceptions", "ValidationError"),
    ("django.utils.functional", "_lazy_proxy_unpickle"),
    ("django.utils.translation", "gettext"),
    ("yixin.intake.sheets", "CellError"),
    ("yixin.intake.sheets", "Line"),
    ("yixin.intake.sheets", "Sheet"),
}


class _Answer(pickle.Unpickler):
    def find_class(self, module: str, name: str):
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def read_bounded(data: bytes, unpacked: int) -> list[Sheet]:
    """The sheets of a workbook whose parts have so many bytes. Raises ValidationError with a sentence.

    Takes at most 15 seconds, and 200 MB beside what the sheets themselves take.
    """
    return read_workbook(data) if unpacked <= SMALL else read_apart(data)


def read_apart(data: bytes, seconds: float = SECONDS) -> list[Sheet]:
    """`read_workbook` in a process of its own, which may write no file and is ended after `seconds`."""
    try:
        done = subprocess.run(  # noqa: S603 our own module, in the Python that runs us
            (sys.executable, *_ARGUMENTS),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            cwd=_ROOT,
            env=_environment(),
            check=True,
        )
        answer = _Answer(io.BytesIO(done.stdout)).load()
    # Ended for its time, its memory or its processor time, or broken off in the middle of its answer.
    except (subprocess.SubprocessError, OSError, EOFError, MemoryError, pickle.UnpicklingError) as error:
        raise is_too_complicated() from error
    if isinstance(answer, ValidationError):
        raise answer
    return answer


def _environment() -> dict[str, str]:
    """Where modules are found, and what Windows needs to start a program; no secret of ours."""
    needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return needed | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}
