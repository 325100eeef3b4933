"""What was typed into a form stays in the browser until it is saved, on a bad line too; nothing of people does."""

from functools import partial

import pytest
from playwright.sync_api import expect

from activities.models import Engagement, Event, Talk
from activities.tests.factories import area
from activities.tests.typing_events import ADD, DESK, kept, opened, save, type_event
from organizations.models import Person
from organizations.tests.factories import make_organization
from yixin.drafts import COOKIE
from yixin.tests.factories import make_user


@pytest.fixture
def open_form(page_at, login, live_server):
    return partial(opened, page_at, login, make_user("staff"))


def test_a_cut_line_loses_nothing_and_stores_nothing_twice(page_at, open_form):
    page = open_form()
    type_event(page)
    page.get_by_label("Internal remark").evaluate("box => box.closest('details').open = true")
    page.get_by_label("Internal remark").fill("路上写的")

    page.context.set_offline(True)
    save(page)
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.goto(ADD)
    page_at.complaints.clear()  # that there was no line
    assert page.get_by_label("Content").input_value() == ""
    expect(page.locator("#typed")).to_contain_text("Something was typed here at")
    page.get_by_role("button", name="Restore it").click()
    assert page.get_by_label("Content").input_value() == "南昌公益组织沙龙"
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.locator(".messagelist .success").first).to_contain_text("南昌公益组织沙龙")
    page.goto(ADD)

    event = Event.objects.get()
    assert (event.title, str(event.people), event.remark, event.area) == (
        "南昌公益组织沙龙",
        "约40",
        "路上写的",
        area("exchange"),
    )
    expect(page.locator("#typed")).to_have_text("")
    assert kept(page) == []


def test_an_answer_that_got_lost_is_found_again_by_what_was_typed(page_at, open_form):
    """The event was stored, but the line was cut before the browser heard of it."""
    page = open_form()
    type_event(page)
    sent = []

    def cut(route) -> None:
        if route.request.method == "POST":
            sent.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.route("**/event/add/", cut)
    save(page)
    page.wait_for_timeout(1000)
    page.unroute_all()
    assert (sent, Event.objects.count()) == ([302], 1)

    page.context.clear_cookies(name=COOKIE)  # that came with the answer
    page.goto(ADD)
    page_at.complaints.clear()  # that there was no line
    page.get_by_role("button", name="Restore it").click()
    save(page)
    page.wait_for_url("**/change/")

    expect(page.locator(".messagelist .success")).to_contain_text("was saved already")
    assert Event.objects.count() == 1


def test_rows_inside_a_form_come_back_without_the_names_in_them(open_form):
    engagement = Engagement.objects.create(organization=make_organization())
    address = f"/admin/activities/engagement/{engagement.pk}/change/"
    page = open_form(address, DESK)
    page.locator("#talks-group .add-row a").click()
    page.locator("[name=talks-0-held_on]").fill("2014-03-05")
    page.locator("[name=talks-0-partners]").fill("李某")
    page.locator("[name=talks-0-summary]").fill("谈了章程")
    page.wait_for_timeout(400)

    page.goto(address)
    page.get_by_role("button", name="Restore it").click()
    assert page.locator("[name=talks-0-partners]").input_value() == ""
    save(page)
    page.wait_for_url("**/admin/activities/engagement/")

    assert Talk.objects.values_list("summary", "partners").get() == ("谈了章程", "")


def test_nothing_of_people_and_nothing_sensitive_is_kept(open_form):
    page = open_form("/admin/organizations/person/add/")
    page.get_by_label("Name").first.fill("李文")
    page.wait_for_timeout(400)
    assert kept(page) == []

    page.goto(ADD)
    type_event(page)
    page.wait_for_timeout(400)
    assert [draft["title"] for draft in kept(page)] == [[["南昌公益组织沙龙"]]]
    box = page.locator("[name=is_sensitive]")
    box.evaluate("box => box.closest('details').open = true")
    box.check()
    page.wait_for_timeout(400)

    assert (kept(page), Person.objects.count()) == ([], 0)


@pytest.mark.parametrize("leaving", ["logging out", "another user"])
def test_nobody_else_finds_what_was_typed(open_form, login, leaving):
    page = open_form()
    type_event(page)
    page.wait_for_timeout(400)
    assert len(kept(page)) == 1

    if leaving == "logging out":
        page.locator("#logout-form button").click()
        page.wait_for_url(lambda url: "/admin/" not in url)
    else:
        login(page, make_user("staff"))
        page.goto(ADD)
        expect(page.locator("#typed")).to_have_text("")

    assert kept(page) == []


def test_what_was_typed_can_be_thrown_away(open_form):
    page = open_form()
    type_event(page)
    page.wait_for_timeout(400)

    page.goto(ADD)
    page.get_by_role("button", name="Throw it away").click()
    page.goto(ADD)

    expect(page.locator("#typed")).to_have_text("")
    assert kept(page) == []
