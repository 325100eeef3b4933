"""A regional volunteer at a survey: what lies in the own city, and nothing of the others."""

import pytest

from activities.models import Visit
from activities.tests.factories import (
    make_answer,
    make_expense,
    make_question,
    make_survey,
    make_survey_target,
    make_visit,
)
from activities.tests.surveying import form_of, page_of
from grants.tests.factories import make_funding
from organizations.models import Organization
from organizations.tests.factories import make_organization, make_territory, region
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer(client):
    user = make_user("volunteer")
    make_territory(user=user, region=region("360700"))
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def visit_in(survey, code: str, name: str, **changes) -> Visit:
    return make_visit(survey=survey, organization=make_organization(name=name, region=region(code)), **changes)


def test_page_tells_of_the_own_city_alone(volunteer):
    funding = make_funding(purpose="不给看的经费")
    survey = make_survey(funding=funding)
    for code in ("360100", "360700"):
        make_survey_target(survey=survey, region=region(code), planned=2)
    question = make_question(survey=survey)
    own, other = visit_in(survey, "360721", "赣县绿园社"), visit_in(survey, "360100", "南昌绿园社")
    for visit in (own, other):
        make_answer(visit=visit, question=question, value=f"{visit.organization}说")
        make_expense(visit=visit, funding=funding)

    page = volunteer.get(page_of(survey))

    told, content = page.context["told"], page.content.decode()
    assert [(place.code, place.target, place.visited) for place in told.progress.places] == [("360700", 2, 1)]
    assert ([answer.visit for answer in told.findings[0].texts], len(told.tickets.tickets)) == ([own], 1)
    assert ("赣县绿园社" in content, "南昌绿园社" in content, "不给看的经费" in content) == (True, False, False)
    assert [word for word in ("progress.xlsx", "/questions/copy/") if word in content] == []


def test_workbook_and_copying_are_not_theirs(volunteer):
    survey, earlier = make_survey(), make_question().survey

    assert volunteer.post(page_of(survey, "workbook")).status_code == 403
    assert volunteer.post(page_of(survey, "copy"), {"source": earlier.pk}).status_code == 403


def test_answers_of_the_own_city_are_written_and_no_others(volunteer):
    survey = make_survey()
    own, other = visit_in(survey, "360721", "赣县绿园社"), visit_in(survey, "360100", "南昌绿园社")

    assert [volunteer.get(form_of(visit)).status_code for visit in (own, other)] == [200, 404]


def test_found_on_the_way_lies_in_the_own_city(volunteer):
    survey = make_survey()
    elsewhere = make_organization(name="南昌绿园社", region=region("360100"))
    nowhere = make_organization(name="绿园环保社", region=None)

    choices = volunteer.get(page_of(survey, "added")).context["form"].fields["city"].choices
    sent = {"when": "今天", "city": "360700"}
    refused = volunteer.post(page_of(survey, "added"), sent | {"name": "绿园环保", "city": "360100"})
    volunteer.post(page_of(survey, "added"), sent | {"name": "绿园环保"})
    volunteer.post(page_of(survey, "added"), sent | {"name": "南昌绿园社"})

    assert [code for code, name in choices] == ["360700"]
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["city"])
    visited = {visit.organization for visit in Visit.objects.select_related("organization")}
    assert visited & {elsewhere, nowhere} == set()
    assert {one.region.code for one in visited} == {"360700"}
    assert Organization.objects.count() == 4
