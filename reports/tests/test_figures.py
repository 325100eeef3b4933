"""The counting rules, on the 2014 report and on small records that break one rule each."""

from datetime import date
from decimal import Decimal

import pytest

from activities.tests.factories import area, make_attendance, make_event, make_survey, make_survey_target, make_visit
from grants.tests.factories import make_funding, make_grant, make_payment
from organizations.tests.factories import make_alias, make_organization, make_person, region
from reports.figures import Figures, Tally, tally
from reports.scope import Scope, find_funder, years_on_record
from reports.tests.factories import make_report

pytestmark = pytest.mark.django_db

ZERO = {"events": 0, "person_times": 0}
CITIES_2014 = {
    "360100": {"events": 9, "person_times": 318},
    "360200": ZERO,
    "360300": {"events": 5, "person_times": 267},
    "360400": ZERO,
    "360500": ZERO,
    "360600": ZERO,
    "360700": {"events": 3, "person_times": 436},
    "360800": {"events": 8, "person_times": 183},
    "360900": {"events": 3, "person_times": 95},
    "361000": ZERO,
    "361100": {"events": 2, "person_times": 85},
    "": {"events": 13, "person_times": 573},
    "outside": {"events": 1, "person_times": 26},
}
MONTHS_2014 = [(4, 242), (0, 0), (6, 121), (5, 239), (6, 504), (3, 112), (3, 44), (1, 8), (2, 54), (8, 463), (4, 126)]
MONTHS_2014 += [(2, 70)]
UNPAID = {"committed": "53100.00", "paid": None, "returned": None, "still_to_pay": None}


def test_2014_is_what_the_report_says(year_2014):
    found = Figures(Scope(2014)).as_json()

    assert found == {
        "year": 2014,
        "areas": {
            "exchange": {
                "events": 5,
                "person_times": 221,
                "printed_events": 5,
                "printed_total": 221,
                "unknown": 0,
            },
            "accompaniment": {
                "events": 17,
                "person_times": 395,
                "printed_events": 18,
                "printed_total": 404,
                "unknown": 1,
            },
            "training": {
                "events": 26,
                "person_times": 1462,
                "printed_events": 26,
                "printed_total": 1462,
                "unknown": 0,
            },
        },
        "sum_of_tables": 2087,
        "once": {"events": 48, "person_times": 2078},
        "dated_before": {"events": 4, "person_times": 95},
        "dated_after": ZERO,
        "by_city": CITIES_2014,
        "by_month": {
            f"2014-{month:02}": {"events": events, "person_times": people}
            for month, (events, people) in enumerate(MONTHS_2014, start=1)
        },
        "people": {"unduplicated": None, "rosters": 0, "events": 48},
        "grants": {**UNPAID, "withdrawn_count": 1, "withdrawn_amount": None, "by_funder": {"": UNPAID}},
        "survey": {
            "target": 55,
            "visited": 72,
            "by_city": {city: {"target": None, "visited": None} for city in CITIES_2014 if city.isdigit()},
        },
    }


def test_places_and_months_add_up_to_what_is_dated_in_the_year(year_2014):
    figures = Figures(Scope(2014))
    within = figures.once - figures.dated_before - figures.dated_after

    for cut in (figures.by_city, figures.by_month):
        assert tally(event for events in cut.values() for event in events) == within
    assert within == Tally(44, 1983)


def test_figures_cost_the_same_queries_for_one_event_and_for_thirty(django_assert_num_queries):
    make_attendance(event=make_event(headcount=1))
    make_grant(report_year=2014)
    make_visit(survey=make_survey(report_year=2014))
    with django_assert_num_queries(8):
        Figures(Scope(2014)).as_json()

    for number in range(29):
        event = make_event(headcount=number, region=region("360100"))
        event.also_listed_in.add(area("exchange"))
        make_attendance(event=event)
        make_grant(report_year=2014, funding=make_funding())
        make_visit(survey=make_survey(report_year=2014))
    with django_assert_num_queries(8):
        Figures(Scope(2014)).as_json()


def test_an_event_listed_in_two_more_areas_prints_thrice_and_counts_once():
    event = make_event(headcount=10, area=area("training"))
    event.also_listed_in.add(area("exchange"), area("accompaniment"))

    figures = Figures(Scope(2014))

    assert [a.counted.person_times for a in figures.areas] == [0, 0, 10]
    assert [a.printed.person_times for a in figures.areas] == [10, 10, 10]
    assert (figures.printed, figures.repeated, figures.once) == (Tally(3, 30), Tally(2, 20), Tally(1, 10))


def test_an_event_in_an_area_without_a_table_counts_once_and_is_printed_nowhere():
    make_event(headcount=7, area=area("relief"))
    make_event(headcount=10, area=area("training"))

    figures = Figures(Scope(2014))

    assert (figures.printed, figures.in_no_table, figures.once) == (Tally(1, 10), Tally(1, 7), Tally(2, 17))
    assert figures.repeated == Tally()


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_only_held_events_count(status):
    make_event(headcount=10, status=status)

    assert Figures(Scope(2014)).once == Tally(0, 0)


