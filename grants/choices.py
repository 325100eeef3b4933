from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class FundingStatus(TextChoices):
    APPLIED = "applied", pgettext_lazy("funding", "applied for")
    AWARDED = "awarded", pgettext_lazy("funding", "awarded")
    DECLINED = "declined", pgettext_lazy("funding", "declined")


class GrantStatus(TextChoices):
    """Only awarded and completed grants are money that we owe or paid."""

    APPLIED = "applied", pgettext_lazy("grant", "applied for")
    AWARDED = "awarded", pgettext_lazy("grant", "awarded")
    COMPLETED = "completed", pgettext_lazy("grant", "completed")
    WITHDRAWN = "withdrawn", pgettext_lazy("grant", "withdrawn by the applicant")
    DECLINED = "declined", pgettext_lazy("grant", "declined")


COMMITTED = (GrantStatus.AWARDED, GrantStatus.COMPLETED)


class PaymentKind(TextChoices):
    INSTALMENT = "instalment", pgettext_lazy("payment", "instalment")
    REFUND = "refund", pgettext_lazy("payment", "refund")
