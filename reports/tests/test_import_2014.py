"""The tables of 2014, as people would hand them in, make an empty database say what the fixture says."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook

from reports import demo
from reports.figures import Figures
from reports.scope import Scope
from yixin.intake.exports import take_out
from yixin.intake.importing import locate
from yixin.intake.reading import read_file
from yixin.intake.registry import resources
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db

FIXTURE = json.loads((settings.BASE_DIR / "fixtures" / "report_2014.json").read_text(encoding="utf-8"))
REGIONS = {
    (row["fields"]["code"], row["fields"]["valid_from"]): row["fields"]["name"]
    for row in json.loads((settings.BASE_DIR / "fixtures" / "regions.json").read_text(encoding="utf-8"))
}
# Training first: an event that stands in two tables counts in the area that had it first.
AREAS = {"training": "志愿者组织培训", "exchange": "江西公益组织交流", "accompaniment": "公益组织陪伴成长"}


def fields_of(model: str) -> dict[int, dict]:
    return {row["pk"]: row["fields"] for row in FIXTURE if row["model"] == model}


def event_rows(area: str) -> list[list]:
    """Time, content, people and place of each event that the area's table prints."""
    printed = [
        event
        for event in fields_of("activities.event").values()
        if [area] == event["area"] or [area] in event["also_listed_in"]
    ]
    return [
        [event["when_text"], event["title"], event["headcount"], event["region"] and REGIONS[tuple(event["region"])]]
        for event in printed
    ]


def grant_rows() -> list[list]:
    names = {
        kind: {pk: fields["name"] for pk, fields in fields_of(f"organizations.{kind}").items()}
        for kind in ("organization", "person")
    }
    return [
        [
            names["organization"].get(grant["organization"]) or names["person"][grant["person"]],
            grant["project"],
            grant["awarded_amount"] and float(grant["awarded_amount"]),
            grant["remark"],
        ]
        for grant in fields_of("grants.grant").values()
    ]


def workbook(path: Path, title: str, heads: list[str], rows: list[list], total: list) -> Path:
    book = Workbook()
    for row in ([title], heads, *rows, total):
        book.active.append(row)
    book.save(path)
    return path


def tables(folder: Path) -> list[list[str]]:
    """The arguments of ``import_sheet`` for each table."""
    arguments = []
    for area, title in AREAS.items():
        rows = event_rows(area)
        total = ["合计", "", sum(row[2] or 0 for row in rows)]
        file = workbook(folder / f"{area}.xlsx", f"2014年{title}", ["时间", "内容", "人数", "地区"], rows, total)
        arguments.append(["events", str(file), "--area", area])
    rows = grant_rows()
    heads = ["组织或者个人", "项目名称", "金额", "备注"]
    file = workbook(
        folder / "grants.xlsx", "微公益项目支持一览表", heads, rows, ["合计", "", sum(r[2] or 0 for r in rows)]
    )
    arguments.append(["grants", str(file)])
    (survey,) = fields_of("activities.survey").values()
    title = f"{survey['period_text']} {survey['title']}"
    heads, row = ["地市", "计划走访家数", "实际走访家数"], ["全省", survey["stated_target"], survey["stated_visited"]]
    file = workbook(folder / "survey.xlsx", title, heads, [row], ["合计", survey["stated_target"], None])
    arguments.append(["targets", str(file)])
    return [[*argument, "--year", "2014"] for argument in arguments]


def report(*arguments: str) -> dict:
    said = StringIO()
    call_command("import_sheet", *arguments, "--json", stdout=said)
    return json.loads(said.getvalue())


def counts(*arguments: str) -> dict:
    told = report(*arguments)
    return {name: told[name] for name in ("status", "rows", "new", "changed", "same", "skipped")}


def as_told_by_the_fixture() -> dict:
    """The figures of the demo data, which are taken back afterwards."""
    with transaction.atomic():
        demo.load()
        figures = Figures(Scope(2014)).as_json()
        transaction.set_rollback(True)
    return figures


def test_tables_of_2014_give_the_figures_of_the_fixture_and_add_nothing_a_second_time(tmp_path):
    files, expected = tables(tmp_path), as_told_by_the_fixture()

    first = [counts(*file, "--commit") for file in files]
    imported = Figures(Scope(2014)).as_json()
    second = [counts(*file, "--commit") for file in files]

    assert [(told["status"], told["rows"], told["new"], told["changed"]) for told in first] == [
        ("accepted", 26, 26, 0),
        ("accepted", 5, 5, 0),
        ("accepted", 18, 17, 1),
        ("accepted", 8, 8, 0),
        ("accepted", 1, 1, 0),
    ]
    assert [(told["rows"], told["same"]) for told in second] == [(26, 26), (5, 5), (18, 18), (8, 8), (1, 1)]
    assert Figures(Scope(2014)).as_json() == imported
    assert imported == expected


def test_what_goes_out_of_the_demo_data_comes_in_as_the_same():
    demo.load()
    user = make_superuser()
    told = {}

    for name, resource in resources().items():
        made = resource()
        file = take_out(queryset=made.get_queryset(), kind="xlsx", user=user, now=timezone.now())
        planned = made.plan(locate(made, read_file(file.content)))
        told[name] = ({action: number for action, number in planned.counts.items() if number}, planned.errors)

    assert told == {
        "organizations": ({"same": 37}, []),
        "events": ({"same": 48}, []),
        "attendance": ({}, []),
        "grants": ({"same": 8}, []),
        "payments": ({}, []),
        "visits": ({}, []),
        "targets": ({}, []),
    }


def test_a_look_writes_nothing(tmp_path):
    files = tables(tmp_path)

    told = [counts(*file) for file in files]

    assert [item["new"] for item in told] == [26, 5, 18, 8, 1]
    assert demo.holds_records() is False
