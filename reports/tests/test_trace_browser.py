"""From a number in the text to the record that makes it: two clicks, for every figure."""

import pytest
from playwright.sync_api import Page

from reports import demo
from reports.models import AnnualReport, Section
from reports.tests.factories import make_section
from yixin.tests.factories import make_user

NAMES = ["培训.场次", "陪伴.表中合计", "全年.人次", "全年.空白地市", "调研.实际", "资助.总额", "资助.退出"]


@pytest.fixture
def coordinator(live_server):
    demo.load()
    report = AnnualReport.objects.get()
    Section.objects.filter(report=report).delete()
    prose = "\n".join(f"- {name}是{{{name}}}" for name in NAMES)
    make_section(report=report, position=1, heading="数字", prose=prose)
    return make_user("coordinator")


def test_every_figure_in_the_text_leads_to_its_records_in_two_clicks(page_at, login, coordinator):
    page = page_at(390, 844)
    login(page, coordinator)
    page.goto("/reports/2014/")
    numbers = page.locator("#part-1 ~ ul a.figure")
    assert numbers.all_inner_texts() == ["26", "404", "2,078", "5", "72", "53,100", "1"]

    reached = [trace(page, number) for number in range(len(NAMES))]

    assert reached == [
        "/admin/activities/event/",
        "/admin/activities/event/",
        "/admin/activities/event/",
        "/admin/organizations/region/",
        "/admin/activities/survey/",
        "/admin/grants/grant/",
        "/admin/grants/grant/",
    ]


def trace(page: Page, number: int) -> str:
    """The kind of record at which two clicks arrive."""
    page.goto("/reports/2014/")
    page.locator("#part-1 ~ ul a.figure").nth(number).click()
    page.locator("#trace tbody a").first.click()
    page.wait_for_url("**/change/")
    return page.url.split("//")[1].partition("/")[2].rsplit("/", 3)[0].join(("/", "/"))
