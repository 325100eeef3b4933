"""Which events tie a person to the hub, or once did; and pictures and files that may show or name them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from activities.models import Attendance, Event, Expense, Photo, Publication
from organizations.personal.erasing import Look, Plan
from organizations.personal.ties import Tie
from yixin.desk import page


def of_attendances(day: date) -> QuerySet:
    return Attendance.objects.filter(event__when_latest__gte=day).values("person")


def of_former_attendances(day: date) -> QuerySet:
    return Attendance.objects.filter(event__when_latest__lt=day).values("person")


TIES = [Tie(of_attendances, of_former_attendances)]


def pictures(plan: Plan) -> Iterator[Look]:
    """Photos of the events that they came to, photos whose caption names them, and receipts of those events."""
    captioned = [place.record for place in plan.places if place.model is Photo]
    came = Event.objects.filter(attendances__person=plan.person).order_by().values("pk")
    for photo in Photo.objects.filter(Q(event__in=came) | Q(pk__in=captioned)).order_by("pk"):
        sentence = _("They may be on photo %(number)s. Look at it; delete it, or cover them.")
        yield Look(sentence % {"number": photo.pk}, page(Photo, "changelist") + f"{photo.pk}/change/")
    for expense in Expense.objects.filter(event__in=came).exclude(receipt="").order_by("pk"):
        sentence = _("Their name or signature may be on the receipt of expense %(number)s.")
        yield Look(sentence % {"number": expense.pk}, page(Expense, "changelist") + f"{expense.pk}/change/")


def documents(plan: Plan) -> Iterator[Look]:
    """Files of the publications whose title names them. The title and the address lose the name by themselves."""
    titled = [place.record for place in plan.places if place.model is Publication and place.column.name == "title"]
    for publication in Publication.objects.filter(pk__in=titled).exclude(file="").order_by("pk"):
        sentence = _(
            "The title of publication %(number)s names them, and so may its file. Look at it; put one without the "
            "name in its place."
        )
        yield Look(sentence % {"number": publication.pk}, page(Publication, "changelist") + f"{publication.pk}/change/")


LOOKS = [pictures, documents]
