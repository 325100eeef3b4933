"""A coordinator writes the report in a real browser: with the picker, by keyboard, on a phone, and loses nothing."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from activities.models import Event
from activities.tests.factories import area, make_event, make_photo
from reports.models import AnnualReport, Section
from reports.tests.factories import make_report, make_section
from reports.writing import save_section
from yixin.tests.factories import make_user

DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture
def coordinator(live_server):
    """Of a year with one training of 30 people."""
    make_event(report_year=2031, when="2031年3月1日", title="知行培训", headcount=30, area=area("training"))
    return make_user("coordinator")


@pytest.fixture
def section(coordinator) -> Section:
    report = make_report(year=2031, title="知行2031年度报告")
    return make_section(report=report, heading="培训", prose="我们办了场培训。", position=1)


def opened(page_at, login, user, address: str, size: tuple[int, int] = DESK) -> Page:
    page = page_at(*size)
    login(page, user)
    page.goto(address)
    return page


def put_cursor(page: Page, place: int) -> None:
    page.locator("#id_prose").evaluate("(text, place) => text.setSelectionRange(place, place)", place)


def pick(page: Page, words: str, token: str) -> None:
    """Search for a figure in the picker and press it."""
    if page.locator(".picker").get_attribute("open") is None:
        page.locator(".picker > summary").click()
    page.locator("#figure-search").fill(words)
    page.locator(f'[data-insert="{token}"]').click()


def test_a_report_is_begun_and_written_with_a_figure_from_the_picker(page_at, login, coordinator):
    page = opened(page_at, login, coordinator, "/reports/2031/begin/")
    page.locator("button[value=outline]").click()
    report = AnnualReport.objects.get(year=2031)
    written = report.sections.get(area__code="training")

    page.locator(f"#section-{written.pk} h3 a").click()
    page.wait_for_load_state("load")  # what is typed before that is previewed with the next key
    text, preview = page.locator("#id_prose"), page.locator("#preview .prose")
    text.fill("我们办了场培训。")
    expect(preview).to_have_text("我们办了场培训。")
    put_cursor(page, 4)
    pick(page, "场次", "{培训.场次}")

    expect(text).to_have_value("我们办了{培训.场次}场培训。")
    expect(preview).to_have_text("我们办了1场培训。")
    make_event(report_year=2031, area=area("training"), headcount=4)
    text.press("End")
    text.type("来了人。")
    expect(preview).to_have_text("我们办了2场培训。来了人。")
    page.locator("[data-save]").click()
    expect(page.locator(".messages .saved")).to_be_visible()
    page.goto("/reports/2031/")
    expect(page.locator(".part .prose", has_text="来了人。")).to_have_text("我们办了2场培训。来了人。")
    page.locator(".part .figure", has_text="2").first.click()
    expect(page.locator("main")).to_contain_text("知行培训")


def test_what_the_picker_put_in_can_be_undone_and_an_unknown_name_is_told(page_at, login, coordinator, section):
    page = opened(page_at, login, coordinator, f"/reports/2031/sections/{section.pk}/")
    text = page.locator("#id_prose")
    put_cursor(page, 4)
    pick(page, "培训.人次", "{培训.人次}")
    expect(text).to_have_value("我们办了{培训.人次}场培训。")

    text.press("Control+z")

    expect(text).to_have_value("我们办了场培训。")
    page.locator("#figure-search").fill("没有这个")
    expect(page.locator("[data-none]")).to_be_visible()
    text.fill("办了{培训.场}场。")
    expect(page.locator("#preview .problem")).to_contain_text("{培训.场次}")
    expect(page.locator("#preview mark")).to_have_text("{培训.场}")
    text.fill("长" * 50_001)
    expect(page.locator(".too-long")).to_be_visible()


def test_the_section_is_written_by_keyboard_alone(page_at, login, coordinator, section):
    page = opened(page_at, login, coordinator, f"/reports/2031/sections/{section.pk}/")
    page.locator("#id_heading").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+End")
    page.keyboard.press("Tab")
    expect(page.locator(".picker > summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("培训.场次")
    page.keyboard.press("Enter")  # sends nothing
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator('[data-insert="{培训.场次}"]')).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("#id_prose")).to_be_focused()
    expect(page.locator("#id_prose")).to_have_value("我们办了场培训。{培训.场次}")
    expect(page.locator("#preview .prose")).to_have_text("我们办了场培训。1")
    page.locator("[data-save]").press("Enter")
    expect(page.locator(".messages .saved")).to_be_visible()
    assert Section.objects.get(pk=section.pk).prose == "我们办了场培训。{培训.场次}"


def test_leaving_asks_first_and_what_was_not_saved_can_be_put_back(page_at, login, coordinator, section):
    page, asked = opened(page_at, login, coordinator, f"/reports/2031/sections/{section.pk}/"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_prose").click()
    page.keyboard.type("写了很久")
    written = page.locator("#id_prose").input_value()

    page.reload()
    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.locator("#id_prose")).to_have_value("我们办了场培训。")
    page.locator("[data-restore]").click()

    assert asked == ["beforeunload"]
    expect(page.locator("#id_prose")).to_have_value(written)
    page.locator("[data-save]").click()
    expect(page.locator(".messages .saved")).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert (asked, Section.objects.get(pk=section.pk).prose) == (["beforeunload"], written)


def test_a_text_sent_after_the_login_ran_out_is_there_after_logging_in_again(page_at, login, coordinator, section):
    page = opened(page_at, login, coordinator, f"/reports/2031/sections/{section.pk}/")
    page.locator("#id_prose").fill("写了很久")
    Session.objects.all().delete()
    page.locator("[data-save]").click()
    expect(page).to_have_url(re.compile("/login/"))

    login(page, coordinator)
    page.goto(f"/reports/2031/sections/{section.pk}/")
    page.locator("[data-restore]").click()
    page.locator("[data-save]").click()

    expect(page.locator(".messages .saved")).to_be_visible()
    assert Section.objects.get(pk=section.pk).prose == "写了很久"


def test_two_write_and_the_second_sees_both(page_at, login, coordinator, section):
    page = opened(page_at, login, coordinator, f"/reports/2031/sections/{section.pk}/", PHONE)
    page.locator("#id_prose").fill("我的\n一样的")
    other = make_user("coordinator", username="李知行")
    save_section(pk=section.pk, version=1, by=other, now=timezone.now(), prose="别人的\n一样的")

    page.locator("[data-save]").click()

    expect(page.locator("[data-conflict]")).to_contain_text("李知行")
    expect(page.locator("#id_prose")).to_have_value("我的\n一样的")
    expect(page.locator(".other .prose")).to_have_text(["别人的", "一样的"])
    expect(page.locator(".other mark")).to_have_text(["别人的"])
    page.locator("[data-save]").click()
    expect(page.locator(".messages .saved")).to_be_visible()
    assert Section.objects.get(pk=section.pk).prose == "我的\n一样的"
    page_at.complaints.clear()  # the console names the answer's status, 409


def test_what_is_put_back_does_not_overwrite_what_others_saved_meanwhile(page_at, login, coordinator, section):
    page = opened(page_at, login, coordinator, f"/reports/2031/sections/{section.pk}/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#id_prose").fill("写了很久")
    save_section(pk=section.pk, version=1, by=coordinator, now=timezone.now(), prose="别人的")
    page.reload()
    expect(page.locator("#id_prose")).to_have_value("别人的")

    page.locator("[data-restore]").click()
    page.locator("[data-save]").click()

    expect(page.locator(".other .prose")).to_have_text(["别人的"])
    expect(page.locator("#id_prose")).to_have_value("写了很久")
    assert Section.objects.get(pk=section.pk).prose == "别人的"
    page_at.complaints.clear()  # the console names the answer's status, 409


def test_pages_work_without_javascript(chromium, live_server, login, coordinator, section):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    login(page, coordinator)
    page.goto(f"/reports/2031/sections/{section.pk}/")
    page.locator("#id_prose").fill("办了{培训.场次}场。")

    page.locator("button[name=preview]").click()

    expect(page.locator("#preview .prose")).to_have_text("办了1场。")
    page.locator("[data-save]").click()
    assert Section.objects.get(pk=section.pk).prose == "办了{培训.场次}场。"
    context.close()


@pytest.mark.parametrize("look", [(*PHONE, "light"), (*PHONE, "dark"), (*DESK, "light"), (*DESK, "dark")])
def test_pages_are_usable_by_everybody_and_fit_the_window(page_at, login, coordinator, section, look):
    make_section(report=make_report(year=2030), heading="去年")
    Section.objects.filter(pk=section.pk).update(table="training", prose="{培训.场次}{培训.场}\n- 一")
    section.photos.add(make_photo(event=Event.objects.get(), image="photos/none.jpg"))
    make_photo(image="photos/none.jpg")
    page, found = page_at(*look[:2]), {}
    page.emulate_media(color_scheme=look[2])
    login(page, coordinator)
    of_section = f"/reports/2031/sections/{section.pk}/"
    for address in (
        "/reports/2031/edit/",
        "/reports/2032/begin/",
        of_section,
        f"{of_section}photos/",
        f"{of_section}delete/",
    ):
        page.goto(address)
        if address == of_section:
            page.locator(".picker > summary").click()
            page.locator("#figure-search").fill("场次")
        page_at.complaints.clear()  # the photos are records without files
        found[address] = page_at.findings(page)

    assert found == dict.fromkeys(found, ())
