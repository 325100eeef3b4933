"""``manage.py forget_expired_imports``: drop the rows of imports that nobody confirmed; for a timer."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from yixin.intake.services import forget_expired


class Command(BaseCommand):
    help = "Drop the rows of imports that were not confirmed within 24 hours."

    def handle(self, **options):
        count = forget_expired()
        self.stdout.write(
            ngettext("%(count)s import forgotten.", "%(count)s imports forgotten.", count) % {"count": count}
        )
