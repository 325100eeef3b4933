"""The acts themselves: each is made ready first, and what it returns is done while something goes wrong."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client

from activities.models import Event
from activities.rosters.adding import Entry, add
from activities.rosters.naming import Known, Typed
from organizations.merging import services as merging
from organizations.models import Organization, Person, Territory
from reports import publishing
from reports.models import AnnualReport
from yixin.intake import importing, services
from yixin.locks import Reason
from yixin.safekeeping.rows import Fingerprint, tables

NOW = datetime(2024, 3, 5, 4, tzinfo=UTC)
Act = Callable[[], object]


def import_sheet(table: str, file: str, **asked) -> Act:
    def act() -> list:
        report = importing.run(table, Path(file), asked, commits=True, takes_good_rows=False)
        return [report["status"], report["new"], report["same"], [error["message"] for error in report["errors"]]]

    return act


def confirm(key: str, user: int) -> Act:
    """As the page does it; what the import came to."""
    user = User.objects.get(pk=user)

    def act() -> dict:
        return services.confirm(key=UUID(key), user=user, decided=services.Decisions()).outcome

    return act


def publish(report: int, by: int) -> Act:
    report, by = AnnualReport.objects.get(pk=report), User.objects.get(pk=by)
    return lambda: publishing.publish(report=report, number=1, by=by, now=NOW).number


def merge(kept: int, merged: int, by: int) -> Act:
    kept, merged, by = Organization(pk=kept), Organization(pk=merged), User.objects.get(pk=by)
    return lambda: merging.merge(kept=kept, merged=merged, decision=merging.Decision(), by=by, now=NOW).kept_name


def command(line: list[str]) -> Act:
    def act() -> str:
        output = StringIO()
        call_command(*line, stdout=output)
        return output.getvalue()

    return act


def add_people(event: int, by: int, names: list[str]) -> Act:
    """One name after the other onto a roster, each in a transaction of its own: how many were added, how many stood
    there already, and what else was said."""
    event, by = Event.objects.get(pk=event), User.objects.get(pk=by)

    def act() -> dict:
        told = {"added": 0, "there": 0, "failed": []}
        for name in names:
            entry = Entry(Typed(name), Typed("知行青年社"), "participant")
            known = Known(Person.objects.all(), Organization.objects.all())
            try:
                add(event=event, entry=entry, known=known, reason=Reason("", by, NOW))
            except ValidationError:
                told["there"] += 1
            except DatabaseError as error:
                told["failed"].append(str(error))
            else:
                told["added"] += 1
        return told

    return act


def own_fingerprint() -> Act:
    """Over the tables of our own apps; without the volunteer's territory, which goes with them while the account
    stays."""

    def act() -> str:
        found = Fingerprint()
        for table in tables():
            if table.label.split(".")[0] in settings.YIXIN_APPS and table.model is not Territory:
                columns = [column.attname for column in table.columns]
                deque(found.add(table.label, columns, table.lines("default")), maxlen=0)
        return found.value

    return act


def page(session: str, address: str, sent: dict | None = None, files: dict[str, str] | None = None) -> Act:
    """What the page answers to a form: its status and its text. Files are named by their paths."""
    browser = Client(raise_request_exception=False, SERVER_NAME="localhost")
    browser.cookies[settings.SESSION_COOKIE_NAME] = session

    def act() -> list:
        opened = {name: named(Path(path)) for name, path in (files or {}).items()}
        answer = browser.post(address, (sent or {}) | opened)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return [answer.status_code, text.decode("utf-8", "replace")]

    return act


def named(path: Path) -> BytesIO:
    file = BytesIO(path.read_bytes())
    file.name = path.name
    return file


ACTS = {
    act.__name__: act for act in (import_sheet, confirm, publish, merge, command, page, add_people, own_fingerprint)
}
