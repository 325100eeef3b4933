from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.choices import RegionLevel

from .region import Region


class Territory(models.Model):
    """The prefecture city of one regional volunteer: their account sees and writes what lies in it, nothing else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="territory", verbose_name=_("account")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("prefecture city"))

    class Meta:
        verbose_name = _("volunteer's prefecture city")
        verbose_name_plural = _("volunteers' prefecture cities")
        ordering = ["region", "pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.region}"

    def clean(self) -> None:
        if self.region_id and self.region.level != RegionLevel.PREFECTURE:
            raise ValidationError({"region": _("Choose a prefecture city, not a county or a province.")})
