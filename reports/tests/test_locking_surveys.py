"""Surveys of a published year: what is answered, found on the way or copied there needs a reason, and is told."""

import pytest

from activities.models import Answer, Visit
from activities.tests import factories as a
from activities.tests.surveying import page_of
from reports.tests.published import form_of, publish, save, told
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.user = make_superuser()
    client.force_login(client.user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_answer_is_a_change_to_the_visit(office):
    publish(2014)
    visit = a.make_visit()
    question = a.make_question(survey=visit.survey)

    refused = save(office, visit, **{f"answer_{question.pk}": "好"})
    stored = save(office, visit, **{f"answer_{question.pk}": "好", "_reason": "补录"})

    form = form_of(refused)
    assert (form.errors, form[f"answer_{question.pk}"].value()) == ({"_reason": [NO_REASON]}, "好")
    assert (stored.status_code, Answer.objects.get().value) == (302, "好")
    assert [reason for year, key, title, reason in told()] == ["补录"]


def test_ticket_is_a_change_to_the_visit(office):
    publish(2014)
    visit = a.make_visit()
    ticket = {"expenses-0-purpose": "车票", "expenses-0-amount": "20"}

    refused = save(office, visit, **ticket)
    save(office, visit, **ticket, _reason="补录")

    assert list(form_of(refused).errors) == ["_reason"]
    assert [reason for year, key, title, reason in told()] == ["补录"]


def test_found_on_the_way_needs_a_reason_in_a_published_year(office):
    publish(2014)
    survey = a.make_survey(report_year=2014, title="调研")
    sent = {"name": "江豚协会", "city": "360400", "when": "2014年10月4日"}

    page = office.get(page_of(survey, "added"))
    refused = office.post(page_of(survey, "added"), sent)
    before = Visit.objects.count()
    office.post(page_of(survey, "added"), sent | {"_reason": "漏记了"})

    assert page.context["form"].reason() is not None
    assert (refused.status_code, refused.context["form"].errors, before) == (422, {"_reason": [NO_REASON]}, 0)
    assert Visit.objects.count() == 1
    assert told() == [(2014, f"activities.survey:{survey.pk}", "visits · 调研", "漏记了")]


def test_copying_questions_needs_a_reason_in_a_published_year(office):
    publish(2014)
    earlier, survey = a.make_survey(report_year=2013), a.make_survey(report_year=2014, title="调研")
    a.make_question(survey=earlier)
    sent = {"source": earlier.pk}

    refused = office.post(page_of(survey, "copy"), sent)
    before = survey.questions.count()
    office.post(page_of(survey, "copy"), sent | {"_reason": "照上一轮"})

    assert (refused.status_code, refused.context["copying"].errors, before) == (422, {"_reason": [NO_REASON]}, 0)
    assert survey.questions.count() == 1
    assert told() == [(2014, f"activities.survey:{survey.pk}", "questions · 调研", "照上一轮")]


def test_other_years_are_not_asked(office):
    publish(2014)
    survey = a.make_survey(report_year=2015)

    page = office.get(page_of(survey, "added"))
    office.post(page_of(survey, "added"), {"name": "江豚协会", "when": "2015年10月4日"})

    assert (page.context["form"].reason(), Visit.objects.count(), told()) == (None, 1, [])
