from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import Platform
from organizations.querysets import ContactQuerySet, NetworkGroupQuerySet
from yixin.fields import CountField, DerivedField, LineField, filled, one_of
from yixin.text import initials, name_key, pinyin

from .organization import Organization
from .region import Region


class Person(models.Model):
    """One human being: a contact, someone who came, or who received a grant. Never matched by name alone."""

    name = LineField(_("name"), max_length=60)
    name_key = DerivedField(source="name", function=name_key, db_index=True)
    name_pinyin = DerivedField(source="name", function=pinyin, db_index=True)
    name_initials = DerivedField(source="name", function=initials, db_index=True)
    phone = LineField(
        _("phone"),
        max_length=20,
        blank=True,
        db_index=True,
        validators=[
            RegexValidator(r"^\+?[0-9][0-9-]{4,18}$", _("A phone number has digits only, such as 0791-8800000."))
        ],
    )
    email = models.EmailField(_("e-mail"), blank=True)
    consented_on = models.DateField(
        _("agreed to be kept on"), null=True, blank=True, help_text=_("Empty: not asked, or not known.")
    )
    remark = LineField(_("remark"), max_length=200, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Off: no longer offered where one chooses; all records stay.")
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name_pinyin", "pk"]
        permissions = [("see_personal", "Can see personal data in full")]
        constraints = [filled("name", "person_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """One person's part in one organisation, from one day to another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts", verbose_name=_("person"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="contacts", verbose_name=_("organisation")
    )
    role = LineField(_("role"), max_length=60, blank=True, help_text=_("Head, office, finance …"))
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    consented_on = models.DateField(
        _("agreed to be public on"), null=True, blank=True, help_text=_("Empty: never shown in public.")
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organization", "person", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization", "role"],
                name="contact_once_a_role",
                violation_error_message=_("This person has this role in this organisation already."),
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="contact_ends_after_it_starts",
                violation_error_message=_("The end is before the start. Write the earlier day first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organization}"


class NetworkGroup(models.Model):
    """One QQ or WeChat group that keeps a part of the network together."""

    platform = models.CharField(_("platform"), max_length=10, choices=Platform)
    name = LineField(_("name"), max_length=100)
    number = LineField(_("group number"), max_length=40, blank=True, help_text=_("Never public."))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    steward = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )
    member_count = CountField(_("members"), null=True, blank=True)
    is_public = models.BooleanField(_("named in public"), default=False)

    objects = NetworkGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("network group")
        verbose_name_plural = _("network groups")
        ordering = ["name", "pk"]
        constraints = [
            filled("name", "network_group_has_a_name"),
            one_of("platform", Platform, "network_group_platform_is_known"),
        ]

    def __str__(self) -> str:
        return self.name
