"""Confirming: exactly once, what was shown, within a day; or cancelling."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from yixin.intake.models import Change, Intake
from yixin.intake.services import forget_expired, one_import
from yixin.intake.tests.bringing import bring, confirm, event_model, events, intake, page, seen, stored

TWO = [("2014年1月1日", "年会0", 20), ("2014年2月1日", "沙龙1", 21)]


@pytest.mark.django_db
def test_confirming_writes_what_was_shown_and_keeps_no_rows(office):
    key = bring(office, events(2))

    response = confirm(office, key)

    assert (response.status_code, response.url, stored()) == (302, page("result", key), TWO)
    done = intake(key)
    assert (done.status, done.content, done.user) == ("done", None, office.user)
    assert done.outcome == {"new": 2, "changed": 0, "same": 0, "skipped": 0, "refused": 0, "notes": []}


@pytest.mark.django_db
def test_confirming_twice_leads_to_the_result_and_writes_once(office):
    key = bring(office, events(2))
    mark = seen(office, key)

    addresses = [office.post(page("confirm", key), {"seen": mark}).url for _time in range(2)]

    assert addresses == [page("result", key)] * 2
    assert (stored(), office.get(page("preview", key)).url) == (TWO, page("result", key))


@pytest.mark.django_db
def test_same_rows_again_add_nothing(office):
    confirm(office, bring(office, events(2)))

    key = bring(office, events(2))
    preview = office.get(page("preview", key)).context["preview"]

    assert (preview.counts["same"], preview.has_something_to_do, stored()) == (2, False, TWO)


def confirm_at_once(user, key, mark, barrier) -> tuple[int, str]:
    browser = Client()
    browser.force_login(user)
    barrier.wait()
    try:
        response = browser.post(page("confirm", key), {"seen": mark})
        return response.status_code, response.url
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_eight_confirms_at_once_are_one_import(office):
    key = bring(office, events(30))
    mark, barrier = seen(office, key), Barrier(8)

    with ThreadPoolExecutor(8) as pool:
        tasks = [pool.submit(confirm_at_once, office.user, key, mark, barrier) for _number in range(8)]
        answers = [task.result() for task in tasks]

    assert answers == [(302, page("result", key))] * 8
    assert (len(stored()), len(Change.objects.get().notes), intake(key).outcome["new"]) == (30, 30, 30)


@pytest.mark.django_db(transaction=True)
def test_same_rows_confirmed_twice_at_once_are_there_once(office):
    keys = [bring(office, events(30)) for _number in range(4)]
    marks, barrier = [seen(office, key) for key in keys], Barrier(4)

    with ThreadPoolExecutor(4) as pool:
        pairs = zip(keys, marks, strict=True)
        tasks = [pool.submit(confirm_or_see, office.user, key, mark, barrier) for key, mark in pairs]
        codes = sorted(task.result() for task in tasks)

    assert codes == [200, 200, 200, 302]  # for three of them records have changed since the preview
    assert len(stored()) == 30


def confirm_or_see(user, key, mark, barrier) -> int:
    browser = Client()
    browser.force_login(user)
    barrier.wait()
    try:
        return browser.post(page("confirm", key), {"seen": mark}).status_code
    finally:
        connection.close()


@pytest.mark.django_db
def test_what_changed_since_the_preview_is_shown_before_it_is_written(office):
    key = bring(office, events(2))
    mark = seen(office, key)
    confirm(office, bring(office, events(1, people=70)))

    response = office.post(page("confirm", key), {"seen": mark})

    assert response.context["errors"] == ["What would be done is no longer what this preview showed. Look at it again."]
    assert response.context["preview"].counts["changed"] == 1
    assert stored() == [("2014年1月1日", "年会0", 70)]
    assert office.post(page("confirm", key), {"seen": response.context["preview"].seen}).url == page("result", key)
    assert stored() == TWO


@pytest.mark.django_db
def test_confirm_that_does_not_say_what_was_seen_writes_nothing(office):
    response = office.post(page("confirm", bring(office, events(2))))

    assert response.context["errors"] == ["What would be done is no longer what this preview showed. Look at it again."]
    assert stored() == []


@pytest.mark.django_db
def test_row_in_error_keeps_all_out_unless_the_good_rows_are_taken(office):
    key = bring(office, f"{events(2)}\n2014年2月30日\t培训\t9")

    refused = confirm(office, key)
    before = stored()
    taken = confirm(office, key, good_rows="1")

    assert refused.context["errors"] == ["Some rows cannot come in. Correct them, or take only the good rows."]
    assert (before, taken.url, stored()) == ([], page("result", key), TWO)


@pytest.mark.django_db
def test_good_rows_of_a_table_that_cannot_come_in_at_all_stay_out(office):
    key = bring(office, events(2), area="")

    response = confirm(office, key, good_rows="1")

    assert (response.status_code, stored()) == (200, [])
    assert response.context["preview"].obstacles == [
        "Say in which work area these events count: choose it, or give it a column 工作板块."
    ]


def expire(key) -> None:
    Intake.objects.filter(key=key).update(created_at=timezone.now() - timedelta(hours=24, seconds=1))


@pytest.mark.django_db
def test_after_a_day_it_cannot_be_confirmed_and_its_rows_are_gone(office):
    key = bring(office, events(2))
    mark = seen(office, key)
    expire(key)

    looked = office.get(page("preview", key))
    response = office.post(page("confirm", key), {"seen": mark})

    assert (looked.url, response.url) == (page("result", key), page("result", key))
    assert (intake(key).status, intake(key).content, stored()) == ("expired", None, [])


@pytest.mark.django_db
def test_rows_that_nobody_confirmed_go_when_somebody_logs_in_or_brings_a_table(office):
    first, second = bring(office, events(1)), bring(office, events(2))
    expire(first)
    Client().force_login(office.user)
    after_login = [intake(key).content is None for key in (first, second)]
    expire(second)
    bring(office, events(3))

    assert after_login == [True, False]
    assert (intake(second).status, intake(second).content) == ("expired", None)


@pytest.mark.django_db
def test_what_is_younger_than_a_day_stays(office):
    key = bring(office, events(1))
    Intake.objects.filter(key=key).update(created_at=timezone.now() - timedelta(hours=23, minutes=59))

    assert (forget_expired(), intake(key).status) == (0, "previewed")


@pytest.mark.django_db
def test_cancelling_deletes_the_rows_and_says_so(office):
    key = bring(office, events(2))

    response = office.post(page("cancel", key), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Cancelled. Nothing was imported, and the rows are deleted."
    ]
    assert (intake(key).status, intake(key).content, stored()) == ("cancelled", None, [])
    assert confirm_after(office, key) == page("result", key)


def confirm_after(office, key) -> str:
    response = office.post(page("confirm", key), {"seen": "whatever"})
    assert event_model().objects.count() == 0
    return response.url


@pytest.mark.django_db
def test_cancelling_what_is_done_leads_to_the_result(office):
    key = bring(office, events(2))
    confirm(office, key)

    assert office.post(page("cancel", key)).url == page("result", key)
    assert (intake(key).status, stored()) == ("done", TWO)


@pytest.mark.django_db(transaction=True)
def test_record_that_went_away_meanwhile_is_told_in_a_sentence():
    with pytest.raises(ValidationError) as refused, one_import():
        Change.objects.bulk_create([Change(intake_id=10**9, model="activities.event", notes=[])])

    assert refused.value.code == "changed"
    assert Change.objects.count() == 0
