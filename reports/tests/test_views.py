"""Who sees a year before it is published, and what they see."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from activities.models import Event
from activities.tests.factories import make_event
from reports.templatetags.addresses import record_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["administrator", "coordinator", "staff"])
def test_staff_see_the_four_tables_live(year_2014, as_role, role):
    response = as_role(role).get("/reports/2014/")

    tables = {table.code: table.totals for table in response.context["tables"]}
    assert response.status_code == 200
    assert [str(tables[code][2]) for code in ("exchange", "accompaniment", "training", "grants")] == [
        "221",
        "404",
        "1462",
        "53100.00",
    ]
    feet = re.findall(r"<tfoot>(.*?)</tfoot>", response.content.decode(), re.DOTALL)
    printed = [re.sub(r"<[^>]+>|\s", " ", foot).split() for foot in feet]
    assert printed[1:5] == [["合计", "221"], ["合计", "404"], ["合计", "1,462"], ["合计", "53,100.00"]]


@pytest.mark.parametrize("role", [None, "partner"])
def test_others_are_told_that_the_year_is_not_published_and_see_no_record(year_2014, client, as_role, role):
    visitor = as_role(role) if role else client
    title = "支持南昌LES群开展性别培训"
    assert Event.objects.filter(title=title).exists()

    page, workbook = visitor.get("/reports/2014/"), visitor.get("/reports/2014/export.xlsx")

    assert (page.status_code, "2014" in page.content.decode()) == (404, True)
    assert workbook.status_code == (403 if role else 302)
    for event in Event.objects.all():
        assert event.title not in page.content.decode() + workbook.content.decode()


@pytest.mark.parametrize("address", ["0", "99999", "1899", "2101", "-1", "２０１４", "2014.0", "x"])
def test_a_year_that_cannot_be_is_no_address(as_role, address):
    client = as_role("coordinator")

    assert client.get(f"/reports/{address}/").status_code == 404
    assert client.get(f"/reports/{address}/export.xlsx").status_code == 404


def test_a_year_without_records_is_an_empty_page_not_an_error(as_role):
    response = as_role("coordinator").get("/reports/2031/")

    assert (response.status_code, response.context["is_empty"]) == (200, True)


def test_each_row_leads_to_its_record(year_2014, as_role):
    client = as_role("staff")
    (row,) = (
        row
        for table in client.get("/reports/2014/").context["tables"]
        for row in table.rows
        if "湘东志愿者培训" in row.cells
    )

    assert client.get(record_address(row.key)).context["original"].title == "湘东志愿者培训"


def test_years_are_listed_for_staff_and_for_the_public_only_when_published(year_2014, client, as_role):
    assert client.get("/reports/").context["years"] == []
    assert client.get("/").context["years"] == []
    assert as_role("staff").get("/reports/").context["years"] == [2014]


def test_the_workbook_is_named_after_the_year_and_never_cached(year_2014, as_role):
    response = as_role("coordinator").get("/reports/2014/export.xlsx")

    assert response["Content-Disposition"] == 'attachment; filename="yixin-2014.xlsx"'
    assert "no-store" in response["Cache-Control"]
    assert load_workbook(BytesIO(response.content)).sheetnames == [
        "年度概览",
        "从各表合计到每场只计一次",
        "工作板块",
        "组织交流",
        "陪伴成长",
        "志愿者培训",
        "微公益小额资助",
        "小额资助与资助方",
        "小额资助的状态",
        "调研：计划与走访",
        "地市与工作板块",
        "月份",
        "活动形式",
        "历年对照",
        "核对与回答",
    ]


def test_from_the_admin_form_to_the_cell_in_excel(as_role):
    client = as_role("staff")
    form = {
        "when": "2014年1月9日",
        "title": "湘东志愿者培训",
        "people": "３２人",
        "area": Event._meta.get_field("area").related_model.objects.get(code="training").pk,
        "status": "held",
        "parts-TOTAL_FORMS": 0,
        "parts-INITIAL_FORMS": 0,
    }

    saved = client.post(reverse("admin:activities_event_add"), form)
    sheet = load_workbook(BytesIO(client.get("/reports/2014/export.xlsx").content), data_only=True)["志愿者培训"]

    assert saved.status_code == 302
    assert [cell.value for cell in sheet[4]][1:] == ["湘东志愿者培训", 32]
    assert sheet["A4"].value.strftime("%Y-%m-%d") == "2014-01-09"
    assert [cell.value for cell in sheet[5]] == ["合计", None, 32]


def test_long_titles_and_many_rows_are_all_printed(as_role):
    for number in range(300):
        make_event(title=f"{number} " + "很长的活动名称" * 25, headcount=1)

    response = as_role("coordinator").get("/reports/2014/")

    assert response.context["tables"][5].totals[2] == 300
