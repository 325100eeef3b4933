"""Sign-in sheets and pasted lists become the roster of one event."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from activities.models import Attendance
from activities.resources import AttendanceResource
from activities.tests.factories import make_attendance, make_engagement, make_event
from organizations.models import Organization, Person
from organizations.tests.factories import make_contact, make_organization, make_person
from yixin.intake.importing import locate
from yixin.intake.plan import NEW, SKIP
from yixin.intake.resource import Options
from yixin.intake.rosters import read_roster
from yixin.intake.tests.tables import bring_in, done, plan, told
from yixin.quantities import HeadCount

pytestmark = pytest.mark.django_db

HEADS = ("姓名", "单位", "电话", "备注")


def roster(event) -> list[tuple]:
    rows = Attendance.objects.filter(event=event).order_by("pk")
    return list(rows.values_list("person__name", "person__phone", "organization__name", "remark"))


def pasted(text: str, event):
    made = AttendanceResource(Options(event=event.pk))
    return made.plan(locate(made, [read_roster(text)]))


def test_wechat_list_comes_in_as_it_is():
    event = make_event(people=HeadCount(35))
    make_organization(name="南昌义工联")
    text = """#接龙
    4月26日培训报名
    例 张三 单位 电话
    1. 张 三 南昌义工联 13800138000
    2、李四，139-0013-9000，赣州新绿洲
    3 欧阳小红 请假
    """

    planned = pasted(text, event)

    assert done(planned) == {"new": 2, "skipped": 1}
    assert [(row.values["姓名"], row.values["电话"]) for row in planned.rows] == [
        ("张三", ["13800138000"]),
        ("李四", ["13900139000"]),
        ("欧阳小红", None),
    ]
    assert planned.notes == [f"“{event}”：填报35人／登记2人／还有33人没有姓名。"]


def test_same_roster_again_adds_nothing_even_of_names_alone():
    event = make_event()
    rows = [HEADS, ("张三", "南昌义工联", "13800138000", ""), ("李四", "赣州义工联", "", ""), ("王芳", "", "", "")]
    first = bring_in(AttendanceResource, *rows, event=event.pk)

    second = bring_in(AttendanceResource, *rows, event=event.pk)

    assert (done(first), done(second)) == ({"new": 3}, {"same": 3})
    assert (Person.objects.count(), Organization.objects.count(), len(roster(event))) == (3, 2, 3)


def test_same_phone_or_same_name_and_organisation_is_the_same_person():
    organization = make_organization(name="南昌义工联")
    by_phone = make_person(name="张三", phone="13800138000")
    by_contact = make_contact(person=make_person(name="李四"), organization=organization).person
    by_roster = make_attendance(person=make_person(name="王芳"), organization=organization).person
    event = make_event()
    rows = [HEADS, ("张三", "", "138 0013 8000", ""), ("李 四", "南昌义工联", "", ""), ("王芳", "南昌义工联", "", "")]

    bring_in(AttendanceResource, *rows, event=event.pk)

    assert list(Attendance.objects.filter(event=event).order_by("pk").values_list("person", flat=True)) == [
        by_phone.pk,
        by_contact.pk,
        by_roster.pk,
    ]


@pytest.mark.parametrize(
    ("answer", "names", "outcome"),
    [("old", ["王芳"], {"new": 1}), (NEW, ["王芳", "王芳"], {"new": 1}), (SKIP, ["王芳"], {"skipped": 1})],
)
def test_name_alone_is_asked_and_decided_by_one_answer(answer, names, outcome):
    person, event = make_person(name="王芳", phone="13800138000"), make_event()
    rows = [HEADS, ("王芳", "", "", "")]

    asked = plan(AttendanceResource, *rows, asks=True, event=event.pk)
    (question,) = asked.questions
    answers = {question.key: str(person.pk) if answer == "old" else answer}
    decided = bring_in(AttendanceResource, *rows, answers=answers, event=event.pk)

    assert done(asked) == {"skipped": 1}
    assert question.choices[0] == (str(person.pk), "就是：王芳，138****8000")
    assert done(decided) == outcome
    assert list(Person.objects.values_list("name", flat=True)) == names


def test_name_alone_is_left_out_with_a_warning_where_nobody_is_asked():
    make_person(name="王芳")
    event = make_event()

    planned = bring_in(AttendanceResource, HEADS, ("王芳", "", "", ""), event=event.pk)

    assert (done(planned), told(planned.warnings), roster(event)) == ({"skipped": 1}, [(2, "姓名")], [])


def test_person_without_a_phone_gets_the_one_that_comes_in():
    organization = make_organization(name="南昌义工联")
    person = make_contact(person=make_person(name="李四"), organization=organization).person
    event = make_event()

    bring_in(AttendanceResource, HEADS, ("李四", "南昌义工联", "13900139000", ""), event=event.pk)

    person.refresh_from_db()
    assert (person.phone, roster(event)) == ("13900139000", [("李四", "13900139000", "南昌义工联", "")])


def test_two_phones_in_a_cell_keep_the_second_in_the_remark():
    event = make_event()

    bring_in(AttendanceResource, HEADS, ("李四", "", "13900139000/13800138000", "组长"), event=event.pk)

    assert roster(event) == [("李四", "13900139000", None, "组长 13800138000")]


def test_written_twice_counts_once():
    event = make_event()
    rows = [
        HEADS,
        ("李四", "南昌义工联", "13900139000", ""),
        ("李四", "南昌义工联", "13900139000", "再写"),
        ("李 四", "南昌义工联", "", ""),
        ("李四", "", "13900139000", ""),
    ]

    planned = bring_in(AttendanceResource, *rows, event=event.pk)

    assert done(planned) == {"new": 1, "skipped": 3}
    assert roster(event) == [("李四", "13900139000", "南昌义工联", "")]


def test_ticks_under_days_say_who_was_there():
    event = make_event(when="2014年4月26-28日")
    rows = [
        ("序号", "姓名", "单位", "4月26日", "4月27日", "签名"),
        (1, "张三", "", "√", "√", ""),
        (2, "李四", "", "√", "×", ""),
        (3, "王芳", "", "", "请假", ""),
    ]

    planned = bring_in(AttendanceResource, *rows, event=event.pk)

    assert done(planned) == {"new": 2, "skipped": 1}
    assert roster(event) == [("张三", "", None, ""), ("李四", "", None, "4月26日")]


def test_event_is_found_by_the_date_and_title_above_the_table():
    event = make_event(when="2014年4月26日", title="志愿者管理层培训第一期")
    make_event(when="2014年4月26日", title="赣州义工联小型会议")
    rows = [("志愿者管理层培训第一期签到表",), ("时间：2014年4月26日",), HEADS, ("张三", "", "13800138000", "")]

    planned = bring_in(AttendanceResource, *rows)

    assert (done(planned), len(roster(event))) == ({"new": 1}, 1)


def test_without_an_event_a_look_is_possible_but_nothing_is_written():
    planned = plan(AttendanceResource, ("2014年4月26日某培训签到表",), HEADS, ("张三", "", "13800138000", ""))

    assert (done(planned), len(planned.blocks)) == ({"new": 1}, 1)


def test_more_names_than_the_headcount_is_a_warning_and_changes_nothing():
    event = make_event(people=HeadCount(1))

    planned = bring_in(AttendanceResource, HEADS, ("张三", "", "", ""), ("李四", "", "", ""), event=event.pk)

    event.refresh_from_db()
    assert (told(planned.warnings), event.headcount) == ([(None, None)], 1)


def test_roster_of_a_sensitive_event_is_refused_and_not_even_kept():
    event = make_event(is_sensitive=True)

    planned = plan(AttendanceResource, HEADS, ("张三", "", "", ""), ("李四", "", "", "请假"), event=event.pk)

    assert (done(planned), planned.keeps_nothing) == ({"skipped": 1, "refused": 1}, True)
    assert told(planned.errors) == [(2, "同意日期")]


def test_event_of_a_sensitive_organisation_is_sensitive_too():
    event = make_event()
    event.parts.create(organization=make_organization(is_sensitive=True))

    assert plan(AttendanceResource, HEADS, ("张三", "", "", ""), event=event.pk).keeps_nothing is True


def test_event_of_standing_by_a_sensitive_organisation_is_sensitive_too():
    event = make_event(engagement=make_engagement(organization=make_organization(is_sensitive=True)))

    assert plan(AttendanceResource, HEADS, ("张三", "", "", ""), event=event.pk).keeps_nothing is True


def test_separate_consent_lets_the_names_of_a_sensitive_event_in():
    event, day = make_event(is_sensitive=True), date(2014, 4, 26)
    heads = (*HEADS, "同意日期")

    by_column = bring_in(AttendanceResource, heads, ("张三", "", "", "", "2014年4月26日"), event=event.pk)
    for_all = bring_in(AttendanceResource, HEADS, ("李四", "", "", ""), event=event.pk, consented_on=day)

    assert (done(by_column), done(for_all)) == ({"new": 1}, {"new": 1})
    assert set(Attendance.objects.values_list("consented_on", flat=True)) == {day}


def test_headcount_only_keeps_how_many_there_were_and_no_name():
    event = make_event(is_sensitive=True)
    rows = [HEADS, ("张三", "", "", ""), ("李四", "", "", ""), ("王芳", "", "", "请假")]

    planned = bring_in(AttendanceResource, *rows, event=event.pk, headcount_only=True)

    event.refresh_from_db()
    assert (done(planned), event.headcount, Person.objects.count()) == ({"skipped": 3}, 2, 0)


def test_unknown_event_refuses_the_whole_table():
    planned = plan(AttendanceResource, HEADS, ("张三", "", "", ""), event=10**9)

    assert told(planned.errors)[0] == (None, None)


def test_list_of_nothing_but_prose_is_no_roster():
    assert read_roster("今天天气很好，我们一起去了公园，大家都很高兴。") is None
    with pytest.raises(ValidationError):
        locate(AttendanceResource(), [])


@pytest.mark.parametrize("number", [1, 300])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, number):
    event = make_event()
    for n in range(min(number, 30)):
        make_person(name=f"旧人{n}", phone=f"1370000{n:04d}")
    known = [(f"旧人{n}", "", f"1370000{n:04d}", "") for n in range(min(number, 30))]
    new = [(f"新人{n}", f"新社{n % 40}甲乙丙丁", f"1380000{n:04d}", "") for n in range(number)]

    with django_assert_num_queries(10):
        planned = plan(AttendanceResource, HEADS, *known, *new, event=event.pk)
    with django_assert_num_queries(18):
        bring_in(AttendanceResource, HEADS, ("某甲乙", "", "13600136000", ""), event=event.pk)

    assert done(planned) == {"new": len(known) + number}
