"""What the public reads: totals with everything in them, and no name that is nobody's business."""

from datetime import UTC, date, datetime

import pytest

from activities.models import Event
from activities.tests.factories import make_engagement, make_event, make_event_organization, make_photo
from grants.tests.factories import make_grant
from organizations.tests.factories import make_alias, make_organization, make_person
from reports.acceptance import Reason, accept
from reports.checks import Reading, run
from reports.composing import compose
from reports.models import AnnualReport
from reports.publishing import document_of, file_of, live, publish, redactor_of
from reports.tests.factories import make_report, make_section
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


def public(year: int = 2014):
    redactor = redactor_of(*live(year))
    return redactor.redacted(), redactor.removed


def texts(document, code: str) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row.cells] for row in document.table(code).rows]


def named_in(document, code: str) -> list[str]:
    """The titles or projects that the table tells."""
    return [row.cells[1] for row in document.table(code).rows if row.cells[0] and row.cells[1]]


def test_sensitive_events_stand_in_one_row_and_in_the_total(year_2014):
    document, _removed = public()

    table = document.table("accompaniment")
    assert texts(document, "accompaniment")[-1] == ["", "不逐一列出", "38"]
    assert (len(table.rows), table.totals[2]) == (16, 404)


def test_persons_and_sensitive_recipients_have_no_name_and_keep_their_sum(year_2014):
    document, _removed = public()

    assert texts(document, "grants")[-1] == ["个人，以及不写名称的组织", "", "9600.00"]
    assert str(document.table("grants").totals[2]) == "53100.00"
    assert document.table("grants").labels == ("组织或者个人", "项目名称", "金额")


def test_canaries_of_the_2014_data_are_in_no_public_page_or_file(year_2014, client):
    canaries = ["万建军", "彭英姿", "寇延丁", "艾滋", "LES群", "在一起文化", "艾博", "申请退出资助", "癌症"]
    edition = publish(report=AnnualReport.objects.get(), number=1, by=make_user("coordinator"))
    staff_form = str(edition.snapshot)
    assert [word for word in canaries if word not in staff_form] == []

    page = client.get("/reports/2014/").content.decode()
    document = str(edition.public_snapshot)

    assert [word for word in canaries if word in page or word in document] == []


def test_paragraphs_that_name_what_is_sensitive_are_left_out_and_counted():
    make_organization(name="某某互助小组", is_sensitive=True)
    make_person(name="赵钱孙")
    report = make_report(year=2014)
    make_section(
        report=report,
        heading="背景",
        prose="今年陪伴了某某互助小组。\n赵钱孙老师来讲课，电话13800138000。\n- 支持了艾滋病感染者\n一切如常。",
    )

    document, removed = public()

    assert [block.text for block in document.parts[0].blocks] == [
        "（姓名不公开）老师来讲课，电话（号码不公开）。",
        "一切如常。",
        "本节另有 2 段不公开。",
    ]
    assert [piece.text for piece in removed] == [
        "今年陪伴了某某互助小组。",
        "支持了艾滋病感染者",
        "赵钱孙老师来讲课，电话13800138000。",
    ]


def test_title_and_corrections_go_through_the_same_hands():
    make_organization(name="某某互助小组", is_sensitive=True)
    make_person(name="赵钱孙")
    make_event(headcount=1)
    report, user = make_report(year=2014, title="赵钱孙的年报"), make_user("coordinator")
    publish(report=report, number=1, by=user)
    make_event(headcount=2)

    edition = publish(report=report, number=2, by=user, correction="补上某某互助小组的一场。")

    document = document_of(edition, is_public=True)
    assert (document.title, [one.text for one in document.corrections]) == ("（姓名不公开）的年报", ["（不公开）"])
    assert document_of(edition, is_public=False).corrections[0].text == "补上某某互助小组的一场。"


def test_organizations_that_the_directory_hides_are_pointed_out_not_taken_out():
    make_organization(name="小桥读书会", listing="hidden")
    make_organization(name="没有提到的", listing="hidden")
    make_section(report=make_report(year=2014), heading="交流", prose="小桥读书会来了。")

    redactor = redactor_of(*live(2014))

    assert redactor.redacted().parts[0].blocks[0].text == "小桥读书会来了。"
    assert redactor.listed_for_staff == ["小桥读书会"]


