"""Tables of events: what is the same, what is another area's, what is merely near."""

import pytest

from activities.models import Event
from activities.resources import EventResource
from activities.tests.factories import area, make_event
from organizations.tests.factories import region
from yixin.intake.plan import NEW, SKIP
from yixin.intake.tests.tables import bring_in, done, plan, told
from yixin.quantities import HeadCount

pytestmark = pytest.mark.django_db

HEADS = ("时间", "内容", "人数")
OPTIONS = {"year": 2014, "area": "training"}


def events() -> list[tuple]:
    rows = Event.objects.order_by("pk")
    return list(rows.values_list("when_text", "title", "headcount", "headcount_is_estimated", "area__code", "status"))


def test_table_under_a_title_with_its_total_comes_in():
    rows = [
        ("2014年志愿者培训",),
        HEADS,
        ("1月9日", "湘东志愿者培训", "约40"),
        ("4月26-28日", "管理层培训", 35),
        ("10-12月", "支持项目", ""),
        ("合计", "", 75),
    ]

    planned = bring_in(EventResource, *rows, **OPTIONS)

    assert (done(planned), planned.findings) == ({"new": 3}, [])
    assert planned.checked == ["表里“人数”的合计75，与3行相加一致。"]
    assert events() == [
        ("1月9日", "湘东志愿者培训", 40, True, "training", "held"),
        ("4月26-28日", "管理层培训", 35, False, "training", "held"),
        ("10-12月", "支持项目", None, False, "training", "held"),
    ]
    assert set(Event.objects.values_list("report_year", flat=True)) == {2014}
    assert done(bring_in(EventResource, *rows, **OPTIONS)) == {"same": 3}


def test_row_dated_before_stays_in_the_report_year_that_was_chosen():
    bring_in(EventResource, HEADS, ("2013年10月13日", "沙龙", 35), **OPTIONS)

    assert list(Event.objects.values_list("report_year", "when_earliest__year")) == [(2014, 2013)]


def test_corrected_headcount_is_shown_old_and_new():
    make_event(when="2014年1月9日", title="湘东志愿者培训", people=HeadCount(32))

    planned = bring_in(EventResource, HEADS, ("2014-01-09", "湘东 志愿者培训", 140), **OPTIONS)

    assert planned.rows[0].changes == {"人数": ("32", "140")}
    assert [row[2] for row in events()] == [140]


@pytest.mark.parametrize(
    ("answer", "outcome", "listed"),
    [(None, {"changed": 1}, ["exchange"]), (NEW, {"new": 1}, []), (SKIP, {"skipped": 1}, [])],
)
def test_event_of_another_area_becomes_also_listed_after_asking(answer, outcome, listed):
    event = make_event(when="2014年3月23日", title="管理层培训", people=HeadCount(9))
    rows = [HEADS, ("2014年3月23日", "管理层培训", 9)]

    asked = plan(EventResource, *rows, asks=True, year=2014, area="exchange")
    answers = {asked.questions[0].key: answer} if answer else {}
    planned = bring_in(EventResource, *rows, answers=answers, year=2014, area="exchange")

    assert done(asked) == {"skipped": 1}
    assert done(planned) == outcome
    assert list(event.also_listed_in.values_list("code", flat=True)) == listed
    if listed:
        assert done(bring_in(EventResource, *rows, year=2014, area="exchange")) == {"same": 1}


def test_one_table_with_an_event_in_two_areas_makes_one_event():
    heads = (*HEADS, "工作板块")
    rows = [heads, ("2014-03-23", "管理层培训", 9, "志愿者培训"), ("2014-03-23", "管理层培训", 9, "陪伴成长")]

    first, second = (bring_in(EventResource, *rows, year=2014) for _ in range(2))

    assert (done(first), done(second)) == ({"new": 1, "skipped": 1}, {"same": 1, "skipped": 1})
    assert list(Event.objects.get().also_listed_in.values_list("code", flat=True)) == ["accompaniment"]


def test_near_event_comes_in_with_a_warning():
    make_event(when="2014年3月22日", title="中华义工联管理层培训", people=HeadCount(9))

    planned = plan(EventResource, HEADS, ("2014-03-23", "中华义工联合会管理层培训", 9), **OPTIONS)

    assert (done(planned), told(planned.warnings)) == ({"new": 1}, [(2, "内容")])


def test_two_salons_of_one_day_stay_two():
    rows = [HEADS, ("2014-11-02", "公益沙龙", 12), ("2014-11-02", "公益沙龙", 26), ("2014-11-02", "公益沙龙", 26)]

    first, second = (bring_in(EventResource, *rows, **OPTIONS) for _ in range(2))

    assert (done(first), done(second)) == ({"new": 2, "skipped": 1}, {"same": 2, "skipped": 1})


def test_cancelled_event_is_kept_as_cancelled():
    bring_in(EventResource, (*HEADS, "备注"), ("2014-11-02", "公益沙龙（取消）", "", ""), **OPTIONS)

    assert [row[5] for row in events()] == ["cancelled"]


