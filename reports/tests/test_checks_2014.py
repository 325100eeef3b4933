"""All that the 2014 report leaves open is asked about, each for the right reason."""

import pytest
from django.utils import translation

from activities.models import Event, Photo
from grants.models import Grant
from organizations.models import Organization
from reports.checks import CHECKS, Finding, Reading, run
from reports.models import AnnualReport, Section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year_2014")]
IDS = [
    "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "D1", "D2", "D3", "Y1", "Y2", "Y3", "Y4", "N1", "N2", "N3", "N4",
    "T1", "T2", "T3", "O1", "O2", "G1", "G2", "S1", "S2",
]  # fmt: skip


def found(code: str) -> list[Finding]:
    return [finding for finding in run(Reading.of(2014)) if finding.code == code]


def facts(code: str) -> list[tuple]:
    return [tuple(str(fact) for fact in finding.facts) for finding in found(code)]


def labels(code: str) -> list[list[str]]:
    """What the findings' records are called, sections by their heading."""
    return [[record.label for record in finding.records] for finding in found(code)]


def section(heading: str) -> str:
    return f"reports.section:{Section.objects.get(heading=heading).pk}"


def event(title: str, day: str = "") -> str:
    return f"activities.event:{Event.objects.get(title=title, when_earliest__startswith=day).pk}"


def keys(code: str) -> list[list[str]]:
    return [[record.key for record in finding.records] for finding in found(code)]


def test_every_check_speaks_and_in_the_order_of_their_codes():
    codes = [finding.code for finding in run(Reading.of(2014))]

    assert list(dict.fromkeys(codes)) == IDS
    assert set(CHECKS) == set(IDS)


def test_levels_are_those_of_the_table():
    by_level = {level: {code for code in IDS if CHECKS[code].level == level} for level in "EWI"}

    assert by_level["E"] == {"C1", "C2", "C3", "C4", "C5", "D1", "D2", "Y1"}
    assert by_level["I"] == {"Y3", "Y4"}


def test_c1_twelve_exchanges_told_and_five_in_the_table():
    (finding,) = found("C1")

    assert [str(fact) for fact in finding.facts] == ["12次", "交流", "5"]
    assert str(finding.sentence) == "“江西公益组织交流”写“12次交流分享”，记录是：交流.场次 5。"
    assert str(finding.suggestion) == "改成 {交流.场次}，数字就不会再错；或者补上缺的记录。"
    assert len(finding.records) == 6
    assert finding.records[0].key == section("江西公益组织交流")


def test_c2_twenty_four_and_one_trainings_told_and_twenty_six_rows():
    assert facts("C2") == [("24次", "1次", "培训", "26")]
    assert [len(several) for several in keys("C2")] == [27]


def test_c3_six_grantees_told_and_every_way_of_counting_them_shown():
    (finding,) = found("C3")

    assert str(finding.sentence) == (
        "“公益组织陪伴成长”写“6家公益组织和项目”，记录是 8 行，其中资助 7 笔（组织 6 家，个人 1 名；53,100 元），"
        "退出 1 笔。"
    )
    assert [record.key for record in finding.records] == [
        section("公益组织陪伴成长"),
        *(f"grants.grant:{grant.pk}" for grant in Grant.objects.order_by("pk")),
    ]


def test_c4_a_course_of_thirty_whose_first_day_had_thirty_five():
    assert facts("C4") == [("30", "30名", "35")]
    assert labels("C4") == [
        [
            "志愿者组织管理层培训",
            "2014年4月26日 志愿者管理层培训第一期",
            "2014年6月22日 志愿者管理层培训第二期",
            "志愿者组织培训",
        ]
    ]


def test_c5_one_event_in_two_tables():
    assert (facts("C5"), keys("C5")) == ([("9", "accompaniment", "training")], [[event("中华义工联管理层培训")]])


def test_c6_the_course_is_told_under_training_and_listed_under_accompaniment():
    assert keys("C6") == [
        [section("志愿者组织培训"), event("志愿者管理层培训第一期"), event("志愿者管理层培训第二期")],
    ]


def test_c7_nearly_a_hundred_organisations_beside_140_people():
    assert facts("C7") == [("近百家", "140")]
    assert keys("C7") == [[section("江西公益组织交流"), event("第二届江西公益年会")]]


def test_c8_two_organisations_told_then_six_named_of_fifteen_on_record():
    assert facts("C8") == [("两个", "6", "15")]
    assert set(labels("C8")[0]) == {
        "公益组织陪伴成长", "中华义工联合会江西分会", "知行创新空间", "江西在一起文化发展中心", "安徽艾博公益",
        "南昌LES群", "吉安青原色",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "title", "expected"),
    [
        ("D1", "中华义工联管理层培训", ("2014-03-22", "2014-03-22", "2014-03-23")),
        ("D2", "青原色定位咨询", ("2014-06-09", "2014-06-09", "2014-06-10")),
    ],
)
def test_d1_d2_one_day_off(code, title, expected):
    assert (facts(code), keys(code)) == ([expected], [[section("公益组织陪伴成长"), event(title)]])


