import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.choices import OrganizationType
from organizations.models import FieldOfWork, Organization, Region
from yixin.forms import LineField


def cities() -> list[tuple[str, str]]:
    return [(city.code, city.name) for city in Region.objects.prefectures().filter(valid_to=None)]


def fields_of_work() -> list[tuple[str, str]]:
    return [(field.code, str(field)) for field in FieldOfWork.objects.all()]


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
    city = django_filters.ChoiceFilter(label=_("City"), choices=cities, method="by_city", empty_label=_("All cities"))
    type = django_filters.ChoiceFilter(
        label=_("Type"), choices=OrganizationType.choices, method="by_type", empty_label=_("All types")
    )
    field = django_filters.ChoiceFilter(
        label=_("Field of work"),
        choices=fields_of_work,
        field_name="fields_of_work__code",
        empty_label=_("All fields"),
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def by_words(self, organizations, name, value):
        return organizations.called(value)

    def by_city(self, organizations, name, value):
        return organizations.not_sensitive().in_city(value)

    def by_type(self, organizations, name, value):
        return organizations.not_sensitive().filter(type=value)
