"""What the balance of a funding takes off for expenses."""

from collections.abc import Collection

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from activities.models import Expense
from grants.amounts import exact
from grants.charges import Charge, Source
from yixin.desk import page


def expenses(fundings: Collection[int]) -> dict[int, Charge]:
    rows = Expense.objects.filter(funding__in=fundings).order_by().values("funding")
    rows = rows.annotate(sum=Sum("amount"), records=Count("pk"))
    return {row["funding"]: Charge(exact(row["sum"]), row["records"]) for row in rows}


def expenses_of(funding: int) -> str:
    return page(Expense, "changelist", funding__id__exact=funding)


SOURCES = [Source(_("expenses"), expenses, expenses_of)]
