"""Our list of events and the stock one, as the benchmark compares them, show the same."""

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import date_hierarchy

from activities.models import Event
from reports.benchmark.staff_lists import LISTS, StockEvents, make_events, page_of, staff_lists
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", [*LISTS.values(), {"p": "8"}], ids=[*LISTS, "the last page"])
def test_both_lists_show_the_same_events_and_days(query):
    make_events(400)
    user = make_superuser()
    ours, stock = admin.site.get_model_admin(Event), StockEvents(Event, admin.AdminSite())

    mine, usual = (page_of(site, query, user).context_data["cl"] for site in (ours, stock))

    assert list(mine.result_list) == list(usual.result_list)
    assert mine.result_count == usual.result_count
    assert date_hierarchy(mine.calendar)["choices"] == date_hierarchy(usual)["choices"]


def test_ours_takes_fewer_queries():
    for comparison in staff_lists(1_000, True):
        assert comparison.ours.queries < comparison.usual.queries
