from django.db import models

from grants.choices import COMMITTED, GrantStatus, PaymentKind
from yixin.access.levels import Level, columns


class GrantQuerySet(models.QuerySet):
    def in_year(self, year: int) -> "GrantQuerySet":
        """Those of that report year."""
        return self.filter(report_year=year)

    def committed(self) -> "GrantQuerySet":
        """Money promised: neither withdrawn, declined nor only applied for."""
        return self.filter(status__in=COMMITTED)

    def withdrawn(self) -> "GrantQuerySet":
        return self.filter(status=GrantStatus.WITHDRAWN)

    def funded_by(self, funder) -> "GrantQuerySet":
        return self.filter(funding__funder=funder)

    def public(self) -> "GrantQuerySet":
        """Committed grants to organisations that may be tied to events and money, out of no sensitive funding."""
        safe = self.committed().filter(organization__listing="public", organization__is_sensitive=False)
        safe = safe.exclude(funding__is_sensitive=True)
        return safe.only(*columns(self.model, Level.PUBLIC))

    def in_report_order(self) -> "GrantQuerySet":
        """As they were entered, with everything a table prints: one query."""
        return self.select_related("organization", "person", "funding__funder").order_by("pk")


class PaymentQuerySet(models.QuerySet):
    def instalments(self) -> "PaymentQuerySet":
        return self.filter(kind=PaymentKind.INSTALMENT)

    def refunds(self) -> "PaymentQuerySet":
        return self.filter(kind=PaymentKind.REFUND)
