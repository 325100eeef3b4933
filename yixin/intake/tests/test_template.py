"""The empty table to fill in: it looks as it is read, it says how, and it brings nothing in by itself."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from yixin.intake.blank import template_workbook
from yixin.intake.locate import find_table
from yixin.intake.reading import read_file
from yixin.intake.registry import resources
from yixin.intake.resource import Options
from yixin.tests.factories import make_superuser, make_user

TABLES = resources()
every_table = pytest.mark.parametrize("name", TABLES)


def book(name: str):
    return load_workbook(BytesIO(template_workbook(TABLES[name])))


def rows(sheet) -> list[list]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@every_table
def test_template_has_the_heads_that_come_in_and_no_row(name):
    sheets = book(name).worksheets

    assert rows(sheets[0]) == [list(TABLES[name]().heads)]
    assert sheets[0].freeze_panes == "A2"
    assert [row[0] for row in rows(sheets[1])[1:]] == list(TABLES[name]().heads)


@every_table
def test_needed_heads_are_in_colour_and_each_head_says_what_it_takes(name):
    sheet = book(name).worksheets[0]
    required = set(TABLES[name]().required)

    assert {cell.value for cell in sheet[1] if cell.fill.start_color.rgb == "FFF7D9B0"} == required
    assert all(cell.comment and len(cell.comment.text.splitlines()) >= 2 for cell in sheet[1])


def test_choices_are_offered_and_cells_stay_as_typed():
    sheet = book("events").worksheets[0]
    rules = sheet.data_validations.dataValidation
    offers = {str(rule.sqref): (rule.type, rule.formula1, rule.errorStyle) for rule in rules}
    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    formats = {
        sheet.cell(1, place).value: look.number_format
        for look in sheet.column_dimensions.values()
        for place in range(look.min, look.max + 1)
    }

    assert offers[f"{heads['状态']}2:{heads['状态']}5001"] == ("list", '"已举办,计划中,已取消"', "information")
    assert [formats[head] for head in ("时间", "内容", "人数")] == ["@", "@", "General"]


def test_second_sheet_says_how_to_fill_in_the_first():
    sheet = book("events").worksheets[1]
    ways = {row[0]: row[1:] for row in rows(sheet)}

    assert sheet.title == "填写说明"
    assert ways["列"] == ["是否必填", "可以怎么写", "也认得的列名"]
    assert ways["时间"][0] == ways["内容"][0] == "必填"
    assert ways["人数"][0] == "要有这一列，格子可以空着"
    assert ways["备注"][0] == "可以不要这一列"
    assert ways["人数"][2].split("、")[0] == "人次"


@every_table
def test_template_holds_no_formula(name):
    with ZipFile(BytesIO(template_workbook(TABLES[name]))) as parts:
        sheets = [parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/worksheets/sheet")]

    assert [re.findall("<f[ >]", sheet) for sheet in sheets] == [[], []]


@every_table
def test_template_is_that_of_the_site_whoever_takes_it(name):
    chinese = rows(book(name).worksheets[1])

    with translation.override("en"):
        assert rows(book(name).worksheets[1]) == chinese


@pytest.mark.django_db
@every_table
def test_template_that_nobody_filled_in_brings_in_nothing(name):
    resource = TABLES[name](Options(year=2014, area="training"))

    table = find_table(read_file(template_workbook(TABLES[name])), resource.heads, resource.required)

    assert (table.sheet, table.lines) == (str(resource.label), ())
    assert [row.number for row in resource.plan(table).rows] == []


@pytest.mark.django_db
@every_table
def test_staff_take_the_template_as_a_file(client, name):
    client.force_login(make_user("staff"))

    response = client.get(reverse("admin:import-template", args=[name]))

    assert response.status_code == 200
    named = response.headers["Content-Disposition"].partition(" filename*=")[0]
    assert named == f'attachment; filename="{name}-template.xlsx";'
    assert rows(load_workbook(BytesIO(response.content)).worksheets[0]) == [list(TABLES[name]().heads)]


@pytest.mark.django_db
@every_table
def test_template_is_for_who_may_bring_the_table_in(client, name):
    client.force_login(make_user("partner", is_staff=True))

    assert client.get(reverse("admin:import-template", args=[name])).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["people", "preview", "result"])
def test_other_tables_have_no_template(client, name):
    client.force_login(make_superuser())

    assert client.get(reverse("admin:import-template", args=[name])).status_code == 404


@pytest.mark.django_db
def test_template_is_only_read(client):
    client.force_login(make_superuser())

    assert client.post(reverse("admin:import-template", args=["events"])).status_code == 405