def test_the_report_year_decides_and_the_date_is_told():
    make_event(when="2013年12月30日", report_year=2014, headcount=1)
    make_event(when="2014年12月30日至2015年1月2日", report_year=2014, headcount=2)
    make_event(when="2015年1月1日", report_year=2014, headcount=4)
    make_event(when="2014年5月1日", report_year=2015, headcount=8)

    figures = Figures(Scope(2014))

    assert figures.once == Tally(3, 7)
    assert (figures.dated_before, figures.dated_after) == (Tally(1, 1), Tally(1, 4))
    assert tally(figures.by_month["2014-12"]) == Tally(1, 2)
    assert Figures(Scope(2015)).dated_before == Tally(1, 8)


def test_a_head_count_nobody_took_is_not_zero():
    make_event(headcount=None)
    make_event(headcount=0)

    figures = Figures(Scope(2014))

    assert (figures.once, figures.unknown) == (Tally(2, 0), 1)


def test_places_by_the_city_of_a_county_of_that_time():
    make_event(headcount=1, region=region("360721", 2014))
    make_event(headcount=2, region=region("360700"))
    make_event(headcount=4, region=region("360000"))
    make_event(headcount=8, region=region("340000"))
    make_event(headcount=16, region=None)

    by_city = Figures(Scope(2014)).by_city

    assert {city: tally(events).person_times for city, events in by_city.items() if events} == {
        "360700": 3,
        "": 20,
        "outside": 8,
    }


def test_people_are_distinct_persons_on_rosters_without_staff_and_guests():
    first, second = make_event(headcount=35), make_event(headcount=25)
    make_event(headcount=9)
    anna = make_person(name="李娜")
    for event in (first, second):
        make_attendance(event=event, person=anna)
    make_attendance(event=second, person=make_person(name="李娜"))
    make_attendance(event=second, role="staff", is_counted=False)

    assert Figures(Scope(2014)).people == {"unduplicated": 2, "rosters": 2, "events": 3}


def test_money_paid_returned_and_still_to_pay():
    funding = make_funding(funder=make_organization(name="正荣基金会"))
    grant = make_grant(awarded_amount=Decimal(5000), funding=funding, report_year=2014)
    make_grant(awarded_amount=Decimal(300), report_year=2014)
    make_grant(awarded_amount=Decimal(900), status="withdrawn", report_year=2014)
    make_grant(awarded_amount=Decimal(800), status="declined", report_year=2014)
    make_payment(grant=grant, amount=Decimal(3000))
    make_payment(grant=grant, amount=Decimal("250.50"), kind="refund")

    assert Figures(Scope(2014)).grants.as_json() == {
        "committed": "5300.00",
        "paid": "3000.00",
        "returned": "250.50",
        "still_to_pay": "2300.00",
        "withdrawn_count": 1,
        "withdrawn_amount": "900.00",
        "by_funder": {
            "": {"committed": "300.00", "paid": None, "returned": None, "still_to_pay": None},
            "正荣基金会": {"committed": "5000.00", "paid": "3000.00", "returned": "250.50", "still_to_pay": "2000.00"},
        },
    }


def test_visits_and_targets_on_record_come_before_stated_ones():
    survey = make_survey(report_year=2014, stated_target=99, stated_visited=99)
    make_survey_target(survey=survey, region=region("360700"), planned=3)
    for seat in ("360721", "360700", "360100"):
        make_visit(survey=survey, organization=make_organization(region=region(seat)))
    make_visit(survey=survey, status="refused")

    found = Figures(Scope(2014)).survey.as_json()

    assert (found["target"], found["visited"]) == (3, 3)
    assert found["by_city"]["360700"] == {"target": 3, "visited": 2}
    assert found["by_city"]["360100"] == {"target": 0, "visited": 1}


def test_a_funders_figures_hold_only_what_it_paid_for():
    funder = make_organization(name="乐施会")
    make_alias(organization=funder, name="香港乐施会")
    funding = make_funding(funder=funder)
    make_event(headcount=10, funding=funding)
    make_event(headcount=20)
    make_grant(awarded_amount=Decimal(5), funding=funding, report_year=2014)
    make_grant(awarded_amount=Decimal(7), report_year=2014)

    found = Figures(Scope(2014, find_funder("香港 乐施会"))).as_json()

    assert found["once"] == {"events": 1, "person_times": 10}
    assert found["grants"]["committed"] == "5.00"


def test_a_cut_off_leaves_out_what_began_after_it_in_every_number():
    make_event(when="2014年11月30日至12月2日", headcount=1)
    make_event(when="2014年12月2日", headcount=2)
    make_report(year=2014, cut_off=date(2014, 12, 1))

    found = Figures(Scope.of(2014))

    assert found.as_json()["once"] == {"events": 1, "person_times": 1}
    assert (found.year.events, found.year.people) == (1, 1)
    assert Figures(Scope(2014)).once == Tally(2, 3)


def test_years_on_record_are_those_of_any_event_grant_or_survey():
    make_event(report_year=2014)
    make_grant(report_year=2016)
    make_survey(report_year=2012)

    assert years_on_record() == [2016, 2014, 2012]
