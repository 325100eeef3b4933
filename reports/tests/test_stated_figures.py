"""Surveys and money of which a part is on record and a part is only stated."""

from decimal import Decimal

import pytest

from activities.tests.factories import make_survey, make_survey_target, make_visit
from grants.tests.factories import make_grant, make_payment
from organizations.tests.factories import make_organization, region
from reports.catalogue import tables
from reports.figures import Figures
from reports.measures import Book
from reports.scope import Scope
from reports.traces import trace
from reports.years import read_years

pytestmark = pytest.mark.django_db


def survey_table():
    return next(table for table in tables(Figures(Scope(2014))) if table.code == "survey")


def test_a_survey_that_is_only_stated_stands_beside_one_with_visits():
    make_visit(survey=make_survey(report_year=2014), organization=make_organization(region=region("360100")))
    make_survey(report_year=2014, title="另一次调研", stated_target=30, stated_visited=20)

    measure = Book(Figures(Scope(2014))).find("调研.实际")

    assert (measure.value, survey_table().totals) == (21, (None, 30, 21))
    assert survey_table().rows[-1].cells == ("另一次调研", 30, 20)
    assert [record.key.partition(":")[0] for record in measure.records] == ["activities.visit", "activities.survey"]
    assert len(trace("调研.实际", measure.records, Figures(Scope(2014))).rows) == 2


def test_stated_cities_lead_to_the_survey_that_states_them():
    survey = make_survey(report_year=2014, stated_cities=3)

    measure = Book(Figures(Scope(2014))).find("调研.地市")

    assert (measure.value, [record.key for record in measure.records]) == (3, [f"activities.survey:{survey.pk}"])


def test_targets_by_city_and_a_stated_number_visited_are_both_in_the_sums():
    survey = make_survey(report_year=2014, stated_visited=20)
    make_survey_target(survey=survey, region=region("340000"), planned=5)

    assert survey_table().totals == (None, 5, 20)


def test_what_is_still_to_pay_is_what_the_committed_grants_lack():
    make_grant(report_year=2014, awarded_amount=Decimal(5000))
    withdrawn = make_grant(report_year=2014, awarded_amount=Decimal(1000), status="withdrawn")
    make_payment(grant=withdrawn, amount=Decimal(1000))
    make_payment(grant=withdrawn, amount=Decimal(1000), kind="refund")
    make_payment(grant=make_grant(report_year=2014, awarded_amount=None), amount=Decimal(700))
    make_payment(grant=make_grant(report_year=2014, awarded_amount=Decimal(100)), amount=Decimal(300))

    assert Figures(Scope(2014)).grants.total.still_to_pay == Decimal("5000.00")


def test_a_year_with_grants_none_of_which_was_committed_committed_nothing():
    make_grant(report_year=2014, status="declined")

    assert read_years(Scope(2014))[0].money == Decimal("0.00")
