"""How the tests publish a year, and change its records as the staff do."""

from reports.models import Amendment
from reports.tests.factories import make_edition, make_report
from yixin.tests.registry import address, as_it_stands

SENTENCE = "The report on %s is published (edition %s): records of that year change only with a reason."


def publish(*years: int) -> None:
    for year in years:
        make_edition(report=make_report(year=year))


def form_of(response):
    return response.context["adminform"].form


def change(record) -> str:
    return address(type(record), "change", record.pk)


def save(office, record, **changes):
    return office.post(change(record), as_it_stands(office.get(change(record))) | changes)


def told() -> list[tuple]:
    """Year, record, title and reason of every amendment, in order."""
    return list(Amendment.objects.order_by("pk").values_list("year", "record", "title", "reason"))