def test_photos_without_consent_or_of_a_sensitive_event_are_left_out():
    report = make_report(year=2014)
    section = make_section(report=report, heading="现场")
    day = date(2014, 5, 1)
    event = make_event(is_sensitive=True, headcount=1)
    shown = make_photo(caption="同意公开的", consented_on=day)
    unasked, of_event = make_photo(caption="没有问过"), make_photo(caption="敏感", consented_on=day, event=event)
    for photo in (shown, unasked, of_event):  # added together, they stand in any order
        section.photos.add(photo)

    document, removed = public()

    assert [picture.caption for picture in live_pictures()] == ["同意公开的", "没有问过", "敏感"]
    assert [picture.caption for picture in document.parts[0].pictures] == ["同意公开的"]
    assert [piece.text for piece in removed] == ["没有问过", "敏感"]


def live_pictures():
    return compose(*live(2014)).parts[0].pictures


def test_a_name_that_is_part_of_an_organizations_name_stays():
    make_person(name="青原")
    make_organization(name="吉安青原色")
    make_section(report=make_report(year=2014), heading="陪伴", prose="吉安青原色重新定位。")

    document, removed = public()

    assert document.parts[0].blocks[0].text == "吉安青原色重新定位。"
    assert removed == []


def test_an_unmarked_event_with_a_telling_title_is_withheld_too():
    make_event(title="艾滋病反歧视讲座", headcount=9)
    make_event(title="志愿者培训", headcount=4)

    document, _removed = public()

    assert texts(document, "training") == [["2014年1月9日", "志愿者培训", "4"], ["", "不逐一列出", "9"]]


def test_city_and_month_of_a_withheld_event_are_not_told(year_2014):
    Event.objects.update(is_sensitive=True)

    document, _removed = public()

    told = [row for row in texts(document, "cities") if row[-2] != "0"]
    assert told == [["不逐一列出", "", "221", "", "300", "", "1462", "", "1983"]]
    assert [row for row in texts(document, "months") if row[1] != "0"] == [["不逐一列出", "", "1983", ""]]


def test_the_public_gets_the_newest_edition_as_page_and_as_the_same_files(year_2014, client):
    user = make_user("coordinator")
    publish(report=AnnualReport.objects.get(), number=1, by=user)
    Event.objects.filter(title="湘东志愿者培训").update(headcount=33)
    newest = publish(report=AnnualReport.objects.get(), number=2, by=user, correction="改正一处人数。")

    page = client.get("/reports/2014/")

    assert page.context["document"].table("training").totals[2] == 1463
    assert "改正一处人数。" in page.content.decode()
    assert [client.get(f"/reports/2014/export.{kind}").getvalue() for kind in ("xlsx", "docx")] == [
        file_of(newest, "public.xlsx"),
        file_of(newest, "public.docx"),
    ]
    assert client.get("/reports/").context["years"] == [2014]


@pytest.mark.parametrize(
    "address",
    [
        "figures/",
        "figures/培训.场次/",
        "publish/",
        "compare/",
        "editions/1/",
        "editions/1/export.xlsx",
        "for/leshihui/",
    ],
)
def test_all_else_is_for_staff(year_2014, client, as_role, address):
    publish(report=AnnualReport.objects.get(), number=1, by=make_user("coordinator"))

    anybody, partner = client.get(f"/reports/2014/{address}"), as_role("partner").get(f"/reports/2014/{address}")

    assert anybody.status_code in (302, 404)
    assert partner.status_code in (403, 404)


def test_a_title_that_names_a_sensitive_organization_is_not_public_although_nobody_linked_the_two():
    make_organization(name="某某互助小组", is_sensitive=True)
    make_event(when="2014-01-09", title="走访某某互助小组", headcount=5)

    document, _removed = public()

    assert named_in(document, "training") == []
    assert document.table("training").totals[2] == 5


