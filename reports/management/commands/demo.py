"""``manage.py demo``: the 2014 data and the demo users."""

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from reports import demo


class Command(BaseCommand):
    help = "Add the 2014 data and one user of each role to an empty database."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing if anything is recorded already")
        parser.add_argument("--yes", action="store_true", help="add them beside the records that are here")

    def handle(self, *, if_empty: bool, yes: bool, **options):
        if demo.is_loaded():
            self.stdout.write(_("The data of 2014 are here already; nothing was added."))
        elif demo.holds_records() and not yes:
            return self._refuse(if_empty)
        else:
            self._load()
        self._users()

    def _refuse(self, quietly: bool) -> None:
        if not quietly:
            raise CommandError(
                _("This database holds other records; nothing was added. To add 2014 beside them, say --yes.")
            )

    def _load(self) -> None:
        try:
            count = demo.load()
        except IntegrityError as error:
            raise CommandError(
                _("A record of the same name is here already, so the data of 2014 do not fit in; nothing was added.")
            ) from error
        self.stdout.write(_("Added the data of 2014: %(count)s records.") % {"count": count})

    def _users(self) -> None:
        users = demo.create_users()
        if not users:
            self.stdout.write(
                _("The demo users were made before. To set a new password: manage.py changepassword administrator")
            )
            return
        self.stdout.write(_("Demo users and their passwords, shown only now:"))
        for name, password in users.items():
            self.stdout.write(f"  {name:15}{password}")
