"""Which report a command is about, from what was typed; a sentence where that cannot be."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from organizations.models import Organization
from reports.scope import find_funder
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR


def sensible_year(year: int) -> int:
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise CommandError(_("The year must lie between 1900 and 2100."))
    return year


def funder_called(name: str | None) -> Organization | None:
    """None for no name."""
    if not name:
        return None
    try:
        return find_funder(name)
    except Organization.DoesNotExist as error:
        raise CommandError(_("No organisation is called “%(name)s”.") % {"name": name}) from error
    except Organization.MultipleObjectsReturned as error:
        raise CommandError(_("Several organisations are called “%(name)s”.") % {"name": name}) from error
