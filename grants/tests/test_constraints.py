"""Each rule of the database is broken once, past every form."""

import re
from decimal import Decimal

import pytest

from grants.tests import factories as f
from organizations.tests.constraints import (
    Broken,
    broken_rule,
    cases,
    constraints,
    declared,
    expected_rule,
    refusal,
    sentences,
)
from organizations.tests.factories import make_person
from yixin.fuzzydate import parse

pytestmark = pytest.mark.django_db
APP = "grants"
NO_CHOICE = "This is not one of the choices. Pick one from the list."
EMPTY = "This must not be empty."
AMOUNT = "The amount must lie between 0 and 1,000,000,000 yuan."
END_BEFORE_START = "The end is before the start. Write the earlier day first."
OUTSIDE = ("1899-12-31", "2101-01-01")
YEAR = "The year must lie between 1900 and 2100."
TOO_MUCH = Decimal("1000000000.01")


def of_a_period():
    return f.make_funding(period=parse("2014年3-5月"))


def to_a_person():
    return f.make_grant(person=make_person())


VIOLATIONS = {
    "funding_has_a_purpose": [Broken(f.make_funding, {"purpose": "\u200b"})],
    "funding_period_in_order": [
        Broken(of_a_period, {"period_latest": "2014-02-28"}),
        Broken(of_a_period, {"period_earliest": None}),
        Broken(of_a_period, {"period_latest": None}),
        Broken(of_a_period, {"period_text": ""}),
        Broken(of_a_period, {"period_precision": ""}),
        Broken(f.make_funding, {"period_text": "2014年"}),
    ],
    "funding_amount_is_sensible": [Broken(f.make_funding, {"amount": amount}) for amount in (-1, TOO_MUCH)],
    "funding_status_is_known": [Broken(f.make_funding, {"status": status}) for status in ("", "promised")],
    "grant_has_a_project": [Broken(f.make_grant, {"project": ""})],
    "grant_to_an_organization_or_a_person": [
        Broken(f.make_grant, {"organization": None}),
        Broken(to_a_person, {"person": None}),
    ],
    "grant_status_is_known": [Broken(f.make_grant, {"status": status}) for status in ("", "Awarded")],
    "grant_requested_amount_is_sensible": [
        Broken(f.make_grant, {"requested_amount": amount}) for amount in (Decimal("-0.01"), TOO_MUCH)
    ],
    "grant_awarded_amount_is_sensible": [
        Broken(f.make_grant, {"awarded_amount": amount}) for amount in (Decimal("-0.01"), TOO_MUCH)
    ],
    "grant_report_year_is_sensible": [Broken(f.make_grant, {"report_year": year}) for year in (0, 1899, 2101)],
    "payment_amount_is_positive": [
        Broken(f.make_payment, {"amount": amount}) for amount in (0, Decimal("-3000.00"), TOO_MUCH)
    ],
    "payment_kind_is_known": [Broken(f.make_payment, {"kind": "gift"})],
    "payment_date_is_sensible": [Broken(f.make_payment, {"paid_on": day}) for day in OUTSIDE],
    "remittance_amount_is_positive": [Broken(f.make_remittance, {"amount": amount}) for amount in (0, -1, TOO_MUCH)],
    "remittance_date_is_sensible": [Broken(f.make_remittance, {"received_on": day}) for day in OUTSIDE],
    "grant_round_has_a_title": [Broken(f.make_round, {"title": "\u200b"})],
    "grant_round_closes_after_it_opens": [Broken(f.make_round, {"opens_on": "2014-05-01", "closes_on": "2014-04-30"})],
    "instalment_amount_is_positive": [Broken(f.make_instalment, {"amount": amount}) for amount in (0, -1, TOO_MUCH)],
    "instalment_date_is_sensible": [Broken(f.make_instalment, {"due_on": day}) for day in OUTSIDE],
}
SENTENCES = {
    "funding_has_a_purpose": EMPTY,
    "funding_period_in_order": END_BEFORE_START,
    "funding_amount_is_sensible": AMOUNT,
    "funding_status_is_known": NO_CHOICE,
    "grant_has_a_project": EMPTY,
    "grant_to_an_organization_or_a_person": ("A grant goes to an organisation or to a person: fill in one of the two."),
    "grant_status_is_known": NO_CHOICE,
    "grant_requested_amount_is_sensible": AMOUNT,
    "grant_awarded_amount_is_sensible": AMOUNT,
    "grant_report_year_is_sensible": YEAR,
    "payment_amount_is_positive": AMOUNT,
    "payment_kind_is_known": NO_CHOICE,
    "payment_date_is_sensible": YEAR,
    "remittance_amount_is_positive": AMOUNT,
    "remittance_date_is_sensible": YEAR,
    "grant_round_has_a_title": EMPTY,
    "grant_round_closes_after_it_opens": END_BEFORE_START,
    "instalment_amount_is_positive": AMOUNT,
    "instalment_date_is_sensible": YEAR,
}


def test_every_rule_is_broken_here():
    assert set(VIOLATIONS) == declared(APP)
    assert set(SENTENCES) == set(constraints(APP))


@pytest.mark.parametrize(("name", "violation"), cases(VIOLATIONS))
def test_rule_is_kept_by_the_database(name, violation):
    rule = broken_rule(refusal(violation.store))

    assert re.fullmatch(expected_rule(APP, name), rule)


@pytest.mark.parametrize("name", SENTENCES)
def test_rule_speaks_in_a_form(name):
    assert sentences(VIOLATIONS[name][0].record()) == [SENTENCES[name]]


def test_grant_never_goes_to_an_organization_and_a_person():
    person = make_person()

    rule = broken_rule(refusal(Broken(f.make_grant, {"person": person}).store))

    assert rule == "grant_to_an_organization_or_a_person"
