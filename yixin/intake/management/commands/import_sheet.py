"""``manage.py import_sheet TABLE FILE``: bring one table in, or see what that would do."""

import json
import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from yixin.intake import importing
from yixin.intake.registry import resources

GIVES_WAY = 5  # of the 19 steps by which a process may stand back


def give_way() -> None:
    """Whoever reads or writes a page at the same time comes first; where nobody does, it is as fast as ever."""
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)


class Command(BaseCommand):
    help = "Bring a table in. Without --commit nothing is written."
    requires_system_checks = ()  # they would load every page and what the pages need, a tenth of this command's memory

    def add_arguments(self, parser):
        parser.add_argument("table", help=f"one of {', '.join(resources())}")
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", default="", help="name of the sheet, where several fit")
        parser.add_argument("--year", help="report year of the rows, and year of dates that name none")
        parser.add_argument("--area", default="", help="code of the work area in which the events count")
        parser.add_argument("--event", help="number of the event whose roster it is")
        parser.add_argument("--survey", help="number of the survey")
        parser.add_argument("--good-rows", action="store_true", help="take the good rows, leave out those in error")
        parser.add_argument("--reason", default="", help="why records of a published year change")
        parser.add_argument("--commit", action="store_true", help="write; without it nothing is written")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def run_from_argv(self, argv: list[str]) -> None:
        give_way()
        super().run_from_argv(argv)

    def handle(self, *, table: str, file: Path, commit: bool, good_rows: bool, **told):
        asked = {name: told[name] for name in ("sheet", "year", "area", "event", "survey", "reason")}
        report = importing.run(table, file, asked, commits=commit, takes_good_rows=good_rows)
        try:
            self.stdout.write(json.dumps(report, ensure_ascii=False) if told["json"] else importing.as_text(report))
        except UnicodeEncodeError:  # a console that knows fewer characters than the table has
            self.stdout.write(json.dumps(report))
        if report["status"] != "accepted":
            sys.exit(1)
