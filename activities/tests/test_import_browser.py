"""A roster from a WeChat list, pasted in a real browser: few clicks, on a phone too, for everybody to use."""

import pytest
from playwright.sync_api import expect

from activities.models import Event
from activities.tests.factories import make_attendance, make_event
from organizations.tests.factories import make_organization, make_person
from yixin.intake.models import Intake
from yixin.tests.factories import make_user

PHONE, DESK = (390, 844), (1280, 800)
OTHERS = [f"{family}{given}" for family in "赵钱孙周吴郑冯" for given in ("晓明", "建国", "丽华", "志强")]


@pytest.fixture
def event(live_server) -> Event:
    society = make_organization(name="知行青年社")
    for phone in ("13800000001", "13800000002"):
        make_attendance(person=make_person(name="李文", phone=phone), organization=society)
    make_attendance(person=make_person(name="王芳"), organization=society)
    return make_event(when="2014年4月6日", title="萍乡志愿者培训", headcount=35)


def solitaire() -> str:
    """What WeChat copies: a list that everybody put themselves on."""
    people = ["李文", "王芳", *(f"{name} 知行青年社 139000000{n:02}" for n, name in enumerate(OTHERS))]
    return "\n".join(["#接龙", "萍乡志愿者培训", "", *(f"{n}. {person}" for n, person in enumerate(people, 1))])


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_thirty_names_with_two_to_decide_are_in_with_five_clicks(page_at, login, event, size):
    page = page_at(*size, locale="en-US")
    login(page, make_user("staff"))
    page.goto(f"/admin/activities/event/{event.pk}/change/")
    clicks = 0

    def click(locator) -> None:
        nonlocal clicks
        clicks += 1
        locator.click()

    click(page.get_by_role("link", name="Paste a roster").first)
    expect(page.locator("#id_text")).to_be_focused()  # no click before pasting
    page.keyboard.insert_text(solitaire())
    click(page.get_by_role("button", name="Preview"))
    click(page.get_by_text("李文，知行青年社，138****0002"))
    click(page.locator(".question").nth(1).get_by_text("Somebody else: a new person"))
    click(page.locator(".acts.sticky .default"))
    page.wait_for_url("**/admin/import/result/**")

    assert clicks == 5
    assert page.locator(".counts .new strong").inner_text() == "30"
    people = [attendance.person for attendance in event.attendances.select_related("person")]
    assert (len(people), {person.name for person in people}) == (30, {"李文", "王芳", *OTHERS})
    assert [person.phone for person in people if person.name == "李文"] == ["13800000002"]
    event.refresh_from_db()
    assert event.headcount == 35


def test_every_choice_is_as_high_as_a_thumb_and_none_is_made(page_at, login, event):
    page = page_at(*PHONE)
    login(page, make_user("staff"))
    page.goto(f"/admin/import/attendance/?event={event.pk}")
    page.locator("#id_text").fill(solitaire())
    page.locator(".bring .default").click()
    choices = page.locator(".question .choice")
    expect(choices).to_have_count(7)

    heights = [choices.nth(number).bounding_box()["height"] for number in range(7)]
    chosen = page.locator(".question input:checked").count()
    page.locator(".acts.sticky .default").click()  # the browser itself asks for the decision

    assert (min(heights) >= 44, chosen, "/admin/import/preview/" in page.url) == (True, 0, True)
    assert event.attendances.count() == 0


def test_pressing_twice_is_one_import(page_at, login, event):
    page = page_at(*DESK)
    login(page, make_user("staff"))
    page.goto(f"/admin/import/attendance/?event={event.pk}")
    page.locator("#id_text").fill("姓名\n" + "\n".join(OTHERS))
    page.locator(".bring .default").dblclick()
    page.wait_for_url("**/admin/import/preview/**")
    page.locator(".acts.sticky .default").dblclick()
    page.wait_for_url("**/admin/import/result/**")

    assert (Intake.objects.count(), event.attendances.count()) == (1, 28)


def test_undo_asks_first_and_puts_everything_back(page_at, login, event):
    page = page_at(*PHONE, locale="en-US")
    login(page, make_user("staff"))
    page.goto(f"/admin/import/attendance/?event={event.pk}")
    page.locator("#id_text").fill("姓名\n" + "\n".join(OTHERS))
    page.locator(".bring .default").click()
    page.locator(".acts.sticky .default").click()
    page.wait_for_url("**/admin/import/result/**")
    expect(page.get_by_role("button", name="Yes, undo it")).to_be_hidden()

    page.get_by_text("Undo this import").click()
    page.get_by_role("button", name="Yes, undo it").click()
    expect(page.get_by_text("This import was undone: everything is as it was before.")).to_be_visible()

    assert event.attendances.count() == 0


@pytest.mark.parametrize(
    ("size", "looks"),
    [
        (size, (locale, scheme))
        for size in (PHONE, DESK)
        for locale in ("zh-CN", "en-US")
        for scheme in ("light", "dark")
    ],
)
def test_pages_are_accessible_and_fit(page_at, login, event, size, looks):
    page = page_at(*size, locale=looks[0])
    page.emulate_media(color_scheme=looks[1])
    login(page, make_user("staff"))
    found = {}

    def look(name: str) -> None:
        assert page_at.complaints == []
        found[name] = page_at.findings(page)

    page.goto("/admin/")
    look("first page")
    page.goto("/admin/activities/event/")
    look("list")
    page.goto(f"/admin/activities/event/{event.pk}/change/")
    look("event")
    page.goto(f"/admin/import/attendance/?event={event.pk}")
    page.locator("form.bring summary").click()
    look("start")
    page.locator(".bring .default").click()
    look("start with an error")
    page.locator("#id_text").fill(solitaire() + "\n合计：40人")
    page.locator(".bring .default").click()
    page.wait_for_url("**/admin/import/preview/**")
    look("preview")
    for question in page.locator(".question").all():
        question.locator(".choice").first.click()
    page.locator(".acts.sticky .default").click()
    page.wait_for_url("**/admin/import/result/**")
    page.locator("#undo summary").click()
    look("result")
    page.goto("/admin/import/events/")
    page.locator("#id_text").fill(
        "时间\t内容\t人数\t多出\n2014年2月30日\t培训\t9\t1\n2014年4月6日\t萍乡志愿者培训\t36\t1"
    )
    page.locator("#id_area").select_option("training")
    page.locator(".bring .default").click()
    page.wait_for_url("**/admin/import/preview/**")
    look("preview with errors")
    page.goto("/admin/import/")
    look("index")

    assert found == dict.fromkeys(found, ())
