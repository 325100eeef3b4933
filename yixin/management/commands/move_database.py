"""``manage.py move_database URL``: all records into another, empty database, of either kind."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from yixin.safekeeping.backup import back_up


class Command(BaseCommand):
    help = "Copy all records into another, empty database, and compare the fingerprints of both."

    def add_arguments(self, parser):
        parser.add_argument("url", help="postgres://user:password@host:5432/name or sqlite:////absolute/path")

    def handle(self, *, url: str, **options):
        with TemporaryDirectory(dir=settings.VAR_DIR) as folder:
            path = Path(folder) / "move.zip"
            before = back_up(path, now=timezone.localtime(), with_files=False).fingerprint
            self._run(url, "migrate", "--verbosity=0")
            self._run(url, "restore", "--without-files", str(path))
            after = self._run(url, "fingerprint").strip()
        if after != before:
            raise CommandError(_("The other database holds something else. Do not use it."))
        self.stdout.write(_("Moved. Both have the fingerprint %(fingerprint)s.") % {"fingerprint": after})
        self.stdout.write(_("Now write the new DATABASE_URL into .env and restart."))

    def _run(self, url: str, *arguments: str) -> str:
        environment = os.environ | {"DATABASE_URL": url}
        command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments]
        done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)  # noqa: S603  ourselves
        if done.returncode:
            raise CommandError(done.stderr.strip() or done.stdout.strip())
        return done.stdout
