from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import RegionLevel
from organizations.querysets import RegionQuerySet
from yixin.fields import YearField, one_of


class Region(models.Model):
    """One administrative division, as it was called from one year until another."""

    code = models.CharField(
        _("code"), max_length=6, validators=[RegexValidator(r"^[1-9][0-9]{5}\Z")], help_text="GB/T 2260"
    )
    name = models.CharField(_("name"), max_length=40)
    level = models.CharField(_("level"), max_length=10, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    valid_from = YearField(_("in use from"), help_text=_("The first year, judged at 31 December."))
    valid_to = YearField(_("in use until"), null=True, blank=True, help_text=_("Empty: still in use."))
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, verbose_name=_("became"))
    pinyin = models.CharField(_("pinyin"), max_length=60, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="region_code_once_a_year",
                violation_error_message=_("This code is in use from this year already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="region_ends_after_it_starts",
                violation_error_message=_("The last year must come after the first."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-9][0-9]{5}\Z"),
                name="region_code_has_six_digits",
                violation_error_message=_("The code has six digits."),
            ),
            one_of("level", RegionLevel, "region_level_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, int]:
        return (self.code, self.valid_from)
