"""One valid saved record each, with as little in it as the model demands; keywords change columns."""

from datetime import UTC, datetime, timedelta
from itertools import count

from organizations.models import (
    Alias,
    Contact,
    Distinction,
    EntryLink,
    FieldOfWork,
    FormerAddress,
    Gram,
    Merger,
    NetworkGroup,
    Organization,
    Person,
    Proposal,
    Region,
    Territory,
)
from yixin.tests.factories import make_user

numbers = count(1)
NOW = datetime(2024, 3, 5, 4, tzinfo=UTC)  # noon in Nanchang


def saved(record):
    """The record in the database, which refuses what is not valid; full_clean would cost ten times as much."""
    record.clean()
    record.save()
    return record


def make_region(**changes) -> Region:
    """A county of no real province: real codes are taken by the reference data."""
    number = next(numbers)
    columns = {"code": f"99{number % 10_000:04d}", "name": f"知行{number}县", "level": "county", "valid_from": 2000}
    return saved(Region(**columns | changes))


def region(code: str, year: int = 2014) -> Region:
    """The division of the reference data that had this code in that year."""
    return Region.objects.in_use(year).get(code=code)


def make_field_of_work(**changes) -> FieldOfWork:
    number = next(numbers)
    return saved(FieldOfWork(**{"code": f"field-{number}", "name": f"知行领域{number}"} | changes))


def make_organization(**changes) -> Organization:
    return saved(Organization(**{"name": f"知行社{next(numbers)}"} | changes))


def make_alias(**changes) -> Alias:
    number = next(numbers)
    columns = {"organization": changes.get("organization") or make_organization(), "name": f"知行别名{number}"}
    return saved(Alias(**columns | changes))


def make_gram(**changes) -> Gram:
    """One that no name has."""
    organization = changes.get("organization") or make_organization()
    return saved(Gram(**{"organization": organization, "gram": b"~"} | changes))


def make_person(**changes) -> Person:
    return saved(Person(**{"name": f"李知行{next(numbers)}"} | changes))


def make_contact(**changes) -> Contact:
    columns = {
        "person": changes.get("person") or make_person(),
        "organization": changes.get("organization") or make_organization(),
    }
    return saved(Contact(**columns | changes))


def make_network_group(**changes) -> NetworkGroup:
    return saved(NetworkGroup(**{"platform": "qq", "name": f"知行群{next(numbers)}"} | changes))


def make_proposal(**changes) -> Proposal:
    """Of a report that something is wrong; handled where somebody handled it."""
    columns = {
        "organization": changes.get("organization") or make_organization(),
        "kind": "report",
        "message": "电话换了。",
        "made_at": NOW,
    }
    if changes.get("handled_by"):
        columns |= {"status": "handled", "handled_at": NOW}
    return saved(Proposal(**columns | changes))


def make_entry_link(**changes) -> EntryLink:
    """Valid for a day from ``NOW``."""
    organization = changes.get("organization") or make_organization()
    columns = {
        "organization": organization,
        "slug": organization.slug,
        "made_by": changes.get("made_by") or make_user("staff"),
        "made_at": NOW,
        "expires_at": NOW + timedelta(days=1),
    }
    return saved(EntryLink(**columns | changes))


def make_merger(**changes) -> Merger:
    """Of nothing into an organisation; undone where somebody undid it."""
    kept = changes.get("kept") or make_organization()
    number = next(numbers)
    columns = {
        "kept": kept,
        "kept_key": kept.pk,
        "kept_name": kept.name,
        "merged_key": 10_000_000 + number,
        "merged_name": f"知行旧社{number}",
        "merged_by": changes.get("merged_by") or make_user("coordinator"),
        "merged_at": NOW,
    }
    if changes.get("undone_by"):
        columns["undone_at"] = NOW
    return saved(Merger(**columns | changes))


def make_former_address(**changes) -> FormerAddress:
    columns = {"organization": changes.get("organization") or make_organization(), "slug": f"jiu-{next(numbers)}"}
    return saved(FormerAddress(**columns | changes))


def make_distinction(**changes) -> Distinction:
    columns = {
        "one": changes.get("one") or make_organization(),
        "other": changes.get("other") or make_organization(),
        "made_by": changes.get("made_by") or make_user("coordinator"),
        "made_at": NOW,
    }
    return saved(Distinction(**columns | changes))


def make_territory(**changes) -> Territory:
    columns = {"user": changes.get("user") or make_user("volunteer"), "region": region("360700")}
    return saved(Territory(**columns | changes))


FACTORIES = {
    Region: make_region,
    FieldOfWork: make_field_of_work,
    Organization: make_organization,
    Alias: make_alias,
    Gram: make_gram,
    Person: make_person,
    Contact: make_contact,
    NetworkGroup: make_network_group,
    Proposal: make_proposal,
    EntryLink: make_entry_link,
    Merger: make_merger,
    FormerAddress: make_former_address,
    Distinction: make_distinction,
    Territory: make_territory,
}
