"""One import from a file without a browser: read, plan, perhaps write, and say what happened."""

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from yixin.forms import ReasonField
from yixin.fulldisk import SENTENCE, is_full
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR, FuzzyDate
from yixin.text import excerpt

from .locate import find_table
from .models import Intake
from .plan import Action, Finding, Plan, Row
from .reading import read_file
from .registry import resource, resources
from .resource import Options, Resource
from .services import carry_out, one_import, refuse_errors, source_of
from .sheets import Sheet, Table

NUMBER = re.compile("[0-9]{1,18}")
MAX_BYTES = 5 * 1024 * 1024
EMPTY = {"rows": 0, "new": 0, "changed": 0, "same": 0, "skipped": 0}


def run(name: str, file: Path, asked: dict, *, commits: bool, takes_good_rows: bool) -> dict:
    """What ``import_sheet --json`` prints. Writes only if ``commits``, and then all or nothing.

    ``asked``: sheet, year, area, event, survey and reason, as somebody typed them.
    """
    started, memory = time.monotonic(), Memory()
    try:
        made = named(name)(options(asked))
        handed = Handed(made, locate(made, sheets_of(file, memory), made.options.sheet), takes_good_rows)
        reason = reason_of(asked.get("reason"))
        report = written(handed, file.name, reason) if commits else looked_at(handed, reason)
    except ValidationError as error:
        report = refused(" ".join(error.messages))
    except Exception as error:
        report = refused(why(error))
    return report | {"seconds": round(time.monotonic() - started, 2), "peak_mb": memory.peak()}


def why(error: Exception) -> str:
    """What went wrong, in words; nothing was written."""
    if is_full(error):
        return str(SENTENCE)
    if isinstance(error, DatabaseError):
        return _("The database did not answer; nothing was written. Try again.")
    return _("Something went wrong that should not (%(kind)s); nothing was written.") % {"kind": type(error).__name__}


def sheets_of(file: Path, memory: "Memory") -> list[Sheet]:
    try:
        return read_file(contents(file))
    finally:
        memory.note_reading()


def named(table: str) -> type[Resource]:
    try:
        return resource(table)
    except KeyError as error:
        told = {"table": table, "tables": "、".join(resources())}
        raise ValidationError(_("There is no table “%(table)s”. There are: %(tables)s.") % told) from error


def options(asked: dict) -> Options:
    """The options as typed. ValidationError for what is no number where one is needed."""
    numbers = {name: number(name, asked.get(name)) for name in ("year", "event", "survey")}
    if numbers["year"] is not None and not MIN_YEAR <= numbers["year"] <= MAX_YEAR:
        raise ValidationError(_("The year must lie between 1900 and 2100."))
    return Options(area=asked.get("area") or "", sheet=asked.get("sheet") or "", **numbers)


def number(name: str, typed: str | int | None) -> int | None:
    if typed is None or isinstance(typed, int):
        return typed
    if not NUMBER.fullmatch(typed):
        raise ValidationError(_("--%(name)s takes a number, not “%(text)s”.") % {"name": name, "text": excerpt(typed)})
    return int(typed)


def contents(file: Path) -> bytes:
    """The file's bytes, and no more of them than may be read."""
    try:
        if not file.is_file():  # a folder, or a pipe, which might never end
            raise FileNotFoundError(file)
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ValidationError(_("The file “%(name)s” cannot be opened.") % {"name": file.name}) from error


def locate(made: Resource, sheets: list[Sheet], sheet: str = "") -> Table:
    """The resource's table in the sheets. Raises ValidationError where there is none, or several."""
    return find_table(sheets, made.heads, made.required, sheet=sheet or None, keeps_head=made.keeps_head)


@dataclass(frozen=True)
class Handed:
    """One table as it was handed in, and how it is taken."""

    made: Resource
    table: Table
    takes_good_rows: bool

    def told(self, plan: Plan) -> dict:
        return told(self.table, plan, is_accepted=is_acceptable(plan, self.takes_good_rows))


def reason_of(typed: str | None) -> str:
    """Why a published year is changed, cleaned; "" for none. ValidationError for what cannot be taken."""
    return ReasonField(required=False).clean(typed or "")


def looked_at(handed: Handed, reason: str) -> dict:
    """What would be done. What only keeps the rows from being written does not spoil a look at them."""
    plan = handed.made.plan(handed.table)
    plan.findings += [Finding(None, None, block, is_error=False) for block in plan.blocks]
    plan.blocks = []
    plan.findings += [Finding(None, None, sentence, is_error=False) for sentence in unexplained(plan, reason)]
    return handed.told(plan)