def test_place_is_found_and_a_city_does_not_replace_its_county():
    make_event(when="2014年1月9日", title="湘东志愿者培训", people=HeadCount(32), region=region("360313"))
    heads = (*HEADS, "地区")
    rows = [heads, ("2014-01-09", "湘东志愿者培训", 32, "萍乡"), ("2014-05-03", "赣县培训", 400, "赣县")]

    planned = bring_in(EventResource, *rows, **OPTIONS)

    assert done(planned) == {"same": 1, "new": 1}
    assert list(Event.objects.order_by("pk").values_list("region__code", flat=True)) == ["360313", "360721"]


def test_county_of_that_time_is_the_county_of_the_events_own_year():
    heads = (*HEADS, "地区")
    rows = [heads, ("2014-05-12", "关爱残障人培训", 400, "赣县"), ("2020-05-12", "关爱残障人培训", 40, "赣县")]

    bring_in(EventResource, *rows, area="training")

    assert list(Event.objects.order_by("pk").values_list("region__name", flat=True)) == ["赣县", "赣县区"]
    assert done(bring_in(EventResource, *rows, area="training")) == {"same": 2}


def test_unknown_area_or_none_refuses_the_whole_table():
    rows = [HEADS, ("2014-01-09", "培训", 32)]

    assert told(plan(EventResource, *rows, year=2014, area="nowhere").errors)[0] == (None, None)
    assert told(plan(EventResource, *rows, year=2014).errors)[0] == (None, None)


def test_title_that_names_an_illness_marks_the_event():
    planned = bring_in(EventResource, HEADS, ("2014-01-09", "艾滋病反歧视研讨会", 22), **OPTIONS)

    assert (told(planned.warnings), Event.objects.get().is_sensitive) == ([(2, "内容")], True)


@pytest.mark.parametrize("number", [1, 300])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, number):
    for n in range(min(number, 30)):
        make_event(when="2014年2月1日", title=f"旧事{n}", people=HeadCount(7), area=area("exchange"))
    rows = [HEADS, *(("2014-02-01", f"旧事{n}", 7) for n in range(min(number, 30)))]
    rows += [(f"2014-{n % 12 + 1:02d}-{n % 28 + 1:02d}", f"新事{n}", n) for n in range(number)]

    with django_assert_num_queries(5):
        planned = plan(EventResource, *rows, **OPTIONS)

    assert done(planned) == {"new": number, "changed": min(number, 30)}


def test_cancelled_instead_of_a_headcount():
    bring_in(EventResource, HEADS, ("2014-11-02", "公益沙龙", "活动取消"), **OPTIONS)

    assert [(row[2], row[5]) for row in events()] == [(None, "cancelled")]


@pytest.mark.parametrize("title", ["取消彩礼宣传", "取消童婚的讲座"])
def test_event_about_something_cancelled_was_held(title):
    bring_in(EventResource, HEADS, ("2014-11-02", title, 35), **OPTIONS)

    assert [(row[2], row[5]) for row in events()] == [(35, "held")]


@pytest.mark.parametrize(
    ("cell", "people", "remark"),
    [
        ("30人（含志愿者5人）", 30, "人数：30人（含志愿者5人）"),
        ("约80（人次）", 80, ""),
        ("40(其中学生10)", 40, "人数：40(其中学生10)"),
    ],
)
def test_headcount_with_a_note_in_brackets_keeps_both(cell, people, remark):
    rows = [HEADS, ("2014-11-02", "公益沙龙", cell)]

    first, second = (bring_in(EventResource, *rows, **OPTIONS) for _ in range(2))

    assert (done(first), done(second)) == ({"new": 1}, {"same": 1})
    assert list(Event.objects.values_list("headcount", "remark")) == [(people, remark)]


@pytest.mark.parametrize("place", ["线上", "腾讯会议", "南昌大学前湖校区", "本机构会议室"])
def test_venue_that_is_no_city_leaves_the_place_empty(place):
    planned = bring_in(EventResource, (*HEADS, "地点"), ("2014-11-02", "公益沙龙", 35, place), **OPTIONS)

    assert (done(planned), told(planned.findings)) == ({"new": 1}, [(2, "地区")])
    assert Event.objects.get().region is None


def test_table_of_another_year_than_the_chosen_one_is_pointed_out():
    rows = [HEADS, ("2013-11-02", "公益沙龙", 35), ("2013-11-09", "年会", 40)]

    assert told(plan(EventResource, *rows, **OPTIONS).findings) == [(None, None)]
    assert told(plan(EventResource, *rows, ("2014-01-02", "茶会", 9), **OPTIONS).findings) == []


def test_heads_in_english():
    planned = plan(EventResource, ("Date", "Activity", "Participants"), ("2014-04-22", "Earth Day", 55), **OPTIONS)

    assert (done(planned), planned.findings) == ({"new": 1}, [])
