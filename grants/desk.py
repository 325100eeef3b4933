"""What waits for those who keep the grants: money that should have been paid, reports that should be there."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Round
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from grants.choices import COMMITTED
from grants.models import Grant, Instalment, Payment
from yixin.desk import Asked, Item, Tone, Waiting, page

YUAN = DecimalField(max_digits=16, decimal_places=2)


def sum_of_grant(rows: QuerySet) -> Coalesce:
    """Yuan of the rows that belong to the outer grant; zero where there are none."""
    sums = rows.filter(grant=OuterRef("pk")).order_by().values("grant").annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(sums), Decimal(0), output_field=YUAN)


def instalment_due() -> Q:
    """More was to be paid by today than was paid. What came back is no longer owed, so refunds take nothing off."""
    planned = sum_of_grant(Instalment.objects.filter(due_on__lte=timezone.localdate()))
    paid = sum_of_grant(Payment.objects.instalments())
    # Rounded: SQLite adds up in binary fractions.
    owed = Round(planned - paid, precision=2, output_field=YUAN)
    return Q(status__in=COMMITTED) & Q(GreaterThan(owed, Decimal(0)))


def report_due() -> Q:
    return Q(status__in=COMMITTED, reported_on=None, report_due_on__lte=timezone.localdate())


class GrantWaiting(Waiting):
    title = pgettext_lazy("list of grants", "waiting")
    parameter_name = "waiting"
    conditions = {
        "instalment": (gettext_lazy("an instalment is to be paid"), instalment_due),
        "report": (gettext_lazy("the recipient's report is due"), report_due),
    }


def starts(asked: Asked) -> Iterator[Item]:
    yield from asked.add(Grant, _("Add a grant"))


def grants(asked: Asked) -> Iterator[Item]:
    """One query."""
    if not asked.may("view", Grant):
        return
    found = asked.records(Grant).aggregate(
        committed=Count("pk", filter=Q(status__in=COMMITTED, report_year=asked.year)),
        **{value: Count("pk", filter=GrantWaiting.condition(value)) for value in GrantWaiting.conditions},
    )
    query = {"report_year": asked.year, "status__in": ",".join(status.value for status in COMMITTED)}
    yield Item(pgettext("desk", "Grants"), page(Grant, "changelist", **query), Tone.FIGURE, found["committed"])
    number = found["instalment"]
    label = ngettext("grant with an instalment to be paid", "grants with an instalment to be paid", number)
    yield _late("instalment", label, number, _("pay it and record the payment, or move its date"))
    number = found["report"]
    label = ngettext("grant whose report is due", "grants whose reports are due", number)
    yield _late("report", label, number, _("ask the recipient for it, and record the day it came"))


def _late(value: str, label: str, number: int, note: str) -> Item:
    return Item(label, page(Grant, "changelist", **{GrantWaiting.parameter_name: value}), Tone.LATE, number, note)


SOURCES = [starts, grants]
