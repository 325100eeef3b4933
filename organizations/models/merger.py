from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yixin.fields import LineField, ProseField, filled

from .organization import Organization


class Merger(models.Model):
    """One merge of two organisations: which was kept, what became of the other one, and what it takes to undo that.

    Written by ``organizations/merging/services.py`` and undone by ``undoing.py``; changed by nobody else.
    """

    # After another merge this is the organisation that took in the kept one. None: it was deleted since.
    kept = models.ForeignKey(
        Organization, models.SET_NULL, null=True, related_name="mergers", verbose_name=_("kept organisation")
    )
    kept_key = models.PositiveBigIntegerField(_("id of the kept one"), editable=False)
    kept_name = LineField(_("kept"), max_length=100)
    merged_key = models.PositiveBigIntegerField(_("id of the merged one"), editable=False)
    merged_name = LineField(_("merged into it"), max_length=100)
    snapshot = models.JSONField(_("merged record as it was"), default=dict, editable=False)
    # {column: [before, after]} of the kept one
    changes = models.JSONField(_("changed values"), default=dict, blank=True, editable=False)
    # [{"model", "column", "rows": [[id, before, after]]}]
    moved = models.JSONField(_("moved records"), default=list, blank=True, editable=False)
    # [{"model", "rows": [{column: value}]}], parts of a record before the record
    dropped = models.JSONField(_("records that stood twice"), default=list, blank=True, editable=False)
    made = models.JSONField(_("records that were made"), default=list, blank=True, editable=False)
    reason = ProseField(_("reason"), blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged at"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge of two organisations")
        verbose_name_plural = _("merges of organisations")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            filled("merged_name", "merger_names_the_merged"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merger_undone_says_by_whom",
                violation_error_message=_("What was undone says by whom and when; what stands does not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.kept_name}"


class FormerAddress(models.Model):
    """One address in the directory under which an organisation stood that was merged; it leads to the kept one."""

    slug = models.SlugField(_("address in the directory"), max_length=80, unique=True)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="former_addresses", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Distinction(models.Model):
    """Two organisations that look like one, of which somebody of the staff has said that they are two."""

    one = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organisation"))
    other = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("another organisation"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by"))
    made_at = models.DateTimeField(_("said at"))

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="distinction_once_a_pair",
                violation_error_message=_("It was said already that these two are not the same."),
            ),
            models.CheckConstraint(
                condition=~Q(one=F("other")),
                name="distinction_of_two",
                violation_error_message=_("An organisation is always the same as itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
