"""Beginning a report, as last year's or from an outline, and its title and cut-off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from activities.models import WorkArea
from activities.tests.factories import area, make_event, make_photo, make_survey
from grants.tests.factories import make_grant
from organizations.tests.factories import make_organization
from reports.models import AnnualReport, Section
from reports.tests.editor import address, browser_of, told, words
from reports.tests.factories import make_report, make_section
from yixin.tests.factories import make_user
from yixin.tests.registry import as_it_stands


@pytest.fixture
def writer(db):
    return browser_of("coordinator")


@pytest.fixture
def last_year(db) -> AnnualReport:
    """A report on 2030 with two sections, one of them with a photo and a typed number."""
    report = make_report(year=2030, title="知行2030年度报告", cut_off=date(2031, 1, 10))
    first = make_section(report=report, position=7, heading="2030年的培训", prose="共{培训.场次}场，另有12场。")
    Section.objects.filter(pk=first.pk).update(table="training", area=area("training"))
    first.photos.add(make_photo())
    make_section(report=report, position=9, heading="致谢", prose="感谢大家。")
    return report


def sections(year: int = 2031) -> list[tuple]:
    columns = ("position", "heading", "prose", "table", "area__code")
    return list(Section.objects.filter(report__year=year).order_by("position").values_list(*columns))


@pytest.mark.django_db
def test_the_report_begins_as_last_years_without_its_photos_and_cut_off(writer, last_year):
    response = writer.post(address("report-begin"), {"start": "last-year"})

    assert (response.status_code, response.url) == (302, address("report-edit"))
    report = AnnualReport.objects.get(year=2031)
    assert (report.title, report.cut_off) == ("知行2031年度报告", None)
    assert sections() == [
        (1, "2031年的培训", "共{培训.场次}场，另有12场。", "training", "training"),
        (2, "致谢", "感谢大家。", "", None),
    ]
    assert Section.photos.through.objects.filter(section__report=report).count() == 0


@pytest.mark.django_db
def test_the_list_says_which_sections_are_still_last_years(writer, last_year):
    writer.post(address("report-begin"), {"start": "last-year"})

    entries = writer.get(address("report-edit")).context["entries"]

    assert [(entry.section.heading, entry.is_last_years, entry.is_untouched) for entry in entries] == [
        ("2031年的培训", True, True),
        ("致谢", False, True),
    ]


@pytest.mark.django_db
def test_the_outline_has_a_section_for_each_part_of_the_years_work(writer):
    make_event(report_year=2031, when="2031年3月1日", headcount=30)
    make_survey(report_year=2031)
    make_grant(report_year=2031)
    areas = [(a.name_en, a.code if a.has_table else "", a.code) for a in WorkArea.objects.order_by("position", "pk")]
    with_table, without = [a for a in areas if a[1]], [a for a in areas if not a[1]]

    writer.post(address("report-begin"), {"start": "outline"})

    assert [(heading, table, code) for _position, heading, _prose, table, code in sections()] == [
        ("Background", "", None),
        ("Survey", "survey", None),
        *with_table,
        ("Small grants", "grants", None),
        *without,
        ("Looking back and ahead", "", None),
    ]
    training = next(prose for _position, _heading, prose, _table, code in sections() if code == "training")
    assert training == (
        "This year there were {培训.场次} of them, with {培训.人次} person-times. "
        "The largest one had {培训.最大} people."
    )


@pytest.mark.django_db
def test_every_figure_of_the_outline_is_one_that_there_is(writer):
    make_event(report_year=2031, when="2031年3月1日", headcount=30)
    make_event(report_year=2031, when="2031年3月1日")
    make_grant(report_year=2031, status="withdrawn")
    make_survey(report_year=2031, stated_target=55, stated_visited=72, stated_cities=11)

    writer.post(address("report-begin"), {"start": "outline"})

    entries = writer.get(address("report-edit")).context["entries"]
    assert [(entry.section.heading, entry.complaints) for entry in entries if entry.complaints] == []


@pytest.mark.django_db
def test_a_second_click_makes_no_second_report_and_changes_nothing(writer, last_year):
    writer.post(address("report-begin"), {"start": "last-year"})
    made = sections()

    response = writer.post(address("report-begin"), {"start": "outline"})

    assert (response.status_code, sections(), AnnualReport.objects.filter(year=2031).count()) == (302, made, 1)
    assert LogEntry.objects.values_list("change_message", "user").get() == ("Begun.", writer.user.pk)


def begin_at_once(user, barrier: Barrier) -> int:
    client = browser_of(None)
    client.force_login(user)
    barrier.wait()
    try:
        return client.post(address("report-begin"), {"start": "outline"}).status_code
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_the_same_moment_make_one_report():
    user, barrier = make_user("coordinator", is_superuser=True), Barrier(4)

    with ThreadPoolExecutor(4) as pool:
        codes = [task.result() for task in [pool.submit(begin_at_once, user, barrier) for _number in range(4)]]

    assert codes == [302] * 4
    assert AnnualReport.objects.count() == 1
    assert [position for position, *_rest in sections()] == list(range(1, len(sections()) + 1))


@pytest.mark.django_db
def test_a_funders_report_follows_that_funders_last_one(writer, last_year):
    funder = make_organization(name="知行基金会")
    earlier = make_report(year=2029, funder=funder, title="2029年给知行基金会")
    make_section(report=earlier, heading="资助")
    here = {"funder": funder.slug}

    writer.post(address("report-begin", **here), {"start": "last-year"})

    report = AnnualReport.objects.get(year=2031)
    assert (report.funder, report.title) == (funder, "2031年给知行基金会")
    assert [heading for _position, heading, *_rest in sections()] == ["资助"]
    assert writer.get(address("report-edit", **here)).status_code == 200


@pytest.mark.django_db
def test_reading_begins_nothing_and_leads_to_where_something_can_be_done(writer, last_year):
    edit, begin = writer.get(address("report-edit")), writer.get(address("report-begin"))
    already = writer.get(address("report-begin", 2030))

    assert (edit.status_code, edit.url) == (302, address("report-begin"))
    assert (begin.status_code, begin.context["last"]) == (200, last_year)
    assert (already.status_code, already.url) == (302, address("report-edit", 2030))
    assert AnnualReport.objects.count() == 1


@pytest.mark.django_db
def test_a_start_that_is_none_is_told(writer):
    response = writer.post(address("report-begin"), {"start": "\x00"}, follow=True)

    assert told(response) == ["Choose how the report is to begin."]
    assert AnnualReport.objects.count() == 0


def about(report: AnnualReport, **changes) -> dict:
    """The form of title and cut-off as the page sends it."""
    day = report.cut_off or ""
    return {"title": report.title, "cut_off": day, "seen_title": report.title, "seen_cut_off": day} | changes


@pytest.mark.django_db
def test_title_and_cut_off_are_saved_and_the_cut_off_is_in_the_history(writer):
    report = make_report(year=2031)

    response = writer.post(address("report-edit"), about(report, title=" 知行\x00年报 ", cut_off="2031-12-01"))

    assert response.status_code == 302
    report.refresh_from_db()
    assert (report.title, report.cut_off) == ("知行年报", date(2031, 12, 1))
    assert LogEntry.objects.values_list("change_message", flat=True).get() == "Counted until: 2031-12-01"


@pytest.mark.django_db
def test_a_title_that_somebody_changed_meanwhile_is_not_overwritten(writer):
    report = make_report(year=2031, title="原来的")
    opened = about(report)
    AnnualReport.objects.update(title="别人的")

    response = writer.post(address("report-edit"), opened | {"title": "我的"})

    report.refresh_from_db()
    form = response.context["form"]
    assert (response.status_code, report.title) == (409, "别人的")
    assert (form["title"].value(), form["seen_title"].value()) == ("我的", "别人的")
    assert form.non_field_errors() == [
        "Somebody changed this meanwhile: the title is “别人的” now, counted until: no cut-off. Nothing was saved. "
        "Save again if yours is right."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "  ", "This field is required."),
        ("cut_off", "2030-12-31", "This day is before the report year 2031: the report would be empty."),
        ("cut_off", "31.31.31", "Enter a valid date."),
        ("cut_off", "\x00", "Enter a valid date."),
    ],
)
def test_a_title_or_day_that_cannot_be_gets_a_sentence(writer, field, value, sentence):
    report = make_report(year=2031)

    response = writer.post(address("report-edit"), about(report, **{field: value}))

    assert (response.status_code, response.context["form"].errors) == (422, {field: [sentence]})
    assert sentence in words(response)
    assert AnnualReport.objects.values_list("title", "cut_off").get() == (report.title, None)


@pytest.mark.django_db
def test_the_admin_leads_to_the_editor_and_changes_no_section(writer, last_year):
    page = writer.get(f"/admin/reports/annualreport/{last_year.pk}/change/")

    assert f'<a href="{address("report-edit", 2030)}">' in page.content.decode()
    before = sections(2030)
    as_it_was = as_it_stands(page)
    formset = page.context["inline_admin_formsets"][0].formset
    first, added = formset.prefix + "-0-", f"{formset.prefix}-{len(before)}-"
    forged = {first + "heading": "别的", first + "DELETE": "on", added + "heading": "多的", added + "position": "99"}
    forged[f"{formset.prefix}-TOTAL_FORMS"] = str(len(before) + 1)

    answer = writer.post(page.request["PATH_INFO"], as_it_was | forged)

    assert len(formset.forms) == len(before) == 2
    assert f'name="{first}heading"' not in page.content.decode()
    assert (answer.status_code, sections(2030)) == (302, before)
