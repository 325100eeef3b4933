"""``manage.py fingerprint``: one SHA-256 over all rows, the same on SQLite and PostgreSQL."""

from django.core.management.base import BaseCommand

from yixin.safekeeping.rows import fingerprint


class Command(BaseCommand):
    help = "Print one SHA-256 over all rows: the same before a backup and after its restore, on any database."

    def handle(self, **options):
        self.stdout.write(fingerprint())
