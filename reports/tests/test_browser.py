"""What people do, in a real browser: an event from a phone to the yearly table, and pages that everybody can use."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from activities.models import Event
from reports import demo

PHONE = (390, 844)


@pytest.fixture
def a_member_of_staff(live_server):
    demo.load()
    user = get_user_model().objects.create_user("some-staff", is_staff=True)
    user.groups.add(Group.objects.get(name="staff"))
    return user


def test_an_event_is_four_fields_and_five_taps_on_one_screen_of_a_phone(page_at, login, a_member_of_staff):
    page = page_at(*PHONE)
    login(page, a_member_of_staff)
    page.goto("/admin/")
    taps, add = 0, "/admin/activities/event/add/"

    def tap(locator) -> None:
        nonlocal taps
        taps += 1
        locator.click()

    tap(page.locator(f'#content a[href="{add}"]').first)
    expect(page.locator("#id_when")).to_be_focused()  # no tap for the first field
    page.keyboard.type("2014年1月9日")
    for label, words in (("内容", "另一场湘东培训"), ("人数", "32")):
        tap(page.get_by_label(label, exact=False).first)
        page.keyboard.type(words)
    tap(page.locator("#id_area").get_by_text("志愿者培训"))
    save = page.get_by_role("button", name="保存", exact=True)
    box = save.bounding_box()
    assert page.evaluate("scrollY") == 0
    assert box["y"] + box["height"] <= PHONE[1]
    tap(save)
    page.wait_for_url("**/admin/activities/event/")

    assert taps == 5
    event = Event.objects.get(title="另一场湘东培训")
    assert (event.when_text, event.headcount, event.area.code, event.report_year) == (
        "2014年1月9日",
        32,
        "training",
        2014,
    )
    page.goto("/reports/2014/")
    assert page.locator("#training tfoot").inner_text().split() == ["合计", "1,494"]


def test_a_bad_date_is_explained_at_its_field_and_nothing_is_lost(page_at, login, a_member_of_staff):
    page = page_at(*PHONE)
    login(page, a_member_of_staff)
    page.goto("/admin/activities/event/add/")
    page.locator("#id_when").fill("2014年2月30日")
    page.locator("#id_title").fill("知行培训")
    page.locator("#id_people").fill("32")
    page.locator("#id_area").get_by_text("志愿者培训").click()
    page.get_by_role("button", name="保存", exact=True).click()

    error = page.locator(".field-when .errorlist").inner_text()

    assert error == "“2014年2月30日”：2014年2月30日不存在。请核对月份和日期。"
    assert [page.locator(f"#id_{name}").input_value() for name in ("when", "title", "people")] == [
        "2014年2月30日",
        "知行培训",
        "32",
    ]


PUBLIC = [
    "/",
    "/organizations/",
    "/organizations/?q=没有",
    "/organizations/zhixingchuangxinkongjian/",
    "/reports/",
    "/login/",
]
STAFF = ["/reports/2014/", "/admin/", "/admin/activities/event/", "/admin/activities/event/add/"]


@pytest.mark.parametrize("size", [(320, 700), (1280, 800)])
def test_pages_are_usable_by_everybody_and_fit_the_window(page_at, login, a_member_of_staff, size):
    """No finding of axe, no sideways scrolling of the page; whole pages, as a visitor and as staff."""
    page, found = page_at(*size), {}
    for address in (*PUBLIC, *STAFF):
        if address == STAFF[0]:
            login(page, a_member_of_staff)
        page.goto(address)
        assert page_at.complaints == []
        found[address] = page_at.findings(page)

    assert found == dict.fromkeys(found, ())
