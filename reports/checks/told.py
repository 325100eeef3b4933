"""Every number typed by hand that the records can be asked about: which reader is for which kind of number."""

from reports.checks.claims import Claim, Reader, claims_of
from reports.checks.event_claims import event_claims, person_time_claims
from reports.checks.numbers import Kind
from reports.checks.other_claims import (
    city_claims,
    grant_count_claims,
    money_claims,
    publication_claims,
    survey_claims,
)
from reports.checks.people_claims import people_claims
from reports.checks.reading import Reading

READERS: dict[Kind, list[Reader]] = {
    Kind.EVENTS: [event_claims],
    Kind.PERSON_TIMES: [people_claims, person_time_claims],
    Kind.PEOPLE: [people_claims, grant_count_claims, person_time_claims],
    Kind.ORGANIZATIONS: [survey_claims, grant_count_claims],
    Kind.CITIES: [city_claims],
    Kind.PROJECTS: [grant_count_claims],
    Kind.PUBLICATIONS: [publication_claims],
    Kind.MONEY: [money_claims],
}


def read_claims(reading: Reading) -> list[Claim]:
    """All claims of the text in order."""
    return claims_of(reading, READERS)
