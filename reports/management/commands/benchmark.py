"""``manage.py benchmark [--json] [--growth] [NAME …]``: each measured workload against the usual way, in one run."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases

from reports.benchmark import WORKLOADS, Comparison
from yixin import memory

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # as they lie in the repository


class Command(BaseCommand):
    help = "Measure our way against the usual way, in a database of its own that is removed afterwards."

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(WORKLOADS)}; all without one")
        parser.add_argument("--json", action="store_true", help="one line of JSON")
        parser.add_argument(
            "--growth", action="store_true", help="1, 10 and 100 times as many rows; the usual way up to its usual size"
        )

    def handle(self, *, names: list[str], **options):
        unknown = set(names) - set(WORKLOADS)
        if unknown:
            self.stderr.write(f"{', '.join(sorted(unknown))}? {', '.join(WORKLOADS)}")
            raise SystemExit(2)
        memory.settle()  # as the server does once it is loaded
        before = setup_databases(verbosity=0, interactive=False)
        try:
            told = {}
            for result in self._results(names or list(WORKLOADS), is_growing=options["growth"]):
                told[f"{result.work} {result.rows}" if options["growth"] else result.work] = result.as_json()
                if not options["json"]:
                    self.stdout.write(str(result))
        finally:
            teardown_databases(before, verbosity=0)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _results(self, names: list[str], *, is_growing: bool) -> Iterator[Comparison]:
        """Each in an empty database."""
        storages = settings.STORAGES | {"staticfiles": PLAIN_FILES}
        with override_settings(STORAGES=storages, ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
            for workload in map(WORKLOADS.get, names):
                for rows in workload.sizes if is_growing else [workload.rows]:
                    yield from workload.measured(rows, rows <= workload.rows)
                    call_command("flush", interactive=False, verbosity=0)
