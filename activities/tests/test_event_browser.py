"""An event in a minute, on a phone, with a thumb, on a bad line: in a real browser."""

from functools import partial

import pytest
from playwright.sync_api import expect

from activities.models import Event
from activities.tests.factories import area, make_event
from activities.tests.typing_events import ADD, DESK, PHONE, kept, opened, save, type_event
from organizations.tests.factories import region
from yixin.access.models import SavedForm
from yixin.tests.factories import make_user

# Whether each of the boxes lies between the top of the window and the button that saves.
IN_SIGHT = """boxes => {
  const end = document.querySelector("[name=_save].default").getBoundingClientRect();
  return end.bottom <= innerHeight && boxes.every((box) => {
    const place = document.querySelector(box).getBoundingClientRect();
    return place.height > 0 && place.top >= 0 && place.bottom <= end.top;
  });
}"""


@pytest.fixture
def open_form(page_at, login, live_server):
    return partial(opened, page_at, login, make_user("staff"))


def test_an_event_takes_five_fields_seven_taps_one_screen_and_no_scrolling(open_form):
    make_event(title="南昌公益组织沙龙", when="2013年3月9日")
    page, taps, fields = open_form(), 0, set()

    def tap(locator, field: str = "") -> None:
        nonlocal taps
        taps += 1
        fields.update({field} - {""})
        locator.click()

    boxes = ["#id_when", "#id_title", "#id_people", "#id_area", ".field-region .select2-selection"]
    assert page.evaluate(IN_SIGHT, boxes)
    tap(page.get_by_role("button", name="Today"), "when")
    tap(page.get_by_label("Content"), "title")
    page.keyboard.type("南昌")
    expect(page.locator("#earlier-titles option")).to_have_count(1)
    page.get_by_label("Content").fill(page.locator("#earlier-titles option").get_attribute("value"))
    tap(page.get_by_label("People"), "people")
    page.keyboard.type("约40")
    tap(page.locator("#id_area").get_by_text(area("exchange").name_en), "area")
    tap(page.locator(".field-region .select2-selection"), "region")
    page.keyboard.type("南昌市")
    tap(page.locator(".select2-results__option", has_text="南昌市").first)
    assert page.evaluate(IN_SIGHT, boxes)
    assert page.evaluate("scrollY") == 0
    tap(page.get_by_role("button", name="Save", exact=True))
    page.wait_for_url("**/admin/activities/event/")

    assert (taps, len(fields)) == (7, 5)
    event = Event.objects.get(when_earliest__year__gt=2013)
    assert (event.title, event.headcount, event.headcount_is_estimated) == ("南昌公益组织沙龙", 40, True)
    assert (event.area, event.region) == (area("exchange"), region("360100"))


def test_the_next_event_takes_last_area_and_place_by_one_tap_each(open_form):
    page = open_form()
    type_event(page)
    page.locator(".field-region .select2-selection").click()
    page.keyboard.type("萍乡市")
    page.locator(".select2-results__option", has_text="萍乡市").first.click()
    save(page)
    page.get_by_role("link", name="Same again on another day").click()

    page.goto(ADD)
    page.get_by_role("button", name="Yesterday").click()
    page.get_by_label("Content").fill("志愿者培训")
    page.locator("#id_area label").first.click()
    page.get_by_role("button", name="萍乡市").click()
    save(page)
    page.wait_for_url("**/admin/activities/event/")

    assert set(Event.objects.values_list("area", "region")) == {(area("exchange").pk, region("360300").pk)}
    assert Event.objects.count() == 2


def test_two_taps_on_save_make_one_event(open_form):
    page = open_form()
    type_event(page)

    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.locator(".messagelist .success").first).to_contain_text("南昌公益组织沙龙")

    assert (Event.objects.count(), SavedForm.objects.count()) == (1, 1)
    assert kept(page) == []


def test_the_question_is_answered_by_its_button_alone(open_form):
    page = open_form()
    type_event(page)
    page.get_by_label("Time").fill("2014年1月9日")
    make_event(title="南昌市公益组织沙龙", when="2014年1月10日")

    save(page)
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    page.get_by_label("Content").press("Enter")
    page.wait_for_load_state("networkidle")
    assert Event.objects.count() == 1
    page.get_by_role("button", name="None of them: save all the same").click()
    page.wait_for_url("**/admin/activities/event/")

    assert Event.objects.count() == 2
    assert kept(page) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit(page_at, open_form, size, scheme):
    page, found = open_form(ADD, size), {}
    page.emulate_media(color_scheme=scheme)

    def look(name: str) -> None:
        assert page_at.complaints == []
        found[name] = page_at.findings(page)

    look("add")
    type_event(page)
    page.wait_for_timeout(400)
    page.goto(ADD)
    look("add, with the offer to restore")
    page.get_by_role("button", name="Restore it").click()
    make_event(title="南昌公益组织沙龙", when=page.get_by_label("Time").input_value())
    save(page)
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    look("question")
    page.get_by_role("button", name="None of them: save all the same").click()
    page.wait_for_url("**/admin/activities/event/")
    look("saved")
    page.get_by_role("link", name="Same again on another day").click()
    page.wait_for_url("**/add/?*")
    look("the same again")
    page.goto("/admin/activities/photo/add/")
    look("photo")

    assert found == dict.fromkeys(found, ())
