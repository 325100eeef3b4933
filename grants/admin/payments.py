from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from grants.forms import PaymentForm, oddities
from grants.models import Payment
from grants.receipts.page import ReceiptPages, link_to_receipt
from yixin.admin import ModelAdmin


@admin.register(Payment)
class PaymentAdmin(ReceiptPages, ModelAdmin):
    form = PaymentForm
    list_display = ["paid_on", "grant", "kind", "amount", "receipt"]
    list_filter = ["kind"]
    linked_lookups = ("grant__funding", "grant__status")
    date_hierarchy = "paid_on"
    list_select_related = ["grant__organization", "grant__person"]
    search_fields = ["grant__project", "grant__organization__name"]
    autocomplete_fields = ["grant"]

    def save_model(self, request, payment, form, change):
        super().save_model(request, payment, form, change)
        for sentence in oddities(payment.grant):
            messages.warning(request, sentence)

    @admin.display(description=_("receipt"))
    def receipt(self, payment):
        return link_to_receipt(payment)
