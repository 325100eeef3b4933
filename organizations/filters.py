import django_filters
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organizations.choices import OrganizationType
from organizations.divisions import Divisions
from organizations.grams import Term, Wanted, pairs, terms
from organizations.models import FieldOfWork, Organization
from organizations.querysets import OrganizationQuerySet
from yixin.forms import LineField


class WordsFilter(django_filters.Filter):
    field_class = LineField


class OrganizationFilter(django_filters.FilterSet):
    """The directory's search. A sensitive organisation is found by name and field, never by place or type."""

    q = WordsFilter(
        label=_("Name"),
        method="by_words",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    city = django_filters.ChoiceFilter(label=_("City"), method="by_city", choices=[])
    county = django_filters.ChoiceFilter(label=_("County"), method="by_county", choices=[])
    type = django_filters.ChoiceFilter(label=_("Type"), choices=OrganizationType.choices, method="by_type")
    field = django_filters.ChoiceFilter(label=_("Field of work"), method="by_field", choices=[])

    class Meta:
        model = Organization
        fields: list[str] = []

    def __init__(self, data, queryset, *, divisions: Divisions, fields: list[FieldOfWork]):
        super().__init__(data, queryset=queryset)
        self.divisions, self.fields_of_work, self.are_cut = divisions, fields, False
        self.filters["city"].extra["choices"] = [(city.code, city.name) for city in divisions.cities]
        self.filters["county"].extra["choices"] = [(county.code, county.name) for county in divisions.counties()]
        self.filters["field"].extra["choices"] = [(field.code, str(field)) for field in fields]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What was asked for and can be used, by the filter's name."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def terms(self) -> list[Term]:
        found = terms(self.chosen.get("q", ""))
        return pairs(found[0]) if self.are_cut else found

    @property
    def wanted(self) -> list[Wanted]:
        """The terms, with the places and fields of work that are called so."""
        return [
            Wanted(
                term,
                self.divisions.named(term),
                tuple(field.pk for field in self.fields_of_work if term.begins(field.name, field.name_en)),
            )
            for term in self.terms
        ]

    def cut(self) -> bool:
        """Look for the pieces of a single long word instead: 赣州教育 is 赣州 and 教育. False if it cannot be cut."""
        found = self.terms
        self.are_cut = len(found) == 1 and pairs(found[0]) != found
        return self.are_cut

    def narrowed(self, *, without: tuple[str, ...] = ()) -> OrganizationQuerySet:
        """The organisations that were asked for, some of the filters left out."""
        found = self.queryset
        for name, value in self.chosen.items():
            if name not in without:
                found = self.filters[name].filter(found, value)
        return found

    def by_words(self, organizations, name, value):
        return organizations.matching(self.wanted)

    def by_city(self, organizations, name, value):
        return organizations.not_sensitive().in_city(value)

    def by_county(self, organizations, name, value):
        return organizations.not_sensitive().filter(region__in=self.divisions.ids_in(value))

    def by_type(self, organizations, name, value):
        return organizations.not_sensitive().filter(type=value)

    def by_field(self, organizations, name, value):
        return organizations.working_in(value)
