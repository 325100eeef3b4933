"""Commands in processes of their own, on the database that the tests use."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

SECONDS = 300  # at most, for one of them, on a busy machine


def manage(*arguments: str | Path, command: tuple = (sys.executable, "manage.py"), **changes: str) -> subprocess.Popen:
    """Begins ``manage.py …``; by keyword what is other in its environment."""
    return subprocess.Popen(  # noqa: S603  our own command line
        [*command, *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=environment() | changes,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen) -> tuple[int, str, str]:
    """Exit status, output and complaints."""
    with process:
        try:
            output, complaints = process.communicate(timeout=SECONDS)
        except BaseException:
            process.kill()
            raise
    return process.returncode, output, complaints


def killed(process: subprocess.Popen) -> int:
    """The exit status: -9, or 0 if it was done before."""
    process.kill()
    with process:  # what it had begun to print may end in half a character, and is not read
        process.stdout.close()
        process.stderr.close()
    return process.returncode


def start(*arguments: str) -> subprocess.Popen:
    """Begins ``manage.py import_sheet … --json``."""
    return manage("import_sheet", *arguments, "--json")


def environment() -> dict[str, str]:
    """That of a server, with the database of the tests."""
    told = {"SECRET_KEY": settings.SECRET_KEY, "ALLOWED_HOSTS": "localhost", "HTTPS": "off", "DEBUG": "off"}
    told |= {
        "HOME_PROVINCE": settings.HOME_PROVINCE,
        "DATABASE_URL": database(),
        "DJANGO_SETTINGS_MODULE": "yixin.settings",
    }
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ} | told


def database() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    user = told["USER"] + (f":{told['PASSWORD']}" if told["PASSWORD"] else "")
    return f"postgres://{user}@{told['HOST'] or '127.0.0.1'}:{told['PORT'] or 5432}/{told['NAME']}"


def report_of_a_process(*arguments: str) -> dict:
    _status, output, complaints = finished(start(*arguments))
    assert complaints == ""
    return json.loads(output)
