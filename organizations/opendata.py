"""The public directory as open data: Open Referral HSDS 3.0, what anybody may see of it and nothing else."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import override

from organizations.directory import Entry, entry, with_parts
from organizations.models import Contact, Organization
from yixin.intake.writing import guarded
from yixin.openfiles import LANGUAGE

A_BATCH = 500  # organisations that are held in memory at once
A_PAGE, LARGEST_PAGE = 100, 500
# HSDS calls it so, in this order. What stays empty is nothing that the directory knows of an organisation.
COLUMNS = (
    *("id", "name", "alternate_name", "description", "email", "website", "tax_status", "tax_id"),
    *("year_incorporated", "legal_status", "logo", "uri", "parent_organization_id"),
)
Address = Callable[[str], str]  # from a path of ours to the whole address


def identifier(kind: str, *names: str) -> str:
    """The UUID of something: the same on every machine and every host, as long as it is called the same."""
    return str(uuid5(NAMESPACE_URL, ":".join([settings.OPEN_DATA_PREFIX, kind, *names])))


def plain(organization: Organization, shown: Entry, address: Address) -> dict:
    """What HSDS tells of an organisation in one row. One that is sensitive, and one of which nothing is on record, look
    alike: name and fields of work."""
    earliest, latest = organization.founded_earliest, organization.founded_latest
    is_year_known = shown.founded and earliest and latest and earliest.year == latest.year
    return {
        "id": identifier("organization", shown.slug),
        "name": shown.name,
        "alternate_name": "；".join(shown.aliases),
        "description": shown.introduction or "、".join(shown.fields) or _("No introduction is public."),
        "website": iri_to_uri(shown.website),
        "year_incorporated": earliest.year if is_year_known else "",
        "legal_status": shown.legal_status,
        "uri": address(organization.get_absolute_url()),
    }


def whole(organization: Organization, contacts: Iterable[Contact], address: Address) -> dict:
    """The same with its parts. What is not known is not there."""
    shown = entry(organization)
    row = plain(organization, shown, address)
    parts = {
        "organization_identifiers": identifiers(shown),
        "locations": locations(organization, shown),
        "contacts": list({one["id"]: one for one in (contact_of(shown, contact) for contact in contacts)}.values()),
        "attributes": attributes(organization, shown),
    }
    return {name: value for name, value in (row | parts).items() if value not in ("", [])}


def identifiers(shown: Entry) -> list[dict]:
    if not shown.uscc:
        return []
    label = _("Unified social credit code")
    own = {"identifier_scheme": "CN-USCI", "identifier_type": label, "identifier": shown.uscc}
    return [{"id": identifier("uscc", shown.uscc)} | own]


def locations(organization: Organization, shown: Entry) -> list[dict]:
    """The seat as far as everybody reads it: an HSDS address demands street and postcode, so there is none."""
    if not shown.region:
        return []
    names = [shown.city] if shown.city == shown.region else [shown.city, shown.region]
    place = {"location_type": "physical", "name": " ".join(names)}
    place["description"] = _("City or county of the seat. No address is public.")
    place |= {"external_identifier": organization.region.code, "external_identifier_type": "GB/T 2260"}
    return [{"id": identifier("location", shown.slug, organization.region.code)} | place]


def contact_of(shown: Entry, contact: Contact) -> dict:
    """A person who agreed to stand in the directory."""
    person = contact.person
    told = (person.name, contact.role, person.email, person.phone)
    found = {"id": identifier("contact", shown.slug, *told), "name": person.name}
    found |= {name: value for name, value in (("title", contact.role), ("email", person.email)) if value}
    if person.phone:
        found["phones"] = [{"id": identifier("phone", shown.slug, *told), "number": person.phone}]
    return found


def attributes(organization: Organization, shown: Entry) -> list[dict]:
    """Fields of work; and for what is not sensitive its type, each other name with its kind, and the day on which the
    entry was last confirmed: HSDS' own metadata would want the name of who did it."""
    found = [
        attribute(shown, "field-of-work", _("Fields of work"), (field.code, str(field)))
        for field in organization.fields_of_work.all()
    ]
    if shown.type:
        found.append(attribute(shown, "type", _("Type of organisation"), (organization.type, shown.type)))
    for alias in organization.aliases.all() if shown.aliases else ():
        label = alias.get_kind_display()
        found.append(attribute(shown, "other-name", _("Other names"), (alias.kind, label), alias.name))
    if shown.confirmed_on:
        label, day = _("Last confirmed on"), shown.confirmed_on.isoformat()
        found.append(attribute(shown, "confirmation", _("Care for the entry"), ("confirmed", label), day))
    return found


def attribute(shown: Entry, kind: str, taxonomy: str, term: tuple[str, str], value: str = "") -> dict:
    """One term of one of our own lists, by code and name."""
    code, name = term
    told = {"id": identifier("term", kind, code), "code": code, "name": name, "description": f"{taxonomy}：{name}"}
    told |= {"taxonomy": taxonomy, "language": "zho"}
    found = {"id": identifier("attribute", shown.slug, kind, code, value), "link_type": kind}
    found |= {"link_entity": "organization"} | ({"value": value} if value else {})
    return found | {"taxonomy_term": told}


def public_contacts(organizations: list[Organization]) -> dict[int, list[Contact]]:
    """By organisation. One query."""
    found = defaultdict(list)
    contacts = Contact.objects.public().filter(organization__in=organizations).select_related("person")
    for contact in contacts.order_by("pk"):
        found[contact.organization_id].append(contact)
    return found


def page(number: int, size: int, address: Address) -> dict:
    """A page of HSDS 3.0, the nearest there is to that number. Six queries, whatever its size."""
    everybody = Organization.objects.public().order_by("pk")
    total = everybody.count()
    pages = max(-(-total // size), 1)
    number = min(number, pages)
    keys = list(everybody.values_list("pk", flat=True)[(number - 1) * size : number * size])
    found = list(with_parts(Organization.objects.public().filter(pk__in=keys)).order_by("pk"))
    contacts = public_contacts(found)
    with override(LANGUAGE):
        contents = [whole(one, contacts.get(one.pk, ()), address) for one in found]
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == pages,
        "empty": not contents,
        "contents": contents,
    }


def batches(size: int = A_BATCH) -> Iterator[list[Organization]]:
    """Every public organisation, each once. Three queries a batch; the last batch costs as much as the first."""
    last = 0
    while found := list(with_parts(Organization.objects.public().filter(pk__gt=last)).order_by("pk")[:size]):
        yield found
        last = found[-1].pk


def table(address: Address) -> Iterator[bytes]:
    """organization.csv of HSDS, piece by piece: UTF-8 with BOM, which Excel needs; no cell becomes a formula."""
    yield lines([COLUMNS]).encode("utf-8-sig")
    for batch in batches():
        with override(LANGUAGE):
            rows = [plain(one, entry(one), address) for one in batch]
        yield lines([guarded(str(row.get(name, ""))) for name in COLUMNS] for row in rows).encode()


def lines(rows: Iterable[Iterable[str]]) -> str:
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def state() -> dict:
    """How many entries the files hold, and the day on which one of them was last confirmed. One query."""
    last = Max("confirmed_on", filter=Q(is_sensitive=False))
    return Organization.objects.public().aggregate(entries=Count("pk"), confirmed_on=last)
