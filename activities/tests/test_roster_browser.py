"""The roster of an event in a real browser: on a phone after a day on the road, and for everybody to use."""

import pytest
from playwright.sync_api import expect

from activities.tests.factories import make_attendance, make_course, make_event
from activities.tests.rosters import page as roster_of
from activities.tests.test_import_browser import DESK, OTHERS, PHONE, solitaire
from organizations.tests.factories import make_contact, make_organization, make_person
from yixin.tests.factories import make_superuser, make_user

THUMB = 40  # pixels


@pytest.fixture
def event(live_server):
    society = make_organization(name="知行青年社")
    for phone in ("13800000001", "13800000002"):
        make_contact(person=make_person(name="李文", phone=phone), organization=society)
    make_contact(person=make_person(name="王芳"), organization=society)
    return make_event(when="2014年4月6日", title="萍乡志愿者培训", headcount=35)


def roster(people: int, **changes):
    event, society = make_event(title="萍乡志愿者培训", headcount=35, **changes), make_organization(name="知行青年社")
    for name in OTHERS[:people]:
        make_attendance(event=event, person=make_person(name=name), organization=society)
    return event


def names_shown(page) -> list[str]:
    return [row.inner_text() for row in page.locator("#people tbody tr:visible th label").all()]


def test_thirty_names_are_a_roster_with_six_clicks_and_some_get_their_role_with_few_more(page_at, login, event):
    page = page_at(*PHONE, locale="en-US")
    login(page, make_user("staff"))
    page.goto(f"/admin/activities/event/{event.pk}/change/")
    clicks = 0

    def click(locator) -> None:
        nonlocal clicks
        clicks += 1
        locator.click()

    click(page.get_by_role("link", name="Paste a roster").first)
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.insert_text(solitaire())
    click(page.get_by_role("button", name="Preview"))
    click(page.get_by_text("李文，知行青年社，138****0002"))
    click(page.locator(".question").nth(1).get_by_text("Somebody else: a new person"))
    click(page.locator(".acts.sticky .default"))
    click(page.get_by_role("link", name="See the records"))
    expect(page).to_have_url(f"{page_at.address}{roster_of(event)}")
    to_the_roster = clicks
    page.locator("#q").fill("知行青年社")
    click(page.get_by_label("Select all shown"))
    for name in OTHERS[:3]:
        click(page.get_by_label(name, exact=True))
    page.locator("#id_act").select_option("role-guest")
    click(page.get_by_role("button", name="Apply"))

    expect(page.get_by_text("Role: guest (not counted): 25 people.")).to_be_visible()
    assert (to_the_roster, clicks) == (6, 11)
    assert event.attendances.filter(role="guest", is_counted=False).count() == 25
    assert {one.person.name for one in event.attendances.counted().select_related("person")} == {
        "李文",
        "王芳",
        *OTHERS[:3],
    }


def test_search_filters_as_one_types_and_ticks_stay(page_at, login, live_server):
    event = roster(9)
    page = page_at(*PHONE)
    login(page, make_user("staff"))
    page.goto(roster_of(event))
    every = names_shown(page)

    page.get_by_label("赵晓明", exact=True).check()
    page.locator("#q").fill("钱")
    found = names_shown(page)
    page.locator(".all").check()
    told = page.locator(".bar .number").inner_text()
    page.locator("#q").fill("没有这人")
    nobody = page.locator(".search .found").inner_text()
    page.locator("#q").fill("")

    assert len(every) == 9
    assert [name for name in found if not name.startswith("钱")] == []
    assert str(1 + len(found)) in told
    assert nobody
    assert page.locator("[name=chosen]:checked").count() == 1 + len(found)


