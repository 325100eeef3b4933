"""The records against each other, in a year that is not 2014: silent on what is right, however near it comes."""

from decimal import Decimal

import pytest

from activities.models import Event, Photo
from activities.tests.factories import area, make_course, make_event, make_event_organization, make_photo
from grants.models import Grant
from organizations.tests.factories import make_alias, make_organization
from reports.models import AnnualReport
from reports.tests.book_2023 import YEAR, Book, findings, make_book, place, write
from reports.tests.factories import make_edition, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db) -> Book:
    made = make_book()
    write(made.report, "closing", "感谢一路同行的人。")
    return made


def facts(code: str) -> list[tuple]:
    return [tuple(str(fact) for fact in finding.facts) for finding in findings() if finding.code == code]


def add(title: str, when: str, people: int | None = 12, code: str = "training", **more) -> Event:
    columns = {"report_year": YEAR, "region": place("360100"), "area": area(code)}
    return make_event(title=title, when=when, headcount=people, **columns | more)


SHORT_NAMES = [("绿行者", "赣南绿行者"), ("抚州星火助学会", "星火助学会")]  # in titles, beside the full ones of grants


def test_a_book_that_agrees_with_itself_has_only_short_names_and_cities_without_events(book):
    assert [(finding.code, finding.facts) for finding in findings()] == [
        *(("O1", names) for names in SHORT_NAMES),
        ("S2", ("360200", "360300", "360500", "360800", "361100")),
    ]


def test_y1_tells_in_which_edition_of_its_own_year_a_row_stands_too(book):
    event = book.events["九江志愿者培训"]
    event.when = add("别的", "2022年6月3日").when
    event.save()
    Event.objects.filter(title="别的").delete()
    make_edition(report=make_report(year=2022), snapshot={"content": {"records": {f"activities.event:{event.pk}": {}}}})

    (asked,) = [finding for finding in findings() if finding.code == "Y1"]

    assert str(asked.sentence) == (
        "有 1 行（60 人次）的日期不在 2023 年：2022年6月3日 九江志愿者培训。"
        "那一年已发布的版本里也有：“2022年6月3日 九江志愿者培训”（2022 年报告第 1 版）。"
    )


@pytest.mark.parametrize(
    ("title", "when", "people", "expected"),
    [
        ("九江志愿者的培训", "2023年6月5日", 60, [("60", "2023-06-03", "2023-06-05")]),
        ("九江志愿者的培训", "2023年6月5日", 61, []),
        ("九江志愿者的培训", "2023年6月9日", 60, []),
        ("九江志愿者培训第二期", "2023年6月5日", 60, []),
        ("瑞昌社工服务站交流", "2023年6月5日", 60, []),
    ],
)
def test_c5_asks_about_two_records_of_one_head_count_near_in_days_and_title(book, title, when, people, expected):
    add(title, when, people)

    assert facts("C5") == expected


def test_c5_knows_one_organisation_under_two_titles_and_leaves_sessions_of_a_course_alone(book):
    first, second = add("上午的交流", "2023年8月1日"), add("下午走一走", "2023年8月2日")
    for event in (first, second):
        make_event_organization(event=event, organization=book.organizations["新余同行社"])
    assert facts("C5") == [("12", "2023-08-01", "2023-08-02")]

    Event.objects.filter(pk__in=[first.pk, second.pk]).update(course=make_course())

    assert facts("C5") == []


def test_o1_asks_about_names_that_one_slip_apart_and_not_about_branches_of_two_cities(book):
    for name, where in [("瑞金萤火虫义工队", "360700"), ("瑞金萤火虫义工对", "360700"), ("赣州爱心社", "360700")]:
        make_event_organization(
            event=book.events["九江志愿者培训"], organization=make_organization(name=name, region=place(where))
        )
    make_event_organization(
        event=book.events["九江志愿者培训"], organization=make_organization(name="宜春爱心社", region=place("360900"))
    )

    assert facts("O1")[: -len(SHORT_NAMES)] == [("“瑞金萤火虫义工对”", "“瑞金萤火虫义工队”")]


def test_o1_is_silent_on_an_alias_that_nobody_uses(book):
    make_alias(organization=book.organizations["新余同行社"], name="新余同行助学社")

    assert facts("O1") == SHORT_NAMES


@pytest.mark.parametrize(("amount", "expected"), [(12_000, []), (15_000, [("15000.00", "40000.00")])])
def test_g1_asks_from_a_third_of_all_on(book, amount, expected):
    Grant.objects.filter(project="河流观察").update(awarded_amount=Decimal(amount))
    Grant.objects.filter(project="助学回访").update(awarded_amount=Decimal(11_000))

    assert facts("G1") == expected


@pytest.mark.parametrize(("people", "expected"), [(360, []), (400, [("400", "660", "40")])])
def test_s1_asks_where_one_event_is_large_and_ten_times_the_median(book, people, expected):
    Event.objects.filter(title="九江志愿者培训").update(headcount=people)
    Event.objects.filter(title="宜春志愿者培训").update(headcount=90)

    assert facts("S1") == expected


@pytest.mark.parametrize("caption", ["九江志愿者培训现场", "志愿服务需求调研途中"])
def test_n4_is_silent_on_a_photo_whose_caption_fits(book, caption):
    section = AnnualReport.objects.get(year=YEAR).sections.first()
    section.photos.add(make_photo(caption=caption))

    assert facts("N4") == []


def test_n4_asks_about_a_photo_of_another_kind_of_gathering(book):
    section = AnnualReport.objects.get(year=YEAR).sections.first()
    section.photos.add(make_photo(caption="鄱阳湖的观鸟夏令营"))

    assert facts("N4") == [("鄱阳湖的观鸟夏令营",)]
    Photo.objects.update(event=book.events["环保伙伴交流会"])
    assert facts("N4") == []


def test_t2_is_silent_on_two_events_of_one_day_in_one_city_and_asks_once_of_three(book):
    add("赣州夜谈", "2023年2月18日", region=place("360700"), code="exchange")
    assert facts("T2") == []

    add("萍乡走访", "2023年2月18日", region=place("360300"), code="exchange")

    assert facts("T2") == [("2023-02-18", "360300", "360700", "360700")]


def test_t3_names_the_word_that_the_titles_of_the_area_hold(book):
    add("暖冬行动", "2023年12月9日")

    (asked,) = [finding for finding in findings() if finding.code == "T3"]

    assert str(asked.sentence) == (
        "“2023年12月9日 暖冬行动”列在志愿者培训，这一块 8 场里有 7 场的标题写着“培训”，这一场没有。"
    )


def test_t3_asks_of_others_occasions_until_our_role_is_told(book):
    event = add("萍乡义工十周年培训", "2023年12月9日")
    assert facts("T3") == [("role",)]

    event.our_role = "invited"
    event.save()

    assert facts("T3") == []
