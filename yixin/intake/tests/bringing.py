"""How the tests bring tables in as a browser would."""

import re
from io import BytesIO
from uuid import UUID

import xlsxwriter
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yixin.intake.models import Intake

HEAD = "时间\t内容\t人数"
TITLES = ["年会", "沙龙", "读书会", "义诊", "徒步", "募捐", "讲座", "例会", "茶叙", "家访"]


def event_model():
    return apps.get_model("activities.Event")


def events(number: int, people: int = 20) -> str:
    """A table of that many events, none near another."""
    lines = [f"2014年{n % 9 + 1}月{n // 9 + 1}日\t{TITLES[n % 10]}{n}\t{people + n}" for n in range(number)]
    return "\n".join([HEAD, *lines])


def page(name: str, *args) -> str:
    return reverse(f"admin:import-{name}", args=args)


def send(office, text: str = "", table: str = "events", **sent):
    """The response to the form; options beside the paste box by keyword."""
    options = {"area": "training", "year": 2014} if table == "events" else {}
    return office.post(page("start", table), options | {"text": text} | sent)


def bring(office, text: str, table: str = "events", **sent) -> UUID:
    """The key of an import that waits to be confirmed."""
    response = send(office, text, table, **sent)
    assert response.status_code == 302, response.context["form"].errors
    return UUID(re.search("preview/([0-9a-f-]{36})/", response.url)[1])


def seen(office, key: UUID) -> str:
    return office.get(page("preview", key)).context["preview"].seen


def confirm(office, key: UUID, **sent):
    return office.post(page("confirm", key), {"seen": seen(office, key)} | sent)


def intake(key: UUID) -> Intake:
    return Intake.objects.get(key=key)


def stored() -> list[tuple]:
    """All events: day, title, head-count."""
    return [tuple(row) for row in event_model().objects.order_by("pk").values_list("when_text", "title", "headcount")]


def text_file(content: bytes, name: str = "活动.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/csv")


def workbook(**sheets: str) -> bytes:
    """A workbook of tables that are written with tabs."""
    stored_as = BytesIO()
    with xlsxwriter.Workbook(stored_as) as book:
        for name, text in sheets.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.splitlines()):
                sheet.write_row(number, 0, line.split("\t"))
    return stored_as.getvalue()


def padded(text: str, size: int) -> str:
    """The text with lines of nothing but spaces after it, of that many bytes in all."""
    missing = size - len(text.encode())
    return (
        text
        + ("\n" + " " * 30_000) * (missing // 30_001)
        + "\n" * (missing % 30_001 > 0)
        + " " * (missing % 30_001 - 1)
    )


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
