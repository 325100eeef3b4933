"""Odd and hostile files, each made when it is wanted, and what must come of them by row and column."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter
from django.apps import apps
from django.core.management import call_command
from django.utils.translation import gettext

HEADS = ["时间", "内容", "人数"]
ROW = ["2014-01-04", "湘东志愿者培训", 140]
READ = {"时间": "2014-01-04", "内容": "湘东志愿者培训", "人数": 140}
TRAININGS_2014 = ("--area", "training", "--year", "2014")
SECONDS = 20

File = Callable[[], bytes]


@dataclass(frozen=True)
class Odd:
    """One file that somebody may hand in. ``before`` puts records into the database; a tuple it returns are options."""

    id: str
    file: File
    outcome: dict
    table: str = "events"
    options: tuple[str, ...] = TRAININGS_2014
    before: Callable[[], object] = tuple

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: rows, and what is done to it. Merges are ranges with the value that they show."""

    rows: tuple[list, ...]
    name: str = "表1"
    merges: dict[str, object] = field(default_factory=dict)
    formulas: dict[str, tuple] = field(default_factory=dict)  # cell → formula, cached value
    hides: Callable | None = None


def sheet(*rows: list, **care) -> Sheet:
    return Sheet(rows, **care)


def workbook(*sheets: Sheet, **options) -> bytes:
    """As XlsxWriter makes it: numbers typed, text as text, dates with a format."""
    stored = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"} | options
    with xlsxwriter.Workbook(stored, options) as book:
        for made in sheets:
            page = book.add_worksheet(made.name)
            for number, row in enumerate(made.rows):
                page.write_row(number, 0, row)
            for area, value in made.merges.items():
                page.merge_range(area, value)
            for place, (formula, cached) in made.formulas.items():
                page.write_formula(place, formula, None, cached)
            if made.hides:
                made.hides(page)
    return stored.getvalue()


def book(*sheets: Sheet, **options) -> File:
    return partial(workbook, *sheets, **options)


def xlsx(*rows: list, **care) -> File:
    return book(sheet(*rows, **care))


def table(*rows: list) -> File:
    """Rows under the heads of a table of events."""
    return xlsx(HEADS, *rows)


def text(content: str, encoding: str = "utf-8") -> File:
    return partial(content.encode, encoding)


def raw(content: bytes) -> File:
    return lambda: content


@dataclass(frozen=True)
class Says:
    """An error of the whole file: the sentence in English, and what stands in its gaps."""

    words: str
    params: dict = field(default_factory=dict)

    def __str__(self) -> str:
        params = {name: gettext(value) if isinstance(value, str) else value for name, value in self.params.items()}
        return gettext(self.words) % params if params else gettext(self.words)


def accepted(*, warnings=(), records=None, **counts) -> dict:
    """``counts`` of rows, only what occurs. ``records`` None: they are not looked at."""
    return {"status": "accepted", "counts": counts, "errors": [], "warnings": list(warnings), "records": records}


def rejected(*errors, warnings=(), records=None, **counts) -> dict:
    """``errors``: row and column of each; of one that concerns the whole file, what it says."""
    return accepted(warnings=warnings, records=records, **counts) | {"status": "rejected", "errors": list(errors)}


def told(report: dict, expected: dict) -> dict:
    """The report in the shape of an outcome."""
    counts = {name: report[name] for name in ("new", "changed", "same", "skipped", "refused")}
    assert report["rows"] == sum(counts.values())
    return {
        "status": report["status"],
        "counts": {name: count for name, count in counts.items() if count},
        "errors": [error["message"] if error["row"] is None else place(error) for error in report["errors"]],
        "warnings": [place(warning) for warning in report["warnings"]],
        "records": None if expected["records"] is None else report["records"],
    }


def place(finding: dict) -> tuple[int | None, str | None]:
    return finding["row"], finding["column"]


def expected(odd: Odd) -> dict:
    return odd.outcome | {"errors": [str(e) if isinstance(e, Says) else e for e in odd.outcome["errors"]]}


def hand_in(odd: Odd, folder: Path, *more: str) -> dict:
    """The outcome of the file. Fails if it takes long, leaves anything in a folder, or writes without --commit."""
    file, temporary = folder / "handed-in", folder / "temporary"
    file.write_bytes(odd.file())
    temporary.mkdir()
    made = odd.before()
    options = made if isinstance(made, tuple) else ()
    before = stored()
    began = time.monotonic()
    with elsewhere(temporary):
        report = run(odd.table, str(file), *odd.options, *options, *more)
    assert time.monotonic() - began <= SECONDS
    assert sorted(path.name for path in folder.rglob("*")) == ["handed-in", "temporary"]
    assert "--commit" in more or stored() == before
    return told(report, odd.outcome)


@contextmanager
def elsewhere(folder: Path) -> Iterator[None]:
    """Temporary files go into the folder."""
    usual, tempfile.tempdir = tempfile.gettempdir(), str(folder)
    yield
    tempfile.tempdir = usual


def run(*arguments: str) -> dict:
    said = StringIO()
    try:
        call_command("import_sheet", *arguments, "--json", stdout=said)
        status = 0
    except SystemExit as ended:
        status = ended.code
    report = json.loads(said.getvalue())
    assert status == (0 if report["status"] == "accepted" else 1)
    return report


def stored() -> dict[str, int]:
    """How many records of each kind the database holds."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}
