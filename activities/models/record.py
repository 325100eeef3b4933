from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import PhotoQuerySet, PublicationQuerySet
from grants.models import Funding
from yixin.documents import DocumentField
from yixin.fields import (
    AmountField,
    FuzzyDateField,
    LineField,
    PinyinSlugField,
    ProseField,
    filled,
    in_order,
    sensible_amount,
)
from yixin.images import PhotoField

from .event import Event
from .survey import Survey, Visit


class Publication(models.Model):
    """One report, handbook or other text that we produced."""

    title = LineField(_("title"), max_length=200)
    slug = PinyinSlugField(_("address among the publications"), source="title")
    file = DocumentField(
        _("file"),
        upload_to="publications/%Y",
        blank=True,
        help_text=_("PDF, Word, Excel or PowerPoint, at most 30 MB. Its properties, such as the author, are read too."),
    )
    published = FuzzyDateField(_("published"), blank=True)
    survey = models.ForeignKey(
        Survey, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name=_("out of the survey")
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name=_("presented at")
    )
    is_public = models.BooleanField(_("public"), default=False)
    remark = ProseField(_("internal remark"), blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_earliest", "pk"]
        constraints = [
            filled("title", "publication_has_a_title"),
            in_order("published", "publication_published_in_order"),
        ]

    def __str__(self) -> str:
        return self.title


class Photo(models.Model):
    """One picture, of an event or of the work at large; where it was taken is not kept in the file."""

    image = PhotoField(_("picture"), upload_to="photos/%Y")
    caption = LineField(_("caption"), max_length=200, blank=True)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=_("event")
    )
    consented_on = models.DateField(
        _("those shown agreed on"), null=True, blank=True, help_text=_("Empty: never shown in public.")
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.caption or self.image.name


class Expense(models.Model):
    """One thing that was paid for, with a picture of its receipt."""

    spent_on = models.DateField(_("date"), null=True, blank=True)
    purpose = LineField(_("what for"), max_length=200)
    amount = AmountField(_("amount (yuan)"))
    funding = models.ForeignKey(
        Funding, models.PROTECT, null=True, blank=True, related_name="expenses", verbose_name=_("paid from")
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="expenses", verbose_name=_("event")
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="expenses", verbose_name=_("visit")
    )
    receipt = PhotoField(_("picture of the receipt"), upload_to="receipts/%Y", blank=True)

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        ordering = ["-spent_on", "pk"]
        constraints = [
            filled("purpose", "expense_has_a_purpose"),
            sensible_amount("amount", "expense_amount_is_positive", zero=False),
            models.CheckConstraint(
                condition=Q(event=None) | Q(visit=None),
                name="expense_of_an_event_or_a_visit",
                violation_error_message=_("An expense belongs to an event or to a visit, not to both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.amount}"
