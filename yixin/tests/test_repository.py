"""What holds for the repository as a whole: sizes, names, pins, contracts, migrations."""

import ast
import re
import socket
import subprocess
import sys
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

import conftest
from yixin.tests import sources

PIN = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,]+\])?==[0-9][\w.]*(; [a-z_]+ [!=]= \"\w+\")?")
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "common", "core", "misc"}
# Written in two halves, so that this file holds none of them.
PATHS_OF_ONE_MACHINE = ["/" + "work/", "tmp/" + "probe", "/root/" + ".pyenv", "/opt/" + "wheels", "/opt/" + "pypi"]


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines_of(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_there_are_sources_to_look_at():
    names = {sources.name(path) for path in sources.files()}

    assert {"manage.py", ".ci/run", "yixin/settings.py", "templates/base.html"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/", "var/"))]


def test_files_are_at_most_300_lines():
    sizes = {sources.name(path): lines_of(path) for path in sources.modules(tests=True)}

    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_functions_are_at_most_30_lines():
    sizes = {
        f"{sources.name(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in sources.modules(tests=False)
        for node in functions(sources.tree(path))
    }

    assert {name: size for name, size in sizes.items() if size > 30} == {}


def test_readme_is_at_most_80_lines():
    assert lines_of(settings.BASE_DIR / "README.md") <= 80


def test_modules_have_names_that_say_something():
    parts = {
        part.removesuffix(".py")
        for path in sources.modules(tests=True)
        for part in path.relative_to(sources.ROOT).parts
    }

    assert parts & NAMES_THAT_SAY_NOTHING == set()


def test_imports_name_other_apps_from_the_root():
    climbing = [
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.modules(tests=True)
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ImportFrom) and node.level > 1
    ]

    assert climbing == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-postgres.txt"])
def test_requirements_are_pinned(name):
    lines = (settings.BASE_DIR / name).read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if line and not line.startswith(("#", "-r "))]
    pins = [line.partition("#")[0].strip() for line in requirements]

    assert [pin for pin in pins if not PIN.fullmatch(pin)] == []


def test_requirements_of_the_application_say_why_they_are_there():
    lines = (settings.BASE_DIR / "requirements.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line and not line.partition("#")[2].strip()] == []


def test_every_model_says_what_one_row_is():
    models = [model for label in settings.YIXIN_APPS for model in apps.get_app_config(label).get_models()]
    given_by_django = [model._meta.label for model in models if model.__doc__.startswith(f"{model.__name__}(")]

    assert len(models) > 20
    assert given_by_django == []


def test_import_contracts_hold():
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"

    result = subprocess.run(  # noqa: S603  a fixed command line
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, encoding="utf-8", check=False
    )

    assert (result.returncode, result.stderr) == (0, ""), result.stdout


@pytest.mark.django_db
def test_models_and_migrations_agree():
    said = StringIO()

    call_command("makemigrations", check_changes=True, dry_run=True, stdout=said)

    assert said.getvalue().strip() == "No changes detected"


def test_no_file_names_a_path_of_one_machine():
    found = []
    for path in sources.files():
        content = path.read_bytes()
        found += [(sources.name(path), needle) for needle in PATHS_OF_ONE_MACHINE if needle.encode() in content]

    assert found == []


REACHING = {
    "connect": lambda line, address: line.connect(address),
    "sendto": lambda line, address: line.sendto(b"x", address),
    "name server": lambda _line, address: socket.getaddrinfo(*address[:2]),
}


@pytest.mark.parametrize("way", REACHING)
@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443), ("2001:db8::1", 80, 0, 0)])
def test_the_suite_reaches_no_other_machine(address, way):
    """Not even where what is tested passes over the refusal: it is remembered, and fails the test at its end."""
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as line, pytest.raises(conftest.OutgoingConnection):
        REACHING[way](line, address)

    assert len(conftest.refused) == 1
    conftest.refused.clear()


# What can reach another machine. gunicorn, the database and the cache are told by name whom they reach.
REACHERS = {"socket", "urllib.request", "http.client", "smtplib", "ftplib", "requests", "httpx", "urllib3", "aiohttp"}
REACHERS |= {"django.core.mail", "xmlrpc.client", "webbrowser"}


def test_the_application_reaches_no_other_machine():
    found = {
        sources.name(path): names
        for path in sources.modules(tests=False)
        if (names := imported(sources.tree(path)) & REACHERS)
    }

    assert found == {"start.py": {"socket"}}  # which asks whether the port is free


def imported(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_the_suite_writes_no_uploads_beside_the_real_ones(settings, tmp_path):
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    default_storage.save("photo.txt", ContentFile(b"x"))

    assert (tmp_path / "media" / "photo.txt").read_bytes() == b"x"
    assert settings.VAR_DIR not in settings.MEDIA_ROOT.parents
