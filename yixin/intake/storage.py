"""A located table as JSON and back: what is kept of an upload until somebody confirms it."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from .sheets import Cell, CellError, Finding, Line, Table


def to_json(table: Table) -> dict:
    return {
        "sheet": table.sheet,
        "titles": [_line(line) for line in table.titles],
        "columns": table.columns,
        "lines": [_line(line) for line in table.lines],
        "extras": table.extras,
        "ignored": list(table.ignored),
        "findings": [asdict(finding) | {"message": str(finding.message)} for finding in table.findings],
    }


def from_json(content: dict) -> Table:
    return Table(
        sheet=content["sheet"],
        titles=tuple(map(_read_line, content["titles"])),
        columns=content["columns"],
        lines=tuple(map(_read_line, content["lines"])),
        extras=content["extras"],
        ignored=tuple(content["ignored"]),
        findings=[Finding(**finding) for finding in content["findings"]],
    )


def _line(line: Line) -> list:
    return [line.number, [_cell(cell) for cell in line.cells], sorted(line.merged)]


def _read_line(stored: list) -> Line:
    number, cells, merged = stored
    return Line(number, tuple(map(_read_cell, cells)), frozenset(merged))


def _cell(cell: Cell):
    if isinstance(cell, date):
        return {"day": cell.date().isoformat() if isinstance(cell, datetime) else cell.isoformat()}
    if isinstance(cell, Decimal):
        return {"number": str(cell)}
    if isinstance(cell, CellError):
        return {"error": cell.text, "message": str(cell.message)}
    return cell


def _read_cell(stored) -> Cell:
    if not isinstance(stored, dict):
        return stored
    if "day" in stored:
        return date.fromisoformat(stored["day"])
    if "number" in stored:
        return Decimal(stored["number"])
    return CellError(stored["error"], stored["message"])
