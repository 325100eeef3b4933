from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Photo, WorkArea
from organizations.models import Organization
from reports.querysets import AnnualReportQuerySet, EditionQuerySet
from yixin.fields import LineField, PositionField, ProseField, YearField, filled, sensible_year


class AnnualReport(models.Model):
    """The report on one year's work: on all of it, or on what one funder paid for."""

    year = YearField(_("year"))
    funder = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="annual_reports", verbose_name=_("funder")
    )
    title = LineField(_("title"), max_length=200)
    cut_off = models.DateField(
        _("counted until"), null=True, blank=True, help_text=_("One cut-off for all tables of the report.")
    )

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-year", "pk"]
        constraints = [
            filled("title", "annual_report_has_a_title"),
            sensible_year("year", "annual_report_year_is_sensible"),
            models.UniqueConstraint(
                fields=["year", "funder"],
                name="annual_report_once_a_year_and_funder",
                violation_error_message=_("There is a report on this year for this funder already."),
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(funder=None),
                name="annual_report_once_a_year",
                violation_error_message=_("There is a report on this year already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """One part of an annual report: a heading with prose, a table, photos."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="sections", verbose_name=_("report"))
    position = PositionField(_("position"))
    heading = LineField(_("heading"), max_length=200)
    prose = ProseField(_("text"), blank=True)
    table = models.SlugField(_("table"), max_length=60, blank=True)
    area = models.ForeignKey(
        WorkArea, models.PROTECT, null=True, blank=True, related_name="sections", verbose_name=_("tells of")
    )
    photos = models.ManyToManyField(Photo, blank=True, related_name="sections", verbose_name=_("photos"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("edited by"),
    )
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["report", "position", "pk"]
        constraints = [
            filled("heading", "section_has_a_heading"),
            models.UniqueConstraint(
                fields=["report", "position"],
                name="section_once_a_position",
                violation_error_message=_("Another section stands at this position."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class Edition(models.Model):
    """What was published of an annual report at one moment; never changed afterwards."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="editions", verbose_name=_("report"))
    number = models.PositiveSmallIntegerField(_("number"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    snapshot = models.JSONField(_("snapshot"))
    public_snapshot = models.JSONField(_("public form of the snapshot"))
    files = models.JSONField(_("checksums of its files"), default=dict)
    sha256 = models.CharField(
        _("SHA-256 of the snapshot"), max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}\Z")]
    )
    content_sha256 = models.CharField(
        _("SHA-256 of what it says"), max_length=64, help_text=_("The same as long as the records say the same.")
    )
    correction = ProseField(_("what was corrected"), blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["report", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="edition_once_a_number",
                violation_error_message=_("There is an edition with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="edition_numbers_start_at_one",
                violation_error_message=_("Editions are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}\Z"),
                name="edition_has_a_checksum",
                violation_error_message=_("The checksum has 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(correction=""),
                name="edition_later_ones_say_what_was_corrected",
                violation_error_message=_("A later edition says what was corrected."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.number}"


class Acceptance(models.Model):
    """Why one finding of the checks stays as it is: an answer, signed; asked anew once the finding changes."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="acceptances", verbose_name=_("report"))
    check_code = models.CharField(_("check"), max_length=10)
    fingerprint = models.CharField(_("finding"), max_length=64)
    sentence = models.TextField(_("what was found"))
    reason = ProseField(_("because"))
    is_printed = models.BooleanField(_("printed as a note"), default=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted at"))

    class Meta:
        verbose_name = _("accepted finding")
        verbose_name_plural = _("accepted findings")
        ordering = ["report", "check_code", "pk"]
        constraints = [
            filled("reason", "acceptance_has_a_reason"),
            models.UniqueConstraint(
                fields=["report", "fingerprint"],
                name="acceptance_once_a_finding",
                violation_error_message=_("This finding has been accepted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} · {self.reason}"


class Amendment(models.Model):
    """One change to a record of a year that was published already: what, why, by whom."""

    year = YearField(_("report year"))
    record = models.CharField(_("record"), max_length=100)
    title = LineField(_("what it is"), max_length=300)
    reason = ProseField(_("reason"))
    made_by = models.ForeignKey(  # None: by a command, to which nobody logs in
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )
    made_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("change to a published year")
        verbose_name_plural = _("changes to published years")
        ordering = ["-made_at", "-pk"]
        constraints = [
            filled("reason", "amendment_has_a_reason"),
            sensible_year("year", "amendment_year_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.reason}"
