"""The sheet to sign: who is expected, then empty lines; as Word and as Excel, and what an import reads back of it."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from activities.rosters.page import people_of
from activities.rosters.sheet_docx import document
from activities.rosters.sheet_xlsx import workbook
from activities.rosters.sheets import sign_in_sheet
from activities.tests.factories import make_attendance, make_event
from activities.tests.rosters import allowed, english, page
from organizations.tests.factories import make_organization, make_person, region
from yixin.intake.models import Export
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
HEADS, WITH_PHONE = ["序号", "姓名", "单位", "签名"], ["序号", "姓名", "单位", "电话", "签名"]


@pytest.fixture
def staff(client):
    return english(client, make_user("staff"))


@pytest.fixture
def event():
    event = make_event(when="2014年4月6日", title="萍乡志愿者培训", region=region("360300"))
    make_attendance(event=event, person=make_person(name="王芳"))
    society = make_organization(name="知行青年社")
    make_attendance(event=event, person=make_person(name="李文", phone="13812345678"), organization=society)
    return event


def take(client, event, kind: str = "xlsx", **chosen):
    return client.post(page(event)[: -len("/")] + f"/sign-in.{kind}", chosen)


def cells(content: bytes) -> list[list]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]


def texts(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(content)).tables[0].rows]


def rows_of(content: bytes, kind: str) -> list[list]:
    """The table itself, head first."""
    return cells(content)[2:] if kind == "xlsx" else texts(content)


# What stands on it


def test_workbook_has_title_place_and_those_expected_before_the_empty_lines(staff, event):
    found = cells(take(staff, event, lines="2").content)

    assert [row[0] for row in found[:2]] == ["萍乡志愿者培训签到表", "时间：2014年4月6日　　地点：萍乡市"]
    assert found[2:] == [
        HEADS,
        ["1", "李文", "知行青年社", None],
        ["2", "王芳", None, None],
        ["3", None, None, None],
        ["4", None, None, None],
    ]


def test_word_file_says_the_same(staff, event):
    content = take(staff, event, "docx", lines="1").content

    assert [one.text for one in Document(BytesIO(content)).paragraphs[:2]] == [
        "萍乡志愿者培训签到表",
        "时间：2014年4月6日　　地点：萍乡市",
    ]
    assert texts(content) == [HEADS, ["1", "李文", "知行青年社", ""], ["2", "王芳", "", ""], ["3", "", "", ""]]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, (HEADS, 20)),
        ({"lines": "0"}, (HEADS, 0)),
        ({"lines": "", "phone": "1"}, (WITH_PHONE, 20)),
        ({"lines": "5", "phone": "1"}, (WITH_PHONE, 5)),
        ({"lines": "-1"}, (HEADS, 20)),
        ({"lines": "99999999999999999999"}, (HEADS, 20)),
        ({"lines": "viele"}, (HEADS, 20)),
    ],
)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_lines_and_the_column_for_phones_are_chosen(staff, event, kind, chosen, expected):
    found = rows_of(take(staff, event, kind, **chosen).content, kind)

    assert (found[0], len(found) - 3) == expected


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_event_of_nobody_and_nowhere_has_a_sheet_too(staff, kind):
    response = take(staff, make_event(title="空会"), kind, lines="0")

    assert response.status_code == 200
    assert response["Content-Disposition"].endswith("%E7%AD%BE%E5%88%B0%E8%A1%A8-%E7%A9%BA%E4%BC%9A." + kind)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_no_phone_goes_out(staff, event, kind):
    read = str(rows_of(take(staff, event, kind, phone="1").content, kind))

    assert ("李文" in read, "13812345678" in read) == (True, False)


# How it is made


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://example.org/", "<r>=1</r>"])
def test_text_is_never_a_formula_a_number_or_a_link(text):
    event = make_event(title=text)
    society = make_organization(name=f"{text}社")
    make_attendance(event=event, person=make_person(name=text), organization=society)

    book = load_workbook(BytesIO(workbook(sign_in_sheet(event, people_of(event), lines=1, has_phone=False))))

    row = book.active[4]
    assert [cell.value.strip() for cell in row[1:3]] == [text, f"{text}社"]
    assert {cell.data_type for cell in row[:3]} == {"s"}
    assert [cell.hyperlink for cell in row] == [None] * 4


def test_workbook_prints_on_a4_with_its_head_on_every_page_and_lines_to_sign_in(event):
    page = load_workbook(BytesIO(workbook(sign_in_sheet(event, people_of(event), lines=40, has_phone=True)))).active

    heights = {page.row_dimensions[number].height for number in range(4, 46)}
    assert (page.page_setup.paperSize, page.print_title_rows, page.oddFooter.center.text) == (9, "$3:$3", "&P / &N")
    assert min(heights) * 0.8 >= 0.9 * 28.35  # points, even where the page is shrunk to fit
    assert {cell.font.name for cell in page[4]} == {"宋体"}


def test_word_file_prints_on_a4_with_its_head_on_every_page_and_lines_to_sign_in(event):
    file = Document(BytesIO(document(sign_in_sheet(event, people_of(event), lines=40, has_phone=True))))
    section, rows = file.sections[0], file.tables[0].rows

    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, *[False] * 42]
    assert min(row.height.cm for row in rows) >= 0.9
    assert round(sum(cell.width.cm for cell in rows[5].cells), 1) == 17.0
    assert [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_chinese_characters_have_a_font_in_every_style_of_the_word_file(event):
    file = Document(BytesIO(document(sign_in_sheet(event, people_of(event), lines=1, has_phone=False))))
    title, normal = file.paragraphs[0].runs[0]._r.rPr, file.styles["Normal"].element.rPr

    assert [one.rFonts.get(qn("w:eastAsia")) for one in (title, normal)] == ["黑体", "宋体"]


def test_import_reads_back_what_was_filled_in(event):
    from activities.resources import AttendanceResource
    from yixin.intake.uploads import sheets_in, tables_in

    content = workbook(sign_in_sheet(event, people_of(event), lines=3, has_phone=True))
    made = AttendanceResource()
    (table,) = tables_in(made, sheets_in(made, "", content))
    plan = made.plan(table)

    assert made.event == event
    assert [(row.values["姓名"], str(row.values["单位"] or "")) for row in plan.rows if row.values.get("姓名")] == [
        ("李文", "知行青年社"),
        ("王芳", ""),
    ]


# Who takes it


def test_names_that_went_out_stand_in_the_log(staff, event):
    take(staff, event, "docx")
    take(staff, make_event())  # without any name

    logged = Export.objects.values_list("table", "user", "format", "rows", "is_personal")
    assert list(logged) == [("activities.attendance", staff.user.pk, "docx", 2, True)]


def test_looking_at_it_by_its_address_gives_nothing(staff, event):
    assert staff.get(page(event) + "sign-in.docx").status_code == 405
    assert take(staff, event, "pdf").status_code == 404


def test_only_who_sees_the_roster_takes_the_sheet(client, event):
    client.force_login(make_user("partner"))
    partner = take(client, event).status_code
    client.force_login(make_user(is_staff=True))

    assert (partner, take(client, event).status_code) == (302, 403)


def test_sheet_of_a_sensitive_event_has_no_names_for_those_who_may_not_see_them(client, event):
    event.is_sensitive = True
    event.save()
    client = allowed(client, "view_event", "view_attendance")

    assert cells(take(client, event, lines="1").content)[3:] == [["1", None, None, None]]