def test_full_width_phones_and_e_mail_addresses_are_left_out():
    make_section(
        report=make_report(year=2014), heading="联系", prose="打１３９１１１１２２２２，写信zhixing@example.org。"
    )

    document, _removed = public()

    assert document.parts[0].blocks[0].text == "打（号码不公开），写信（号码不公开）。"


def test_a_grant_whose_recipient_or_project_gives_it_away_stands_in_the_row_of_others():
    make_alias(organization=make_organization(name="某某互助小组", is_sensitive=True), name="某互助")
    names = {"南昌某男同小组": "骑行", "知行社": "支持某互助", "某互助之友": "读书", "远志社": "图书角"}
    for recipient, project in names.items():
        organization = make_organization(name=recipient, listing="public")
        make_grant(organization=organization, project=project, awarded_amount=1000, report_year=2014)

    document, _removed = public()

    assert named_in(document, "grants") == ["图书角"]
    assert str(document.table("grants").totals[2]) == "4000.00"


def test_an_event_of_an_organization_whose_name_gives_it_away_is_told_nowhere():
    telling = make_organization(name="南昌某男同小组")
    make_event(title="周末茶话会", headcount=5, engagement=make_engagement(organization=telling))
    with_it = make_event(title="春季徒步活动", headcount=4)
    make_event_organization(event=with_it, organization=telling)
    section = make_section(report=make_report(year=2014), heading="现场", prose="办了周末茶话会。\n春季徒步活动热闹。")
    section.photos.add(make_photo(caption="山路", consented_on=date(2014, 5, 1), event=with_it))

    document, _removed = public()

    assert named_in(document, "training") == []
    assert document.table("training").totals[2] == 9
    assert [block.text for block in document.parts[0].blocks] == ["本节另有 2 段不公开。"]
    assert document.parts[0].pictures == ()


@pytest.mark.parametrize("title", ["走访某某互助小组", "走访某 互助"])
def test_a_photo_of_an_event_whose_title_names_a_sensitive_organization_is_left_out(title):
    make_alias(organization=make_organization(name="某某互助小组", is_sensitive=True), name="某互助")
    section = make_section(report=make_report(year=2014), heading="现场")
    section.photos.add(make_photo(caption="合影", consented_on=date(2014, 5, 1), event=make_event(title=title)))

    document, removed = public()

    assert (document.parts[0].pictures, [piece.text for piece in removed]) == ((), ["合影"])


@pytest.mark.parametrize("listing", ["hidden", "partners"])
def test_a_printed_note_that_names_whom_the_directory_does_not_show_is_left_out(listing):
    make_alias(organization=make_organization(name="小桥读书会", listing=listing), name="小桥")
    make_organization(name="远志社", listing="public")
    report, user = make_report(year=2014), make_user("coordinator")
    for number, reason in enumerate(["小桥说没有数。", "远志社说没有数。"]):
        make_event(title=f"第{number}次培训", headcount=None)
        finding = [found for found in run(Reading.of(2014)) if found.code == "N1"][-1]
        because = Reason(reason, is_printed=True)
        accept(report=report, finding=finding, because=because, by=user, now=datetime(2015, 1, 5, tzinfo=UTC))
        make_event(title=f"第{number}次分享", headcount=3)

    document, removed = public()

    kept = [note for note in document.notes if "远志社" in note]
    assert (len(document.notes), len(kept)) == (1, 1)
    assert [(piece.text[-7:], "“小桥”" in piece.reason, piece.left) for piece in removed] == [
        ("小桥说没有数。", True, "")
    ]


def test_every_spelling_of_numbers_and_names_is_masked_where_it_stands():
    make_person(name="赵钱孙")
    prose = "赵 钱孙：139·1111·2222，微信号 zhao_qs，一三九一一一一二二二二。2014.01.04共8800000元。"
    make_section(report=make_report(year=2014), heading="赵·钱·孙", prose=prose)

    document, _removed = public()

    assert document.parts[0].heading == "（姓名不公开）"
    assert document.parts[0].blocks[0].text == (
        "（姓名不公开）：（号码不公开），微信号 （号码不公开），（号码不公开）。2014.01.04共8800000元。"
    )
