"""How the list of standing by is narrowed."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OpenFilter(admin.SimpleListFilter):
    title = _("open or closed")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("yes", pgettext_lazy("standing by", "open")), ("no", pgettext_lazy("standing by", "closed"))]

    def queryset(self, request, queryset):
        is_closed = Q(closed_on__lte=timezone.localdate())
        chosen = {"yes": Q(closed_on=None) | ~is_closed, "no": is_closed}
        return queryset.filter(chosen[self.value()]) if self.value() in chosen else queryset