def test_d3_three_days_told_and_one_in_the_record():
    assert facts("D3") == [
        ("2014-04-26", "2014-04-28", "2014-04-26"),
        ("2014-06-22", "2014-06-24", "2014-06-22"),
    ]


def test_y1_names_all_four_rows_of_2013_and_their_95_people():
    (finding,) = found("Y1")

    assert {record.key for record in finding.records} == {
        f"activities.event:{pk}" for pk in Event.objects.filter(when_latest__year=2013).values_list("pk", flat=True)
    }
    assert str(finding.sentence).startswith("有 4 行（95 人次）的日期不在 2014 年：")


def test_y2_y3_y4_periods_cut_off_and_hope():
    assert facts("Y2") == [("2013-11-01", "2014-01-31", "2014")]
    assert facts("Y3") == [("2014-12-01", "2014-12-12")]
    assert keys("Y3") == [[section("江西公益组织交流"), event("南昌一米益拍暖冬行动"), event("峡江志愿者培训")]]
    assert facts("Y4") == [("2014", "希望我们2014年再进一步")]


def test_n1_n2_what_nobody_knows():
    grant = Grant.objects.get(person__name="万建军")

    assert keys("N1") == [[event("支持在一起开展艾滋病反歧视项目")]]
    assert (keys("N2"), facts("N2")) == ([[f"grants.grant:{grant.pk}"]], [("withdrawn",)])


def test_n3_relief_a_talk_a_joint_application_and_groups_are_told_and_not_recorded():
    assert list(zip(labels("N3"), facts("N3"), strict=True)) == [
        (["项目背景"], ("relief",)),
        (["公益组织陪伴成长", "中华义工联合会江西分会"], ("2014-01-28", "2014-01-28")),
        (["公益组织陪伴成长", "疾控 · 与江西在一起文化发展中心联合申请的项目"], ("applied", "None")),
        (["项目背景"], ("groups",)),
    ]


def test_n4_a_photo_of_nothing_on_record():
    photo = Photo.objects.get(caption__startswith="南昌大学工业设计系")

    assert keys("N4") == [[f"activities.photo:{photo.pk}", section("志愿者组织培训")]]


def test_t1_t2_titles_and_days():
    assert [len(several) for several in keys("T1")] == [2, 3, 2]
    assert facts("T2") == [("2014-06-10", "360300", "360800")]


def test_t3_titles_that_do_not_fit_and_occasions_of_others():
    assert [label for (label,) in labels("T3")] == [
        "2014年10月21日 江西师大IDOR分享",
        "2014年12月6日 南昌一米益拍暖冬行动",
        "2014年4月12日 财大TEDXJUFE会议",
        "2014年6月10日 萍乡麦田10周年",
    ]


def test_o1_organisations_told_under_several_names():
    told = {label: fact for (label,), fact in zip(labels("O1"), facts("O1"), strict=True)}

    assert set(told) >= {
        "中华义工联合会江西分会", "知行创新空间", "江西在一起文化发展中心", "吉安青原色", "安徽艾博公益",
    }  # fmt: skip
    assert told["中华义工联合会江西分会"] == ("中华义工联", "中华义工联合会江西分会", "中华义工联江西分会")


def test_o2_what_has_to_do_with_another_province():
    assert labels("O2") == [
        ["2013年6月14日 艾博公益艾滋病反歧视研讨会", "安徽艾博公益"],
        ["2014年7月24日 安徽益和志愿者培训", "安徽益和"],
    ]


def test_g1_g2_the_largest_grant_the_missing_funder_and_the_description():
    assert (facts("G1"), labels("G1")) == ([("24000.00", "53100.00")], [["南昌小动物保护协会 · 行政费用支持"]])
    assert [len(several) for several in keys("G2")] == [8, 1]
    assert labels("G2")[1][0].startswith("曙光急救 · 美国心脏协会")


def test_s1_s2_one_large_training_and_five_cities_without_anything():
    assert facts("S1") == [("400", "1462", "30")]
    assert keys("S1") == [[event("赣州赣县关爱残障人培训")]]
    assert labels("S2") == [["景德镇市", "九江市", "新余市", "鹰潭市", "抚州市"]]


def test_records_alone_are_checked_where_no_report_was_begun():
    AnnualReport.objects.all().delete()

    codes = {finding.code for finding in run(Reading.of(2014))}

    assert codes == {"C4", "C5", "Y1", "Y2", "N1", "N2", "T1", "T2", "T3", "O1", "O2", "G1", "G2", "S1", "S2"}


def test_the_report_of_a_funder_is_checked_by_what_the_funder_paid_for():
    funder = Organization.objects.get(name="乐施会")

    assert [finding.code for finding in run(Reading.of(2014, funder))] == ["Y2"]


def test_findings_speak_the_language_of_their_reader():
    (finding,) = found("D2")
    with translation.override("en"):
        english = str(finding.sentence)

    assert (
        english
        == "“公益组织陪伴成长” tells of 2014年6月9日; the record nearest to it is “2014年6月10日 青原色定位咨询”."
    )
    assert (
        str(finding.sentence) == "“公益组织陪伴成长”写的是2014年6月9日，最接近的记录是“2014年6月10日 青原色定位咨询”。"
    )
