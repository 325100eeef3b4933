"""Two editions, or an edition and what stands now: number by number, with the records behind it."""

from decimal import Decimal

import pytest
from django.utils import translation

from activities.models import Event
from grants.models import Grant
from organizations.models import Organization
from reports.contents import Difference, RecordChange, TextChange, compare, contents
from reports.measures import Book
from reports.models import Section
from reports.publishing import live
from reports.tests.factories import make_section

pytestmark = pytest.mark.django_db


def now(year: int = 2014) -> dict:
    draft, figures = live(year)
    return contents(draft, Book(figures))


def test_the_same_records_say_the_same_in_every_language(year_2014):
    with translation.override("zh-hans"):
        chinese = now()
    with translation.override("en"):
        english = now()

    assert not compare(chinese, english)
    assert chinese == english


def test_one_changed_event_is_named_with_every_number_that_it_moves(year_2014):
    before = now()
    event = Event.objects.get(title="湘东志愿者培训")
    event.headcount = 33
    event.save()
    Organization.objects.filter(name="知行创新空间").update(name="知行公益")  # moves no number

    found = compare(before, now())

    change = RecordChange(
        f"activities.event:{event.pk}", "2014年1月9日 湘东志愿者培训", "changed", (("people", "32", "33"),)
    )
    assert {figure.name: (figure.old, figure.new) for figure in found.figures} == {
        "培训.人次": ("1462", "1463"),
        "培训.表中合计": ("1462", "1463"),
        "全年.人次": ("2078", "2079"),
        "全年.当年人次": ("1983", "1984"),
        "全年.表中合计": ("2087", "2088"),
    }
    assert [figure.records for figure in found.figures] == [(change,)] * 5
    assert [record for record in found.records if record.key == change.key] == [change]


def test_a_renamed_organization_moves_no_number_and_is_named(year_2014):
    before = now()
    organization = Organization.objects.get(name="知行创新空间")
    organization.name = "知行公益"
    organization.save()

    found = compare(before, now())

    assert found.figures == ()
    assert {(record.key.split(":")[0], record.columns) for record in found.records} == {
        ("organizations.organization", (("name", "知行创新空间", "知行公益"),)),
        ("grants.grant", (("recipient", "知行创新空间", "知行公益"),)),
        ("activities.event", (("parts", "知行创新空间", "知行公益"),)),
    }


def test_a_new_and_a_withdrawn_grant_are_told(year_2014):
    before = now()
    gone = Grant.objects.get(awarded_amount=Decimal(24000))
    gone.status = "withdrawn"
    gone.save()

    found = {figure.name: figure for figure in compare(before, now()).figures}

    assert found["资助.总额"] == Difference(
        "资助.总额",
        "53100.00",
        "29100.00",
        (
            RecordChange(
                f"grants.grant:{gone.pk}",
                "南昌小动物保护协会 行政费用支持",
                "changed",
                (("status", "awarded", "withdrawn"),),
            ),
        ),
    )
    assert (found["资助.退出"].old, found["资助.退出"].new) == ("1", "2")


def test_text_is_compared_by_section():
    report = Section.objects.first().report if Section.objects.exists() else None
    section = (
        make_section(report=report, heading="总结", prose="一") if report else make_section(heading="总结", prose="一")
    )
    year = section.report.year
    before = now(year)
    Section.objects.filter(pk=section.pk).update(prose="二")

    assert compare(before, now(year)).sections == (TextChange("总结", "changed", (("prose", "一", "二"),)),)


def test_the_page_compares_an_edition_with_what_stands_now(year_2014, as_role):
    client = as_role("coordinator")
    client.post("/reports/2014/publish/", {"number": 1})
    Event.objects.filter(title="湘东志愿者培训").update(headcount=33)

    page = client.get("/reports/2014/compare/")
    odd = client.get("/reports/2014/compare/?from=99&to=%00")

    assert page.context["comparison"].figures[0].name == "全年.人次"
    assert (odd.status_code, odd.context["old"], odd.context["new"]) == (200, "1", "live")
    assert client.get("/reports/2013/compare/").status_code == 404
