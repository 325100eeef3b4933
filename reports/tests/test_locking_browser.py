"""A published year on a phone: the form asks why before anything else, and nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from activities.models import Event
from activities.tests.factories import make_event
from reports.tests.published import publish, told
from yixin.tests.factories import make_user

PHONE = (390, 844)


@pytest.fixture
def event(live_server) -> Event:
    publish(2014)
    return make_event(when="2014年4月26-28日", title="湘东培训", headcount=50)


def test_reason_is_asked_at_the_top_and_goes_in_with_the_change(page_at, login, event):
    page = page_at(*PHONE, locale="en-US")
    login(page, make_user("staff"))
    page.goto(f"/admin/activities/event/{event.pk}/change/")
    box, save = page.get_by_label("Reason for the change"), page.get_by_role("button", name="Save", exact=True)
    assert box.bounding_box()["y"] < page.locator("#id_when").bounding_box()["y"]

    page.locator("#id_people").fill("52")
    save.click()
    expect(page.locator(".reason .errorlist")).to_be_visible()
    assert (page.locator("#id_people").input_value(), told()) == ("52", [])
    box.fill("签到表上漏了两人")
    save.click()
    page.wait_for_url("**/admin/activities/event/")

    assert told() == [(2014, f"activities.event:{event.pk}", "2014年4月26-28日 湘东培训", "签到表上漏了两人")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_ask_are_accessible_and_fit_a_phone(page_at, login, event, scheme):
    page, found = page_at(*PHONE, locale="en-US"), {}
    page.emulate_media(color_scheme=scheme)
    login(page, make_user("administrator"))

    def look(name: str, shown: str) -> None:
        expect(page.locator(shown)).to_be_visible()
        assert page_at.complaints == []
        found[name] = page_at.findings(page)

    page.goto(f"/admin/activities/event/{event.pk}/change/")
    page.locator("#id_people").fill("52")
    page.get_by_role("button", name="Save", exact=True).click()
    look("form", ".reason .errorlist")
    page.goto(f"/admin/activities/event/{event.pk}/delete/")
    look("delete", ".delete-confirmation .reason")
    page.goto("/admin/activities/event/")
    page.locator("#result_list input.action-select").check()
    page.locator("select[name=action]").select_option("delete_selected")
    page.locator(".actions button").click()
    look("delete from the list", ".delete-confirmation .reason")
    page.goto("/admin/import/events/?area=training&year=2014")
    page.locator("#id_text").fill("时间\t内容\t人数\n2014年1月9日\t萍乡培训\t32")
    page.locator(".bring .default").click()
    look("preview", ".intake .reason")

    assert found == dict.fromkeys(["form", "delete", "delete from the list", "preview"], ())
