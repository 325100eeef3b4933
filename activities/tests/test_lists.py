"""The list of events shows what Django's own would: its calendar and its pages, found in another way."""

import pytest
from django.contrib.admin.templatetags.admin_list import date_hierarchy
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.tests.factories import make_event
from yixin.tests.desks import enter
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db
LIST = "admin:activities_event_changelist"
DAYS = ["2012年12月31日", "2013年1月1日", "2013年5月6日", "2013年5月7日", "2014年1月9日", "2014年1月9日"]


@pytest.fixture
def office(client):
    return enter(client, make_superuser())


@pytest.mark.parametrize(
    "query",
    [
        {}, {"when_earliest__year": "2013"}, {"when_earliest__year": "2013", "when_earliest__month": "5"},
        {"when_earliest__year": "2013", "when_earliest__month": "5", "when_earliest__day": "7"},
        {"report_year": "2014"}, {"status__exact": "held", "report_year": "2013"}, {"q": "知行"}, {"q": "nothing"},
        {"missing": "headcount"}, {"when_earliest__year": "1990"},
    ],
    ids=str,
)  # fmt: skip
def test_calendar_is_that_of_the_stock_list(office, query):
    for day in DAYS:
        make_event(when=day, report_year=int(day[:4]), title=f"知行{day}")

    shown = office.get(reverse(LIST), query).context["cl"]

    assert date_hierarchy(shown.calendar) == date_hierarchy(shown)


def test_calendar_takes_one_query_and_the_page_shows_it(office):
    for day in DAYS:
        make_event(when=day)
    page = office.get(reverse(LIST))

    with CaptureQueriesContext(connection) as queries:
        found = date_hierarchy(fresh(page).calendar)

    assert [choice["title"] for choice in found["choices"]] == ["2012", "2013", "2014"]
    assert len(queries) == 1
    assert "?when_earliest__year=2013" in page.content.decode()


def fresh(page):
    """The list with its calendar not yet asked for."""
    shown = page.context["cl"]
    shown.__dict__.pop("calendar", None)
    return shown


def test_pages_hold_each_event_once_in_the_order_of_the_list(office):
    made = [make_event(when=date_text(number)) for number in range(120)]
    wanted = sorted(made, key=lambda event: (event.when_earliest, event.pk), reverse=True)

    pages = [office.get(reverse(LIST), {"p": page}).context["cl"].result_list for page in (1, 2, 3)]

    assert [event for page in pages for event in page] == wanted
    assert [len(page) for page in pages] == [50, 50, 20]


def test_page_of_another_order_and_of_a_search_is_right(office):
    made = [make_event(title=f"知行{number:03d}", headcount=number) for number in range(60)]

    page = office.get(reverse(LIST), {"p": 2, "o": "3", "q": "知行"}).context["cl"].result_list

    assert list(page) == made[50:]


def date_text(number: int) -> str:
    return f"{2010 + number % 5}年{number % 12 + 1}月{number % 28 + 1}日"


@pytest.mark.parametrize("page", ["3", "x", "-1", "99999999999999999999"])
def test_pages_that_are_none_lead_back_to_the_list(office, page):
    for number in range(60):
        make_event(when=date_text(number))

    response = office.get(reverse(LIST), {"p": page})

    assert response.status_code in (200, 302)


def test_empty_list_has_no_days(office):
    shown = office.get(reverse(LIST)).context["cl"]

    assert shown.calendar.queryset.aggregate() == {"first": None, "last": None}
    assert shown.calendar.queryset.dates("when_earliest", "year") == []
