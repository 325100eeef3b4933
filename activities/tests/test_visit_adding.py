"""A visit that is added, or come back from: what its form proposes, and the tickets at its foot."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.models import Expense, Visit
from activities.tests.factories import make_expense, make_survey, make_visit
from activities.tests.surveying import ask, asked, form_in, form_of, heard, jpeg, name_of, page_of, permissions, send
from grants.tests.factories import make_funding
from organizations.tests.factories import make_organization
from yixin.fuzzydate import FuzzyDate
from yixin.tests.factories import make_user
from yixin.tests.registry import address, as_it_stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


# Adding


def running_survey():
    today = timezone.localdate()
    return make_survey(period=FuzzyDate.on(today.replace(day=1), today))


def test_the_one_running_survey_is_chosen_with_its_questions_and_today(office):
    make_survey()
    survey = running_survey()
    (question,) = ask(survey, "yes-no")

    page = office.get(address(Visit, "add"))

    form = form_in(page)
    assert (form["survey"].value(), asked(page)) == (survey.pk, [name_of(question)])
    assert (form["when"].value(), form["status"].value()) == (str(FuzzyDate.on(timezone.localdate())), "done")


def test_of_two_running_surveys_none_is_chosen(office):
    for _number in range(2):
        ask(running_survey(), "yes-no")

    page = office.get(address(Visit, "add"))

    assert (form_in(page)["survey"].value(), asked(page)) == (None, [])
    assert "The questions show here once the survey is chosen." in page.content.decode()


def test_the_address_names_survey_and_organisation(office):
    survey, organization = make_survey(), make_organization()
    (question,) = ask(survey, "number")
    path = f"{address(Visit, 'add')}?survey={survey.pk}&organization={organization.pk}&status=planned"

    page = office.get(path)
    sent = as_it_stands(page) | {name_of(question): "40"}
    response = office.post(path, sent)

    form = form_in(page)
    assert [form[name].value() for name in ("survey", "organization", "status", "when")] == [
        str(survey.pk), str(organization.pk), "planned", "",
    ]  # fmt: skip
    visit = Visit.objects.get()
    assert (response.url, visit.survey, heard(visit)) == (page_of(survey), survey, {question: "40"})


def test_another_survey_saved_with_continue_brings_its_questions(office):
    ask(running_survey(), "text")
    other, organization = make_survey(), make_organization()
    (question,) = ask(other, "text")
    sent = as_it_stands(office.get(address(Visit, "add"))) | {"survey": other.pk, "organization": organization.pk}

    response = office.post(address(Visit, "add"), sent | {"_continue": "1"}, follow=True)

    assert asked(response) == [name_of(question)]


def test_answers_to_the_questions_that_were_shown_are_kept_under_another_survey(office):
    (shown,) = ask(running_survey(), "text")
    other, organization = make_survey(), make_organization()
    sent = as_it_stands(office.get(address(Visit, "add"))) | {"survey": other.pk, "organization": organization.pk}

    office.post(address(Visit, "add"), sent | {name_of(shown): "有两名专职"})

    visit = Visit.objects.get()
    assert (visit.survey, heard(visit)) == (other, {shown: "有两名专职"})


@pytest.mark.parametrize("junk", ["0", "x", "9" * 30, "-1"])
def test_junk_in_the_address_chooses_nothing(office, junk):
    page = office.get(address(Visit, "add"), {"survey": junk, "organization": junk})

    assert (page.status_code, asked(page)) == (200, [])


# Coming back from a planned visit


def test_visited_offers_today_and_leads_back_to_the_survey(office):
    visit = make_visit(status="planned", visitors="甲")
    path = f"{form_of(visit)}?visited"

    page = office.get(path)
    before = Visit.objects.filter(pk=visit.pk).values().get()
    response = office.post(path, as_it_stands(page))

    today = str(FuzzyDate.on(timezone.localdate()))
    assert (form_in(page)["when"].value(), form_in(page)["status"].value()) == (today, "done")
    assert (before["status"], before["when_text"]) == ("planned", "")
    visit.refresh_from_db()
    assert (visit.status, visit.when_text, response.url) == ("done", today, page_of(visit.survey))


def test_visit_that_is_over_is_offered_nothing(office):
    visit = make_visit(status="refused")

    form = form_in(office.get(f"{form_of(visit)}?visited"))

    assert (form["when"].value(), form["status"].value()) == ("", "refused")


def test_earlier_visitors_are_offered_to_who_may_see_them(office, client):
    visit = make_visit(visitors="甲、乙")
    make_visit(survey=visit.survey, visitors="丙")
    make_visit(visitors="of another survey")
    limited = make_user(is_staff=True)
    limited.user_permissions.add(*permissions("view_visit", "change_visit"))

    offered = office.get(form_of(visit)).context["earlier_visitors"]
    client.force_login(limited)

    assert offered == ["丙", "甲、乙"]
    assert "earlier_visitors" not in client.get(form_of(visit)).context


# Tickets


def ticket(**changes) -> dict:
    return {"expenses-0-purpose": "车票", "expenses-0-amount": "0.01万", **changes}


def test_ticket_with_photo_is_paid_from_the_funding_of_the_survey(office):
    funding = make_funding()
    visit = make_visit(survey=make_survey(funding=funding), when=None)
    photo = SimpleUploadedFile("小票.jpg", jpeg(), content_type="image/jpeg")

    response = send(office, visit, **ticket(**{"expenses-0-receipt": photo}))

    expense = Expense.objects.get()
    assert response.status_code == 302
    assert (expense.visit, expense.funding, expense.amount) == (visit, funding, Decimal("100.00"))
    assert (expense.spent_on, expense.receipt.name[:9]) == (timezone.localdate(), "receipts/")


def test_ticket_that_stands_keeps_its_own_funding(office):
    visit, own = make_visit(survey=make_survey(funding=make_funding())), make_funding()
    expense = make_expense(visit=visit, funding=own, spent_on=date(2014, 10, 4))

    send(office, visit, **{"expenses-0-purpose": "改签"})

    expense.refresh_from_db()
    assert (expense.purpose, expense.funding, Expense.objects.count()) == ("改签", own, 1)


def test_empty_row_for_a_ticket_stores_nothing(office):
    visit = make_visit(when=FuzzyDate.on(date(2014, 10, 4)))

    page = office.get(form_of(visit))
    send(office, visit, outcome="好")

    row = page.context["inline_admin_formsets"][0].formset.forms[0]
    assert (row["spent_on"].value(), row.fields["receipt"].widget.attrs["accept"]) == (date(2014, 10, 4), "image/*")
    assert Expense.objects.count() == 0


def test_bad_ticket_is_told_and_nothing_is_stored(office):
    visit = make_visit()
    (question,) = ask(visit.survey, "text")
    photo = SimpleUploadedFile("小票.jpg", jpeg(), content_type="image/jpeg")
    wrong = {"expenses-0-amount": "很多", "expenses-0-receipt": photo, name_of(question): "好"}

    response = send(office, visit, **ticket(**wrong))

    formset = response.context["inline_admin_formsets"][0].formset
    assert list(formset.errors[0]) == ["amount"]
    assert "The photo could not be kept" in response.content.decode()
    assert (Expense.objects.count(), heard(visit)) == (0, {})
