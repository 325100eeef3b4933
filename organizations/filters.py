import django_filters
from django import forms
from django.db.models import Q
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
    """What a visitor asks the directory for. Its form alone: not ``qs``, for each number beside the list leaves out
    another filter. A sensitive organisation is found by name and field, never by place or type."""

    q = WordsFilter(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    city = django_filters.ChoiceFilter(label=_("City"), choices=[])
    county = django_filters.ChoiceFilter(label=_("County"), choices=[])
    type = django_filters.ChoiceFilter(label=_("Type"), choices=OrganizationType.choices)
    field = django_filters.ChoiceFilter(label=_("Field of work"), choices=[])

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
        return self._pieces(found[0]) if self.are_cut else found

    @cached_property
    def wanted(self) -> list[Wanted]:
        """The terms, with the places and fields of work that are called so."""
        return [
            Wanted(
                term,
                self.divisions.named(term),
                tuple(field.pk for field in self.fields_of_work if term.tells_of(field.name, field.name_en)),
            )
            for term in self.terms
        ]

    def cut(self) -> bool:
        """Look for the pieces of a single long word: 赣州市教育 is 赣州市 and 教育. False if it cannot be cut."""
        found = self.terms
        self.are_cut = len(found) == 1 and self._pieces(found[0]) != found
        self.__dict__.pop("wanted", None)
        return self.are_cut

    def _pieces(self, term: Term) -> list[Term]:
        parted = self.divisions.parted(term.key)
        if parted is None:
            return pairs(term)
        place, rest = map(Term, parted)
        is_of_work = any(rest.tells_of(field.name, field.name_en) for field in self.fields_of_work)
        return [place, rest] if is_of_work else [place, *pairs(rest)]

    @property
    def found(self) -> OrganizationQuerySet:
        """The organisations that are called so, wherever they lie, with their rank."""
        return self.queryset.matching(self.wanted).ranked(self.terms)

    @property
    def there(self) -> Q:
        """The chosen city, county and type: what nobody learns of a sensitive organisation. Empty for none of them."""
        asked = Q()
        if "city" in self.chosen:
            asked &= Q(region__in=self.divisions.ids_in_city(self.chosen["city"]))
        if "county" in self.chosen:
            asked &= Q(region__in=self.divisions.ids_in_county(self.chosen["county"]))
        if "type" in self.chosen:
            asked &= Q(type=self.chosen["type"])
        return Q(is_sensitive=False) & asked if asked else asked

    @property
    def works(self) -> Q:
        """The chosen field of work; empty for none."""
        keys = [field.pk for field in self.fields_of_work if field.code == self.chosen.get("field")]
        of_work = Organization.fields_of_work.through.objects.filter(fieldofwork__in=keys)
        return Q(pk__in=of_work.values("organization")) if keys else Q()
