"""Tables typed into a test, planned and brought in as a file would be."""

from django.db import transaction
from django.utils import timezone

from yixin.intake.importing import locate
from yixin.intake.models import Intake
from yixin.intake.plan import Plan
from yixin.intake.resource import Options, Resource
from yixin.intake.services import carry_out
from yixin.intake.sheets import Line, Sheet, Table


def table(made: type[Resource], *rows: tuple) -> Table:
    """The first row is the sheet's line 1; a row of one cell above the heads is a title line."""
    lines = [Line(number, tuple(cell if cell != "" else None for cell in row)) for number, row in enumerate(rows, 1)]
    return locate(made(), [Sheet("", tuple(lines))])


def plan(made: type[Resource], *rows: tuple, answers: dict | None = None, asks: bool = False, **options) -> Plan:
    """What bringing the rows in would do; with ``asks`` questions without an answer stay open, as on a page."""
    return made(Options(**options)).plan(table(made, *rows), answers, takes_defaults=not asks)


def bring_in(made: type[Resource], *rows: tuple, answers: dict | None = None, reason: str = "", **options) -> Plan:
    """The same, written. Refused rows are left out; ``reason``: why a published year changes."""
    planned = plan(made, *rows, answers=answers, **options)
    with transaction.atomic():
        carry_out(Intake.objects.create(table=made.name, created_at=timezone.now()), planned, reason)
    return planned


def done(planned: Plan) -> dict[str, int]:
    """How many rows met with what, only what occurred."""
    return {action: number for action, number in planned.counts.items() if number}


def told(findings: list) -> list[tuple[int | None, str | None]]:
    return [(finding.row, finding.column) for finding in findings]
