from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants.models import Funding, Grant, GrantRound, Instalment, Payment, Remittance
from yixin.admin import ModelAdmin, TabularInline
from yixin.forms import FuzzyDateField, ModelForm


class FundingForm(ModelForm):
    period = FuzzyDateField(label=_("period"), required=False)


class RemittanceInline(TabularInline):
    model = Remittance
    fields = ["received_on", "amount", "remark"]


@admin.register(Funding)
class FundingAdmin(ModelAdmin):
    form = FundingForm
    list_display = ["funder", "purpose", "period_text", "amount", "status"]
    list_display_links = ["funder", "purpose"]
    list_filter = ["status"]
    list_select_related = ["funder"]
    search_fields = ["purpose", "funder__name", "funder__aliases__name"]
    autocomplete_fields = ["funder", "partners"]
    fields = ["funder", "purpose", "period", "amount", "status", "partners", "is_sensitive", "remark"]
    inlines = [RemittanceInline]


class InstalmentInline(TabularInline):
    model = Instalment


class PaymentInline(TabularInline):
    model = Payment
    fields = ["paid_on", "kind", "amount", "remark"]


@admin.register(GrantRound)
class GrantRoundAdmin(ModelAdmin):
    list_display = ["title", "funding", "opens_on", "closes_on"]
    list_select_related = ["funding__funder"]
    search_fields = ["title"]
    autocomplete_fields = ["funding"]


@admin.register(Grant)
class GrantAdmin(ModelAdmin):
    list_display = ["recipient", "project", "awarded_amount", "status", "report_year", "funding"]
    list_display_links = ["recipient", "project"]
    list_filter = ["report_year", "status"]
    list_select_related = ["organization", "person", "funding__funder"]
    search_fields = ["project", "organization__name", "organization__aliases__name", "person__name"]
    autocomplete_fields = ["organization", "person", "funding", "round"]
    inlines = [InstalmentInline, PaymentInline]
    fieldsets = [
        (None, {"fields": ["organization", "person", "project", "awarded_amount", "status", "report_year"]}),
        (
            _("More"),
            {
                "classes": ["collapse"],
                "fields": ["requested_amount", "funding", "round", "applied_on", "decided_on", "remark"],
            },
        ),
        (
            _("Agreement and report"),
            {
                "classes": ["collapse"],
                "fields": ["agreement_number", "agreed_on", "report_due_on", "reported_on", "withdrawal_reason"],
            },
        ),
    ]

    @admin.display(description=_("recipient"))
    def recipient(self, grant):
        return grant.recipient


@admin.register(Payment)
class PaymentAdmin(ModelAdmin):
    list_display = ["paid_on", "grant", "kind", "amount"]
    list_filter = ["kind"]
    date_hierarchy = "paid_on"
    list_select_related = ["grant__organization", "grant__person"]
    search_fields = ["grant__project", "grant__organization__name"]
    autocomplete_fields = ["grant"]
