"""Which entries nobody has confirmed for a year."""

from datetime import date, timedelta

from django.contrib import admin
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

YEAR = timedelta(days=365)
# First those that anybody can read; within each, first those of which nobody knows since when.
MOST_URGENT_FIRST = (
    Case(When(listing="hidden", then=Value(1)), default=Value(0)).asc(),
    F("confirmed_on").asc(nulls_first=True),
    "name_pinyin",
)


class Confirmed(admin.SimpleListFilter):
    title = _("last confirmed")
    parameter_name = "confirmed"
    DUE = "due"

    def lookups(self, request, model_admin):
        return [
            (self.DUE, _("never, or over a year ago")),
            ("never", _("never")),
            ("old", _("over a year ago")),
            ("fresh", _("within a year")),
        ]

    def queryset(self, request, queryset):
        start = year_ago(timezone.localdate())
        choices = {
            self.DUE: queryset.unconfirmed_since(start),
            "never": queryset.filter(confirmed_on=None),
            "old": queryset.filter(confirmed_on__lt=start),
            "fresh": queryset.filter(confirmed_on__gte=start),
        }
        return choices.get(self.value(), queryset)


def year_ago(today: date) -> date:
    return today - YEAR
