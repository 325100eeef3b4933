"""Every public page is for everybody: WCAG 2.2 AA, by keyboard, on small windows, in large text, on slow lines."""

import gzip

import pytest
from playwright.sync_api import Page, Response

from reports.tests import in_the_browser as script
from reports.tests import public_pages

DESK, PHONE, SMALL = (1280, 900), (390, 844), (320, 640)
LOOKS = [
    (DESK, {"color_scheme": "light", "forced_colors": "none"}),
    (PHONE, {"color_scheme": "dark", "forced_colors": "none"}),
    (SMALL, {"color_scheme": "dark", "forced_colors": "active"}),
]
IN_THE_DARK_TOO = {"home", "list", "organisation", "report", "login", "error report"}
LIGHT_ENOUGH = 60 * 1024
OLD_PHONE = 6  # how many times slower it is than this machine
BRIEF = 0.01  # seconds that a thing may take to change its look where less motion is wanted
STILL = 0.01  # a tenth of the shift of layout that readers begin to notice, by the measure of browsers
HEADERS = 500  # bytes of an answer beside its content, about
LEAST_MARK, LEAST_CONTRAST = 2, 3  # pixels and ratio of a visible focus


@pytest.fixture
def addresses(live_server) -> dict[str, str]:
    return public_pages.fill()


@pytest.fixture
def visit(page_at):
    """``visit(page, address)``: complaints of the console about pages that are meant to be missing are dropped."""

    def visit(page: Page, address: str) -> None:
        page.goto(address)
        page_at.complaints[:] = [one for one in page_at.complaints if "status of 4" not in one]

    return visit


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def test_axe_finds_nothing_in_any_look_and_no_page_is_wider_than_its_window(page_at, visit, addresses):
    page, found = page_at(*DESK), []
    page.emulate_media(reduced_motion="reduce")  # no colour is looked at on its way to another

    for name, address in addresses.items():
        visit(page, address)
        for size, look in LOOKS:
            resize(page, size)
            page.emulate_media(**look)
            found += [(name, size, look, one) for one in page_at.findings(page)]

    assert (found, page_at.complaints) == ([], [])


def test_the_keyboard_reaches_everything_visibly_and_leaves_again(page_at, visit, addresses):
    page, missed, unseen = page_at(*DESK), [], []
    page.emulate_media(reduced_motion="reduce")

    for name, address in addresses.items():
        for scheme in ("light", "dark") if name in IN_THE_DARK_TOO else ("light",):
            page.emulate_media(color_scheme=scheme)
            visit(page, address)
            wanted = page.evaluate(script.TABBABLE)
            reached, faint = tab_through(page, len(wanted))
            first = wanted.index(reached[0])  # where a page puts the focus by itself
            missed += [] if reached == wanted[first:] + wanted[:first] else [(name, reached, wanted)]
            unseen += [(name, scheme, mark) for mark in faint]

    assert (missed, unseen) == ([], [])


def tab_through(page: Page, number: int) -> tuple[list[int], list[dict]]:
    """What is focused one after the other until it begins anew, and marks of the focus that are hard to see."""
    reached, faint = [], []
    for _each in range(number + 2):
        page.keyboard.press("Tab")
        place = page.evaluate(script.FOCUSED)
        if place in reached:
            break
        if place is None:  # between the end of the page and its beginning
            continue
        reached.append(place)
        mark = page.evaluate(script.FOCUS_MARK)
        if mark["width"] < LEAST_MARK or mark["contrast"] < LEAST_CONTRAST or not mark["isSeen"]:
            faint.append(mark)
    return reached, faint


def test_pages_are_light_and_still_and_take_text_of_twice_the_size(page_at, visit, addresses):
    found, foreign, weights = [], set(), {}

    for name, address in addresses.items():
        page, answers = page_at(*PHONE), []  # a visitor who has nothing in store
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": OLD_PHONE})
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.emulate_media(reduced_motion="reduce")
        visit(page, address)
        page.wait_for_load_state("load")
        weights[name] = sum(map(weight_of, answers))
        foreign |= {answer.url for answer in answers if not answer.url.startswith(page_at.address)}
        found += [(name, "moves while it loads")] if page.evaluate(script.LAYOUT_SHIFT) > STILL else []
        found += [(name, "moves")] if page.evaluate(script.MOVEMENT) > BRIEF else []
        resize(page, DESK)
        page.evaluate(script.TWICE_THE_TEXT)
        found += [(name, "too wide")] if page_at.is_wide(page) else []
        found += [(name, "cut off", text) for text in page.evaluate(script.CUT_OFF)]
        page.context.close()

    assert (found, foreign) == ([], set())
    assert {name: weight for name, weight in weights.items() if weight > LIGHT_ENOUGH} == {}


def weight_of(answer: Response) -> int:
    """Bytes over the wire; as a server sends it that compresses, which the one of the tests does not."""
    if answer.headers.get("content-type", "").startswith("image/jpeg"):
        return 0  # a photo
    content = answer.body()
    return min(len(content), len(gzip.compress(content, 6))) + HEADERS
