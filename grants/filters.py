"""How the list of grants is narrowed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants.models import Funding
from yixin.admin import IDENTITY


class FunderFilter(admin.SimpleListFilter):
    """Only funders out of whose money there is a grant: all organisations would be thousands."""

    title = _("funder")
    parameter_name = "funder"

    def lookups(self, request, model_admin):
        funders = Funding.objects.filter(grants__isnull=False).order_by("funder__name_pinyin", "funder")
        return [(str(key), name) for key, name in funders.values_list("funder", "funder__name").distinct()]

    def queryset(self, request, queryset):
        value = self.value() or ""
        return queryset.filter(funding__funder=int(value)) if IDENTITY.fullmatch(value) else queryset
