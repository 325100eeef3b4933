"""``manage.py purge_personal --older-than 5y [--commit]``: forget whom there was nothing with for so long."""

from datetime import date

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organizations.personal.purging import due, purge
from yixin.access.retention import before
from yixin.locks import Reason

YEAR = 365  # days


class Command(BaseCommand):
    help = "Forget old personal data; without --commit only say how much there is. Totals stay what they are."

    def add_arguments(self, parser):
        parser.add_argument("--older-than", required=True, metavar="TERM", help="such as 5y, 60m or 1825d")
        parser.add_argument("--commit", action="store_true")

    def handle(self, *, older_than: str, commit: bool, **options):
        day = self._day(older_than)
        if commit:
            reason = Reason(_("Older than %(term)s: %(day)s") % {"term": older_than, "day": day}, None, timezone.now())
            counts = purge(day, reason)
        else:
            counts = due(day)
        for label, count in counts.items():
            self.stdout.write(f"{capfirst(apps.get_model(label)._meta.verbose_name_plural)}: {count}")
        told = (
            _("Forgotten, from before %(day)s.")
            if commit
            else _("Nothing was changed. From before %(day)s; add --commit.")
        )
        self.stdout.write(told % {"day": day})

    def _day(self, term: str) -> date:
        try:
            day = before(term, timezone.localdate())
        except (ValueError, OverflowError) as error:
            raise CommandError(_("Write the term as 5y, 60m or 1825d.")) from error
        if (timezone.localdate() - day).days < YEAR:
            raise CommandError(_("A term of less than a year would forget what the next report needs."))
        return day
