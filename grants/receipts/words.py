"""What stands on a receipt. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.choices import PaymentKind
from grants.models import Payment
from yixin.capitals import capitals

BLANK = "＿＿＿＿＿＿＿＿＿＿"
BLANK_DAY = "＿＿＿＿年＿＿月＿＿日"


@dataclass(frozen=True)
class Receipt:
    """``rows``: a label and what stands beside it. ``signatures``: labels, each with a line to write on."""

    title: str
    number: str
    day: str
    rows: Sequence[tuple[str, str]]
    signatures: Sequence[tuple[str, str]]


def receipt_of(payment: Payment) -> Receipt:
    """No query if grant and recipient are there. Of a refund it is we who sign."""
    grant, is_refund = payment.grant, payment.kind == PaymentKind.REFUND
    us, them = str(settings.SITE_NAME), str(grant.recipient)
    payer, payee = (them, us) if is_refund else (us, them)
    purpose = _("refund of a grant") if is_refund else _("grant")
    rows = [
        (_("Received from"), payer),
        (_("Received by"), payee),
        (pgettext("receipt", "For"), f"{grant.project}（{purpose}）"),
        (_("Amount in capitals"), capitals(payment.amount)),
        (_("Amount in figures"), f"¥{number_format(payment.amount, decimal_pos=2, force_grouping=True)}"),
        (_("Number of the agreement"), grant.agreement_number or BLANK),
    ]
    if payment.remark:
        rows.append((_("Remark"), payment.remark))
    signatures = [
        (_("Received by (signature)"), BLANK),
        (_("Received by (stamp)"), BLANK),
        (_("Handled by (signature)"), BLANK),
        (_("Date"), BLANK_DAY),
    ]
    day = date_format(payment.paid_on, "DATE_FORMAT")
    return Receipt(pgettext("paper", "Receipt"), _("No. %(number)s") % {"number": payment.pk}, day, rows, signatures)
