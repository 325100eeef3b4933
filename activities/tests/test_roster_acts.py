"""What is done with many of a roster at once: all of them or none, asked first where that is needed."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from activities.models import Attendance
from activities.tests.factories import make_attendance, make_event
from activities.tests.rosters import act, english, page, put, states, told
from organizations.models import Person
from organizations.tests.factories import make_organization, make_person, make_territory, region
from yixin.access.models import Revision
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return english(client, make_user("staff"))


def test_role_of_many_is_set_at_once_and_says_whether_they_count(staff):
    event = make_event()
    rows = [make_attendance(event=event, person=make_person(name=name)) for name in ("李文", "王芳", "赵晓明")]

    response = act(staff, event, *rows[:2], act="role-staff", q="李")

    assert response.url == f"{page(event)}?q=%E6%9D%8E"
    assert told(response) == ["Role: staff (not counted): 2 people."]
    assert states(event) == [
        ("李文", "staff", False, ""),
        ("王芳", "staff", False, ""),
        ("赵晓明", "participant", True, ""),
    ]
    assert LogEntry.objects.get().get_change_message() == "Role: staff (not counted): 2 people."


def test_a_speaker_counts_as_before(staff):
    event = make_event()
    rows = [make_attendance(event=event, is_counted=counted) for counted in (True, False)]

    act(staff, event, *rows, act="role-speaker")

    assert [(role, counted) for _, role, counted, _ in states(event)] == [("speaker", True), ("speaker", False)]


def test_count_and_do_not_count(staff):
    event = make_event()
    rows = [make_attendance(event=event, role="guest", is_counted=counted) for counted in (True, False)]

    act(staff, event, *rows, act="count")
    counted = [row.is_counted for row in event.attendances.all()]
    act(staff, event, *rows, act="uncount")

    assert (counted, [row.is_counted for row in event.attendances.all()]) == ([True, True], [False, False])


@pytest.mark.parametrize("number", [1, 400])
def test_any_number_of_ticked_is_one_field_and_few_queries(staff, django_assert_max_num_queries, number):
    event = make_event()
    rows = [Attendance(event=event, person=make_person()) for _ in range(number)]
    Attendance.objects.bulk_create(rows)
    keys = ",".join(str(row.pk) for row in rows)

    with django_assert_max_num_queries(14):
        response = staff.post(page(event, "_act"), {"chosen": keys, "act": "uncount"})

    assert response.status_code == 302
    assert event.attendances.counted().count() == 0


def test_four_hundred_boxes_are_taken_as_they_are_without_any_script(staff):
    event = make_event()
    rows = [Attendance(event=event, person=make_person()) for _ in range(400)]
    Attendance.objects.bulk_create(rows)

    assert told(act(staff, event, *rows, act="uncount")) == ["Do not count them: 400 people."]


@pytest.mark.parametrize("role", ["administrator", "coordinator", "staff", "volunteer"])
def test_taking_off_asks_how_many_and_keeps_the_persons_and_the_headcount(client, role):
    event = make_event(headcount=9, region=region("360700"))
    names = ("李文", "王芳", "赵晓明")
    rows = [make_attendance(event=event, person=make_person(name=name)) for name in names]
    user = make_territory(region=region("360700")).user if role == "volunteer" else make_user(role)
    office = english(client, user)

    asked = act(office, event, *rows[:2], act="remove", q="李")
    left = event.attendances.count()
    sent = dict(asked.context["sent"])
    done = office.post(asked.context["post_to"], sent)

    assert "Take 2 people off the roster?" in asked.content.decode()
    assert (asked.context["names"], left) == (["李文", "王芳"], 3)
    assert sent == {"chosen": f"{rows[0].pk},{rows[1].pk}", "act": "remove", "q": "李", "sure": "1"}
    assert told(done) == ["Take off the roster: 2 people."]
    assert states(event) == [("赵晓明", "participant", True, "")]
    event.refresh_from_db()
    assert (event.headcount, Person.objects.count()) == (9, 3)


def test_nobody_is_taken_off_by_an_address_alone(staff):
    event = make_event()
    row = make_attendance(event=event)

    assert staff.get(page(event, "_act"), {"chosen": row.pk, "act": "remove", "sure": "1"}).status_code == 405
    assert event.attendances.count() == 1


def test_volunteer_takes_nobody_off_in_another_city(client):
    event = make_event(region=region("360100"))
    row = make_attendance(event=event)
    volunteer = english(client, make_territory(region=region("360700")).user)

    assert act(volunteer, event, row, act="remove", sure="1").status_code == 404
    assert event.attendances.count() == 1


def test_organisation_of_many_is_set_by_any_of_its_names(staff):
    event, society = make_event(), make_organization(name="知行青年社")
    society.aliases.create(name="青年社")
    rows = [make_attendance(event=event) for _ in range(2)]

    response = act(staff, event, *rows, act="organization", organization=" 青年社 ")

    assert told(response) == ["Came for the organisation: 2 people."]
    assert {row.organization for row in event.attendances.all()} == {society}


def test_organisation_of_a_near_name_is_asked_about(staff):
    event, society = make_event(), make_organization(name="南昌市知行青年志愿者协会")
    row = make_attendance(event=event)

    asked = act(staff, event, row, act="organization", organization="南昌知行青年志愿者协会")
    question, sent = asked.context["question"], dict(asked.context["sent"])
    done = staff.post(page(event, "_act"), sent | {question.name: str(society.pk)})

    assert [value for value, _ in question.choices] == [str(society.pk), "new"]
    assert told(done) == ["Came for the organisation: 1 person."]
    assert event.attendances.get().organization == society


def test_new_organisation_is_added_and_its_name_says_whether_it_is_sensitive(staff):
    event = make_event()
    row = make_attendance(event=event)

    act(staff, event, row, act="organization", organization="阳光艾滋关爱小组")

    organization = event.attendances.get().organization
    assert (organization.name, organization.is_sensitive) == ("阳光艾滋关爱小组", True)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"act": "uncount"}, "Tick those first whom it is about."),
        ({"chosen": "a", "act": "uncount"}, "Some of those that were ticked are nobody. Tick them again."),
        ({"chosen": "9" * 30, "act": "uncount"}, "Some of those that were ticked are nobody. Tick them again."),
        ({"chosen": "1", "act": ""}, "Choose what is to be done with them."),
        ({"chosen": "1", "act": "organization"}, "Write for which organisation they came."),
        ({"chosen": "1", "act": "organization", "organization": "长" * 101}, "at most 100 characters"),
        ({"chosen": "1", "act": "sing"}, "Select a valid choice. sing is not one of the available choices."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_changes_nothing(staff, sent, sentence):
    event = make_event()
    make_attendance(event=event)
    before = states(event)

    response = staff.post(page(event, "_act"), sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert states(event) == before


def test_ticks_stay_where_nothing_was_chosen(staff):
    event = make_event()
    rows = [make_attendance(event=event) for _ in range(3)]

    text = act(staff, event, *rows[:2], act="").content.decode()

    assert sorted(re.findall(r'value="(\d+)" id="p\d+" checked', text)) == sorted(str(row.pk) for row in rows[:2])


def test_those_of_another_event_are_left_alone(staff):
    event, other = make_event(), make_attendance()

    response = act(staff, event, other, act="uncount")

    assert told(response) == [
        "Do not count them: 0 people.",
        "1 of those that were ticked is no more on the roster.",
    ]
    other.refresh_from_db()
    assert other.is_counted is True


def test_what_somebody_else_wrote_meanwhile_stays(staff):
    event = make_event()
    row = make_attendance(event=event)
    Attendance.objects.filter(pk=row.pk).update(remark="改过", is_counted=False)

    act(staff, event, row, act="role-speaker")

    row.refresh_from_db()
    assert (row.role, row.remark, row.is_counted) == ("speaker", "改过", False)


def test_history_of_each_tells_who_did_what(staff):
    event = make_event()
    rows = [make_attendance(event=event) for _ in range(2)]

    act(staff, event, *rows, act="role-staff")
    act(staff, event, rows[0], act="remove", sure="1")

    kept = Revision.objects.filter(model="activities.attendance").order_by("pk")
    assert [(one.record, one.act, sorted(one.changes)) for one in kept[:2]] == [
        (row.pk, "changed", ["is_counted", "role"]) for row in rows
    ]
    assert [(one.record, one.act, one.made_by) for one in kept[2:]] == [(rows[0].pk, "deleted", staff.user)]


def test_history_of_the_event_tells_who_came_and_went_without_a_name(staff):
    event = make_event()
    put(staff, event, name="李文")
    row = event.attendances.get()
    act(staff, event, row, act="remove", sure="1")

    entries = staff.get(reverse("admin:activities_event_history", args=[event.pk])).context["entries"]
    assert [(entry.who, entry.lines) for entry in entries] == [
        (staff.user.username, [f"Attendance {row.pk}: deleted"]),
        (staff.user.username, [f"Attendance {row.pk}: added"]),
    ]
