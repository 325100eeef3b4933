import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yixin.fields import LineField, one_of

from .plan import Action


class Status(TextChoices):
    PREVIEWED = "previewed", pgettext_lazy("import", "looked at, not confirmed")
    DONE = "done", pgettext_lazy("import", "done")
    CANCELLED = "cancelled", pgettext_lazy("import", "cancelled")
    EXPIRED = "expired", pgettext_lazy("import", "never confirmed")
    UNDONE = "undone", pgettext_lazy("import", "undone")


class Intake(models.Model):
    """One table that somebody handed in: who, what, how many rows, and what became of it."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    table = models.CharField(_("table"), max_length=20)
    source = LineField(_("came from"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("handed in by")
    )
    created_at = models.DateTimeField(_("handed in at"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PREVIEWED)
    options = models.JSONField(_("options"), default=dict, encoder=DjangoJSONEncoder)
    # The rows as they came, without the columns that are never kept; gone after confirming, cancelling or a day.
    content = models.JSONField(_("rows as they came"), null=True, encoder=DjangoJSONEncoder)
    outcome = models.JSONField(_("rows by what was done"), default=dict)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("import_tables", "Can bring tables in"),
            ("export_tables", "Can take tables out"),
            ("export_personal", "Can take personal data out"),
        ]
        constraints = [
            one_of("status", Status, "intake_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=Status.PREVIEWED) | Q(content=None),
                name="intake_keeps_nothing_once_finished",
                violation_error_message=_("A finished import keeps no rows."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} · {self.source}"

    def told(self) -> str:
        """How many rows were new, changed and so on, in words; "" if nothing was done."""
        return " · ".join(f"{action.label} {self.outcome[action]}" for action in Action if self.outcome.get(action))


class Change(models.Model):
    """What one import made of some records of one kind, with what it takes to undo that."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="changes", verbose_name=_("import"))
    model = models.CharField(_("kind of record"), max_length=100)
    notes = models.JSONField(_("records"), encoder=DjangoJSONEncoder)  # as journal.Note has them

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.intake} · {self.model}"


class Export(models.Model):
    """One file of records that somebody took out: who, when, which table, how many, personal columns or not."""

    table = models.CharField(_("table"), max_length=100)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by"))
    created_at = models.DateTimeField(_("taken at"))
    format = models.CharField(_("format"), max_length=10)
    rows = models.PositiveIntegerField(_("rows"))
    is_personal = models.BooleanField(_("with personal data"))

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.table} · {self.created_at:%Y-%m-%d}"
