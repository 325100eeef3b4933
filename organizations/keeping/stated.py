"""What an entry says of its organisation, as plain values that can be kept, compared, shown and written back."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organizations.choices import AliasKind
from organizations.models import Alias, FieldOfWork, Organization, Region
from yixin import fuzzydate
from yixin.text import name_key

Value = str | list[str]  # places and fields of work by their code, dates as people write them or ISO

FIELDS = (
    "name",
    "type",
    "region",
    "fields_of_work",
    "introduction",
    "website",
    "legal_status",
    "uscc",
    "founded",
    "aliases",
)
CONFIRMED = "confirmed_on"
OF_SENSITIVE = ("name", "fields_of_work")  # all that the directory shows of a sensitive organisation
NO_SUCH_PLACE = _("This place is not in the list of divisions any more. Change the entry by hand.")


def stated(organization: Organization) -> dict[str, Value]:
    """Every field as it stands, ``confirmed_on`` last. Three queries at most."""
    plain = ("name", "type", "introduction", "website", "legal_status")
    values: dict[str, Value] = {name: getattr(organization, name) for name in plain}
    values["region"] = organization.region.code if organization.region else ""
    values["fields_of_work"] = [field.code for field in organization.fields_of_work.all()]
    values["uscc"] = organization.uscc or ""
    values["founded"] = organization.founded_text
    values["aliases"] = [alias.name for alias in organization.aliases.all()]
    confirmed = organization.confirmed_on.isoformat() if organization.confirmed_on else ""
    return {name: values[name] for name in FIELDS} | {CONFIRMED: confirmed}


def shown(organization: Organization) -> dict[str, Value]:
    """What a link may tell: what the public page of the entry tells, for a link can be passed on."""
    values = stated(organization)
    return {name: values[name] for name in OF_SENSITIVE} if organization.is_sensitive else values


def in_order(names: Collection[str]) -> list[str]:
    """The fields among the names, in the order in which they stand on pages: PostgreSQL keeps no order in JSON."""
    return [name for name in (*FIELDS, CONFIRMED) if name in names]


def is_same(name: str, one: Value, other: Value) -> bool:
    """Whether two values of the field say the same; names in any order and spelling, fields in any order."""
    if name == "aliases":
        return keys(one) == keys(other)
    return set(one) == set(other) if isinstance(one, list) else one == other


def keys(names: Iterable[str]) -> set[str]:
    return {name_key(name) for name in names}


def label(name: str) -> str:
    """The field's name in the reader's language."""
    special = {"aliases": _("other names"), "founded": _("founded")}
    return str(capfirst(special.get(name) or Organization._meta.get_field(name).verbose_name))


class Words:
    """Turns stated values into words. Two queries, whatever the number of values."""

    def __init__(self):
        places = Region.objects.select_related("parent").order_by("valid_from")
        self.places = {place.code: place for place in places}
        self.fields = {field.code: str(field) for field in FieldOfWork.objects.all()}

    def of(self, name: str, value: Value) -> str:
        """ "" where nothing is stated."""
        if name == "fields_of_work":
            return "、".join(self.fields.get(code, code) for code in value)
        if name == "aliases":
            return "、".join(value)
        if name == "region" and value in self.places:
            return full_name(self.places[value])
        if name == CONFIRMED and value:
            return date_format(date.fromisoformat(value))
        if name in ("type", "legal_status"):
            return str(dict(Organization._meta.get_field(name).choices).get(value, value))
        return value


def full_name(place: Region) -> str:
    """With the city before a county."""
    return f"{place.parent.name} {place.name}" if place.level == "county" and place.parent else place.name


def restate(organization: Organization, values: Mapping[str, Value]) -> None:
    """Write the values into the record's own columns, without storing it. One query for a place.

    Raises ValidationError by field for a date that cannot be read and a place that is none.
    """
    errors: dict[str, list] = {}
    for name, value in values.items():
        try:
            if name in ("name", "type", "introduction", "website", "legal_status"):
                setattr(organization, name, value)
            elif name == "uscc":
                organization.uscc = value or None
            elif name == "region":
                organization.region = place_of(value)
            elif name == "founded":
                organization.founded = fuzzydate.parse(value)
            elif name == CONFIRMED:
                organization.confirmed_on = parse_date(value)
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)


def place_of(code: str) -> Region | None:
    """The division in use with this code, else the last that had it; None for no code."""
    if not code:
        return None
    in_use_first = Region.objects.filter(code=code).order_by("-valid_from")
    found = next((place for place in in_use_first if place.valid_to is None), in_use_first.first())
    if found is None:
        raise ValidationError(NO_SUCH_PLACE)
    return found


def rename(organization: Organization, seen: Value | None, told: Value) -> None:
    """Bring the other names in line: what was left out goes, what was added comes, what staff added since stays."""
    gone, come = keys(seen or ()) - keys(told), keys(told) - keys(seen or ())
    organization.aliases.filter(name_key__in=gone).delete()
    there = keys(organization.aliases.values_list("name", flat=True))
    for name in told:
        if name_key(name) in come - there:
            add_name(organization, name, AliasKind.OTHER)


def add_name(organization: Organization, name: str, kind: AliasKind) -> None:
    alias = Alias(organization=organization, name=name, kind=kind)
    derive(alias)
    alias.full_clean()
    alias.save()


def derive(record) -> None:
    """Fill the columns that are made of others, which the rules look at."""
    for field in record._meta.concrete_fields:
        if hasattr(field, "source"):
            field.pre_save(record, record._state.adding)
