"""Answers to findings: kept once, signed, asked anew when the numbers change, printed if wanted, taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from docx import Document as Word
from openpyxl import load_workbook

from activities.models import Event
from activities.tests.factories import make_event
from grants.models import Grant
from reports.acceptance import Reason, accept, answers, take_back
from reports.checks import Finding, Reading, run
from reports.models import Acceptance, AnnualReport
from reports.publishing import document_of, full_document, live, publish, redactor_of
from reports.render import docx, xlsx
from reports.tests.factories import make_acceptance, make_report
from yixin.tests.factories import make_user

NOW = datetime(2015, 1, 6, 4, tzinfo=UTC)
TOGETHER = 4


def findings(code: str, year: int = 2014) -> list[Finding]:
    return [finding for finding in run(Reading.of(year)) if finding.code == code]


def accepted(code: str, **changes) -> Acceptance:
    """The answer to the only finding of that check of 2014."""
    (finding,) = findings(code)
    columns = {"report": AnnualReport.objects.get(year=2014), "finding": finding, "by": make_user("coordinator")}
    given, _is_new = accept(**columns | {"because": Reason("核对过"), "now": NOW} | changes)
    return given


@pytest.mark.django_db
def test_answer_keeps_what_was_found_who_said_why_and_when(year_2014):
    user = make_user("coordinator", username="李知行")
    with translation.override("en"):
        given = accepted("S1", because=Reason("签到表有400人", is_printed=True), by=user)

    assert (given.check_code, given.reason, given.is_printed) == ("S1", "签到表有400人", True)
    assert (given.accepted_by, given.accepted_at) == (user, NOW)
    assert given.sentence == str(findings("S1")[0].sentence)
    assert list(LogEntry.objects.values_list("user", "object_id", "change_message")) == [
        (user.pk, str(given.report.pk), "Accepted S1: 签到表有400人"),
    ]


@pytest.mark.django_db
def test_second_answer_to_one_finding_is_the_first(year_2014):
    first = accepted("S1")

    second = accepted("S1", because=Reason("另一个理由"))

    assert (second, second.reason) == (first, "核对过")
    assert (Acceptance.objects.count(), LogEntry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_several_who_accept_at_one_moment_leave_one_answer():
    make_event(headcount=None)
    report, user, barrier = make_report(year=2014), make_user("coordinator"), Barrier(TOGETHER)
    (finding,) = findings("N1")

    def once(number: int) -> bool:
        barrier.wait(timeout=30)
        try:
            return accept(report=report, finding=finding, because=Reason(f"理由{number}"), by=user, now=NOW)[1]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TOGETHER) as pool:
        outcomes = sorted(pool.map(once, range(TOGETHER)))

    assert outcomes == [False, False, False, True]
    assert (Acceptance.objects.count(), LogEntry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_finding_whose_numbers_changed_is_asked_anew_and_its_old_answer_listed(year_2014):
    given = accepted("G1")
    assert [one.acceptance for one in answers(given.report, findings("G1")).accepted] == [given]

    Grant.objects.filter(awarded_amount=24_000).update(awarded_amount=26_000)

    found = answers(given.report, findings("G1"))
    assert ([finding.code for finding in found.open], found.accepted, found.outdated) == (["G1"], [], (given,))


@pytest.mark.django_db
def test_answer_taken_back_leaves_the_question_open_and_is_told_in_the_history(year_2014):
    given = accepted("G1")
    user = make_user("coordinator")

    outcomes = [take_back(report=given.report, pk=given.pk, by=user) for _time in range(2)]

    assert (outcomes, Acceptance.objects.count()) == ([True, False], 0)
    assert len(answers(given.report, findings("G1")).open) == 1
    assert LogEntry.objects.latest("pk").change_message == "收回了对 G1 的回答：核对过"


@pytest.mark.django_db
def test_answer_of_another_report_is_not_taken_back(year_2014):
    other = make_acceptance()

    is_taken_back = take_back(report=AnnualReport.objects.get(year=2014), pk=other.pk, by=make_user("coordinator"))

    assert (is_taken_back, list(Acceptance.objects.all())) == (False, [other])


@pytest.mark.django_db
def test_answers_of_no_report_are_none_and_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        found = answers(None, [])

    assert (found.findings, found.outdated) == ((), ())


@pytest.mark.django_db
def test_what_is_to_be_printed_is_a_note_of_the_report_and_the_rest_is_not(year_2014):
    printed = accepted("S1", because=Reason("签到表有400人。", is_printed=True))
    accepted("G1", because=Reason("只在内部说明。"))

    document = full_document(*live(2014))

    assert document.notes == (f"{printed.sentence}签到表有400人。",)
    word = [paragraph.text for paragraph in Word(BytesIO(docx.report(document, lambda _name: None))).paragraphs]
    assert [text for text in word if "签到表有400人" in text] == [f"{printed.sentence}签到表有400人。"]
    assert [text for text in word if "只在内部说明" in text] == []


@pytest.mark.django_db
def test_a_note_whose_finding_has_changed_since_is_printed_nowhere(year_2014, as_role):
    accepted("S1", because=Reason("签到表有400人。", is_printed=True))
    printed = accepted("G1", because=Reason("分两次付清。", is_printed=True))
    Event.objects.filter(headcount=400).update(headcount=390)
    note = f"{printed.sentence}分两次付清。"

    page = as_role("coordinator").get("/reports/2014/")
    edition = publish(report=printed.report, number=1, by=make_user("coordinator"))

    assert page.context["document"].notes == full_document(*live(2014)).notes == (note,)
    assert redactor_of(*live(2014)).document.notes == (note,)
    assert [document_of(edition, is_public=is_public).notes for is_public in (False, True)] == [(note,), (note,)]


@pytest.mark.django_db
def test_the_page_runs_the_checks_only_for_notes_that_are_printed(year_2014, as_role):
    client, costs = as_role("coordinator"), []
    for code, is_printed in (("G1", False), ("S1", True), ("S1", True)):
        with CaptureQueriesContext(connection) as captured:
            client.get("/reports/2014/")
        costs.append(len(captured))
        accepted(code, because=Reason("核对过。", is_printed=is_printed))

    assert costs[0] == costs[1] < costs[2]


@pytest.mark.django_db
def test_workbook_has_every_finding_with_its_answer(year_2014):
    accepted("S1", by=make_user("coordinator", username="李知行"))

    book = load_workbook(BytesIO(xlsx.workbook(full_document(*live(2014)))), data_only=True)

    sheet = book["核对与回答"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] and str(row[0])[1:].isdigit()]
    assert [row[0] for row in rows] == [finding.code for finding in run(Reading.of(2014))]
    assert [(row[4], row[5]) for row in rows if row[0] == "S1"] == [("核对过", "李知行 2015-01-06")]
    assert {(row[4], row[5]) for row in rows if row[0] != "S1"} == {("未回答", "")}
