"""Merging two organisations that have to do with a published year asks why; so does undoing it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from activities.models import Answer, Expense, Visit
from activities.tests import factories as a
from grants.tests.factories import make_funding, make_grant
from organizations.merging.undoing import Undoing, undo
from organizations.models import Merger, Organization
from organizations.tests.factories import NOW, make_organization, region
from organizations.tests.merging import dump, merged_into
from reports.models import AnnualReport, Edition
from reports.tests.factories import make_edition, make_report
from reports.tests.published import SENTENCE, publish, told
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
WHY = "同一家组织录了两次"


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


def twins(**changes):
    return make_organization(name="知行社"), make_organization(**{"name": "知行公益社"} | changes)


def part(merged):
    return a.make_event_organization(organization=merged)


def grant(merged):
    return make_grant(organization=merged, report_year=2014)


def visit(merged):
    return a.make_visit(organization=merged, survey=a.make_survey(report_year=2014))


def attendance(merged):
    return a.make_attendance(organization=merged)


def funding(merged):
    made = make_funding(funder=merged)
    a.make_event(funding=made)
    return made


@pytest.mark.parametrize("record", [part, grant, visit, attendance, funding])
def test_records_of_a_published_year_move_with_a_reason_and_come_back_with_one(record):
    kept, merged = twins()
    moved = record(merged)
    publish(2014)
    before = dump()

    with pytest.raises(ValidationError) as error:
        merged_into(kept, merged)
    assert (error.value.messages, dump(), told()) == ([str(NO_REASON)], before, [])
    merger = merged_into(kept, merged, reason=WHY)
    assert [(year, reason) for year, _record, _title, reason in told()] == [(2014, WHY)]
    with pytest.raises(ValidationError) as error:
        undo(merger=merger, by=make_user("coordinator"), now=NOW)
    assert error.value.messages == [str(NO_REASON)]
    undo(merger=merger, by=make_user("coordinator"), now=NOW, reason="不是同一家")

    assert dump() == before
    assert [(year, reason) for year, _record, _title, reason in told()] == [(2014, WHY), (2014, "不是同一家")]
    assert moved.pk


def test_a_seat_that_changes_by_a_merge_moves_visits_to_another_city():
    kept, merged = twins(region=region("360100"))
    a.make_visit(organization=kept, survey=a.make_survey(report_year=2014))
    publish(2014)

    with pytest.raises(ValidationError) as error:
        merged_into(kept, merged)

    assert error.value.messages == [str(NO_REASON)]
    merged_into(kept, merged, values={"region": "kept"})


def test_what_has_nothing_to_do_with_a_published_year_moves_without_a_reason():
    kept, merged = twins()
    make_grant(organization=merged, report_year=2013)
    a.make_engagement(organization=merged)
    publish(2014)

    merged_into(kept, merged)

    assert told() == []


@pytest.mark.parametrize("which", [0, 1])
def test_reasons_name_no_organization_that_is_sensitive_or_becomes_so(which):
    both = twins()
    Organization.objects.filter(pk=both[which].pk).update(is_sensitive=True)
    make_grant(organization=both[1], report_year=2014, project="互助")
    publish(2014)

    merged_into(*both, reason=WHY)

    assert [title for _year, _record, title, _reason in told()] == ["a grant marked as sensitive"]


def test_the_pages_ask_for_the_reason_where_one_is_needed(client):
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    kept, merged = twins()
    grant(merged)
    publish(2014)
    address = f"{reverse('admin:organizations_organization_merge')}?kept={kept.pk}&merged={merged.pk}"
    page = client.get(address)
    sent = {bound.name: bound.value() for bound in page.context["form"] if bound.value() is not None}

    refused = client.post(address, sent)
    done = client.post(address, sent | {"_reason": WHY}, follow=True)

    assert SENTENCE % (2014, 1) in page.content.decode()
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (422, [str(NO_REASON)])
    assert SENTENCE % (2014, 1) in done.content.decode()
    merger = Merger.objects.get()
    answer = client.post(reverse("admin:organizations_merger_undo", args=[merger.pk]), {"_reason": "不是同一家"})
    assert (answer.status_code, len(told())) == (302, 2)


# Records with parts of their own that stand twice


def both_visited(**answers):
    survey = a.make_survey()
    question = a.make_question(survey=survey)
    visits = []
    for one, value in zip(twins(), ("有", answers.get("other", "有")), strict=True):
        visits.append(a.make_visit(organization=one, survey=survey))
        a.make_answer(visit=visits[-1], question=question, value=value)
    return visits


def test_of_two_visits_in_one_survey_one_stays_with_what_belongs_to_both():
    mine, theirs = both_visited()
    expense = a.make_expense(visit=theirs)
    other = a.make_answer(visit=theirs, question=a.make_question(survey=theirs.survey), value="三人")
    before = dump()

    merger = merged_into(mine.organization, theirs.organization)

    expense.refresh_from_db()
    other.refresh_from_db()
    assert (list(Visit.objects.all()), expense.visit, other.visit) == ([mine], mine, mine)
    assert [row["model"] for row in merger.dropped] == ["activities.answer", "activities.visit"]
    undo(merger=merger, by=make_user("coordinator"), now=NOW)
    assert dump() == before
    assert Expense.objects.get().visit == theirs


def test_two_visits_with_different_answers_are_left_to_people():
    mine, theirs = both_visited(other="没有")

    with pytest.raises(ValidationError) as error:
        merged_into(mine.organization, theirs.organization)

    assert error.value.messages == [
        "Both have a record of the same kind (Visits), each with its own Answers: bring those together first."
    ]
    assert (Visit.objects.count(), Answer.objects.count()) == (2, 2)


def test_two_published_reports_on_one_year_are_left_to_people():
    both = twins()
    for one in both:
        make_edition(report=make_report(year=2014, funder=one))

    with pytest.raises(ValidationError) as error:
        merged_into(*both, reason=WHY)

    assert error.value.messages == [
        "Both have a record of the same kind (Annual reports), each with its own Editions: bring those together first."
    ]
    assert (AnnualReport.objects.count(), Edition.objects.count()) == (2, 2)


def test_an_expense_of_a_visit_that_does_not_come_back_is_told():
    mine, theirs = both_visited()
    expense = a.make_expense(visit=theirs)
    merger = merged_into(mine.organization, theirs.organization)
    expense.delete()

    undoing = Undoing(Merger.objects.select_related("kept").get(pk=merger.pk))

    assert (undoing.final, undoing.lost) == ([], ["Deleted since, and not coming back: Expenses 1."])
