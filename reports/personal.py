"""Who got a grant of a year that is not published yet is kept until it is."""

from datetime import date

from django.db.models import QuerySet

from grants.models import Grant
from organizations.personal.ties import Tie
from reports.models import Edition


def of_unpublished(day: date) -> QuerySet:
    published = Edition.objects.order_by().values("report__year")
    return Grant.objects.exclude(person=None).exclude(report_year__in=published).values("person")


TIES = [Tie(of_unpublished)]
