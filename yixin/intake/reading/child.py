"""The process in which a large workbook is read: bytes come in, pickled sheets or a ValidationError go out."""

import codecs
import contextlib
import pickle
import sys
from pathlib import Path

from django.core.exceptions import ValidationError

from .workbook import read_workbook

try:
    import resource
except ImportError:  # Windows has no such limits; there the time alone is bounded
    resource = None

MEMORY = 170 * 1024 * 1024  # bytes of address space beyond what Python itself has when it begins
SECONDS = 12  # of the processor
OPEN_FILES = 3  # those that are open already: neither a file nor a connection can be added
CODECS = ("cp437", "utf-8", "utf-16-le", "utf-16-be", "latin-1")  # Python loads them from files when first used


def main() -> None:
    data = sys.stdin.buffer.read()
    for codec in CODECS:
        codecs.lookup(codec)
    _limit()
    try:
        answer = read_workbook(data)
    except ValidationError as error:
        answer = error
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()


def _limit() -> None:
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, _address_space() + MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        # Some systems know a limit and do not let it be set.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _address_space() -> int:
    """Bytes; where the system does not tell, more than Python needs anywhere."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 64 * 1024 * 1024


if __name__ == "__main__":
    main()
