from django.contrib import admin

from grants.balances.page import Balancing
from grants.forms import FundingForm
from grants.models import Funding, Remittance
from yixin.admin import ModelAdmin, TabularInline


class RemittanceInline(TabularInline):
    model = Remittance
    fields = ["received_on", "amount", "remark"]


@admin.register(Funding)
class FundingAdmin(Balancing, ModelAdmin):
    form = FundingForm
    list_display = ["funder", "purpose", "free", "received", "granted", "amount", "period_text", "status"]
    list_display_links = ["funder", "purpose"]
    list_filter = ["status"]
    list_select_related = ["funder"]
    search_fields = ["purpose", "funder__name", "funder__aliases__name"]
    autocomplete_fields = ["funder", "partners"]
    fields = ["funder", "purpose", "period", "amount", "status", "partners", "is_sensitive", "remark"]
    inlines = [RemittanceInline]

    class Media:
        css = {"all": ["admin/grants.css"]}
