"""The whole desk, with what all apps put on it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.tests.factories import make_attendance, make_engagement, make_event, make_survey, make_visit
from grants.tests.factories import make_grant, make_instalment, make_payment
from organizations.tests.factories import make_proposal, make_territory
from reports.scope import Scope
from reports.years import read_years
from yixin.desk import Tone
from yixin.tests.desks import counted, desk_of, enter, listed
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


def record_everything(user, times: int) -> None:
    """Of each kind that a desk counts, in the current year."""
    today = timezone.localdate()
    when = f"{today.year}年{today.month}月{today.day}日"
    for _ in range(times):
        event = make_event(when=when, report_year=today.year)
        make_attendance(event=make_event(when=when, report_year=today.year, headcount=5))
        make_visit(survey=make_survey(period=when, report_year=today.year), status="planned")
        make_engagement(next_due=today)
        grant = make_grant(report_year=today.year, report_due_on=today)
        make_instalment(grant=grant, due_on=today, amount=5000)
        make_payment(grant=grant, amount=3000)
        make_proposal()
        LogEntry.objects.create(
            user=user, content_type=ContentType.objects.get_for_model(event), object_id=event.pk, action_flag=2
        )


def cost(office) -> int:
    office.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as queries:
        office.get(reverse("admin:index"))
    return len(queries)


@pytest.mark.parametrize(("role", "queries"), [("staff", 12), ("coordinator", 12), ("administrator", 12)])
def test_desk_costs_the_same_for_1_and_20_of_everything(client, role, queries):
    user = make_user(role)
    office = enter(client, user)
    record_everything(user, 1)
    for_one = cost(office)
    record_everything(user, 19)

    assert (for_one, cost(office)) == (queries, queries)


def test_every_number_is_that_of_its_list(client):
    user = make_user("coordinator")
    office = enter(client, user)
    record_everything(user, 3)

    desk = desk_of(office)

    counts = {item.label: item.number for item in desk.of(Tone.FIGURE, Tone.TASK, Tone.LATE)}
    assert counts == {
        "Events": 6, "Person-times": 15, "Trainings": 6, "Visits": 0, "Grants": 3,
        "events without a head-count": 3, "trainings without a roster": 3, "events without a region": 6,
        "organisations still to be visited": 3, "next steps of standing by are due": 3,
        "grants with an instalment to be paid": 3, "grants whose reports are due": 3,
        "open proposals for entries": 3, "entries not confirmed for a year": 12,
    }  # fmt: skip
    del counts["Person-times"]
    assert {
        item.label: len(listed(office, item))
        for item in desk.of(Tone.FIGURE, Tone.TASK, Tone.LATE)
        if item.label in counts
    } == counts


def test_year_is_added_up_as_the_reports_do(client):
    user = make_user("coordinator")
    record_everything(user, 2)
    make_event(when="2014年1月9日", headcount=30), make_event(status="cancelled"), make_visit()
    make_grant(status="withdrawn", report_year=2014)
    office = enter(client, user)

    for year in read_years(Scope(2014)):
        found = counted(desk_of(office, year=year.year), Tone.FIGURE)
        assert (found["Events"], found["Person-times"], found["Visits"], found["Grants"]) == (
            year.events, year.people, year.visits, year.committed
        )  # fmt: skip


def test_desk_leads_those_to_the_year_who_may_read_it(client):
    office = enter(client, make_user("staff"))

    found = desk_of(office, year="2014").pages

    assert [office.get(item.address).status_code for item in found] == [200, 200]
    assert desk_of(enter(client, make_territory().user), year="2014").pages == []
