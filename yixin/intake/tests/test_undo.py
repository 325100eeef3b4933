"""Undoing an import: everything as it was, or a sentence that names whose later work would be lost."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from yixin.intake.models import Change, Intake
from yixin.intake.services import forget_expired
from yixin.intake.tests.bringing import bring, confirm, event_model, events, intake, page, stored
from yixin.tests.registry import make

pytestmark = pytest.mark.django_db


def undo(office, key):
    return office.post(page("undo", key))


def test_undo_takes_back_what_was_new(office):
    key = bring(office, events(3))
    confirm(office, key)

    response = undo(office, key)

    assert (response.url, stored()) == (page("result", key), [])
    assert (intake(key).status, Change.objects.count()) == ("undone", 0)


def test_undo_gives_back_what_was_changed(office):
    confirm(office, bring(office, events(2)))
    before = list(event_model().objects.order_by("pk").values())
    key = bring(office, events(3, people=50))
    confirm(office, key)
    assert [row[2] for row in stored()] == [50, 51, 52]

    undo(office, key)

    assert list(event_model().objects.order_by("pk").values()) == before


def test_undo_is_refused_after_an_edit_and_names_the_row(office):
    key = bring(office, events(2))
    confirm(office, key)
    event_model().objects.filter(title="沙龙1").update(headcount=99)

    response = undo(office, key)

    assert response.context["errors"] == [
        "These records were edited or deleted since, so the import cannot be undone: row 3 2014年2月1日 沙龙1."
    ]
    assert (intake(key).status, len(stored())) == ("done", 2)


def test_undo_is_refused_when_a_record_is_in_use(office):
    key = bring(office, events(2))
    confirm(office, key)
    attendance = make(apps.get_model("activities.Attendance"), event=event_model().objects.get(title="年会0"))

    response = undo(office, key)

    assert response.context["errors"] == [
        f"Records that came in are in use by now, so the import cannot be undone: {attendance}."
    ]
    assert len(stored()) == 2


def test_undo_twice_leads_to_the_result(office):
    key = bring(office, events(2))
    confirm(office, key)

    assert [undo(office, key).url for _time in range(2)] == [page("result", key)] * 2
    assert stored() == []


def test_undo_of_what_was_never_confirmed_changes_nothing(office):
    key = bring(office, events(2))

    undo(office, key)

    assert intake(key).status == "previewed"


def test_what_was_undone_can_come_in_again(office):
    key = bring(office, events(2))
    confirm(office, key)
    undo(office, key)

    confirm(office, bring(office, events(2)))

    assert len(stored()) == 2


def test_what_undoing_takes_goes_after_a_month_and_that_is_said(office):
    key = bring(office, events(2))
    confirm(office, key)
    Intake.objects.update(finished_at=timezone.now() - timedelta(days=29))
    forget_expired()
    kept = Change.objects.count()
    Intake.objects.update(finished_at=timezone.now() - timedelta(days=31))
    forget_expired()

    response = undo(office, key)

    assert (kept, Change.objects.count(), len(stored())) == (1, 0, 2)
    assert len(response.context["errors"]) == 1
    assert intake(key).status == "done"
