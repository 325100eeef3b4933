"""The preview beside the text, with and without JavaScript, and the figures to pick from."""

import re

import pytest
from django.test import Client

from activities.tests.factories import area, make_event
from grants.tests.factories import make_grant
from reports.models import Section
from reports.prose import LONGEST
from reports.tests.editor import address, browser_of, of_section, stored, text, words
from reports.tests.factories import make_report, make_section


@pytest.fixture
def writer(db):
    return browser_of("coordinator")


@pytest.fixture
def section(db) -> Section:
    """Of a year with two trainings, 30 people and nobody knows how many."""
    make_event(report_year=2031, when="2031年3月1日", title="知行培训", headcount=30)
    make_event(report_year=2031, when="2031年4月1日")
    return make_section(report=make_report(year=2031), heading="培训", prose="原来的")


def preview(writer, **changes):
    return writer.post(address("section-preview"), text(**changes), headers={"HX-Request": "true"})


@pytest.mark.django_db
def test_the_preview_is_the_text_as_it_will_read(writer, section):
    prose = "共{培训.场次}场，{志愿者培训 . 人次}人次。\n- 一<b>\n- 二\n1. 甲"

    response = preview(writer, heading="培<训", prose=prose, table="training")

    page = response.content.decode()
    assert response.status_code == 200
    assert re.sub(r"\s+", " ", page).count("<html") == 0
    assert re.findall(r"<h3[^>]*>(.*?)</h3>", page) == ["培&lt;训", "Volunteer training"]
    assert words(response, "prose") == "共 2 场， 30 人次。 一<b> 二 甲"
    assert f'<a class="figure" href="{address("figure", name="培训.场次")}">2</a>场' in page
    assert "30</a>人次" in page
    assert "知行培训" in page


@pytest.mark.django_db
def test_what_stands_in_braces_and_is_no_figure_is_told_and_marked(writer, section):
    response = preview(writer, prose="共{培训.场}场，去重{培训.去重人数}人，{}{{x}}")

    assert words(response, "problem") == (
        "“{培训.场}” is no figure; did you mean “{培训.场次}”? “{x}” is no figure. Choose one from the list. "
        "“{培训.去重人数}” is not known: nothing on record says it."
    )
    assert re.findall(r"<mark>(.*?)</mark>", response.content.decode()) == ["{培训.场}", "{x}"]


@pytest.mark.django_db
def test_a_figure_of_an_area_that_is_gone_is_a_sentence(writer, section):
    response = preview(writer, prose="共{不在了的板块.场次}场", table="gone")

    assert words(response, "problem").startswith("“{不在了的板块.场次}” is no figure")
    assert words(response, "warning").startswith("The table “gone” is not there any more.")


@pytest.mark.django_db
def test_numbers_typed_last_year_are_named_while_they_stand_unchanged(writer, section):
    last = make_report(year=2030)
    make_section(report=last, prose="办了12场活动。\n没有数字。\n共{培训.场次}场。\n办了１２场。\n共30人。")

    response = preview(writer, prose="办了12场活动。\n没有数字。\n共{培训.场次}场。\n办了１２场。\n共31人。")

    assert words(response, "warning") == (
        "Numbers typed by hand that still stand as last year. Are they right for this year? 办了12场活动。 办了１２场。"
    )


@pytest.mark.django_db
def test_numbers_that_a_figure_could_supply_are_named(writer, section):
    response = preview(writer, heading="志愿者培训", prose="今年共开展3场培训。", area=area("training").pk)

    assert words(response, "hints") == ("Numbers that a figure could supply: “3场” is not {培训.场次}, which is 2.")
    assert words(preview(writer, heading="志愿者培训", prose="今年共开展{培训.场次}场培训。"), "hints") == ""


@pytest.mark.django_db
def test_without_javascript_the_button_shows_the_preview_and_saves_nothing(writer, section):
    sent = text(section, prose="共{培训.场次}场", preview="")

    response = writer.post(of_section("section-edit", section), sent)
    new = writer.post(address("section-add"), text(heading="", prose="共{培训.场次}场", preview=""))

    assert [page.status_code for page in (response, new)] == [200, 200]
    assert [words(page, "prose") for page in (response, new)] == ["共 2 场"] * 2
    assert response.context["form"]["prose"].value() == "共{培训.场次}场"
    assert (stored(section)["prose"], Section.objects.count()) == ("原来的", 1)


@pytest.mark.django_db
def test_a_preview_of_too_much_is_a_sentence(writer, section):
    careful = browser_of("coordinator", enforce_csrf_checks=True)
    careful.get(of_section("section-edit", section))  # brings the cookie, without which nothing is looked at

    long, huge = preview(writer, prose="长" * (LONGEST + 1)), preview(careful, prose="x" * (6 * 1024**2 + 1))

    assert words(long, "problem") == (
        "The text has 50,001 characters; a section holds 50,000. Make several sections of it."
    )
    assert (huge.status_code, words(huge, "problem")[:36]) == (200, "What was sent is larger than 6 MB an")


@pytest.mark.django_db
def test_a_preview_after_the_login_ran_out_says_so_and_leads_nowhere(section):
    response = preview(Client(headers={"accept-language": "en"}), prose="我的")

    assert (response.status_code, words(response, "problem")) == (
        200,
        "You are no longer logged in. Log in again in a new window, then save here.",
    )


@pytest.mark.django_db
def test_a_preview_is_asked_for_by_post(writer, section):
    assert writer.get(address("section-preview")).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["\x00", "{", "{" * 60, "}{", "{\n}", "\ud7ff" * 9, "{\u202e.场次}", "{.}", "{" + "长" * 99 + "}"]
)
def test_a_preview_of_odd_text_is_no_crash(writer, section, value):
    response = preview(writer, heading=value, prose=value, table=value)

    assert response.status_code == 200


@pytest.mark.django_db
def test_every_figure_can_be_picked_with_its_value_and_leads_to_its_records(writer, section):
    make_grant(report_year=2031, awarded_amount=5300)
    Section.objects.filter(pk=section.pk).update(area=section.report.sections.get().area)

    page = writer.get(of_section("section-edit", section)).content.decode()

    picks = re.findall(r'data-insert="([^"]*)".*?class="value([^"]*)">([^<]*)<.*?href="([^"]*)"', page, re.DOTALL)
    found = {token: (value, look.strip(), link) for token, look, value, link in picks}
    assert len(found) > 60
    assert found["{培训.场次}"] == ("2", "", address("figure", name="培训.场次"))
    assert found["{培训.去重人数}"] == ("unknown", "unknown", address("figure", name="培训.去重人数"))
    assert found["{资助.总额}"] == ("5,300", "", address("figure", name="资助.总额"))
    assert {writer.get(link).status_code for _value, _look, link in found.values()} == {200}
