"""The page of a round of grants, and the list of grants as it is narrowed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.tests.factories import make_funding, make_grant, make_instalment, make_payment, make_round
from organizations.tests.factories import make_person
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

GRANTS = reverse("admin:grants_grant_changelist")


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(grant_round) -> str:
    return reverse("admin:grants_grantround_applications", args=[grant_round.pk])


def listed(staff, **query) -> set:
    return set(staff.get(GRANTS, query).context["cl"].queryset)


def test_totals_name_what_is_unknown_and_lead_to_the_grants(staff):
    autumn = make_round()
    known = make_grant(round=autumn, requested_amount=Decimal(9_000), awarded_amount=Decimal(7_000))
    unknown = make_grant(round=autumn, awarded_amount=None)
    asked = make_grant(round=autumn, status="applied", requested_amount=Decimal(500), awarded_amount=None)
    make_grant(round=make_round())

    totals = staff.get(page_of(autumn)).context["totals"]

    assert [
        (one.label, len(one.grants), one.requested, one.unknown_requested, one.awarded, one.unknown_awarded)
        for one in totals
    ] == [
        ("applied for", 1, Decimal(500), 0, Decimal(0), 0),
        ("awarded", 2, Decimal(9_000), 1, Decimal(7_000), 1),
        ("All", 3, Decimal(9_500), 1, Decimal(7_000), 1),
    ]
    found = [set(staff.get(one.address).context["cl"].queryset) for one in totals]
    assert found == [{asked}, {known, unknown}, {known, unknown, asked}]


def test_link_to_add_an_application_knows_what_the_round_says(staff):
    autumn = make_round(funding=make_funding(), opens_on=date(2015, 9, 1))

    form = staff.get(staff.get(page_of(autumn)).context["add"]).context["adminform"].form

    told = [str(form.get_initial_for_field(form.fields[name], name)) for name in ("round", "funding", "status")]
    assert told == [str(autumn.pk), str(autumn.funding_id), "applied"]
    assert str(form.initial["report_year"]) == "2015"


def test_page_costs_the_same_for_1_and_30_applications(staff):
    costs = []
    for number in (1, 30):
        autumn = make_round(funding=make_funding())
        for each in range(number):
            make_grant(round=autumn, **({"person": make_person()} if each % 2 else {}))
        staff.get(page_of(autumn))
        with CaptureQueriesContext(connection) as queries:
            staff.get(page_of(autumn))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_round_without_applications_says_the_first_step(staff):
    page = staff.get(page_of(make_round())).content.decode()

    assert "No application is on record in this round. Add the first one" in page


@pytest.mark.parametrize(("role", "status"), [(None, 302), ("partner", 302), ("volunteer", 403), ("", 403)])
def test_page_is_for_those_who_see_money(client, role, status):
    if role is not None:
        client.force_login(make_user(role) if role else make_user(is_staff=True))

    assert client.get(page_of(make_round())).status_code == status


def test_grants_are_narrowed_by_round_and_funder(staff):
    autumn, funding = make_round(), make_funding()
    of_round, of_funder = make_grant(round=autumn), make_grant(funding=funding)
    other = make_grant()

    assert listed(staff, round__id__exact=autumn.pk) == {of_round}
    assert listed(staff, funder=funding.funder_id) == {of_funder}
    assert listed(staff, funder="知行") == {of_round, of_funder, other}


def test_instalments_are_due_once_more_was_planned_by_today_than_was_paid(staff):
    owed, paid, later, gone = (make_grant(), make_grant(), make_grant(), make_grant(status="withdrawn"))
    for grant in (owed, paid, gone):
        make_instalment(grant=grant, amount=Decimal("0.10"))
        make_instalment(grant=grant, amount=Decimal("0.20"))
    make_payment(grant=owed, amount=Decimal("0.29"))
    make_payment(grant=paid, amount=Decimal("0.30"))
    make_payment(grant=paid, amount=Decimal("0.30"), kind="refund")
    make_instalment(grant=later, due_on=date(2099, 1, 1))

    assert listed(staff, waiting="instalment") == {owed}


def test_reports_are_due_until_they_are_received(staff):
    due = make_grant(report_due_on=date(2015, 1, 31))
    make_grant(report_due_on=date(2015, 1, 31), reported_on=date(2015, 1, 20))
    make_grant(report_due_on=date(2099, 1, 31))
    make_grant(report_due_on=date(2015, 1, 31), status="declined")

    assert listed(staff, waiting="report") == {due}