def written(handed: Handed, source: str, reason: str) -> dict:
    """Planned and written behind the lock, so that nobody comes between."""
    made = handed.made
    with one_import():
        plan = made.plan(handed.table)
        plan.findings += [Finding(None, None, block) for block in plan.blocks]
        plan.findings += [Finding(None, None, sentence) for sentence in unexplained(plan, reason)]
        if is_acceptable(plan, handed.takes_good_rows):
            intake = Intake.objects.create(table=made.name, source=source_of(source), created_at=timezone.now())
            carry_out(intake, plan, reason)
    return handed.told(plan)


def unexplained(plan: Plan, reason: str) -> list[str]:
    """A sentence for each published year that would change without a reason."""
    ask = _("Write the reason with --reason.")
    return [] if reason else [f"{year} {ask}" for year in plan.published]


def is_acceptable(plan: Plan, takes_good_rows: bool) -> bool:
    try:
        refuse_errors(plan, takes_good_rows=takes_good_rows)
    except ValidationError:
        return False
    return True


def told(table: Table, plan: Plan, *, is_accepted: bool) -> dict:
    counts = plan.counts
    return {
        "status": "accepted" if is_accepted else "rejected",
        "rows": len(plan.rows),
        **{action.value: counts[action.value] for action in (Action.NEW, Action.CHANGED, Action.SAME, Action.SKIPPED)},
        "refused": counts[Action.REFUSED.value],
        "errors": [as_json(finding) for finding in plan.errors],
        "warnings": [as_json(finding) for finding in plan.warnings] + [whole(note) for note in plan.notes],
        "ignored": list(table.ignored),
        "records": {str(row.number): record(plan.resource, table, row) for row in plan.rows},
    }


def refused(message: str) -> dict:
    return {
        "status": "rejected",
        **EMPTY,
        "refused": 0,
        "errors": [whole(message)],
        "warnings": [],
        "ignored": [],
        "records": {},
    }


def whole(message) -> dict:
    return {"row": None, "column": None, "message": str(message)}


def as_json(finding: Finding) -> dict:
    return {"row": finding.row, "column": finding.column, "message": str(finding.message)}


def record(made: Resource, table: Table, row: Row) -> dict:
    """The row's cleaned values under the table's heads; ``start`` and ``end`` beside a date of several days."""
    values = {}
    for name in made.columns:
        if name in table.columns and name in row.values:
            value = row.values[name]
            values[name] = made.columns[name].widget.plain(value)
            if isinstance(value, FuzzyDate) and value.earliest != value.latest:
                values |= {"start": value.earliest.isoformat(), "end": value.latest.isoformat()}
    return values


def as_text(report: dict) -> str:
    """The report for people: what would be done, then what is wrong, by row and column."""
    counts = _(
        "%(rows)s rows: %(new)s new, %(changed)s changed, %(same)s the same, %(skipped)s left out, %(refused)s refused."
    )
    lines = [counts % report]
    for heading, key in ((_("Errors"), "errors"), (_("Warnings"), "warnings")):
        lines += [f"{heading}:"] if report[key] else []
        lines += [f"  {place(finding)}{finding['message']}" for finding in report[key]]
    if report["ignored"]:
        lines.append(f"{_('Columns that this table does not know, left out:')} {'、'.join(report['ignored'])}")
    lines.append(_("Accepted.") if report["status"] == "accepted" else _("Rejected: nothing was written."))
    return "\n".join(lines)


def place(finding: dict) -> str:
    if finding["row"] is None:
        return ""
    column = f"，{finding['column']}" if finding["column"] else ""
    return _("Row %(row)s%(column)s: ") % {"row": finding["row"], "column": column}


class Memory:
    """The most memory held at once, in MB: while a file is read by this process and its child, afterwards by this."""

    def __init__(self):
        self.while_reading = 0.0

    def note_reading(self) -> None:
        self.while_reading = sum(map(most_memory, ("RUSAGE_SELF", "RUSAGE_CHILDREN")))

    def peak(self) -> float | None:
        """None where the system does not tell."""
        return round(max(self.while_reading, most_memory("RUSAGE_SELF")), 1) or None


def most_memory(who: str) -> float:
    """The most that a process, or any of its children, ever held, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource as usage  # noqa: PLC0415  only where it exists

    # On Linux, getrusage also tells of this process what the one that started it held: a test suite, a server.
    if who == "RUSAGE_SELF" and (own := high_water_mark()):
        return own
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.getrusage(getattr(usage, who)).ru_maxrss / unit


def high_water_mark() -> float | None:
    """The most that this program held, as Linux tells it, in MB."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    told = re.search(r"^VmHWM:\s+([0-9]+) kB$", status, re.MULTILINE)
    return int(told[1]) / 1024 if told else None
