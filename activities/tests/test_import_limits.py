"""What a long list may cost, and what a user may change beside the rows."""

import pytest
from django.contrib.auth.models import Permission

from activities.models import Event
from activities.resources import AttendanceResource
from activities.tests.factories import make_attendance, make_event
from grants.resources import PaymentResource
from grants.tests.factories import make_grant
from organizations.models import Person
from organizations.tests.factories import make_contact, make_organization, make_person
from yixin.intake.permissions import refuse_forbidden
from yixin.intake.plan import Plan
from yixin.intake.tests.tables import done, plan, told
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

HEADS = ("姓名", "单位", "电话")


def test_no_more_than_ten_namesakes_are_offered():
    for number in range(30):
        make_person(name="张三", phone=f"1380000{number:04d}")
    event = make_event()

    planned = plan(AttendanceResource, HEADS, ("张三", "", ""), asks=True, event=event.pk)

    assert [len(question.choices) for question in planned.questions] == [12]


def test_who_stands_on_the_roster_is_found_among_many_namesakes():
    event = make_event()
    for number in range(30):
        make_person(name="张三", phone=f"1380000{number:04d}")
    make_attendance(event=event, person=make_person(name="张三"))

    assert done(plan(AttendanceResource, HEADS, ("张三", "", ""), event=event.pk)) == {"same": 1}


def test_sentence_names_a_few_projects_of_many():
    organization = make_organization(name="曙光急救")
    for number in range(30):
        make_grant(organization=organization, project=f"项目{number}")

    (error,) = plan(PaymentResource, ("日期", "组织", "项目", "金额"), ("2014-03-01", "曙光急救", "无此项", 1)).errors

    assert error.message == "“曙光急救”没有这个项目的资助，只有：项目0、项目1、项目2、项目3、项目4……。"


def test_a_thousand_dates_above_a_roster_are_no_reason_to_fall():
    dates = " ".join(f"2014-{n % 12 + 1}-{n % 28 + 1}" for n in range(1_000))

    planned = plan(AttendanceResource, ("志愿者培训 " + dates,), HEADS, ("张三", "", "13800138000"))

    assert (done(planned), len(planned.blocks)) == ({"new": 1}, 1)


def allowed(*codenames: str):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=("import_tables", *codenames)))
    return user


def judged(planned: Plan, user) -> list:
    refuse_forbidden(planned, user)
    return told(planned.errors)


def test_phone_of_a_person_on_record_is_not_filled_in_without_the_permission():
    organization = make_organization(name="南昌义工联")
    make_contact(person=make_person(name="李四"), organization=organization)
    event = make_event()
    row = ("李四", "南昌义工联", "13900139000")

    with_it, without = (
        judged(plan(AttendanceResource, HEADS, row, event=event.pk), allowed("add_attendance", *more))
        for more in (["change_person"], [])
    )

    assert (with_it, without) == ([], [(None, None)])


def test_headcount_of_an_event_is_not_set_without_the_permission():
    event = make_event()
    row = ("李四", "", "")

    with_it, without = (
        judged(plan(AttendanceResource, HEADS, row, event=event.pk, headcount_only=True), allowed(*codenames))
        for codenames in (["change_event"], ["add_attendance"])
    )

    assert (with_it, without) == ([], [(None, None)])


def test_row_of_another_event_than_the_chosen_one_is_refused():
    event = make_event(when="2014年1月9日", title="湘东志愿者培训")
    heads = (*HEADS, "活动时间", "活动内容")
    rows = [
        ("张三", "", "13800138000", "2014-01-09", "湘东志愿者培训"),
        ("李四", "", "13900139000", "2014-01-10", "湘东志愿者培训"),
    ]

    planned = plan(AttendanceResource, heads, *rows, event=event.pk)

    assert (done(planned), told(planned.errors)) == ({"new": 1, "refused": 1}, [(3, "活动内容")])
    assert (Event.objects.count(), Person.objects.count()) == (1, 0)
