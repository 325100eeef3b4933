"""What an organisation's page tells of grants: those that everybody may read of, with their amounts."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.amounts import written
from grants.models import Grant
from organizations.models import Organization
from organizations.timeline import Happening, Source


def grants(organization: Organization, most: int, year: int | None) -> list[Happening]:
    """At the end of their year: of the day nothing is public."""
    found = Grant.objects.public().filter(organization=organization)
    if year:
        found = found.in_year(year)
    rows = found.order_by("-report_year", "-pk").values_list("report_year", "project", "awarded_amount")[:most]
    return [_grant(*row) for row in rows]


def _grant(year: int, project: str, amount: Decimal | None) -> Happening:
    last = date(year, 12, 31)
    note = _("%(amount)s yuan") % {"amount": written(amount)} if amount is not None else ""
    when = date_format(last, pgettext("date format", "Y"))
    return Happening(last, when, pgettext("timeline", "Grant"), project, note)


def years(organization: Organization) -> list[int]:
    found = Grant.objects.public().filter(organization=organization).order_by()
    return list(found.values_list("report_year", flat=True).distinct())


SOURCES = [Source(grants, years)]
