"""``manage.py restore FILE [--yes]``: put a backup back."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from yixin.fulldisk import explained
from yixin.safekeeping import erased
from yixin.safekeeping.archive import Damaged
from yixin.safekeeping.restore import Refused, restore


class Command(BaseCommand):
    help = "Put a backup back, all of it or nothing. Of what is there already, only with --yes."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="in the place of the records that are there")

        parser.add_argument("--without-files", action="store_true", help="the records only")

    def handle(self, *, file: Path, yes: bool, without_files: bool, **options):
        passphrase = os.environ.get("BACKUP_PASSPHRASE")
        try:
            found = restore(
                file, now=timezone.localtime(), replace=yes, passphrase=passphrase, with_files=not without_files
            )
        except (OSError, DatabaseError, Damaged, Refused) as error:
            raise CommandError(_("Nothing was put back. %(error)s") % {"error": explained(error)}) from error
        self.stdout.write(_("Put back. Everybody logs in anew. The fingerprint is that of the backup:"))
        self.stdout.write(found)
        if erased.path().exists():
            self.stdout.write(_("Who was erased since that backup is back: manage.py erase_person --again lists them."))
