"""The balance of a funding in the staff's site: its columns in the list, and a page whose numbers lead to records."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from grants.amounts import exact, written
from grants.choices import COMMITTED, GrantStatus, PaymentKind
from grants.models import Funding, Grant, Payment
from yixin.desk import page
from yixin.finding import form_of
from yixin.intake.permissions import may

from .sums import Balance, above, balances, beyond, with_payments

BALANCE = "grants_funding_balance"
NOTHING_RECEIVED = gettext_lazy("nothing received is on record")
COMMITTED_ONLY = ",".join(status.value for status in COMMITTED)
OTHERS_ONLY = ",".join(status.value for status in GrantStatus if status not in COMMITTED)


@dataclass(frozen=True)
class Line:
    """One number of the page, and where its records are. ``amount``: None where it is not known."""

    label: str
    amount: Decimal | None
    address: str
    note: str = ""


def without_unknown(number: int) -> str:
    """ "" where every amount is known."""
    if not number:
        return ""
    text = ngettext("without %(number)s grant of unknown amount", "without %(number)s grants of unknown amount", number)
    return text % {"number": number}


def lines(funding: Funding, balance: Balance) -> list[Line]:
    form, of_funding = form_of(funding), {"funding__id__exact": funding.pk}
    paid = {"grant__funding__id__exact": funding.pk}
    unwanted = page(Payment, "changelist", **paid, grant__status__in=OTHERS_ONLY)
    granted = page(Grant, "changelist", **of_funding, status__in=COMMITTED_ONLY)
    refund, instalment = ({"kind__exact": kind.value} for kind in (PaymentKind.REFUND, PaymentKind.INSTALMENT))
    committed = {"grant__status__in": COMMITTED_ONLY}
    refunds, instalments = (
        page(Payment, "changelist", **paid, **refund),
        page(Payment, "changelist", **paid, **instalment),
    )
    back = page(Payment, "changelist", **paid, **committed, **refund)
    above_granted = page(Payment, "changelist", **paid, **committed, **instalment)
    nothing = "" if balance.received is not None else NOTHING_RECEIVED
    return [
        Line(_("Promised"), funding.amount, form, "" if funding.amount is not None else _("unknown")),
        Line(_("Received"), balance.received, f"{form}#remittances-group", nothing),
        Line(_("Granted"), balance.granted.amount, granted, without_unknown(balance.granted.unknown)),
        *(
            Line(capfirst(source.label), charge.amount, source.address(funding.pk))
            for source, charge in balance.charges
        ),
        Line(_("Paid on committed grants beyond what was granted"), balance.granted.above, above_granted),
        Line(_("Came back from committed grants"), balance.granted.back, back),
        Line(_("Paid to grants that are not committed, less what came back"), balance.granted.uncommitted, unwanted),
        Line(_("Paid on all grants"), balance.granted.paid, instalments),
        Line(_("Came back"), balance.granted.returned, refunds),
    ]


def grants_of(funding: Funding) -> QuerySet:
    """In the order in which they were decided, each with what was paid on it and what came back. One query."""
    found = with_payments(Grant.objects.filter(funding=funding).select_related("organization", "person"))
    return found.order_by(F("decided_on").asc(nulls_last=True), "pk")


class Balancing:
    """Mixed into the admin of fundings."""

    own_pages = {BALANCE: gettext_lazy("Balance")}

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.balance_view))
        return [path("<int:pk>/balance/", view, name=BALANCE), *super().get_urls()]

    def get_changelist_instance(self, request):
        """Each funding of the page of the list with its balance, however many there are."""
        found = super().get_changelist_instance(request)
        fundings = list(found.result_list)
        of_all = balances([funding.pk for funding in fundings])
        for funding in fundings:
            funding.balance = of_all[funding.pk]
        found.result_list = fundings
        return found

    @admin.display(description=gettext_lazy("received (yuan)"))
    def received(self, funding):
        return NOTHING_RECEIVED if funding.balance.received is None else written(funding.balance.received)

    @admin.display(description=gettext_lazy("granted (yuan)"))
    def granted(self, funding):
        granted = funding.balance.granted
        return " · ".join(filter(None, [written(granted.amount), without_unknown(granted.unknown)]))

    @admin.display(description=gettext_lazy("free (yuan)"))
    def free(self, funding):
        balance, address = funding.balance, reverse(f"admin:{BALANCE}", args=[funding.pk])
        if balance.free is None:
            return format_html('<a href="{}">{}</a>', address, NOTHING_RECEIVED)
        why = balance.why_negative or without_unknown(balance.granted.unknown)
        kind = "care" if balance.why_negative else "quiet"
        return format_html('<a href="{}">{}</a> <span class="{}">{}</span>', address, written(balance.free), kind, why)

    def balance_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Six queries, whatever the number of records, and those of the session."""
        funding = self.record_shown(request, pk, "funder")
        if not may(request.user, "view", Grant):
            raise PermissionDenied
        balance, grants = balances([pk])[pk], list(grants_of(funding))
        for grant in grants:
            grant.paid, grant.returned = exact(grant.paid), exact(grant.returned)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Balance"),
            "funding": funding,
            "balance": balance,
            "lines": lines(funding, balance),
            "grants": grants,
            "unknown": [grant for grant in grants if grant.is_committed and grant.awarded_amount is None],
            "without_unknown": without_unknown(balance.granted.unknown),
            "overpaid": [grant for grant in grants if grant.is_committed and grant.awarded_amount and above(grant)],
            "beyond": beyond(grants, balance.received) if balance.why_negative else [],
        }
        return TemplateResponse(request, "admin/grants/funding/balance.html", context)
