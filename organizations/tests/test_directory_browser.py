"""The directory as one types in it, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from organizations.tests.factories import make_alias, make_organization, region

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def directory():
    place = region("360800")
    qingyuan = make_organization(name="吉安青原色", listing="public", region=place)
    make_alias(organization=qingyuan, name="青原色")
    make_organization(name="知行创新空间", listing="public", region=region("360100"), type="ngo")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_found_while_one_types_and_the_address_can_be_shared(page_at, directory, width, height):
    page = page_at(width, height)
    page.goto("/organizations/")
    expect(page.locator(".cards > li")).to_have_count(2)

    page.locator("#id_q").press_sequentially("qys", delay=30)

    expect(page.locator(".cards > li h2")).to_have_text(["吉安青原色"])
    expect(page.locator("#id_q")).to_be_focused()
    assert page.url.endswith("/organizations/?q=qys")
    other = page_at(width, height)
    other.goto(page.url)
    expect(other.locator(".cards > li h2")).to_have_text(["吉安青原色"])
    expect(other.locator("#id_q")).to_have_value("qys")


def test_a_city_of_the_map_narrows_the_list_and_is_taken_back(page_at, directory):
    page = page_at(390, 844)
    page.goto("/organizations/?q=z")

    page.get_by_role("link", name="南昌市 1").click()
    expect(page.locator(".cards > li h2")).to_have_text(["知行创新空间"])
    assert page.url.endswith("?q=z&city=360100")
    page.get_by_role("link", name="南昌市 取消").click()

    assert page.url.endswith("?q=z")


def test_found_without_javascript(chromium, live_server, directory):
    page = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN").new_page()
    page.goto("/")

    page.get_by_role("searchbox").fill("青原")
    page.keyboard.press("Enter")

    expect(page.locator(".cards > li h2")).to_have_text(["吉安青原色"])
    page.context.close()
