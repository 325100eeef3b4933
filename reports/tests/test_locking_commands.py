"""import_sheet and undoing: both say why a published year changes, or change nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from activities.models import Event
from reports.models import Amendment
from reports.tests.published import SENTENCE, publish, told
from yixin.intake.models import Intake, Status
from yixin.intake.tests.bringing import bring, confirm, events, intake, page, stored
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db

ONE = "时间\t内容\t人数\n2014年1月9日\t湘东培训\t32"
ASKED = {"row": None, "column": None, "message": f"{SENTENCE % (2014, 1)} Write the reason with --reason."}


@pytest.fixture
def office(client):
    client.user = make_superuser()
    client.force_login(client.user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def sheet(tmp_path) -> Path:
    path = tmp_path / "活动.csv"
    path.write_text(ONE.replace("\t", ","), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def in_english(in_chinese):
    """After the suite's own choice of a language."""
    with translation.override("en"):
        yield


def import_sheet(sheet: Path, *options: str) -> tuple[int, dict]:
    """Exit status and report."""
    out = StringIO()
    try:
        call_command("import_sheet", "events", sheet, "--area=training", "--json", *options, stdout=out)
    except SystemExit as stopped:
        return stopped.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_look_at_a_table_warns_that_a_reason_will_be_needed(sheet):
    publish(2014)

    status, report = import_sheet(sheet)
    with_reason = import_sheet(sheet, "--reason=补录")[1]

    assert (status, report["status"], report["new"]) == (0, "accepted", 1)
    assert (report["errors"], report["warnings"]) == ([], [ASKED])
    assert (with_reason["warnings"], stored(), told()) == ([], [], [])


def test_table_without_a_reason_is_rejected(sheet):
    publish(2014)

    status, report = import_sheet(sheet, "--commit", "--reason= ")
    good_rows = import_sheet(sheet, "--commit", "--good-rows")[1]

    assert (status, report["status"], report["errors"]) == (1, "rejected", [ASKED])
    assert (good_rows["status"], stored(), told(), Intake.objects.count()) == ("rejected", [], [], 0)


def test_table_with_a_reason_is_written_and_signed_by_nobody(sheet):
    publish(2014)

    status, report = import_sheet(sheet, "--commit", "--reason", " 12月的表\n交晚了 ")

    event = Event.objects.get()
    assert (status, report["status"], report["errors"], report["warnings"]) == (0, "accepted", [], [])
    assert told() == [(2014, f"activities.event:{event.pk}", "2014年1月9日 湘东培训", "12月的表\n交晚了")]
    assert Amendment.objects.get().made_by is None


def test_reason_that_is_too_long_is_said_to_be(sheet):
    status, report = import_sheet(sheet, "--commit", f"--reason={'长' * 1001}")

    assert (status, [error["message"] for error in report["errors"]]) == (
        1,
        ["Ensure this value has at most 1000 characters (it has 1001)."],
    )
    assert stored() == []


def test_table_of_another_year_needs_no_reason(sheet):
    publish(2013)

    assert import_sheet(sheet, "--commit")[1]["status"] == "accepted"
    assert told() == []


# Undoing


def test_undoing_asks_for_a_reason_and_notes_it(office):
    key = bring(office, ONE)
    confirm(office, key)
    event = Event.objects.get()
    publish(2014)

    refused = office.post(page("undo", key))
    blank = office.post(page("undo", key), {"_reason": " "})

    assert (refused.status_code, refused.context["errors"]) == (200, [SENTENCE % (2014, 1), NO_REASON])
    assert blank.context["asked"].errors == {"_reason": [NO_REASON]}
    assert (intake(key).status, len(stored()), told()) == (Status.DONE, 1, [])

    done = office.post(page("undo", key), {"_reason": "表交错了"})

    assert (done.status_code, intake(key).status, stored()) == (302, Status.UNDONE, [])
    assert told() == [(2014, f"activities.event:{event.pk}", "2014年1月9日 湘东培训", "表交错了")]


def test_undoing_a_move_is_noted_in_both_years(office):
    confirm(office, bring(office, ONE))
    key = bring(office, ONE.replace("人数", "人数\t报告年度") + "\t2015")
    confirm(office, key)
    publish(2014, 2015)

    office.post(page("undo", key), {"_reason": "表交错了"})

    event = Event.objects.get()
    assert (event.report_year, [(year, title) for year, record, title, reason in told()]) == (
        2014,
        [(2014, str(event)), (2015, str(event))],
    )


def test_undoing_many_is_told_of_together(office):
    key = bring(office, events(51))
    confirm(office, key)
    publish(2014)

    office.post(page("undo", key), {"_reason": "表交错了"})

    assert told() == [(2014, f"intake.intake:{intake(key).pk}", "51 records at once: events", "表交错了")]


def test_undoing_what_is_of_another_year_needs_no_reason(office):
    key = bring(office, ONE)
    confirm(office, key)
    publish(2013)

    response = office.post(page("undo", key))

    assert (response.status_code, intake(key).status, told()) == (302, Status.UNDONE, [])
