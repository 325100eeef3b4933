"""Records of a published year are deleted only with a reason: one by one, ticked on the list, in a window of a form."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Event
from activities.tests import factories as a
from grants.models import Grant
from grants.tests.factories import make_grant, make_payment
from organizations.tests.factories import make_organization
from reports.models import Amendment
from reports.tests.published import SENTENCE, publish, told
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser
from yixin.tests.registry import address

pytestmark = pytest.mark.django_db

WITH_REASON = "admin/delete_with_reason.html"
TOO_LONG = "Ensure this value has at most 1000 characters (it has 1001)."


@pytest.fixture
def office(client):
    client.user = make_superuser()
    client.force_login(client.user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def delete(record) -> str:
    return address(type(record), "delete", record.pk)


def delete_ticked(office, records, **sent):
    ticked = {"action": "delete_selected", "_selected_action": [record.pk for record in records]}
    return office.post(address(type(records[0]), "changelist"), ticked | sent)


def asked(response) -> tuple:
    """The sentences over the reason, and its errors."""
    question = response.context["asked"]
    return [str(year) for year in question.published], dict(question.form.errors)


def test_record_is_deleted_only_with_a_reason(office):
    publish(2014)
    event = a.make_attendance(event=a.make_event(when="2014年1月9日", title="湘东培训")).event

    page = office.get(delete(event))
    refused = office.post(delete(event), {"post": "yes", "_reason": " "})

    assert (page.template_name, asked(page)) == (WITH_REASON, ([SENTENCE % (2014, 1)], {}))
    assert (refused.status_code, asked(refused)) == (200, ([SENTENCE % (2014, 1)], {"_reason": [NO_REASON]}))
    assert (Event.objects.count(), LogEntry.objects.count(), told()) == (1, 0, [])

    stored = office.post(delete(event), {"post": "yes", "_reason": "记了两次"})

    assert (stored.status_code, Event.objects.count()) == (302, 0)
    assert told() == [(2014, f"activities.event:{event.pk}", "2014年1月9日 湘东培训", "记了两次")]
    assert Amendment.objects.get().made_by == office.user


def test_reason_that_is_too_long_stays_in_its_box(office):
    publish(2014)
    event = a.make_event()

    response = office.post(delete(event), {"post": "yes", "_reason": "长" * 1001})

    assert asked(response) == ([SENTENCE % (2014, 1)], {"_reason": [TOO_LONG]})
    assert response.context["asked"].form.field().value() == "长" * 1001
    assert Event.objects.count() == 1


def test_part_of_a_year_is_deleted_with_a_reason_as_well(office):
    publish(2014)
    payment = make_payment(grant=make_grant(organization=make_organization(name="知行社"), project="助学"))

    refused = office.post(delete(payment), {"post": "yes"})
    stored = office.post(delete(payment), {"post": "yes", "_reason": "退回了"})

    assert (refused.status_code, stored.status_code) == (200, 302)
    assert told() == [(2014, f"grants.grant:{payment.grant_id}", "payments · 知行社 · 助学", "退回了")]


def test_record_of_another_year_is_deleted_as_ever(office):
    publish(2013)
    event = a.make_event()

    page = office.get(delete(event))
    response = office.post(delete(event), {"post": "yes"})

    assert page.template_name[-1] == "admin/delete_confirmation.html"
    assert (response.status_code, Event.objects.count(), told()) == (302, 0, [])


def test_record_that_cannot_be_deleted_says_so_and_asks_nothing(office):
    publish(2014)
    grant = make_payment().grant

    page, response = office.get(delete(grant)), office.post(delete(grant), {"post": "yes", "_reason": "改"})

    assert [answer.template_name[-1] for answer in (page, response)] == ["admin/delete_confirmation.html"] * 2
    assert (Grant.objects.count(), told()) == (1, [])


def test_record_deleted_in_a_window_of_another_form_is_asked_about_there(office):
    publish(2014)
    event = a.make_event()
    path = f"{delete(event)}?_popup=1"

    refused = office.post(path, {"post": "yes", "_popup": "1"})
    stored = office.post(path, {"post": "yes", "_popup": "1", "_reason": "记了两次"})

    assert (refused.context["is_popup"], asked(refused)[1]) == (True, {"_reason": [NO_REASON]})
    assert (stored.template_name[-1], len(told())) == ("admin/popup_response.html", 1)


# Ticked on the list


def test_ticked_records_are_deleted_only_with_a_reason(office):
    publish(2014)
    events = [a.make_event(title="甲"), a.make_event(title="乙"), a.make_event(when="2015年1月9日")]

    page = delete_ticked(office, events)
    refused = delete_ticked(office, events, post="yes", _reason="")

    assert (page.template_name, asked(page)) == (WITH_REASON, ([SENTENCE % (2014, 1)], {}))
    assert asked(refused) == ([SENTENCE % (2014, 1)], {"_reason": [NO_REASON]})
    assert page.content.decode().count('name="_selected_action"') == 3
    assert (Event.objects.count(), told()) == (3, [])

    stored = delete_ticked(office, events, post="yes", _reason="记了两次")

    assert (stored.status_code, Event.objects.count()) == (302, 0)
    assert [str(message) for message in get_messages(stored.wsgi_request)] == ["Successfully deleted 3 events."]
    assert told() == [(2014, f"activities.event:{event.pk}", str(event), "记了两次") for event in events[:2]]


def test_ticked_records_of_other_years_are_deleted_as_ever(office):
    publish(2013)
    events = [a.make_event()]

    page, stored = delete_ticked(office, events), delete_ticked(office, events, post="yes")

    assert page.template_name[-1] == "admin/delete_selected_confirmation.html"
    assert (stored.status_code, Event.objects.count(), told()) == (302, 0, [])


def test_ticked_records_of_no_year_are_deleted_as_ever(office):
    publish(2014)

    response = delete_ticked(office, [make_organization()], post="yes")

    assert (response.status_code, told()) == (302, [])


def test_ticked_records_that_cannot_be_deleted_say_so_and_ask_nothing(office):
    publish(2014)
    grant = make_payment().grant

    response = delete_ticked(office, [grant], post="yes", _reason="改")

    assert response.template_name[-1] == "admin/delete_selected_confirmation.html"
    assert (Grant.objects.count(), told()) == (1, [])


def test_many_ticked_records_are_told_of_together(office):
    publish(2014)
    events = [a.make_event() for _number in range(51)]

    delete_ticked(office, events, post="yes", _reason="记了两次")

    assert told() == [(2014, "activities.event", "51 records at once: events", "记了两次")]


def test_ticked_records_cost_the_same_queries_for_2_and_30(office):
    publish(2014)
    costs = []
    for number in (1, 2, 30):
        grants = [make_grant() for _number in range(number)]
        with CaptureQueriesContext(connection) as queries:
            delete_ticked(office, grants, post="yes", _reason="记了两次")
        costs.append(len(queries))

    assert costs[1] == costs[2]
    assert Grant.objects.count() == 0
