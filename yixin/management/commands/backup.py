"""``manage.py backup FILE``: the database and all files in one file; into a FOLDER, by date, old ones removed."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from yixin.fulldisk import explained
from yixin.safekeeping.archive import Damaged
from yixin.safekeeping.backup import back_up
from yixin.safekeeping.rotation import name_for, rotate


class Command(BaseCommand):
    help = "Put the database and all files into one file, and read it back before it takes the place of the last one."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="a file; or a folder, which keeps 7 daily and 12 monthly backups named by date"
        )

    def handle(self, *, file: Path, **options):
        now, is_folder = timezone.localtime(), file.is_dir()
        path = file / name_for(now) if is_folder else file
        try:
            manifest = back_up(path, now=now, passphrase=os.environ.get("BACKUP_PASSPHRASE"))
        except (OSError, DatabaseError, Damaged) as error:
            raise CommandError(
                _("No backup was made: %(error)s. Nothing at %(path)s was touched.")
                % {"error": explained(error), "path": path}
            ) from error
        if is_folder:
            rotate(file)
        rows = sum(table["rows"] for table in manifest.tables.values())
        told = {"path": path, "rows": rows, "files": len(manifest.media), "fingerprint": manifest.fingerprint}
        self.stdout.write(_("%(path)s: %(rows)s records, %(files)s files, read back and compared.") % told)
        self.stdout.write(manifest.fingerprint)
        for name in manifest.missing:
            self.stderr.write(_("A record names the file %(name)s, which is not there.") % {"name": name})
