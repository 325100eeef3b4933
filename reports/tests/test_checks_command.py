"""``manage.py checks`` as scripts and people use it."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activities.tests.factories import make_event
from reports.acceptance import Reason, accept
from reports.checks import CHECKS, Level, Reading, run
from reports.models import AnnualReport
from reports.tests.factories import make_report
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
ERRORS = {"C1", "C2", "C3", "C4", "C5", "D1", "D2", "Y1"}
NOTES = {"Y3", "Y4"}
KEYS = ["id", "level", "sentence", "suggestion", "records", "keys", "accepted"]


def output(*arguments: str) -> str:
    stream = StringIO()
    call_command("checks", *arguments, stdout=stream)
    return stream.getvalue()


def test_json_is_one_line_with_every_finding_of_2014(year_2014):
    printed = output("2014", "--json")

    rows = json.loads(printed)
    assert printed.count("\n") == 1
    assert {tuple(row) for row in rows} == {tuple(KEYS)}
    assert {row["id"]: row["level"] for row in rows} == {
        code: "E" if code in ERRORS else "I" if code in NOTES else "W" for code in CHECKS
    }
    assert len(CHECKS) == 28
    assert [{key: row[key] for key in KEYS[:-1]} for row in rows] == [one.as_json() for one in run(Reading.of(2014))]


def test_json_of_one_finding_names_records_and_their_keys():
    event = make_event(when="2031年3月1日", title="知行培训", report_year=2031)

    (row,) = [row for row in json.loads(output("2031", "--json")) if row["id"] == "N1"]

    assert row == {
        "id": "N1",
        "level": "W",
        "sentence": row["sentence"],
        "suggestion": "问问当时在场的人，填上人数；记不清就填“约20”这样的估计。",
        "records": ["2031年3月1日 知行培训"],
        "keys": [f"activities.event:{event.pk}"],
        "accepted": None,
    }


def test_answers_are_printed_with_their_findings(year_2014):
    (finding,) = [finding for finding in run(Reading.of(2014)) if finding.code == "S1"]
    now, user = datetime(2015, 1, 6, 4, tzinfo=UTC), make_user("coordinator", username="李知行")
    accept(report=AnnualReport.objects.get(), finding=finding, because=Reason("核对过"), by=user, now=now)
    count = len(run(Reading.of(2014)))

    (row,) = [row for row in json.loads(output("2014", "--json")) if row["id"] == "S1"]
    printed = output("2014").splitlines()

    assert row["accepted"] == {"reason": "核对过", "by": "李知行", "at": "2015-01-06T04:00:00+00:00"}
    place = printed.index(f"S1 [{Level.WARNING.label}] {CHECKS['S1'].title}")
    assert printed[place + 1 : place + 3] == [f"    {finding.sentence}", "    已接受，因为：核对过"]
    assert printed[-1] == f"还有 {count - 1} 条没有回答。"


def test_a_year_of_which_nothing_is_told_has_its_records_checked():
    make_event(when="2031年3月1日", report_year=2031)

    assert "N1" in {row["id"] for row in json.loads(output("2031", "--json"))}
    assert json.loads(output("2030", "--json")) == []


def test_a_funders_report_is_checked_alone(year_2014):
    assert [row["id"] for row in json.loads(output("2014", "--funder", "乐施会", "--json"))] == ["Y2"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["0"], "年份要在 1900 到 2100 之间。"),
        (["20144"], "年份要在 1900 到 2100 之间。"),
        (["2014", "--funder", "没有这家"], "没有叫“没有这家”的组织。"),
    ],
)
def test_what_was_typed_wrongly_is_refused_with_a_sentence(arguments, sentence):
    make_report(year=2014)
    with pytest.raises(CommandError) as refusal:
        output(*arguments, "--json")

    assert str(refusal.value) == sentence
