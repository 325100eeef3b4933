"""What was published stays what it is: bytes, numbers and names, whatever becomes of the records."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from docx import Document as Word
from openpyxl import load_workbook

from activities.models import Event
from organizations.models import Organization
from organizations.tests.factories import make_organization
from reports.models import AnnualReport, Edition
from reports.publishing import document_of, file_of, is_intact, path_of, publish
from reports.tests.factories import make_report, make_section
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
DAY = datetime(2015, 1, 5, 4, tzinfo=UTC)
FILES = ("xlsx", "docx", "public.xlsx", "public.docx")


def report() -> AnnualReport:
    return AnnualReport.objects.get(year=2014, funder=None)


def published(number: int = 1, correction: str = "") -> Edition:
    made = publish(report=report(), number=number, by=make_user("coordinator"), correction=correction, now=DAY)
    return Edition.objects.get(pk=made.pk)


def test_files_stay_byte_for_byte_after_an_event_and_a_name_changed(year_2014):
    edition = published()
    before = {name: file_of(edition, name) for name in FILES}

    Event.objects.filter(title="湘东志愿者培训").update(headcount=320, title="另一个名称")
    Organization.objects.filter(name="知行创新空间").update(name="知行公益")

    assert {name: file_of(Edition.objects.get(pk=edition.pk), name) for name in FILES} == before


def test_files_are_made_anew_with_the_same_bytes_where_the_store_lost_them(year_2014):
    edition = published()
    before = {name: file_of(edition, name) for name in FILES}

    for name in FILES:
        default_storage.delete(path_of(edition.files[name], name.rpartition(".")[2]))

    assert {name: file_of(edition, name) for name in FILES} == before


def test_files_hold_the_totals_of_2014(year_2014):
    edition = published()

    book = load_workbook(BytesIO(file_of(edition, "xlsx")), data_only=True)
    word = Word(BytesIO(file_of(edition, "docx")))

    assert [book[name].cell(row, 3).value for name, row in (("组织交流", 9), ("陪伴成长", 22), ("志愿者培训", 30))] == [
        221,
        404,
        1462,
    ]
    totals = [table.rows[-1].cells[-1].text for table in word.tables if table.rows[0].cells[-1].text == "人数"]
    assert totals == ["221", "404", "1,462"]


def test_an_editions_page_asks_no_record_of_anything(year_2014, as_role, django_assert_num_queries):
    published()
    client = as_role("coordinator")

    with django_assert_num_queries(5):  # session, user, two for permissions, the edition
        page = client.get("/reports/2014/editions/1/")

    assert page.context["document"] == document_of(Edition.objects.get(), is_public=False)


def test_second_click_finds_the_edition_published_and_makes_no_other(year_2014):
    published()

    with pytest.raises(ValidationError) as refusal:
        published()

    assert refusal.value.messages == ["刚才已经发布了第 1 版。请先看看那一版，再决定要不要发布新的。"]
    assert Edition.objects.count() == 1


def test_later_edition_says_what_was_corrected_and_shows_it(year_2014):
    published()
    Event.objects.filter(title="湘东志愿者培训").update(headcount=33)

    with pytest.raises(ValidationError) as refusal:
        published(2, " ")
    second = published(2, "湘东培训的人数由32改为33。")

    assert refusal.value.messages == ["再次发布要说明更正了什么，请写一句话。"]
    assert [c.text for c in document_of(second, is_public=True).corrections] == ["湘东培训的人数由32改为33。"]


def test_nothing_is_published_twice_unchanged(year_2014):
    published()

    with pytest.raises(ValidationError) as refusal:
        published(2, "没有变")

    assert refusal.value.messages == ["和第 1 版相比没有任何变化，不用再发布。"]


def test_a_tampered_edition_is_known_for_it(year_2014, as_role):
    edition = published()
    assert is_intact(edition)

    edition.snapshot["document"]["title"] = "另一个标题"
    edition.save()

    assert not is_intact(Edition.objects.get())
    page = as_role("coordinator").get("/reports/2014/editions/1/")
    assert "校验值对不上" in page.content.decode()


def test_nobody_edits_an_edition_in_the_admin_not_even_a_superuser(year_2014, client):
    edition = published()
    client.force_login(make_superuser())
    address = reverse("admin:reports_edition_change", args=[edition.pk])

    answers = [
        client.post(address, {"number": 7, "correction": "偷改"}).status_code,
        client.post(reverse("admin:reports_edition_delete", args=[edition.pk]), {"post": "yes"}).status_code,
        client.post(reverse("admin:reports_edition_add"), {"number": 7}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert Edition.objects.get() == edition
    assert client.get(address).status_code == 200


def test_the_page_publishes_once_and_leads_to_the_edition(year_2014, as_role):
    client = as_role("coordinator")
    assert client.get("/reports/2014/publish/").context["next_number"] == 1

    first = client.post("/reports/2014/publish/", {"number": 1})
    again = client.post("/reports/2014/publish/", {"number": 1})

    assert (first.status_code, first.url) == (302, "/reports/2014/editions/1/")
    assert again.status_code == 422
    assert again.context["form"].non_field_errors() == ["刚才已经发布了第 1 版。请先看看那一版，再决定要不要发布新的。"]
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("role", ["staff", "partner"])
def test_only_coordinators_publish(year_2014, as_role, role):
    assert as_role(role).post("/reports/2014/publish/", {"number": 1}).status_code == 403
    assert Edition.objects.count() == 0


def test_the_live_page_says_that_it_differs_once_it_does(year_2014, as_role):
    client = as_role("staff")
    published()
    assert client.get("/reports/2014/").context["differs"] is False

    Event.objects.filter(title="湘东志愿者培训").update(headcount=33)

    assert client.get("/reports/2014/").context["differs"] is True


def test_a_funders_report_is_published_apart_and_never_public(year_2014, client, as_role):
    funder = Organization.objects.get(name="乐施会")
    special = make_report(year=2014, funder=funder, title="乐施会资助的工作")
    make_section(report=special, heading="调研", prose="走访{调研.实际}家。", table="survey")

    edition = publish(report=special, number=1, by=make_user("coordinator"), now=DAY)

    assert document_of(edition, is_public=False).parts[0].blocks[0].text == "走访72家。"
    assert client.get("/reports/2014/").status_code == 404
    assert client.get(f"/reports/2014/for/{funder.slug}/").status_code == 404
    assert client.get(f"/reports/2014/for/{funder.slug}/export.xlsx").status_code == 404
    page = as_role("staff").get(f"/reports/2014/for/{funder.slug}/editions/1/")
    assert page.context["document"].funder == "乐施会"


def test_a_report_of_another_organization_is_no_address_of_a_stranger(as_role):
    make_organization(name="知行")

    assert as_role("coordinator").get("/reports/2014/for/nobody/").status_code == 404


def test_the_page_before_publishing_tells_which_figures_say_nothing(as_role):
    report = make_report(year=2014)
    make_section(report=report, heading="培训", prose="办了{培训.场}场，来了{培训.去重人数}人。")

    page = as_role("coordinator").get("/reports/2014/publish/")

    assert [(section.heading, sentences) for section, sentences in page.context["complaints"]] == [
        (
            "培训",
            [
                "“{培训.场}”不是可用的数字；您是不是想写“{培训.场次}”？",
                "“{培训.去重人数}”目前不详：还没有记录能算出它。",
            ],
        )
    ]


def test_every_edition_is_in_the_list_with_its_files(year_2014, as_role):
    published()
    Event.objects.filter(title="湘东志愿者培训").update(headcount=33)
    published(2, "改正一处。")
    client = as_role("staff")

    page = client.get("/reports/2014/editions/")

    assert [edition.number for edition in page.context["editions"]] == [2, 1]
    first = client.get("/reports/2014/editions/1/export.xlsx")
    assert (first.status_code, first.getvalue()) == (200, file_of(Edition.objects.get(number=1), "xlsx"))
    assert 'href="/reports/2014/editions/"' in client.get("/reports/2014/").content.decode()
    assert 'href="/reports/2014/editions/"' in client.get("/reports/2014/editions/2/").content.decode()


def test_a_year_without_records_can_be_begun_from_the_list(year_2014, as_role):
    page = as_role("coordinator").get("/reports/")

    assert 2015 in page.context["coming"]
    assert 'href="/reports/2015/begin/"' in page.content.decode()


def test_those_who_only_read_begin_nothing(year_2014, as_role):
    assert as_role("staff").get("/reports/").context["coming"] == []


def test_the_year_of_a_published_report_is_fixed_in_the_admin_too(year_2014, client):
    published()
    client.force_login(make_superuser())

    client.post(reverse("admin:reports_annualreport_change", args=[report().pk]), {"year": 2050, "title": "另一年"})

    assert AnnualReport.objects.filter(year=2050).count() == 0
