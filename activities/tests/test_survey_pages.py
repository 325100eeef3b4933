"""The pages of a survey: what they cost, for whom they are, and questions that are copied."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Question
from activities.tests.factories import (
    make_expense,
    make_publication,
    make_question,
    make_survey,
    make_survey_target,
)
from activities.tests.surveying import answered_survey, page_of
from grants.tests.factories import make_funding
from yixin.tests.factories import make_superuser, make_user

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


# Cost and doors


@pytest.mark.parametrize("role", ["staff", "coordinator"])
def test_page_costs_at_most_15_queries_the_same_for_1_and_72_visits(client, role):
    client.force_login(make_user(role))
    costs = []
    for visits, questions in ((1, 1), (72, 10)):
        survey = answered_survey(visits, questions)
        make_survey_target(survey=survey, planned=3)
        for visit in survey.visits.all():
            make_expense(visit=visit, funding=make_funding())
        make_publication(survey=survey)
        client.get(page_of(survey))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(page_of(survey))
        assert len(page.context["told"].progress.done) == visits
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 15


@pytest.mark.parametrize("name", ["progress", "workbook", "added"])
def test_pages_are_for_those_who_see_surveys_and_visits(client, name):
    survey = make_survey()
    strangers = [None, make_user("partner"), make_user(is_staff=True)]

    def answer(user) -> int:
        client.logout()
        if user:
            client.force_login(user)
        ask = client.post if name == "workbook" else client.get
        return ask(page_of(survey, name)).status_code

    assert [answer(user) for user in strangers] == [302, 302, 403]
    assert answer(make_user("coordinator")) == 200


def test_survey_that_is_not_there(office):
    survey = make_survey()
    pages = [page_of(survey, name) for name in ("progress", "workbook", "added")]
    survey.delete()
    asks = [office.get, office.post, office.get]

    assert [ask(page).status_code for ask, page in zip(asks, pages, strict=True)] == [404, 404, 404]


def test_form_and_list_lead_to_the_page(office):
    survey = make_survey()

    form = office.get(f"/admin/activities/survey/{survey.pk}/change/").content.decode()
    listed = office.get("/admin/activities/survey/").content.decode()

    assert (page_of(survey) in form, page_of(survey) in listed) == (True, True)


# Copying questions


def test_questions_of_an_earlier_survey_are_copied_with_order_and_choices(office):
    earlier, survey, other = make_survey(), make_survey(), make_survey()
    make_question(survey=earlier, position=2, kind="choice", text="乙", choices="会费\n捐赠")
    make_question(survey=earlier, position=1, kind="yes-no", text="甲")
    make_question(survey=other)

    offered = list(office.get(page_of(survey)).context["copying"].fields["source"].queryset)
    response = office.post(page_of(survey, "copy"), {"source": earlier.pk})

    copied = Question.objects.filter(survey=survey).order_by("position").values_list("text", "kind", "choices")
    assert set(offered) == {earlier, other}
    assert response.url == page_of(survey)
    assert list(copied) == [("甲", "yes-no", ""), ("乙", "choice", "会费\n捐赠")]
    assert earlier.questions.count() == 2


def test_copying_twice_copies_once(office):
    earlier, survey = make_survey(), make_survey()
    make_question(survey=earlier)

    for _time in range(2):
        response = office.post(page_of(survey, "copy"), {"source": earlier.pk}, follow=True)

    assert survey.questions.count() == 1
    assert "This survey has questions already." in response.content.decode()


@pytest.mark.parametrize("source", ["", "x", "0", "9" * 30])
def test_copying_from_nowhere_is_told_on_the_page(office, source):
    make_question()
    survey = make_survey()

    response = office.post(page_of(survey, "copy"), {"source": source})

    assert (response.status_code, list(response.context["copying"].errors)) == (422, ["source"])


def test_copying_needs_a_post_and_the_permission(client):
    survey = make_survey()
    make_question()
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_survey", "view_visit"]))
    client.force_login(reader)

    refused = client.post(page_of(survey, "copy"), {"source": 1}).status_code
    client.force_login(make_superuser())

    assert (refused, client.get(page_of(survey, "copy")).status_code) == (403, 405)
