"""One valid saved record each, with as little in it as the model demands; keywords change columns."""

from datetime import UTC, datetime
from itertools import count, cycle

from organizations.tests.factories import saved
from reports.models import Acceptance, Amendment, AnnualReport, Edition, Section
from yixin.tests.factories import make_user

numbers = count(1)
years = cycle([*range(1950, 2005), *range(2030, 2100)])  # none that tests name themselves


def make_report(**changes) -> AnnualReport:
    """Each on a year of its own, unless one is given."""
    return saved(AnnualReport(**{"year": next(years), "title": f"知行年报{next(numbers)}"} | changes))


def make_section(**changes) -> Section:
    columns = {"report": changes.get("report") or make_report(), "position": next(numbers), "heading": "知行"}
    return saved(Section(**columns | changes))


def make_edition(**changes) -> Edition:
    columns = {
        "report": changes.get("report") or make_report(),
        "number": 1,
        "published_at": datetime(2015, 1, 5, 4, tzinfo=UTC),
        "published_by": changes.get("published_by") or make_user(),
        "snapshot": {},
        "public_snapshot": {},
        "sha256": "0" * 64,
        "content_sha256": "0" * 64,
    }
    return saved(Edition(**columns | changes))


def make_amendment(**changes) -> Amendment:
    columns = {
        "year": 2014,
        "record": "activities.event:1",
        "title": f"知行志愿者培训{next(numbers)}",
        "reason": "签到表上多数了一人",
        "made_by": changes.get("made_by") or make_user(),
        "made_at": datetime(2015, 2, 1, 4, tzinfo=UTC),
    }
    return saved(Amendment(**columns | changes))


def make_acceptance(**changes) -> Acceptance:
    columns = {
        "report": changes.get("report") or make_report(),
        "check_code": "S1",
        "fingerprint": f"{next(numbers):064x}",
        "sentence": "知行志愿者培训一场400人",
        "reason": "人数核对过",
        "accepted_by": changes.get("accepted_by") or make_user(),
        "accepted_at": datetime(2015, 1, 4, 4, tzinfo=UTC),
    }
    return saved(Acceptance(**columns | changes))


FACTORIES = {
    Acceptance: make_acceptance,
    AnnualReport: make_report,
    Section: make_section,
    Edition: make_edition,
    Amendment: make_amendment,
}
