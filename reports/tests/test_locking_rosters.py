"""A roster of a published year changes only with a reason, which the page asks for before anything is written."""

import pytest

from activities.tests.factories import make_attendance, make_event
from activities.tests.rosters import act, english, page, put, states, told
from organizations.tests.factories import make_person
from reports.tests.published import SENTENCE, publish
from reports.tests.published import told as amendments
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    return english(client, make_superuser())


@pytest.fixture
def event():
    publish(2014)
    event = make_event(when="2014年4月6日", title="萍乡志愿者培训")
    for name in ("李文", "王芳"):
        make_attendance(event=event, person=make_person(name=name))
    return event


def years(response) -> list[str]:
    return [str(year) for year in response.context["published"]]


def again(client, asked, **answers):
    """Send what the page that asks would send."""
    return client.post(asked.context["post_to"], dict(asked.context["sent"]) | answers)


def test_page_says_that_the_year_is_published(office, event):
    assert years(office.get(page(event))) == [SENTENCE % (2014, 1)]
    assert years(office.get(page(make_event(when="2015年4月6日")))) == []


@pytest.mark.parametrize("what", ["role-staff", "uncount", "remove", "organization"])
def test_nothing_is_done_without_a_reason_and_all_of_it_with_one(office, event, what):
    before = states(event)

    asked = act(office, event, *event.attendances.all(), act=what, organization="知行青年社")
    refused = again(office, asked, _reason=" ")
    kept = states(event)
    done = again(office, refused, _reason="签到表补交")

    assert (years(asked), asked.context["asked"].is_bound) == ([SENTENCE % (2014, 1)], False)
    assert (refused.context["asked"].errors, kept) == ({"_reason": [NO_REASON]}, before)
    assert told(done)[0].endswith(": 2 people.")
    assert states(event) != before
    key = f"activities.event:{event.pk}"
    assert amendments() == [(2014, key, "roster · 2014年4月6日 萍乡志愿者培训", "签到表补交")]


def test_what_changes_nothing_needs_no_reason(office, event):
    assert told(act(office, event, *event.attendances.all(), act="count")) == ["Count them: 0 people."]
    assert amendments() == []


def test_nobody_is_added_without_a_reason(office, event):
    asked = put(office, event, name="赵晓明", organization="知行青年社")
    before = states(event)
    done = again(office, asked, _reason="签到表补交")

    assert (years(asked), len(before), len(states(event))) == ([SENTENCE % (2014, 1)], 2, 3)
    assert told(done) == ["“赵晓明（知行青年社）” is on the roster."]
    assert [reason for *_, reason in amendments()] == ["签到表补交"]


def test_who_is_meant_and_why_are_asked_one_after_the_other(office, event):
    known = make_person(name="赵晓明")

    whom = put(office, event, name="赵晓明")
    done = again(office, whom, _reason="签到表补交", person=str(known.pk))

    assert (whom.context["question"].name, years(whom)) == ("person", [SENTENCE % (2014, 1)])
    assert told(done) == ["“赵晓明（came for nobody）” is on the roster."]
    assert event.attendances.filter(person=known).count() == 1
