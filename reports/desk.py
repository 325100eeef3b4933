"""From the desk to the year's own pages; what the checks find is told there, for it takes reading the whole year."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.views.access import sees_live
from yixin.desk import Asked, Item, Tone


def pages(asked: Asked) -> Iterator[Item]:
    """No query."""
    if sees_live(asked.request.user):
        yield Item(_("The year in full"), reverse("reports:report-detail", args=[asked.year]), Tone.PAGE)
        yield Item(_("What the checks ask"), reverse("reports:checks", args=[asked.year]), Tone.PAGE)


SOURCES = [pages]
