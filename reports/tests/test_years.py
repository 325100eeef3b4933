"""The years beside each other."""

from decimal import Decimal

import pytest

from activities.tests.factories import make_event, make_survey, make_visit
from grants.tests.factories import make_funding, make_grant
from organizations.tests.factories import make_organization
from reports.scope import Scope
from reports.years import Year, read_years

pytestmark = pytest.mark.django_db


def test_each_year_holds_its_own_and_the_unknown_is_no_zero():
    make_event(report_year=2013, headcount=10)
    make_event(report_year=2014, headcount=None)
    make_event(report_year=2014, status="planned", headcount=5)
    make_grant(report_year=2014, awarded_amount=Decimal("10.10"))
    make_grant(report_year=2014, awarded_amount=Decimal("20.20"), status="withdrawn")
    make_visit(survey=make_survey(report_year=2012))

    assert read_years(Scope(2014)) == [
        Year(2014, events=1, people=None, unknown=1, grants=2, committed=1, money=Decimal("10.10")),
        Year(2013, events=1, people=10),
        Year(2012, surveys=1, visits=1),
    ]


def test_ten_years_cost_one_query(django_assert_num_queries):
    for year in range(2005, 2015):
        make_event(report_year=year, headcount=1)

    with django_assert_num_queries(1):
        found = read_years(Scope(2014))

    assert [year.events for year in found] == [1] * 10


def test_a_funders_years_hold_what_it_paid_for():
    funder = make_organization()
    make_event(report_year=2013, headcount=10, funding=make_funding(funder=funder))
    make_event(report_year=2014, headcount=20)

    assert read_years(Scope(2014, funder)) == [Year(2013, events=1, people=10)]
