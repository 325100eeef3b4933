"""A table that would change a published year comes in, and goes out again, only with a reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Attendance, Event
from activities.tests.factories import make_event
from organizations.tests.factories import make_person
from reports.models import Amendment
from reports.tests.published import SENTENCE, publish, told
from yixin.intake.models import Status
from yixin.intake.tests.bringing import bring, confirm, events, intake, page, seen, stored
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db

ONE = "时间\t内容\t人数\n2014年1月9日\t湘东培训\t32"


@pytest.fixture
def office(client):
    client.user = make_superuser()
    client.force_login(client.user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def years(published) -> list[str]:
    return [str(year) for year in published]


# On the page


def test_preview_asks_and_nothing_comes_in_without_a_reason(office):
    publish(2014)
    key = bring(office, ONE)

    looked = office.get(page("preview", key))
    refused = confirm(office, key, _reason=" ")

    assert years(looked.context["preview"].published) == [SENTENCE % (2014, 1)]
    assert (refused.status_code, refused.context["errors"]) == (200, [NO_REASON])
    assert refused.context["asked"].errors == {"_reason": [NO_REASON]}
    assert (intake(key).status, stored(), told()) == (Status.PREVIEWED, [], [])


def test_table_comes_in_with_its_reason(office):
    publish(2014)

    response = confirm(office, bring(office, ONE), _reason="12月的表交晚了")

    event = Event.objects.get()
    assert response.status_code == 302
    assert told() == [(2014, f"activities.event:{event.pk}", "2014年1月9日 湘东培训", "12月的表交晚了")]
    assert Amendment.objects.get().made_by == office.user


def test_reason_that_is_too_long_stays_in_its_box(office):
    publish(2014)

    response = confirm(office, bring(office, ONE), _reason="长" * 1001)

    field = response.context["asked"].field()
    assert (response.status_code, field.value()) == (200, "长" * 1001)
    assert field.errors == ["Ensure this value has at most 1000 characters (it has 1001)."]
    assert stored() == []


def test_other_years_are_not_asked_about(office):
    publish(2013)
    key = bring(office, ONE)

    looked = office.get(page("preview", key))
    response = confirm(office, key)

    assert (looked.context["preview"].published, response.status_code, told()) == ([], 302, [])


def test_year_that_is_published_after_the_preview_is_asked_about(office):
    key = bring(office, ONE)
    mark = seen(office, key)
    publish(2014)

    response = office.post(page("confirm", key), {"seen": mark})

    assert (response.context["errors"], stored()) == ([NO_REASON], [])
    assert years(response.context["preview"].published) == [SENTENCE % (2014, 1)]


def test_decision_that_brings_a_row_into_a_published_year_is_asked_about_with_the_answers_kept(office):
    publish(2014)
    event = make_event(title="湘东培训")
    make_person(name="李文")
    key = bring(office, "姓名\n李文", "attendance", event=event.pk)
    answer = {"answer:person:2": "new"}

    looked = office.get(page("preview", key))
    refused = confirm(office, key, **answer)
    done = confirm(office, key, **answer, _reason="补交的签到表")

    assert looked.context["preview"].published == []
    assert refused.context["errors"] == [NO_REASON]
    assert [question.answer for question in refused.context["preview"].questions] == ["new"]
    assert (done.status_code, Attendance.objects.count()) == (302, 1)
    assert told() == [(2014, f"activities.event:{event.pk}", f"roster · {event}", "补交的签到表")]


def test_table_that_says_the_same_needs_no_reason(office):
    confirm(office, bring(office, ONE))
    publish(2014)

    preview = office.get(page("preview", bring(office, ONE))).context["preview"]

    assert (preview.counts["same"], preview.published) == (1, [])


def test_table_that_cannot_come_in_is_not_asked_about(office):
    publish(2014)

    preview = office.get(page("preview", bring(office, "姓名\n李文", "attendance"))).context["preview"]

    assert (len(preview.obstacles), preview.published) == (1, [])


# How many


def test_many_rows_are_told_of_together(office):
    publish(2014)
    key = bring(office, events(51))

    confirm(office, key, _reason="一次补录")

    assert told() == [(2014, f"intake.intake:{intake(key).pk}", "51 records at once: events", "一次补录")]


def test_queries_do_not_grow_with_rows(office):
    publish(2014)
    costs = []
    for number in (1, 2, 40):
        Event.objects.all().delete()
        key = bring(office, events(number))
        sent = {"seen": seen(office, key), "_reason": "补录"}
        with CaptureQueriesContext(connection) as queries:
            office.post(page("confirm", key), sent)
        costs.append((len(queries), Event.objects.count()))

    assert costs[1:] == [(costs[1][0], 2), (costs[1][0], 40)]
