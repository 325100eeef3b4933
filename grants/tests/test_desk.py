"""What waits for those who keep the grants, and grants as staff look for them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from grants.finding import grants_called
from grants.models import Grant, Instalment
from grants.tests.factories import make_grant, make_payment
from organizations.tests.factories import make_organization, make_person, make_territory
from yixin.desk import Tone
from yixin.tests.desks import counted, desk_of, enter, listed, waiting
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office(client):
    return enter(client, make_superuser())


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def planned(grant: Grant, due_on: date, amount: str) -> Grant:
    Instalment.objects.create(grant=grant, due_on=due_on, amount=Decimal(amount))
    return grant


def paid(grant: Grant, amount: str, kind: str = "instalment") -> Grant:
    make_payment(grant=grant, kind=kind, amount=Decimal(amount))
    return grant


def test_grants_of_the_year_are_the_committed_ones_and_lead_to_their_list(office):
    awarded, completed = make_grant(report_year=2014), make_grant(report_year=2014, status="completed")
    make_grant(report_year=2014, status="withdrawn"), make_grant(report_year=2013)

    desk = desk_of(office, year="2014")

    assert counted(desk, Tone.FIGURE)["Grants"] == 2
    assert set(listed(office, desk.figures[-1])) == {awarded, completed}


def test_instalments_wait_until_what_was_due_by_today_is_paid(office, today):
    unpaid = planned(make_grant(), today, "3000")
    partly = paid(planned(planned(make_grant(), today - DAY, "3000"), today, "2000"), "4999.99")
    planned(make_grant(), today + DAY, "3000")
    paid(planned(planned(make_grant(), today - DAY, "3000"), today + DAY, "2000"), "3000")
    planned(make_grant(status="withdrawn"), today, "3000"), planned(make_grant(status="declined"), today, "1")
    make_grant()

    found = waiting(office, "grants")

    assert {label: set(grants) for label, grants in found.items()} == {
        "grants with an instalment to be paid": {unpaid, partly}
    }


def test_cents_that_no_binary_fraction_is_are_paid_when_they_are_paid(office, today):
    grant = make_grant()
    for amount in ("0.10", "0.20", "1000.10"):
        paid(planned(grant, today, amount), amount)
    whole = paid(planned(planned(make_grant(), today, "0.10"), today, "0.20"), "0.30")

    assert waiting(office, "grants") == {}
    planned(whole, today, "0.01")
    assert waiting(office, "grants") == {"grant with an instalment to be paid": [whole]}


def test_what_came_back_is_not_owed_again(office, today):
    paid(paid(planned(make_grant(), today, "3000"), "3000"), "500", "refund")

    assert waiting(office, "grants") == {}


def test_reports_wait_from_their_day_on_until_they_are_there(office, today):
    due = make_grant(report_due_on=today)
    make_grant(report_due_on=today + DAY), make_grant(report_due_on=today, reported_on=today), make_grant()
    make_grant(report_due_on=today, status="withdrawn")

    assert waiting(office, "grants") == {"grant whose report is due": [due]}
    assert desk_of(office).tasks[0].tone == Tone.LATE


def test_who_sees_no_grants_is_told_of_none(client, today):
    make_grant(report_due_on=today, report_year=today.year)

    desk = desk_of(enter(client, make_territory().user))

    assert "Grants" not in counted(desk, Tone.FIGURE)
    assert desk.tasks == []


@pytest.mark.parametrize("words", ["读书", "知行", "zhixing", "zx", "知行 读书"])
def test_grant_is_found_by_project_and_recipient(words):
    grant = make_grant(organization=make_organization(name="知行社"), project="乡村读书角")
    make_grant(organization=make_organization(name="同心会"), project="环保")

    assert list(grants_called(Grant.objects.all(), words)) == [grant]


@pytest.mark.parametrize("words", ["王知", "wangz", "wzx", "W"])
def test_grant_is_found_by_the_person_who_receives_it(words):
    grant = make_grant(organization=None, person=make_person(name="王知行"), project="考察")
    make_grant(project="环保")

    assert list(grants_called(Grant.objects.all(), words)) == [grant]
