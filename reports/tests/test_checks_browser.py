"""A coordinator answers the checks' questions on a phone, and everybody can read the page."""

import pytest
from playwright.sync_api import Page, expect

from reports import demo
from reports.models import Acceptance
from yixin.tests.factories import make_user

DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture
def coordinator(live_server):
    demo.load()
    return make_user("coordinator", username="李知行")


def opened(page_at, login, user, size: tuple[int, int]) -> Page:
    page = page_at(*size)
    login(page, user)
    page.goto("/reports/2014/checks/")
    return page


def test_a_question_is_accepted_on_a_phone_and_the_answer_taken_back(page_at, login, coordinator):
    page = opened(page_at, login, coordinator, PHONE)
    asked = page.locator("article.finding", has_text="赣州赣县关爱残障人培训").filter(has_text="中位数")
    anchor = asked.get_attribute("id")
    asked.locator("summary", has_text="接受").click()
    asked.locator("button").click()
    assert asked.locator("textarea").evaluate("field => field.validity.valueMissing")

    asked.locator("textarea").fill("签到表核对过，是400人。")
    asked.locator("input[type=checkbox]").check()
    asked.locator("button").click()

    expect(page.locator(".messages .success")).to_have_text("已接受：S1。")
    answered = page.locator(f"article.accepted#{anchor}")
    expect(answered.locator("blockquote")).to_have_text("签到表核对过，是400人。")
    expect(answered.locator(".signed")).to_contain_text("李知行")
    assert list(Acceptance.objects.values_list("check_code", "is_printed")) == [("S1", True)]
    answered.locator("button").click()
    expect(page.locator(f"article.finding#{anchor} summary", has_text="接受")).to_be_visible()
    assert Acceptance.objects.count() == 0


@pytest.mark.parametrize("look", [(*PHONE, "light"), (*PHONE, "dark"), (*DESK, "light"), (*DESK, "dark")])
def test_the_page_is_usable_by_everybody_and_fits_the_window(page_at, login, coordinator, look):
    page = page_at(*look[:2])
    page.emulate_media(color_scheme=look[2])
    login(page, coordinator)
    page.goto("/reports/2014/checks/")
    page.locator(".answer summary").first.click()
    page.locator(".answer textarea").first.fill("核对过")
    page.locator(".answer button").first.click()
    page.locator(".answer summary").first.click()

    assert page_at.findings(page) == ()
