import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from organizations.choices import AliasKind, LegalStatus, Listing, OrganizationType
from organizations.querysets import CodeQuerySet, OrganizationQuerySet
from yixin.fields import (
    DerivedField,
    FuzzyDateField,
    LineField,
    PinyinSlugField,
    PositionField,
    ProseField,
    WebsiteField,
    YearField,
    filled,
    in_order,
    one_of,
)
from yixin.text import initials, name_key, pinyin


def validate_uscc(value: str) -> None:
    """Raises ValidationError unless the unified social credit code is well formed and its check digit fits."""
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("“%(value)s” is not a valid unified social credit code: 18 characters, the last one a check digit."),
            code="uscc",
            params={"value": value},
        ) from error


class CreditCodeField(LineField):
    """A unified social credit code, in half width and capitals however it was typed."""

    def to_python(self, value):
        value = super().to_python(value)
        return uscc.compact(unicodedata.normalize("NFKC", value)) if value else value


class AddressField(PinyinSlugField):
    """An address that nobody has, nor had before a merge: an old one always leads to the organisation that it named."""

    def taken(self, **lookups) -> set[str]:
        """One query: two would miss what a merge moves from one table to the other in between."""
        former = self.model.former_addresses.rel.related_model._default_manager
        slugs = former.filter(**lookups).order_by().values_list("slug", flat=True)
        return set(self.used(**lookups).union(slugs))


class FieldOfWork(models.Model):
    """One field in which organisations work, such as education or the environment."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = LineField(_("name"), max_length=40, unique=True)
    name_en = LineField(_("English name"), max_length=60, blank=True)
    position = PositionField(_("position"), default=0)

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")
        ordering = ["position", "pk"]
        constraints = [filled("name", "field_of_work_has_a_name")]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Organization(models.Model):
    """One organisation, group or body that we deal with, whether registered or not."""

    name = LineField(_("name"), max_length=100)
    name_key = DerivedField(source="name", function=name_key, db_index=True)
    name_pinyin = DerivedField(source="name", function=pinyin, db_index=True)
    name_initials = DerivedField(source="name", function=initials, db_index=True)
    slug = AddressField(_("address in the directory"), source="name")
    type = models.CharField(_("type"), max_length=20, choices=OrganizationType, blank=True)
    legal_status = models.CharField(_("legal status"), max_length=20, choices=LegalStatus, blank=True)
    uscc = CreditCodeField(
        _("unified social credit code"), max_length=18, null=True, blank=True, unique=True, validators=[validate_uscc]
    )
    region = models.ForeignKey(
        "Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    founded = FuzzyDateField(_("founded"), blank=True)
    fields_of_work = models.ManyToManyField(FieldOfWork, blank=True, related_name="+", verbose_name=_("fields of work"))
    introduction = ProseField(_("introduction"), blank=True)
    website = WebsiteField(_("website"), blank=True)
    address = LineField(_("address"), max_length=200, blank=True)
    listing = models.CharField(
        _("found in the directory by"),
        max_length=10,
        choices=Listing,
        default=Listing.HIDDEN,
        help_text=_("Public only after the organisation has agreed."),
    )
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("In public by name and field of work at most: no place, no contact, no events."),
    )
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Off: no longer offered where one chooses; all records stay.")
    )
    remark = ProseField(_("internal remark"), blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_pinyin", "pk"]
        permissions = [("merge_organization", "Can merge organisations")]
        constraints = [
            filled("name", "organization_has_a_name"),
            models.UniqueConstraint(
                fields=["name_key", "region"],
                name="organization_once_a_region",
                violation_error_message=_("An organisation of this name in this region is there already."),
            ),
            models.UniqueConstraint(
                fields=["name_key"],
                condition=Q(region=None),
                name="organization_once_without_region",
                violation_error_message=_(
                    "An organisation of this name is there already; say in which region this one is."
                ),
            ),
            in_order("founded", "organization_founded_in_order"),
            one_of("type", OrganizationType, "organization_type_is_known", blank=True),
            one_of("legal_status", LegalStatus, "organization_legal_status_is_known", blank=True),
            one_of("listing", Listing, "organization_listing_is_known"),
            models.CheckConstraint(
                condition=Q(uscc=None) | Q(uscc__regex=r"^[0-9A-Z]{18}\Z"),
                name="organization_uscc_has_18_characters",
                violation_error_message=_(
                    "A unified social credit code has 18 characters: digits and capital letters."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:organization-detail", args=[self.slug])


class Alias(models.Model):
    """Another name under which an organisation is or was known."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="aliases", verbose_name=_("organisation")
    )
    name = LineField(_("name"), max_length=100)
    name_key = DerivedField(source="name", function=name_key, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AliasKind, default=AliasKind.SHORT)
    valid_from = YearField(_("from year"), null=True, blank=True)
    valid_to = YearField(_("to year"), null=True, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["organization", "name", "pk"]
        constraints = [
            filled("name", "alias_has_a_name"),
            models.UniqueConstraint(
                fields=["organization", "name_key"],
                name="alias_once_an_organization",
                violation_error_message=_("The organisation has this other name already."),
            ),
            one_of("kind", AliasKind, "alias_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="alias_ends_after_it_starts",
                violation_error_message=_("The last year must not come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
