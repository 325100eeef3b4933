"""The repository's own files, for the tests that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR
MADE_BY_MACHINES = {"var", "__pycache__", "node_modules", "htmlcov"}  # and whatever begins with a dot, but for .ci


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that people write, in order."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name == ".ci" or not (path.name.startswith(".") or path.name in MADE_BY_MACHINES):
                yield from files(path)
        elif not path.name.startswith(".env"):
            yield path


def modules(*, tests: bool) -> list[Path]:
    """The Python files without migrations, with or without the tests."""
    python = [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]
    return [path for path in python if tests or not ("tests" in path.parts or path.name == "conftest.py")]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
