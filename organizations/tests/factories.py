"""One valid saved record each, with as little in it as the model demands; keywords change columns."""

from itertools import count

from organizations.models import Alias, Contact, FieldOfWork, NetworkGroup, Organization, Person, Region

numbers = count(1)


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


FACTORIES = {
    Region: make_region,
    FieldOfWork: make_field_of_work,
    Organization: make_organization,
    Alias: make_alias,
    Person: make_person,
    Contact: make_contact,
    NetworkGroup: make_network_group,
}
