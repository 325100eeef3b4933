"""``manage.py forget_unnamed_files [--yes]``: files that no record names, after something was broken off."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yixin.storage import unnamed


class Command(BaseCommand):
    help = "List the files that no record names and that are older than a day; with --yes, delete them."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="delete them; make a backup before")

    def handle(self, *, yes: bool, **options):
        names = unnamed(timezone.now())
        for name in names:
            if yes:
                default_storage.delete(name)
            self.stdout.write(name)
        count = ngettext("%(count)s file that no record names.", "%(count)s files that no record names.", len(names))
        done = _("Deleted.") if yes else _("Nothing was deleted; add --yes for that, after a backup.")
        self.stdout.write(f"{count % {'count': len(names)}} {done}" if names else _("Every file is named by a record."))
