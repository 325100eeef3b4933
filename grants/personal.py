"""Which grants tie a person to the hub, or once did."""

from datetime import date

from django.db.models import Q, QuerySet

from grants.models import Grant
from organizations.personal.ties import Tie


def of_grants(day: date) -> QuerySet:
    """Of a later year, or with a payment or an instalment since."""
    late = Q(report_year__gte=day.year) | Q(payments__paid_on__gte=day) | Q(instalments__due_on__gte=day)
    return Grant.objects.exclude(person=None).filter(late).values("person")


def of_former_grants(day: date) -> QuerySet:
    return Grant.objects.exclude(person=None).filter(report_year__lt=day.year).values("person")


TIES = [Tie(of_grants, of_former_grants, is_printed=True)]
