"""One more person on a roster, in one line: on record or new, and asked about where a name may mean several."""

import pytest

from activities.models import Attendance
from activities.tests.factories import make_attendance, make_event
from activities.tests.rosters import allowed, english, page, put, states, told
from organizations.models import Organization, Person
from organizations.tests.factories import make_contact, make_organization, make_person
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return english(client, make_user("staff"))


def test_new_person_of_a_new_organisation_is_there_after_one_line(staff):
    event = make_event()

    response = put(staff, event, name=" 李文 ", organization="知行青年社")

    made = event.attendances.get()
    assert response.url == f"{page(event)}?added={made.pk}"
    assert told(response) == ["“李文（知行青年社）” is on the roster."]
    assert states(event) == [("李文", "participant", True, "知行青年社")]
    assert "autofocus" in staff.get(response.url).content.decode()  # the next one can be typed at once


@pytest.mark.parametrize(
    ("role", "counts"), [("participant", True), ("speaker", True), ("guest", False), ("staff", False)]
)
def test_role_says_whether_one_counts(staff, role, counts):
    event = make_event()

    put(staff, event, name="李文", role=role)

    assert states(event) == [("李文", role, counts, "")]


def test_same_name_and_organisation_is_the_person_on_record(staff):
    event = make_event()
    known = make_contact(person=make_person(name="李文"), organization=make_organization(name="知行青年社"))

    put(staff, event, name="李文", organization="知行青年社")

    assert event.attendances.get().person == known.person
    assert (Person.objects.count(), Organization.objects.count()) == (1, 1)


def test_name_alone_is_asked_about_and_the_phone_stays_hidden(staff):
    event = make_event()
    known = make_contact(person=make_person(name="李文", phone="13812345678"))

    asked = put(staff, event, name="李文")
    question, sent = asked.context["question"], dict(asked.context["sent"])
    nobody = event.attendances.count()
    put(staff, event, **sent, person=str(known.person.pk))

    assert [value for value, _ in question.choices] == [str(known.person.pk), "new"]
    assert ("13812345678" in asked.content.decode(), nobody) == (False, 0)
    assert event.attendances.get().person == known.person


def test_part_of_the_phone_tells_namesakes_apart_to_those_alone_who_may_see_personal_data(client):
    event, known = make_event(), make_person(name="李文", phone="13812345678")
    needed = ["view_event", "view_attendance", "add_attendance", "view_person"]

    told = [
        put(allowed(client, *needed, *more), event, name="李文").context["question"].choices[0]
        for more in ([], ["see_personal"])
    ]

    key = str(known.pk)
    assert told == [(key, "The same person: 李文"), (key, "The same person: 李文，138****5678")]


def test_somebody_else_of_that_name_is_new(staff):
    event = make_event()
    make_person(name="李文")

    put(staff, event, name="李文", person="new")

    assert Person.objects.filter(name="李文").count() == 2


@pytest.mark.parametrize("answer", ["", "999", "abc", "9" * 21])
def test_what_is_no_answer_is_asked_again(staff, answer):
    event = make_event()
    make_person(name="李文")

    assert put(staff, event, name="李文", person=answer).context["question"].name == "person"
    assert event.attendances.count() == 0


def test_person_who_was_asked_about_can_be_of_an_organisation_that_is_asked_about(staff):
    event, society = make_event(), make_organization(name="南昌市知行青年志愿者协会")
    person = make_person(name="李文")

    first = put(staff, event, name="李文", organization="南昌知行青年志愿者协会")
    sent = dict(first.context["sent"]) | {first.context["question"].name: str(society.pk)}
    second = put(staff, event, **sent)
    put(staff, event, **dict(second.context["sent"]) | {second.context["question"].name: str(person.pk)})

    assert [(row.person, row.organization) for row in event.attendances.all()] == [(person, society)]


def test_who_stands_there_already_is_told_so(staff):
    event, society = make_event(), make_organization(name="知行青年社")
    make_attendance(event=event, person=make_person(name="李文"), organization=society)

    response = put(staff, event, name="李文", organization="知行青年社")

    assert response.status_code == 422
    assert "“李文（知行青年社）” stands on this roster already." in response.content.decode()
    assert event.attendances.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "李文、王芳"}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"name": "李文", "organization": "长" * 101}, "organization"),
        ({"name": "李文", "role": "king"}, "role"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(staff, sent, field):
    event = make_event()

    response = put(staff, event, **sent)

    assert (response.status_code, list(response.context["add_form"].errors)) == (422, [field])
    assert response.context["add_form"]["name"].value() == sent["name"]
    assert Person.objects.count() == 0


def test_name_for_a_sensitive_event_needs_the_day_of_consent(staff):
    event = make_event(is_sensitive=True)

    refused = put(staff, event, name="李文")
    to_come = put(staff, event, name="李文", consented_on="2999-01-01")
    put(staff, event, name="李文", consented_on="2014-01-08")

    assert (refused.status_code, to_come.status_code) == (422, 422)
    assert "Write the day on which this person separately agreed" in refused.content.decode()
    assert [str(row.consented_on) for row in event.attendances.all()] == ["2014-01-08"]


def test_event_that_is_not_sensitive_asks_for_no_day(staff):
    assert 'type="date"' not in staff.get(page(make_event())).content.decode()


def test_who_may_add_no_persons_is_told_so_and_adds_nobody(client):
    event, staff = make_event(), allowed(client, "view_event", "view_attendance", "add_attendance", "view_person")

    response = put(staff, event, name="李文")

    assert response.status_code == 422
    assert "“李文” is no person on record, and you may not add any." in response.content.decode()
    assert (Person.objects.count(), Attendance.objects.count()) == (0, 0)


# Suggestions


def names(client, event, **asked) -> list[tuple]:
    found = client.get(page(event, "_names"), asked).json()["names"]
    return [(one["name"], one["organization"]) for one in found]


@pytest.mark.parametrize("typed", ["李", "liwen", "lw", " 李文"])
def test_persons_are_offered_with_their_organisation(staff, typed):
    event = make_event()
    make_contact(person=make_person(name="李文"), organization=make_organization(name="知行青年社"))
    make_person(name="李文", is_active=False)
    make_person(name="王芳")

    assert names(staff, event, kind="person", q=typed) == [("李文", "知行青年社")]


@pytest.mark.parametrize("typed", ["", "13812345678", "138", "\x00", "'%_"])
def test_nobody_is_found_by_a_phone_or_by_nothing(staff, typed):
    make_person(name="李文", phone="13812345678")

    assert names(staff, make_event(), kind="person", q=typed) == []


def test_organisations_are_offered_and_an_unknown_kind_is_persons(staff):
    event = make_event()
    make_organization(name="李文青年社")
    make_person(name="李文")

    assert names(staff, event, kind="organization", q="李文") == [("李文青年社", "")]
    assert names(staff, event, kind="x", q="李文") == [("李文", "")]


def test_who_may_not_see_persons_is_offered_none(client):
    event = make_event()
    make_person(name="李文")
    client = allowed(client, "view_event", "view_attendance", "add_attendance")

    assert names(client, event, kind="person", q="李") == []
