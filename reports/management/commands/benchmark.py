"""``manage.py benchmark [--json] [NAME …]``: each measured workload against the usual way, in one run."""

import json

from django.core.management.base import BaseCommand
from django.test.utils import setup_databases, teardown_databases

from reports.benchmark import WORKLOADS, Comparison
from yixin import memory


class Command(BaseCommand):
    help = "Measure our way against the usual way, in a database of its own that is removed afterwards."

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(WORKLOADS)}; all without one")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def handle(self, *, names: list[str], **options):
        unknown = set(names) - set(WORKLOADS)
        if unknown:
            self.stderr.write(f"{', '.join(sorted(unknown))}? {', '.join(WORKLOADS)}")
            raise SystemExit(2)
        memory.settle()  # as the server does once it is loaded
        before = setup_databases(verbosity=0, interactive=False)
        try:
            results = [result for name in names or WORKLOADS for result in listed(WORKLOADS[name]())]
        finally:
            teardown_databases(before, verbosity=0)
        if options["json"]:
            self.stdout.write(json.dumps({result.work: result.as_json() for result in results}))
            return
        for result in results:
            self.stdout.write(
                f"{result.work}: {result.rows} rows, {result.ours.seconds:.3f} s and {result.ours.queries} queries; "
                f"{result.usual_way}: {result.usual.seconds:.3f} s and {result.usual.queries} queries; "
                f"{result.times_less} times less {result.of}"
            )


def listed(results: Comparison | list[Comparison]) -> list[Comparison]:
    return results if isinstance(results, list) else [results]
