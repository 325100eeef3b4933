"""What waits for those who record events, visits and standing by."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.desk import Missing
from activities.forms import EventForm
from activities.models import Event, WorkArea
from activities.tests.factories import (
    area,
    make_attendance,
    make_engagement,
    make_event,
    make_survey,
    make_visit,
    make_work_area,
)
from organizations.tests.factories import make_organization, make_territory, region
from yixin.desk import Tone
from yixin.fuzzydate import FuzzyDate, Precision
from yixin.tests.desks import counted, desk_of, enter, listed, waiting
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office(client):
    return enter(client, make_superuser())


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def complete(**changes) -> Event:
    """An exchange of 2014 that nothing is missing of."""
    columns = {"area": area("exchange"), "headcount": 20, "region": region("360100")}
    return make_event(**columns | changes)


def days(first: date, last: date) -> FuzzyDate:
    return FuzzyDate(f"{first.isoformat()} - {last.isoformat()}", first, last, Precision.DAY_RANGE)


def test_year_in_numbers_counts_what_was_held_and_leads_to_it(office):
    training = complete(area=area(), headcount=30)
    exchange = complete(headcount=20)
    complete(status="planned"), complete(status="cancelled"), complete(report_year=2013)

    desk = desk_of(office, year="2014")

    assert counted(desk, Tone.FIGURE) == {"Events": 2, "Person-times": 50, "Trainings": 1, "Visits": 0, "Grants": 0}
    assert [set(listed(office, item)) for item in desk.figures[:3]] == [
        {training, exchange}, {training, exchange}, {training}
    ]  # fmt: skip


def test_people_that_nobody_counted_are_unknown_not_none(office):
    complete(headcount=None)

    assert [item.written for item in desk_of(office, year="2014").figures[:2]] == ["1", "unknown"]


def test_large_numbers_are_written_in_groups(office):
    complete(headcount=2078)

    assert desk_of(office, year="2014").figures[1].written == "2,078"


def test_visits_of_the_year_are_the_done_ones_and_lead_to_their_list(office):
    survey = make_survey()
    done = make_visit(survey=survey)
    make_visit(survey=survey, status="refused"), make_visit(survey=make_survey(report_year=2013))

    visits = desk_of(office, year="2014").figures[3]

    assert (visits.label, visits.number, listed(office, visits)) == ("Visits", 1, [done])


def test_gaps_of_the_year_lead_to_just_those_events(office, today):
    uncounted = complete(headcount=None)
    unplaced = complete(region=None)
    unnamed = complete(area=area())
    make_attendance(event=complete(area=area()))
    complete(area=area(), is_sensitive=True)  # no roster without consent
    for status in ("planned", "cancelled"):
        make_event(status=status)
    make_event(report_year=2013)  # of another year
    make_event(when=FuzzyDate.on(today + DAY), report_year=2014, region=region("360100"))  # still to come

    assert waiting(office, "activities", year="2014") == {
        "event without a head-count": [uncounted],
        "training without a roster": [unnamed],
        "event without a region": [unplaced],
    }


def test_numbers_above_one_have_a_plural(office):
    complete(region=None), complete(region=None)

    assert list(waiting(office, "activities", year="2014")) == ["events without a region"]


def test_complete_year_says_so(office):
    complete()

    page = office.get(reverse("admin:index"), {"year": "2014"}).content.decode()

    assert "Nothing waits. What is on record for 2014 is complete, and nothing is due." in page


def test_visits_wait_while_their_survey_runs(office, today):
    running = make_survey(period=days(today - DAY, today), report_year=today.year)
    due = make_visit(survey=running, status="planned")
    make_visit(survey=running)
    over = make_survey(period=days(today - 9 * DAY, today - DAY), report_year=today.year)
    coming = make_survey(period=days(today + DAY, today + 9 * DAY), report_year=today.year)
    make_visit(survey=over, status="planned"), make_visit(survey=coming, status="planned")

    assert waiting(office, "activities") == {"organisation still to be visited": [due]}


def test_next_steps_wait_from_their_day_on_until_it_is_closed(office, today):
    due = make_engagement(next_step="回访", next_due=today)
    late = make_engagement(next_due=today - DAY)
    make_engagement(next_due=today + DAY), make_engagement()
    make_engagement(next_due=today - DAY, closed_on=today)

    found = waiting(office, "activities")

    assert {label: set(records) for label, records in found.items()} == {
        "next steps of standing by are due": {due, late}
    }
    assert desk_of(office).tasks[0].tone == Tone.LATE


def test_empty_year_leads_to_the_newest_on_record(office, today):
    make_event()

    desk = desk_of(office)

    assert (desk.is_empty, desk.years[-1]) == (True, "2014")


def test_starts_are_what_one_may_add(client):
    staff, volunteer = make_user("staff"), make_territory().user
    starts = [[item.label for item in desk_of(enter(client, user)).starts] for user in (staff, volunteer)]

    assert starts == [
        ["Add an event", "Paste a table", "Paste a roster", "Record a visit", "Add a photo", "Add a grant"],
        ["Add an event", "Record a visit", "Add a photo"],
    ]


def test_volunteer_is_told_of_their_own_city_alone(client):
    here = complete(headcount=None, region=region("360702"))
    complete(headcount=None)
    office = enter(client, make_territory(region=region("360700")).user)

    assert counted(desk_of(office, year="2014"), Tone.FIGURE) == {
        "Events": 1, "Person-times": None, "Trainings": 0, "Visits": 0
    }  # fmt: skip
    assert waiting(office, "activities", year="2014") == {"event without a head-count": [here]}


def test_volunteer_is_not_sent_to_make_links(client):
    make_organization(region=region("360702"))
    notes = []
    for user in (make_user("staff"), make_territory(region=region("360700")).user):
        notes += [item.note for item in desk_of(enter(client, user)).tasks if "confirmed=due" in item.address]

    assert notes == ["tick them and make links for them to send", ""]


def test_every_start_opens(client):
    office = enter(client, make_user("staff"))

    assert [office.get(item.address).status_code for item in desk_of(office).starts] == [200] * 6


@pytest.mark.parametrize("value", [*Missing.conditions, "", "nothing", "\x00", "1"])
def test_filter_takes_any_value(office, value):
    make_event()

    assert office.get(reverse("admin:activities_event_changelist"), {"missing": value}).status_code == 200


def offered(event: Event | None, field: str) -> set[WorkArea]:
    form = type(
        "Form", (EventForm,), {"Meta": type("Meta", (), {"model": Event, "fields": ["area", "also_listed_in"]})}
    )
    return set(form(instance=event).fields[field].queryset)


def test_work_areas_out_of_use_are_offered_only_where_they_were_chosen():
    old, older = make_work_area(is_active=False), make_work_area(is_active=False)
    event = make_event(area=old)
    event.also_listed_in.add(older)
    in_use = set(WorkArea.objects.filter(is_active=True))

    assert offered(None, "area") == offered(None, "also_listed_in") == in_use
    assert offered(event, "area") == in_use | {old}
    assert offered(event, "also_listed_in") == in_use | {older}
