"""A visit on a phone, from the page of the survey and back to it: one hand, no zoom, few taps."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from activities.models import Answer, Expense, Question, Visit
from activities.tests.factories import make_answer, make_expense, make_survey, make_survey_target, make_visit
from activities.tests.surveying import ask, jpeg, page_of
from organizations.tests.factories import make_organization, region
from yixin.fuzzydate import FuzzyDate
from yixin.tests.factories import make_user

PHONE, DESK = (390, 844), (1280, 900)
MOST_TAPS = 12
LEAST = 24  # pixels of a thing to tap
SMALL = """() => [...document.querySelectorAll(".survey #content a.button, .survey #content button, .survey summary,"
    + ".visit .questions label:has(input), .visit .questions input[type=text], .visit .questions textarea,"
    + ".visit .tickets input:not([type=hidden], [type=checkbox]), .visit input[name=_save]")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect(), getComputedStyle(one).fontSize])
    .filter(([name, box, size]) => box.height < %d || box.right > innerWidth)
    .map(([name]) => name)""".replace("\n", " ")
ZOOMS = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 16).map((one) => one.name)"""


class Thumb:
    """Taps what is asked for, and counts."""

    def __init__(self):
        self.taps = 0

    def tap(self, target: Locator) -> Locator:
        self.taps += 1
        target.click()
        return target


@pytest.fixture
def survey(live_server):
    today = timezone.localdate()
    survey = make_survey(
        period=FuzzyDate.on(today.replace(day=1), today), title="江西公益组织调研", report_year=today.year
    )
    make_survey_target(survey=survey, region=region("360400"), planned=2)
    ask(survey, "yes-no", "yes-no", "choice", "number", "text")
    organization = make_organization(name="湖口江豚协会", region=region("360429"))
    make_visit(survey=survey, organization=organization, status="planned")
    return survey


def group(page: Page, question: Question) -> Locator:
    return page.get_by_role("radiogroup", name=f"{question.text}:", exact=True)


def fits(page_at, page: Page) -> bool:
    return page.evaluate(SMALL % LEAST) == [] and page.evaluate(ZOOMS) == [] and not page_at.is_wide(page)


def test_visit_with_five_answers_and_a_ticket_in_a_dozen_taps(page_at, login, survey, tmp_path):
    page, thumb = page_at(*PHONE, locale="en-US"), Thumb()
    login(page, make_user("staff"))
    photo = tmp_path / "receipt.jpg"
    photo.write_bytes(jpeg())
    registered, staffed, funds, people, wish = survey.questions.order_by("position")
    page.goto(page_of(survey))
    assert fits(page_at, page)

    thumb.tap(page.get_by_role("link", name="Visited: 湖口江豚协会"))
    page.wait_for_load_state()
    assert fits(page_at, page)
    thumb.tap(group(page, registered).get_by_label("yes", exact=True))
    thumb.tap(group(page, staffed).get_by_label("no", exact=True))
    thumb.tap(group(page, funds).get_by_label("捐赠", exact=True))
    thumb.tap(page.get_by_label(f"{people.text}:", exact=True)).fill("约40")
    thumb.tap(page.get_by_label(f"{wish.text}:", exact=True)).fill("场地")
    thumb.tap(page.locator("#id_expenses-0-purpose")).fill("车票")
    thumb.tap(page.locator("#id_expenses-0-amount")).fill("36.5")
    thumb.taps += 1
    page.locator("#id_expenses-0-receipt").set_input_files(photo)
    thumb.tap(page.get_by_role("button", name="Save", exact=True))
    page.wait_for_url(f"**{page_of(survey)}")

    visit, expense = Visit.objects.get(), Expense.objects.get()
    heard = dict(Answer.objects.values_list("question_id", "value"))
    assert heard == {registered.pk: "yes", staffed.pk: "no", funds.pk: "捐赠", people.pk: "约40", wish.pk: "场地"}
    assert (visit.status, visit.when.earliest, bool(expense.receipt)) == ("done", timezone.localdate(), True)
    assert thumb.taps <= MOST_TAPS


def test_another_survey_brings_its_questions_and_keeps_what_was_typed(page_at, login, survey):
    other = make_survey(title="另一轮")
    (question,) = ask(other, "number")
    page = page_at(*DESK, locale="en-US")
    login(page, make_user("staff"))
    page.goto("/admin/activities/visit/add/")
    page.locator("#id_outcome").fill("谈得很好")

    page.locator(".field-survey .select2-selection").click()
    page.get_by_role("option", name="另一轮").click()

    expect(page.get_by_label(f"{question.text}:", exact=True)).to_be_visible()
    expect(page.get_by_role("radiogroup")).to_have_count(0)
    assert page.locator("#id_outcome").input_value() == "谈得很好"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_a_survey(page_at, login, survey, scheme):
    near = make_organization(name="湖口县江豚保护协会")
    visit = make_visit(survey=survey, organization=near, when=FuzzyDate.on(timezone.localdate()))
    make_visit(survey=survey, status="refused")
    for question, value in zip(survey.questions.order_by("position"), ["yes", "也许", "捐赠", "40", "好"], strict=True):
        make_answer(visit=visit, question=question, value=value)
    make_expense(visit=visit)
    page, found = page_at(*PHONE, locale="en-US"), {}
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    login(page, make_user("coordinator"))

    def look(name: str) -> None:
        assert page_at.complaints == []
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[name] = page_at.findings(page)

    page.goto(page_of(survey))
    look("progress")
    page.goto(f"/admin/activities/visit/{visit.pk}/change/")
    look("visit")
    page.goto(page_of(make_survey()))
    look("progress of nothing")
    page.goto(page_of(survey, "added"))
    page.locator("#id_name").fill("湖口江豚保护协会")
    page.get_by_role("button", name="Save as visited").click()
    expect(page.locator(".same")).to_be_visible()
    page_at.complaints[:] = [one for one in page_at.complaints if "status of 422" not in one]
    look("found on the way")

    assert found == dict.fromkeys(["progress", "visit", "progress of nothing", "found on the way"], ())


def test_page_prints_without_its_buttons(page_at, login, survey):
    page = page_at(*DESK)
    login(page, make_user("staff"))
    page.goto(page_of(survey))
    expect(page.locator(".survey .acts")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator(".survey .acts")).to_be_hidden()
    expect(page.locator(".button.visited")).to_be_hidden()
    expect(page.locator("table.counts")).to_be_visible()
