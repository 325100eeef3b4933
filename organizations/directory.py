"""What the public directory shows of an organisation, and nothing else: pages get these values, not records."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from organizations.choices import AliasKind, LegalStatus, OrganizationType
from organizations.models import Contact, Organization, Region
from organizations.places import city_of
from yixin.text import name_key


@dataclass(frozen=True)
class Entry:
    """One organisation as everybody may see it. A sensitive one has its name and fields of work only."""

    name: str
    slug: str
    fields: tuple[str, ...]
    type: str = ""
    city: str = ""
    region: str = ""
    aliases: tuple[str, ...] = ()
    introduction: str = ""
    website: str = ""
    founded: str = ""
    legal_status: str = ""
    uscc: str = ""
    confirmed_on: object = None
    found_as: str = ""  # another name by which a search found it

    def called_so(self, keys: Iterable[str]) -> str:
        """The first other name that holds one of the keys, unless the name itself holds it; "" for none."""
        own = name_key(self.name)
        missing = [key for key in keys if key not in own]
        return next((name for name in self.aliases if any(key in name_key(name) for key in missing)), "")


def entry(organization: Organization) -> Entry:
    """Of a record read by ``with_parts``: no query of its own."""
    fields = tuple(str(field) for field in organization.fields_of_work.all())
    if organization.is_sensitive:
        return Entry(organization.name, organization.slug, fields)
    region = organization.region
    return Entry(
        name=organization.name,
        slug=organization.slug,
        fields=fields,
        type=str(OrganizationType(organization.type).label) if organization.type else "",
        city=city_name(region),
        region=region.name if region else "",
        aliases=tuple(alias.name for alias in organization.aliases.all()),
        introduction=organization.introduction,
        website=organization.website,
        founded=organization.founded_text,
        legal_status=str(LegalStatus(organization.legal_status).label) if organization.legal_status else "",
        uscc=organization.uscc or "",
        confirmed_on=organization.confirmed_on,
    )


def city_name(region: Region | None) -> str:
    """The prefecture city's name; a province's own name where the city is not known."""
    if region is None:
        return ""
    return region.parent.name if region.level == "county" and region.parent else region.name


def with_parts(organizations):
    """The querysets an entry needs: two more queries, whatever the number of organisations."""
    return organizations.select_related("region__parent").prefetch_related("aliases", "fields_of_work")


@dataclass(frozen=True)
class OtherName:
    """Another name; ``since`` and ``until`` are years, None where nobody knows."""

    name: str
    is_former: bool
    since: int | None
    until: int | None


def other_names(organization: Organization) -> list[OtherName]:
    """Of a record read by ``with_parts``: no query of its own. Former names last; none for a sensitive organisation."""
    if organization.is_sensitive:
        return []
    names = [
        OtherName(alias.name, alias.kind == AliasKind.FORMER, alias.valid_from, alias.valid_to)
        for alias in organization.aliases.all()
    ]
    return sorted(names, key=lambda name: (name.is_former, name.until or 0))


@dataclass(frozen=True)
class PublicContact:
    """A contact whose person agreed to stand in the directory."""

    name: str
    role: str
    phone: str
    email: str


def contacts_of(organization: Organization) -> list[PublicContact]:
    """One query; none for a sensitive organisation."""
    if organization.is_sensitive:
        return []
    contacts = Contact.objects.public().filter(organization=organization).select_related("person")
    return [PublicContact(c.person.name, c.role, c.person.phone, c.person.email) for c in contacts]


@dataclass(frozen=True)
class City:
    code: str
    name: str
    entries: int


def cities_with_entries() -> list[City]:
    """The home province's cities with the number of public entries in each, zeros included. Two queries."""
    seats = Organization.objects.public().not_sensitive().order_by().values_list("region__code", "region__level")
    found: Counter = Counter()
    for code, level, number in seats.annotate(number=Count("pk")):
        found[city_of(code, level)] += number
    cities = Region.objects.prefectures().filter(valid_to=None)
    return [City(city.code, city.name, found[city.code]) for city in cities]


@dataclass(frozen=True)
class Confirmed:
    """An entry whose organisation said on that day that all of it is right."""

    name: str
    slug: str
    city: str
    day: date


def lately_confirmed(most: int) -> list[Confirmed]:
    """The newest first; of those that everybody finds, none that is sensitive. One query."""
    found = Organization.objects.public().not_sensitive().exclude(confirmed_on=None).select_related("region__parent")
    newest = found.order_by("-confirmed_on", "name_pinyin", "pk")[:most]
    return [Confirmed(one.name, one.slug, city_name(one.region), one.confirmed_on) for one in newest]
