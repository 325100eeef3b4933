"""Model columns that keep what people write: clean text, fuzzy dates, amounts, keys derived from names."""

from collections.abc import Callable, Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yixin import forms
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR, FuzzyDate, Precision
from yixin.quantities import MAX_AMOUNT, MAX_HEADCOUNT
from yixin.text import clean_lines, clean_text, slug


class LineField(models.CharField):
    """One line of text, cleaned of what pasting brings along (see ``yixin.text``)."""

    def to_python(self, value):
        value = super().to_python(value)
        return clean_text(value) if value else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean_text(value) if value else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.LineField, **kwargs})


class ProseField(models.TextField):
    """Text of several lines, cleaned line by line."""

    def to_python(self, value):
        value = super().to_python(value)
        return clean_lines(value) if value else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean_lines(value) if value else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.ProseField, **kwargs})


class AmountField(models.DecimalField):
    """Yuan with two decimals; NULL is unknown, zero is zero."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_digits": 12, "decimal_places": 2} | kwargs))

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": forms.AmountField, **kwargs})


class WebsiteField(models.URLField):
    """An address of the web; https where none is written."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class CountField(models.PositiveIntegerField):
    """How many there are or were; NULL is unknown, zero is zero."""

    default_validators = [MaxValueValidator(MAX_HEADCOUNT)]


class PositionField(models.PositiveSmallIntegerField):
    """Where a row stands among its like."""

    default_validators = [MaxValueValidator(9_999)]


class YearField(models.PositiveSmallIntegerField):
    """A calendar year that a record can sensibly have."""

    default_validators = [MinValueValidator(MIN_YEAR), MaxValueValidator(MAX_YEAR)]


class DerivedField(models.CharField):
    """A column computed from another column at every save, so that it can be indexed; never edited.

    ``save(update_fields=…)`` and ``bulk_update`` write only the columns they name: name it beside its source.
    """

    def __init__(self, *args, source: str, function: Callable[[str], str], **kwargs):
        self.source, self.function = source, function
        super().__init__(*args, **({"max_length": 400, "editable": False, "blank": True} | kwargs))

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source, "function": self.function}

    def pre_save(self, instance, add):
        value = self.function(getattr(instance, self.source))[: self.max_length]
        setattr(instance, self.attname, value)
        return value


class PinyinSlugField(models.SlugField):
    """The part of a public address that names a record, made once from another column, never from an id.

    It stays when the name changes, so that an address that was printed keeps working.
    """

    def __init__(self, *args, source: str, **kwargs):
        self.source = source
        defaults = {"max_length": 80, "unique": True, "blank": True, "editable": False, "allow_unicode": False}
        super().__init__(*args, **(defaults | kwargs))

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, instance, add):
        value = getattr(instance, self.attname) or self._free(instance)
        setattr(instance, self.attname, value)
        return value

    def fill(self, instances: Iterable[models.Model]) -> None:
        """Give each new record its address with one query for all of them, before ``bulk_create``."""
        taken = self.taken()
        for instance in instances:
            if not getattr(instance, self.attname):
                setattr(instance, self.attname, free(slug(getattr(instance, self.source)), taken))
                taken.add(getattr(instance, self.attname))

    def used(self, **lookups) -> models.QuerySet:
        """The addresses of all records, or of those with these lookups."""
        return self.model._default_manager.filter(**lookups).order_by().values_list(self.name, flat=True)

    def taken(self, **lookups) -> set[str]:
        """Those that no new record may have. One query."""
        return set(self.used(**lookups))

    def _free(self, instance) -> str:
        base = slug(getattr(instance, self.source))
        return free(base, self.taken(**{f"{self.name}__startswith": base}))


def free(base: str, taken: set[str]) -> str:
    """The base, or the base with the first number that nobody has."""
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


class FuzzyDateField:
    """A date as people write it, in four columns ``<name>_text``, ``_earliest``, ``_latest``, ``_precision``.

    The attribute itself reads and writes a FuzzyDate, or None where nothing is known.
    """

    def __init__(self, verbose_name, *, blank: bool = False):
        day = {"null": blank, "blank": blank, "editable": False}
        self.columns = {
            "text": LineField(verbose_name, max_length=100, blank=blank, editable=False),
            "earliest": models.DateField(_("earliest day"), db_index=True, **day),
            "latest": models.DateField(_("latest day"), **day),
            "precision": models.CharField(
                _("precision"), max_length=12, choices=Precision, blank=blank, editable=False
            ),
        }
        self.verbose_name = verbose_name

    def contribute_to_class(self, model, name):
        for suffix, column in self.columns.items():
            model.add_to_class(f"{name}_{suffix}", column)

        def read(instance) -> FuzzyDate | None:
            text, *rest = (getattr(instance, f"{name}_{suffix}") for suffix in self.columns)
            return FuzzyDate(text, *rest) if text else None

        def write(instance, value: FuzzyDate | None) -> None:
            blank = {"text": "", "earliest": None, "latest": None, "precision": ""}
            for suffix in self.columns:
                setattr(instance, f"{name}_{suffix}", getattr(value, suffix) if value else blank[suffix])

        setattr(model, name, property(read, write))


def in_order(name: str, constraint_name: str) -> models.CheckConstraint:
    """The constraint of a FuzzyDateField: all of it or nothing of it, and not ending before it starts.

    A comparison with NULL is unknown, and a CHECK lets the unknown pass: hence the words on NULL.
    """
    return models.CheckConstraint(
        condition=Q(
            **{
                f"{name}_earliest__isnull": False,
                f"{name}_latest__isnull": False,
                f"{name}_earliest__lte": F(f"{name}_latest"),
                f"{name}_precision__in": Precision.values,
            }
        )
        & ~Q(**{f"{name}_text": ""})
        | Q(
            **{
                f"{name}_earliest": None,
                f"{name}_latest": None,
                f"{name}_text": "",
                f"{name}_precision": "",
            }
        ),
        name=constraint_name,
        violation_error_message=_("The end is before the start. Write the earlier day first."),
    )


def one_of(
    field: str, choices: type[models.TextChoices], constraint_name: str, *, blank: bool = False
) -> models.CheckConstraint:
    """Only the values of the choices; with ``blank`` also nothing, where nothing is known."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*choices.values, *([""] if blank else [])]}),
        name=constraint_name,
        violation_error_message=_("This is not one of the choices. Pick one from the list."),
    )


def filled(field: str, constraint_name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(**{field: ""}),
        name=constraint_name,
        violation_error_message=_("This must not be empty."),
    )


def sensible_year(field: str, constraint_name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__range": (MIN_YEAR, MAX_YEAR)}),
        name=constraint_name,
        violation_error_message=_("The year must lie between 1900 and 2100."),
    )


def sensible_day(field: str, constraint_name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__range": (f"{MIN_YEAR}-01-01", f"{MAX_YEAR}-12-31")}),
        name=constraint_name,
        violation_error_message=_("The year must lie between 1900 and 2100."),
    )


def sensible_amount(field: str, constraint_name: str, *, zero: bool = True) -> models.CheckConstraint:
    """Unknown, or an amount of yuan that is not negative and not beyond sense."""
    least = {f"{field}__gte" if zero else f"{field}__gt": 0}
    return models.CheckConstraint(
        condition=Q(**{field: None}) | Q(**least, **{f"{field}__lte": MAX_AMOUNT}),
        name=constraint_name,
        violation_error_message=_("The amount must lie between 0 and 1,000,000,000 yuan."),
    )
