"""The page of a survey: by city and by week, whom we still go to see, what was found and what it cost."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission

from activities.tests.factories import (
    make_answer,
    make_expense,
    make_publication,
    make_question,
    make_survey,
    make_survey_target,
    make_visit,
)
from activities.tests.surveying import ask, page_of, progress_of, visit_in
from grants.tests.factories import make_funding
from organizations.tests.factories import make_organization, region
from yixin.fuzzydate import parse
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

CITIES = 11


@pytest.fixture
def office(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def line(place) -> tuple:
    counts = (place.target, place.listed, place.visited, place.added, place.over)
    return (place.name, *counts, place.refused, place.missing, place.to_go)


# By city


def test_by_city_with_zeros_and_a_total(office):
    survey = make_survey(stated_visited=99)
    make_survey_target(survey=survey, region=region("360100"), planned=2)
    make_survey_target(survey=survey, region=region("360700"), planned=3)
    for code, status, is_added in (
        ("360721", "done", False),  # a county of Ganzhou
        ("360700", "done", True),
        ("360700", "planned", False),
        ("360700", "refused", False),
        ("360100", "done", False),
        ("360100", "done", True),
        ("360100", "done", True),
        ("360100", "not-found", False),
    ):
        visit_in(survey, code, status, is_added=is_added)

    progress = progress_of(office, survey)

    found = {place.code: line(place)[1:] for place in progress.places}
    assert found.pop("360100") == (2, 2, 3, 2, 1, 0, 1, 0)
    assert found.pop("360700") == (3, 3, 2, 1, -1, 1, 0, 1)
    assert set(found.values()) == {(0, 0, 0, 0, 0, 0, 0, 0)}
    assert len(found) == CITIES - 2
    assert line(progress.total) == ("Total", 5, 5, 5, 3, 0, 1, 1, 1)
    assert (progress.cities_visited, progress.stated) == (2, [])


def test_outside_and_unknown_have_rows_of_their_own_where_there_is_anything(office):
    survey = make_survey()
    for code in ("110000", None, "360000"):
        visit_in(survey, code)

    progress = progress_of(office, survey)

    assert [(place.name, place.visited) for place in progress.places[CITIES:]] == [
        ("outside the province", 1),
        ("city unknown", 2),
    ]
    assert (progress.total.visited, progress.cities_visited) == (3, 0)


def test_nothing_on_record_is_unknown_and_what_was_stated_is_told_as_stated(office):
    survey = make_survey(stated_target=55, stated_visited=72, stated_cities=11)

    page = office.get(page_of(survey))

    progress = page.context["told"].progress
    assert {line(place)[1:] for place in [*progress.places, progress.total]} == {(None,) * 8}
    assert progress.stated == [("Target", 55), ("Visited", 72), ("Cities", 11)]
    assert "As stated, not counted from records:" in page.content.decode()
    assert "No visits are on record." in page.content.decode()


def test_a_list_without_a_visit_done_counts_none_unless_something_else_was_stated(office):
    begun, stated = make_survey(), make_survey(stated_visited=72)
    for survey in (begun, stated):
        visit_in(survey, "360100", "planned")

    assert [progress_of(office, survey).total.visited for survey in (begun, stated)] == [0, None]
    assert progress_of(office, stated).stated == [("Visited", 72)]


def test_target_of_which_nobody_wrote_the_number_is_unknown(office):
    survey = make_survey(stated_target=55)
    make_survey_target(survey=survey, region=region("360100"), planned=None)
    make_survey_target(survey=survey, region=region("360700"), planned=4)

    page = office.get(page_of(survey))

    places = {place.code: place.target for place in page.context["told"].progress.places}
    assert (places["360100"], places["360700"], places["360200"]) == (None, 4, 0)
    assert "Target unknown: 南昌市." in page.content.decode()


# By week


def test_weeks_count_by_the_first_day_and_leave_no_week_out(office):
    survey = make_survey()
    for when in ("2014年12月29日", "2015年1月4日", "2015年1月4-6日", "2015年1月14日"):
        visit_in(survey, when=parse(when))
    visit_in(survey, status="refused", when=parse("2015年1月14日"))
    wide, undated = visit_in(survey, when=parse("2015年1月")), visit_in(survey)

    progress = progress_of(office, survey)

    assert [(str(week), week.starts_on, week.number) for week in progress.weeks] == [
        ("2015-W01", date(2014, 12, 29), 3),
        ("2015-W02", date(2015, 1, 5), 0),
        ("2015-W03", date(2015, 1, 12), 1),
    ]
    assert set(progress.undated) == {wide, undated}


def test_mistyped_year_brings_no_thousand_weeks(office):
    survey = make_survey()
    for when in ("1914年1月5日", "2014年1月6日"):
        visit_in(survey, when=parse(when))

    assert [week.number for week in progress_of(office, survey).weeks] == [1, 1]


# Whom we still go to see


def test_each_planned_visit_has_a_button_to_its_form(office):
    survey = make_survey()
    planned, done = visit_in(survey, "360100", "planned"), visit_in(survey, "360100")

    content = office.get(page_of(survey)).content.decode()

    assert f'class="button visited" href="/admin/activities/visit/{planned.pk}/change/?visited"' in content
    assert f'class="button visited" href="/admin/activities/visit/{done.pk}/' not in content


def test_who_may_not_change_visits_has_no_buttons(client):
    survey = make_survey()
    visit_in(survey, "360100", "planned")
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_survey", "view_visit"]))
    client.force_login(reader)

    page = client.get(page_of(survey))

    content = page.content.decode()
    assert page.status_code == 200
    assert (page.context["told"].tickets, page.context["copying"]) == (None, None)
    assert [word for word in ('?visited"', "/added/", "progress.xlsx") if word in content] == []


# Findings and tickets


def test_no_share_is_printed_without_its_n(office):
    survey = make_survey()
    (question,) = ask(survey, "yes-no")
    for value in ("yes", "yes", "no"):
        make_answer(visit=visit_in(survey), question=question, value=value)
    visit_in(survey)
    make_answer(visit=visit_in(survey, status="refused"), question=question, value="no")

    page = office.get(page_of(survey))

    content = " ".join(page.content.decode().split())
    assert "n = 3 answered, of 4 visits done" in content
    assert "<td>2</td> <td>66.7% <small>n=3</small></td>" in content
    assert "<td>1</td> <td>33.3% <small>n=3</small></td>" in content
    assert page.context["told"].uncounted == 1


def test_question_that_nobody_answered_has_no_share(office):
    survey = make_survey()
    ask(survey, "yes-no", "number", "text")
    visit_in(survey)

    content = office.get(page_of(survey)).content.decode()

    assert content.count("n = 0 answered, of 1 visits done") == 3
    assert "%</" not in content


def test_number_has_median_range_and_sum(office):
    survey = make_survey()
    question = make_question(survey=survey, kind="number", text="How many volunteers")
    for value in ("1,000", "约3万", "12"):
        make_answer(visit=visit_in(survey), question=question, value=value)

    content = " ".join(office.get(page_of(survey)).content.decode().split())

    assert "<dd>1000</dd>" in content
    assert "<dd>12 – 30000</dd>" in content
    assert "<dt>sum of 3</dt><dd>31,012</dd>" in content
    assert "<dt>of these estimated</dt><dd>1</dd>" in content


def test_tickets_by_what_came_of_the_visit_and_who_pays(office):
    survey, funding = make_survey(), make_funding()
    done, refused = visit_in(survey), visit_in(survey, status="refused")
    make_expense(visit=done, amount=Decimal("100.50"), funding=funding, receipt="receipts/a.jpg")
    bare = make_expense(visit=refused, amount=Decimal("20"), purpose="公交")
    make_expense(visit=make_visit(), amount=Decimal("999"))

    page = office.get(page_of(survey))

    tickets = page.context["told"].tickets
    sums = [(one.label, len(one.tickets), one.amount, one.without_photo) for one in tickets.by_status]
    assert sums == [("done", 1, Decimal("100.50"), 0), ("refused", 1, Decimal("20.00"), 1)]
    payers = [(one.label, one.amount) for one in tickets.by_funder]
    assert payers == [(str(funding.funder), Decimal("100.50")), ("not recorded who pays", Decimal("20.00"))]
    assert (tickets.total.amount, tickets.without_photo) == (Decimal("120.50"), [bare])
    assert f"{refused.organization} · 公交 · 20.00" in page.content.decode()


def test_publications_of_the_survey_are_named(office):
    survey = make_survey()
    own = make_publication(survey=survey)
    make_publication()

    assert office.get(page_of(survey)).context["told"].publications == [own]


def test_names_and_answers_are_text(office):
    survey = make_survey(title="<b>调研</b>")
    (question,) = ask(survey, "text")
    organization = make_organization(name="<script>社")
    make_answer(visit=make_visit(survey=survey, organization=organization), question=question, value="<i>好</i>")

    content = office.get(page_of(survey)).content.decode()

    assert [tag for tag in ("<b>调研", "<script>社", "<i>好") if tag in content] == []
