"""How the tests type an event in a real browser."""

import json

from playwright.sync_api import Page

from activities.tests.factories import area

PHONE, DESK = (390, 844), (1280, 800)
ADD = "/admin/activities/event/add/"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('typed:'))"


def opened(page_at, login, user, address: str = ADD, size: tuple[int, int] = PHONE) -> Page:
    """The page there, in English, for a new visitor who is that user."""
    page = page_at(*size, locale="en-US")
    login(page, user)
    page.goto(address)
    return page


def type_event(page: Page) -> None:
    page.get_by_role("button", name="Today").click()
    page.get_by_label("Content").fill("南昌公益组织沙龙")
    page.get_by_label("People").fill("约40")
    page.locator("#id_area").get_by_text(area("exchange").name_en).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def kept(page: Page) -> list[dict]:
    """What is typed and not saved, as the browser keeps it: of each form its values by the name of the box."""
    return [json.loads(page.evaluate(f"localStorage['{key}']"))["typed"] for key in page.evaluate(DRAFTS)]
