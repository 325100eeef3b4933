"""Two people at one event, each in a browser of their own, at a desk and on a phone."""

import pytest
from django.apps import apps

from yixin.tests.factories import make_superuser
from yixin.tests.registry import address, make

Event = apps.get_model("activities.Event")
PHONE, DESK = (390, 844), (1280, 800)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_second_of_two_sees_both_versions_and_decides(page_at, login, size):
    event = make(Event, title="知行合一", headcount=40)
    pages = [page_at(*size, locale="en"), page_at(*size, locale="en")]
    for page in pages:
        login(page, make_superuser())
        page.goto(address(Event, "change", event.pk))
    first, second = pages
    first.locator("#id_title").fill("知行社沙龙")
    first.locator("#id_people").fill("60")
    first.locator("[name=_save]").click()
    first.wait_for_url("**/event/")

    second.locator("#id_title").fill("知行合一沙龙")
    second.locator("[name=_save]").click()

    told = second.locator(".field-title .errorlist")
    told.wait_for()
    assert told.inner_text() == "Stored now: 知行社沙龙"
    assert second.locator("#id_title").input_value() == "知行合一沙龙"
    assert second.locator("#id_people").input_value() == "60"
    for path in (address(Event, "history", event.pk), address(type(event.area), "delete", event.area_id)):
        page = pages[0]
        page.goto(path)
        assert (path, page_at.findings(page)) == (path, ())
    assert page_at.findings(second) == ()
    event.refresh_from_db()
    assert (event.title, event.headcount) == ("知行社沙龙", 60)

    second.locator("[name=_save]").click()
    second.wait_for_url("**/event/")
    event.refresh_from_db()
    assert (event.title, event.headcount) == ("知行合一沙龙", 60)


def test_draft_of_an_older_page_knows_what_it_was_written_over(page_at, login):
    event = make(Event, title="知行合一")
    page = page_at(*DESK, locale="en")
    login(page, make_superuser())
    page.goto(address(Event, "change", event.pk))
    page.locator("#id_title").fill("知行合一沙龙")
    page.wait_for_timeout(500)
    Event.objects.filter(pk=event.pk).update(title="知行社沙龙")
    page.goto(address(Event, "change", event.pk))
    page.locator("[data-restore]").click()

    page.locator("[name=_save]").click()

    told = page.locator(".field-title .errorlist")
    told.wait_for()
    assert told.inner_text() == "Stored now: 知行社沙龙"
