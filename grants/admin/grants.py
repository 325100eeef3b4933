from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.desk import GrantWaiting
from grants.filters import FunderFilter
from grants.finding import grants_called
from grants.forms import GrantForm, PaymentFormSet, oddities
from grants.models import Grant, Instalment, Payment
from grants.receipts.page import link_to_receipt
from yixin.admin import ModelAdmin, TabularInline


class InstalmentInline(TabularInline):
    model = Instalment


class PaymentInline(TabularInline):
    model = Payment
    formset = PaymentFormSet
    fields = ["paid_on", "amount", "kind", "remark", "receipt"]
    readonly_fields = ["receipt"]

    @admin.display(description=_("receipt"))
    def receipt(self, payment):
        return link_to_receipt(payment)


@admin.register(Grant)
class GrantAdmin(ModelAdmin):
    form = GrantForm
    change_form_template = "admin/grants/grant/change_form.html"
    list_display = ["recipient", "project", "awarded_amount", "status", "report_year", "round", "funding"]
    list_display_links = ["recipient", "project"]
    list_filter = [
        "report_year",
        GrantWaiting,
        "status",
        ("round", admin.RelatedOnlyFieldListFilter),
        FunderFilter,
    ]
    linked_lookups = ("funding",)
    list_select_related = ["organization", "person", "round", "funding__funder"]
    search_fields = ["project", "organization__name", "organization__aliases__name", "person__name"]
    finder = staticmethod(grants_called)
    autocomplete_fields = ["organization", "person", "funding", "round"]
    inlines = [InstalmentInline, PaymentInline]
    fieldsets = [
        (
            _("Application"),
            {
                "fields": [
                    "organization",
                    "person",
                    "project",
                    "requested_amount",
                    "applied_on",
                    "round",
                    "funding",
                    "report_year",
                ]
            },
        ),
        (_("Decision"), {"fields": ["status", "awarded_amount", "decided_on", "remark"]}),
        (_("Agreement"), {"fields": ["agreement_number", "agreed_on", "report_due_on"]}),
        # The template puts these below the money.
        (_("Report of the recipient"), {"classes": ["after"], "fields": ["reported_on"]}),
        (_("Withdrawal"), {"classes": ["after"], "fields": ["withdrawal_reason"]}),
    ]

    class Media:
        css = {"all": ["admin/grants.css"]}

    def get_changeform_initial_data(self, request):
        return {"report_year": timezone.localdate().year} | super().get_changeform_initial_data(request)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for sentence in oddities(form.instance):
            messages.warning(request, sentence)

    @admin.display(description=_("recipient"))
    def recipient(self, grant):
        return grant.recipient
