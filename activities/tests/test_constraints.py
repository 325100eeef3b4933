"""Each rule of the database is broken once, past every form."""

import re
from decimal import Decimal

import pytest

from activities.tests import factories as f
from organizations.tests.constraints import (
    Broken,
    Twice,
    broken_rule,
    cases,
    constraints,
    declared,
    expected_rule,
    refusal,
    sentences,
)

pytestmark = pytest.mark.django_db
APP = "activities"
END_BEFORE_START = "The end is before the start. Write the earlier day first."
NO_CHOICE = "This is not one of the choices. Pick one from the list."
EMPTY = "This must not be empty."
YEAR = "The year must lie between 1900 and 2100."


def published():
    return f.make_publication(published=f.parse("2014年12月"))


def visited():
    return f.make_visit(when=f.parse("2014年11月3日"))


def spent_at_an_event():
    return f.make_expense(event=f.make_event())


class SpentTwice(Broken):
    """An expense of an event that is then also one of a visit."""

    def record(self):
        self.columns["visit"] = f.make_visit()
        return super().record()

    def store(self):
        self.columns["visit"] = f.make_visit()
        super().store()


def make_area_with_short_name():
    return f.make_work_area(short_name="知行")


VIOLATIONS = {
    "work_area_has_a_name": [Broken(f.make_work_area, {"name": name}) for name in ("", "\u3000")],
    "work_area_has_a_code": [Broken(f.make_work_area, {"code": ""})],
    "work_area_once_a_short_name": [Twice(make_area_with_short_name, {"name": "知行", "code": "zhixing"})],
    "workarea.code": [Twice(f.make_work_area, {"name": "知行"})],
    "workarea.name": [Twice(f.make_work_area, {"code": "zhixing"})],
    "course_has_a_title": [Broken(f.make_course, {"title": ""})],
    "engagement_closes_after_it_opens": [
        Broken(f.make_engagement, {"opened_on": "2014-05-01", "closed_on": "2014-04-30"})
    ],
    "talk_has_a_summary": [Broken(f.make_talk, {"summary": " "})],
    "talk_kind_is_known": [Broken(f.make_talk, {"kind": "chat"})],
    "talk_date_is_sensible": [Broken(f.make_talk, {"held_on": day}) for day in ("1899-12-31", "2101-01-01")],
    "event_has_a_title": [Broken(f.make_event, {"title": title}) for title in ("", "\x00\u200b")],
    "event_when_in_order": [
        Broken(f.make_event, {"when_latest": "2014-01-08"}),
        Broken(f.make_event, {"when_earliest": "2014-01-10"}),
        Broken(f.make_event, {"when_text": ""}),
        Broken(f.make_event, {"when_precision": ""}),
        Broken(f.make_event, {"when_precision": "century"}),
    ],
    "event_headcount_is_sensible": [Broken(f.make_event, {"headcount": 1_000_001})],
    "event_estimate_has_a_number": [Broken(f.make_event, {"headcount_is_estimated": True})],
    "event_report_year_is_sensible": [Broken(f.make_event, {"report_year": year}) for year in (0, 1899, 2101)],
    "event_our_role_is_known": [Broken(f.make_event, {"our_role": "guest"})],
    "event_status_is_known": [Broken(f.make_event, {"status": status}) for status in ("", "HELD")],
    "event_organization_once_a_role": [Twice(f.make_event_organization)],
    "event_organization_role_is_known": [Broken(f.make_event_organization, {"role": ""})],
    "attendance_once_an_event": [Twice(f.make_attendance), Twice(f.make_attendance, {"role": "staff"})],
    "attendance_role_is_known": [Broken(f.make_attendance, {"role": "cook"})],
    "survey_has_a_title": [Broken(f.make_survey, {"title": ""})],
    "survey_period_in_order": [Broken(f.make_survey, {"period_latest": "2014-09-30"})],
    "survey_report_year_is_sensible": [Broken(f.make_survey, {"report_year": 2101})],
    "survey_target_once_a_city": [Twice(f.make_survey_target)],
    "visit_once_a_survey": [Twice(f.make_visit), Twice(f.make_visit, {"status": "refused"})],
    "visit_when_in_order": [
        Broken(visited, {"when_latest": "2014-11-02"}),
        Broken(visited, {"when_earliest": None}),
        Broken(visited, {"when_latest": None}),
        Broken(f.make_visit, {"when_text": "去年"}),
    ],
    "visit_status_is_known": [Broken(f.make_visit, {"status": ""})],
    "question_has_a_text": [Broken(f.make_question, {"text": ""})],
    "question_kind_is_known": [Broken(f.make_question, {"kind": "essay"})],
    "answer_once_a_question": [Twice(f.make_answer, {"value": "另一个回答"})],
    "publication.slug": [Twice(f.make_publication, {"title": "知行二册"})],
    "publication_has_a_title": [Broken(f.make_publication, {"title": ""})],
    "publication_published_in_order": [
        Broken(published, {"published_latest": "2014-11-30"}),
        Broken(published, {"published_latest": None}),
        Broken(f.make_publication, {"published_text": "2014年"}),
    ],
    "expense_has_a_purpose": [Broken(f.make_expense, {"purpose": ""})],
    "expense_amount_is_positive": [
        Broken(f.make_expense, {"amount": amount}) for amount in (0, Decimal("-20.00"), Decimal("1000000000.01"))
    ],
    "expense_of_an_event_or_a_visit": [SpentTwice(spent_at_an_event, {})],
}
SENTENCES = {
    "work_area_has_a_name": EMPTY,
    "work_area_has_a_code": EMPTY,
    "work_area_once_a_short_name": "Another work area has this short name.",
    "course_has_a_title": EMPTY,
    "engagement_closes_after_it_opens": END_BEFORE_START,
    "talk_has_a_summary": EMPTY,
    "talk_kind_is_known": NO_CHOICE,
    "talk_date_is_sensible": YEAR,
    "event_has_a_title": EMPTY,
    "event_when_in_order": END_BEFORE_START,
    "event_headcount_is_sensible": "The head-count must lie between 0 and 1,000,000.",
    "event_estimate_has_a_number": "An estimate needs a number.",
    "event_report_year_is_sensible": YEAR,
    "event_our_role_is_known": NO_CHOICE,
    "event_status_is_known": NO_CHOICE,
    "event_organization_once_a_role": "This organisation has this role already.",
    "event_organization_role_is_known": NO_CHOICE,
    "attendance_once_an_event": "This person is on this event's roster already.",
    "attendance_role_is_known": NO_CHOICE,
    "survey_has_a_title": EMPTY,
    "survey_period_in_order": END_BEFORE_START,
    "survey_report_year_is_sensible": YEAR,
    "survey_target_once_a_city": "This city has a target in this survey already.",
    "visit_once_a_survey": "This organisation is in this survey already.",
    "visit_when_in_order": END_BEFORE_START,
    "visit_status_is_known": NO_CHOICE,
    "question_has_a_text": EMPTY,
    "question_kind_is_known": NO_CHOICE,
    "answer_once_a_question": "This question has an answer already.",
    "publication_has_a_title": EMPTY,
    "publication_published_in_order": END_BEFORE_START,
    "expense_has_a_purpose": EMPTY,
    "expense_amount_is_positive": "The amount must lie between 0 and 1,000,000,000 yuan.",
    "expense_of_an_event_or_a_visit": "An expense belongs to an event or to a visit, not to both.",
}


def test_every_rule_is_broken_here():
    assert set(VIOLATIONS) == declared(APP)
    assert set(SENTENCES) == set(constraints(APP))


@pytest.mark.parametrize(("name", "violation"), cases(VIOLATIONS))
def test_rule_is_kept_by_the_database(name, violation):
    rule = broken_rule(refusal(violation.store))

    assert re.fullmatch(expected_rule(APP, name), rule)


@pytest.mark.parametrize("name", SENTENCES)
def test_rule_speaks_in_a_form(name):
    assert sentences(VIOLATIONS[name][0].record()) == [SENTENCES[name]]
