"""The desk and the search over everything, in a browser."""

import pytest
from django.urls import reverse

from yixin.tests.factories import make_superuser
from yixin.tests.registry import ADMINS, make

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = {model._meta.model_name: model for model in ADMINS}
DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture
def records(transactional_db) -> None:
    make(MODELS["event"], title="知行沙龙")
    make(MODELS["organization"], name="知行社")
    make(MODELS["person"], name="知行人")


@pytest.fixture
def office(page_at, login, records):
    def office(size):
        page = page_at(*size)
        login(page, make_superuser())
        return page

    return office


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(page_at, office, size):
    page, found = office(size), []
    page.emulate_media(reduced_motion="reduce")

    for address in (
        "/admin/?year=2014",
        "/admin/?year=1990",
        "/admin/find/?q=知行",
        "/admin/find/?q=没有",
        "/admin/find/",
    ):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            found += [(address, scheme, one) for one in page_at.findings(page)]

    assert found == []


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_keys_open_the_search_and_arrows_go_through_what_is_found(office, keys):
    page = office(DESK)
    page.goto("/admin/")

    page.keyboard.press(keys)
    page.keyboard.type("zhixing")
    page.get_by_role("dialog").get_by_role("link", name="知行社").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")

    assert page.locator("#id_name").input_value() == "知行社"


def test_search_closes_and_is_not_opened_while_one_types(office):
    page = office(DESK)
    page.goto("/admin/")
    page.keyboard.press("/")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.locator("#find-words").focus()

    page.keyboard.type("a/b")

    assert page.locator("#find-words").input_value() == "a/b"
    assert page.get_by_role("dialog").count() == 0


def test_search_on_a_phone_opens_by_its_button(office):
    page = office(PHONE)
    page.goto("/admin/")

    page.locator("#find-link").click()
    page.get_by_role("dialog").get_by_role("searchbox").fill("知行")
    page.get_by_role("dialog").get_by_role("link", name="知行沙龙").click()
    page.wait_for_url("**/change/")

    assert "知行沙龙" in page.title()


def test_search_works_without_scripts(page_at, office):
    page = office(DESK)
    page.route("**/finding*.js", lambda route: route.abort())
    page.goto("/admin/")

    page.locator("#find-words").fill("zhixing")
    page.locator("#find-words").press("Enter")
    page.wait_for_url(f"**{reverse('admin:find')}?q=zhixing")
    page_at.complaints.clear()  # of the script that did not come

    assert page.locator("#found a strong").all_inner_texts() == ["知行社", "知行人", "知行沙龙"]
