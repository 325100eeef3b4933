"""``manage.py figures YEAR [--funder NAME] --json``: the year's figures, for scripts."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from organizations.models import Organization
from reports.figures import Figures
from reports.scope import Scope, find_funder
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR


class Command(BaseCommand):
    help = "Print what a year adds up to."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--funder", help="name or alias of the organisation that paid")
        parser.add_argument("--json", action="store_true", help="one line instead of an indented object")

    def handle(self, *, year: int, funder: str | None, json: bool, **options):
        if not MIN_YEAR <= year <= MAX_YEAR:
            raise CommandError(_("The year must lie between 1900 and 2100."))
        scope = Scope.of(year, self._funder(funder) if funder else None)
        self.stdout.write(as_text(Figures(scope).as_json(), indent=None if json else 2))

    def _funder(self, name: str) -> Organization:
        try:
            return find_funder(name)
        except Organization.DoesNotExist as error:
            raise CommandError(_("No organisation is called “%(name)s”.") % {"name": name}) from error
        except Organization.MultipleObjectsReturned as error:
            raise CommandError(_("Several organisations are called “%(name)s”.") % {"name": name}) from error


def as_text(figures: dict, *, indent: int | None) -> str:
    return json.dumps(figures, ensure_ascii=False, indent=indent)
