"""The receipt of a payment in the staff's site, to print and to take along."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from grants.models import Payment
from yixin.access.masking import SEE_PERSONAL
from yixin.access.showing import note

from .words import receipt_of

RECEIPT, RECEIPT_DOCX = "grants_payment_receipt", "grants_payment_receipt_docx"


def link_to_receipt(payment: Payment) -> str | None:
    """None for one that is not stored yet."""
    if payment.pk is None:
        return None
    return format_html('<a href="{}">{}</a>', reverse(f"admin:{RECEIPT}", args=[payment.pk]), _("Receipt"))


class ReceiptPages:
    """Mixed into the admin of payments."""

    own_pages = {RECEIPT: gettext_lazy("Receipt")}

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/receipt/", view(never_cache(require_safe(self.receipt_view))), name=RECEIPT),
            path("<int:pk>/receipt.docx", view(never_cache(require_safe(self.receipt_docx_view))), name=RECEIPT_DOCX),
            *super().get_urls(),
        ]

    def receipt_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        payment = self._payment(request, pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Receipt"),
            "payment": payment,
            "receipt": receipt_of(payment),
        }
        return TemplateResponse(request, "admin/grants/payment/receipt.html", context)

    def receipt_docx_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The name of the file names nobody."""
        payment = self._payment(request, pk)
        headers = {"Content-Disposition": f'attachment; filename="receipt-{payment.pk}.docx"'}
        from yixin.word import CONTENT_TYPE  # noqa: PLC0415  large, and read in only where it is wanted

        from .paper import document  # noqa: PLC0415

        return HttpResponse(document(receipt_of(payment)), content_type=CONTENT_TYPE, headers=headers)

    def _payment(self, request: HttpRequest, pk: int) -> Payment:
        """One query. Of a person it is for those alone who may see personal data, and noted."""
        payment = self.record_shown(request, pk, "grant__organization", "grant__person")
        person = payment.grant.person
        if person and not request.user.has_perm(SEE_PERSONAL):
            raise PermissionDenied
        if person and request.method == "GET":
            note(request.user, person)
        return payment
