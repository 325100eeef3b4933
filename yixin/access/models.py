from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yixin.fields import one_of


class Sighting(models.Model):
    """Personal data of one record that somebody of the staff was shown in full: who, when, whose. Never changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("seen by"))
    seen_at = models.DateTimeField(_("seen at"))
    model = models.CharField(_("kind of record"), max_length=100)
    record = models.BigIntegerField(_("number of the record"))

    class Meta:
        verbose_name = _("personal data seen")
        verbose_name_plural = _("personal data seen")
        ordering = ["-seen_at", "-pk"]
        indexes = [models.Index(fields=["model", "record"], name="sighting_by_record")]

    def __str__(self) -> str:
        return f"{self.model} {self.record}"


class Act(TextChoices):
    ADDED = "added", pgettext_lazy("history", "added")
    CHANGED = "changed", pgettext_lazy("history", "changed")
    DELETED = "deleted", pgettext_lazy("history", "deleted")


class Revision(models.Model):
    """One change to one record: by whom, when, and each column's value before and after; personal ones by name only."""

    model = models.CharField(_("kind of record"), max_length=100)
    record = models.BigIntegerField(_("number of the record"))
    act = models.CharField(_("what was done"), max_length=10, choices=Act)
    # {"column": [before, after]}, values as text; {"column": null} where the values are personal
    changes = models.JSONField(_("changes"), default=dict, encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField(_("changed at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["model", "record"], name="revision_by_record")]
        constraints = [one_of("act", Act, "revision_act_is_known")]

    def __str__(self) -> str:
        return f"{self.model} {self.record}"


class SavedForm(models.Model):
    """One form that was sent and stored: sent again, by a second tap or a slow line, it stores nothing more."""

    key = models.UUIDField(_("key"), unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("sent by"))
    saved_at = models.DateTimeField(_("saved at"))
    address = models.CharField(_("led to"), max_length=500)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")
        ordering = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        return self.address
