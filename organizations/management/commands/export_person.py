"""``manage.py export_person NUMBER FILE --by ACCOUNT``: everything that is kept about one person, in one file."""

import os
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.personal.acting import account, person
from organizations.personal.gathering import KINDS, take_everything


class Command(BaseCommand):
    help = "Everything that is kept about one person, as .xlsx or .json."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="as in the address of the person's page")
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="who takes it out; stands in the log")
        parser.add_argument("--also", action="append", default=[], help="another name or number of theirs")

    def handle(self, *, number: int, file: Path, by: str, also: list[str], **options):
        kind = file.suffix.removeprefix(".")
        if kind not in KINDS:
            raise CommandError(_("The file must end in .xlsx or .json."))
        try:
            found = take_everything(
                person=person(number), kind=kind, user=account(by), now=timezone.now(), also=tuple(also)
            )
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_("The file was not written: %(error)s") % {"error": error.strerror}) from error
        with os.fdopen(descriptor, "wb") as target:
            target.write(found.content)
        self.stdout.write(_("%(path)s: readable by its owner only. Delete it once it is handed over.") % {"path": file})
