"""How the tests take lists out, and read what came."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

from openpyxl import load_workbook

from yixin.intake.models import Export
from yixin.tests.registry import ADMINS, address

LISTS = {model._meta.model_name: model for model in ADMINS}


def export(office, name: str, kind: str = "xlsx", query: str = ""):
    return office.post(f"{address(LISTS[name], 'export')}?{query}", {"format": kind})


def act(office, name: str, action: str, *records):
    sent = {"action": action, "_selected_action": [record.pk for record in records], "index": 0}
    return office.post(address(LISTS[name], "changelist"), sent)


def table(response) -> list[list]:
    sheet = load_workbook(BytesIO(response.content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def lines(response) -> list[list[str]]:
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))


def column(response, head: str) -> list:
    rows = table(response)
    return [row[rows[0].index(head)] for row in rows[1:]]


def logged() -> list[tuple]:
    return list(Export.objects.order_by("pk").values_list("table", "format", "rows", "is_personal"))


def spelt(text: str, cell) -> str:
    """The cell of a workbook as CSV has it."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes").removesuffix(" 00:00")
    if isinstance(cell, int | float):
        return text if float(text) == cell else str(cell)
    return cell or ""
