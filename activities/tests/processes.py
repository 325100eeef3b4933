"""import_sheet in a process of its own, on the database that the tests use."""

import json
import os
import subprocess
import sys

from django.conf import settings
from django.db import connection


def start(*arguments: str) -> subprocess.Popen:
    """Begins ``manage.py import_sheet … --json``."""
    command = [sys.executable, "manage.py", "import_sheet", *arguments, "--json"]
    return subprocess.Popen(  # noqa: S603 our own command
        command, cwd=settings.BASE_DIR, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


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
    process = start(*arguments)
    output, complaints = process.communicate(timeout=60)
    assert complaints == ""
    return json.loads(output)
