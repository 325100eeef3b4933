"""``manage.py reindex``: make the entries of the search anew; after an upgrade that reads names otherwise."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from organizations.indexing import rebuild


class Command(BaseCommand):
    help = "Make the entries of the directory's search anew."

    def handle(self, **options):
        count = rebuild()
        self.stdout.write(
            ngettext("%(count)s organisation indexed.", "%(count)s organisations indexed.", count) % {"count": count}
        )
