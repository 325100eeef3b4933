"""Each promise of docs/promises.md is shown by tests that there are, and they passed."""

import ast
import re
from pathlib import Path

import pytest

from .promises import PAGE, Shown, filled, promises, results

ROOT = PAGE.parents[1]
TEXT = PAGE.read_text(encoding="utf-8")


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_line_of_a_table_is_understood():
    lines = [line for line in TEXT.splitlines() if line.startswith("|") and "pytest" in line]

    assert len(lines) == len(promises(TEXT)) > 40


@pytest.mark.parametrize("promise", promises(TEXT), ids=lambda match: match["arguments"])
def test_promise_is_shown_by_tests_that_there_are_and_that_passed(promise):
    shown = Shown.by(promise["arguments"])

    for node in shown.nodes:
        path, _, function = node.partition("::")
        names = functions(ROOT / path)
        assert function in names if function else any(shown.word in name for name in names)
    for database in ("sqlite", "postgresql"):
        assert re.fullmatch(r" (?:[\d,]+ passed, )?[\d,]+ (?:passed|skipped) in [\d,]+ s ", promise[database])
    assert "passed" in promise["sqlite"] + promise["postgresql"]


JUNIT = """<testsuites><testsuite>{}</testsuite></testsuites>"""
CASE = '<testcase classname="a.tests.test_b" name="{}" time="{}">{}</testcase>'


def test_columns_are_what_the_tests_said(tmp_path):
    page = '| 不丢。<br>Kept. | `python -m pytest a/tests/test_b.py::test_c -m ""` | 1 failed in 3 s | |\n'
    for name, outcome in (("first", "<failure/>"), ("second", "")):
        cases = CASE.format("test_c[x]", 1.4, outcome) + CASE.format("test_c[y]", 1.4, "<skipped/>")
        (tmp_path / name).write_text(JUNIT.format(cases + CASE.format("test_d", 9, "")), encoding="utf-8")

    told = filled(page, results(f"{tmp_path / 'first'},{tmp_path / 'second'}"), results(str(tmp_path / "first")))

    assert told.endswith('-m ""` | 1 passed, 1 skipped in 3 s | 1 failed, 1 skipped in 3 s |\n')
    assert filled(told, {}, {}).endswith("| not run | not run |\n")
