from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.choices import COMMITTED, FundingStatus, GrantStatus, PaymentKind
from grants.querysets import GrantQuerySet, PaymentQuerySet
from organizations.models import Organization, Person
from yixin.fields import (
    AmountField,
    FuzzyDateField,
    LineField,
    ProseField,
    YearField,
    filled,
    in_order,
    one_of,
    sensible_amount,
    sensible_day,
    sensible_year,
)


class Funding(models.Model):
    """One sum that a funder gives us, or was asked to give, for one purpose; joint ones have partners."""

    funder = models.ForeignKey(Organization, models.PROTECT, related_name="fundings_given", verbose_name=_("funder"))
    purpose = LineField(_("purpose"), max_length=200)
    period = FuzzyDateField(_("period"), blank=True)
    amount = AmountField(_("amount (yuan)"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=FundingStatus, default=FundingStatus.AWARDED)
    partners = models.ManyToManyField(
        Organization, blank=True, related_name="fundings_shared", verbose_name=_("applied for together with")
    )
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    remark = ProseField(_("internal remark"), blank=True)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        ordering = ["-period_earliest", "pk"]
        constraints = [
            filled("purpose", "funding_has_a_purpose"),
            in_order("period", "funding_period_in_order"),
            sensible_amount("amount", "funding_amount_is_sensible"),
            one_of("status", FundingStatus, "funding_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.funder} · {self.purpose}"


class Remittance(models.Model):
    """Money of a funding that arrived."""

    funding = models.ForeignKey(Funding, models.PROTECT, related_name="remittances", verbose_name=_("funding"))
    received_on = models.DateField(_("date"))
    amount = AmountField(_("amount (yuan)"))
    remark = LineField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("money received")
        verbose_name_plural = _("money received")
        ordering = ["-received_on", "pk"]
        constraints = [
            sensible_amount("amount", "remittance_amount_is_positive", zero=False),
            sensible_day("received_on", "remittance_date_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.received_on} · {self.amount}"


class GrantRound(models.Model):
    """One call for applications: from when to when, out of which funding."""

    title = LineField(_("title"), max_length=200)
    funding = models.ForeignKey(
        Funding, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("paid from")
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    remark = ProseField(_("internal remark"), blank=True)

    class Meta:
        verbose_name = _("round of grants")
        verbose_name_plural = _("rounds of grants")
        ordering = ["-opens_on", "pk"]
        constraints = [
            filled("title", "grant_round_has_a_title"),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="grant_round_closes_after_it_opens",
                violation_error_message=_("The end is before the start. Write the earlier day first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Grant(models.Model):
    """One sum that we give on to one organisation or one person for one project."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("person")
    )
    project = LineField(_("project"), max_length=200)
    requested_amount = AmountField(_("requested amount (yuan)"), null=True, blank=True)
    awarded_amount = AmountField(
        _("amount (yuan)"), null=True, blank=True, help_text=_("Leave it empty if it is not known; zero is zero.")
    )
    status = models.CharField(_("status"), max_length=10, choices=GrantStatus, default=GrantStatus.AWARDED)
    remark = LineField(_("remark"), max_length=200, blank=True)
    report_year = YearField(_("report year"))
    funding = models.ForeignKey(
        Funding, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("paid from")
    )
    round = models.ForeignKey(
        GrantRound, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("round of grants")
    )
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    agreement_number = LineField(_("number of the agreement"), max_length=40, blank=True)
    agreed_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    report_due_on = models.DateField(_("report due on"), null=True, blank=True)
    reported_on = models.DateField(_("report received on"), null=True, blank=True)
    withdrawal_reason = LineField(_("why it was withdrawn"), max_length=200, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-report_year", "pk"]
        constraints = [
            filled("project", "grant_has_a_project"),
            models.CheckConstraint(
                condition=Q(organization=None, person__isnull=False) | Q(organization__isnull=False, person=None),
                name="grant_to_an_organization_or_a_person",
                violation_error_message=_("A grant goes to an organisation or to a person: fill in one of the two."),
            ),
            one_of("status", GrantStatus, "grant_status_is_known"),
            sensible_amount("requested_amount", "grant_requested_amount_is_sensible"),
            sensible_amount("awarded_amount", "grant_awarded_amount_is_sensible"),
            sensible_year("report_year", "grant_report_year_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} · {self.project}"

    @property
    def recipient(self) -> Organization | Person | None:
        return self.organization or self.person

    @property
    def is_committed(self) -> bool:
        return self.status in COMMITTED


class Instalment(models.Model):
    """What is to be paid on one grant, when, and what for; whether it was is told by the payments."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="instalments", verbose_name=_("grant"))
    due_on = models.DateField(_("due on"))
    amount = AmountField(_("amount (yuan)"))
    condition = LineField(_("once"), max_length=200, blank=True, help_text=_("Such as: once the report is there."))

    class Meta:
        verbose_name = _("planned instalment")
        verbose_name_plural = _("planned instalments")
        ordering = ["due_on", "pk"]
        constraints = [
            sensible_amount("amount", "instalment_amount_is_positive", zero=False),
            sensible_day("due_on", "instalment_date_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} · {self.amount}"


class Payment(models.Model):
    """One instalment paid on a grant, or one refund that came back."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="payments", verbose_name=_("grant"))
    kind = models.CharField(_("kind"), max_length=10, choices=PaymentKind, default=PaymentKind.INSTALMENT)
    paid_on = models.DateField(_("date"))
    amount = AmountField(_("amount (yuan)"))
    remark = LineField(_("remark"), max_length=200, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-paid_on", "pk"]
        constraints = [
            sensible_amount("amount", "payment_amount_is_positive", zero=False),
            one_of("kind", PaymentKind, "payment_kind_is_known"),
            sensible_day("paid_on", "payment_date_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} · {self.amount}"