def test_who_is_on_record_is_offered_and_comes_in_with_the_organisation(page_at, login, live_server):
    event, society = make_event(), make_organization(name="知行青年社")
    known = make_contact(person=make_person(name="李文"), organization=society).person
    make_person(name="李文")
    page = page_at(*DESK)
    login(page, make_user("staff"))
    page.goto(roster_of(event))

    page.locator("#id_name").press_sequentially("li")
    expect(page.locator("#name-known option").first).to_have_attribute("value", "李文 · 知行青年社")
    page.locator("#id_name").fill("李文 · 知行青年社")  # as if that one had been chosen
    typed = page.locator("#id_name").input_value(), page.locator("#id_organization").input_value()
    page.locator("#add button").click()
    expect(page.locator("#people tbody tr")).to_have_count(1)

    assert typed == ("李文", "知行青年社")
    assert event.attendances.get().person == known
    expect(page.locator("#id_name")).to_be_focused()


def test_pressing_twice_adds_one(page_at, login, live_server):
    event = make_event()
    page = page_at(*DESK)
    login(page, make_user("staff"))
    page.goto(roster_of(event))

    page.locator("#id_name").fill("李文")
    page.locator("#add button").dblclick()
    expect(page.locator("#people tbody tr")).to_have_count(1)

    assert event.attendances.count() == 1


def test_removing_asks_first_and_everything_is_as_high_as_a_thumb(page_at, login, live_server):
    event = roster(3)
    page = page_at(*PHONE, locale="en-US")
    login(page, make_superuser())
    page.goto(roster_of(event))

    page.get_by_text("赵晓明").click()  # the name is as good as the box
    page.locator("#id_act").select_option("remove")
    high = [page.locator(one).bounding_box()["height"] for one in ("#id_act", ".bar button", "#q", "#id_name")]
    page.locator(".bar button").click()
    expect(page.get_by_text("Take 1 person off the roster?")).to_be_visible()
    left = event.attendances.count()
    page.get_by_role("button", name="Yes, take them off").click()
    expect(page.locator("#people tbody tr")).to_have_count(2)

    assert (min(high) >= THUMB, left, event.attendances.count()) == (True, 3, 2)


def course():
    course = make_course(title="知行课程", stated_people=30)
    people = [make_person(name=name) for name in OTHERS[:5]]
    for number in range(1, 9):
        event = make_event(course=course, when=f"2014年{number}月9日", title=f"第{number}次集中学习", headcount=5)
        for person in people:
            make_attendance(event=event, person=person)
    return course


def test_first_column_of_the_grid_stays_where_it_is(page_at, login, live_server):
    page = page_at(*PHONE)
    login(page, make_user("staff"))
    page.goto(f"/admin/activities/course/{course().pk}/grid/")
    name = page.locator(".grid tbody th").first
    before = name.bounding_box()["x"]

    page.locator(".sideways").evaluate("box => (box.scrollLeft = 300)")

    assert page.locator(".sideways").evaluate("box => box.scrollLeft") == 300
    assert name.bounding_box()["x"] == before
    assert not page_at.is_wide(page)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("looks", [("zh-CN", "light"), ("en-US", "dark")], ids=["light", "dark"])
def test_pages_are_accessible_and_fit(page_at, login, live_server, size, looks):
    page = page_at(*size, locale=looks[0])
    page.emulate_media(color_scheme=looks[1])
    login(page, make_superuser())
    event, found = roster(5, is_sensitive=True), {}
    make_attendance(event=event, role="staff", is_counted=False, remark="第一天")

    def look(name: str) -> None:
        assert page_at.complaints == []
        found[name] = page_at.findings(page)

    page.goto(roster_of(event))
    page.locator(".sheets summary").click()
    page.locator(".all").check()
    page.locator("#id_act").select_option("organization")
    look("roster")
    page.locator("#id_act").select_option("remove")
    page.locator(".bar button").click()
    page.locator("form.ask").wait_for()
    look("asks")
    page.goto(roster_of(make_event()))
    look("nobody yet")
    page.goto(f"/admin/activities/course/{course().pk}/grid/")
    look("grid")
    page.goto(f"/admin/activities/course/{make_course().pk}/grid/")
    look("no sessions yet")

    assert found == dict.fromkeys(found, ())
