"""A regional volunteer at a roster: new organisations lie where the event does; of those elsewhere nothing is told."""

import pytest
from django.urls import reverse

from activities.tests.factories import make_attendance, make_event
from activities.tests.rosters import act, english, page, put, states
from organizations.models import Organization
from organizations.tests.factories import make_alias, make_organization, make_territory, region
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
NAME = "绿园环保社"


@pytest.fixture
def volunteer(client):
    return english(client, make_territory(region=region("360700")).user)


@pytest.fixture
def event():
    return make_event(region=region("360721"))


def asked(response) -> tuple[str, list[tuple]]:
    question = response.context["question"]
    return question.text, list(question.choices)


def body(event) -> Organization | None:
    return event.attendances.get().organization


def test_new_organisation_lies_where_the_event_does_and_is_theirs(volunteer, event):
    put(volunteer, event, name="李文", organization=NAME)

    made = body(event)
    assert (made.name, made.region) == (NAME, event.region)
    assert volunteer.get(reverse("admin:organizations_organization_change", args=[made.pk])).status_code == 200


def test_so_does_one_that_many_came_for(volunteer, event):
    row = make_attendance(event=event)

    act(volunteer, event, row, act="organization", organization=NAME)

    assert (body(event).name, body(event).region) == (NAME, event.region)


def test_people_come_to_an_event_of_the_staff_from_anywhere(client, event):
    put(english(client, make_user("staff")), event, name="李文", organization=NAME)

    assert body(event).region is None


@pytest.mark.parametrize("place", ["360100", None])
def test_namesake_elsewhere_is_asked_about_by_no_more_than_the_name(volunteer, event, place):
    known = make_organization(name="南昌远处公益社", region=place and region(place))
    make_alias(organization=known, name=NAME)

    response = put(volunteer, event, name="李文", organization=NAME)

    assert asked(response) == (
        f"“{NAME}” is on record, but not in your city. Is it that one?",
        [(str(known.pk), "It is the one on record"), ("new", f"Another organisation: add “{NAME}”")],
    )
    assert [word for word in ("远处", "南昌市") if word in response.content.decode()] == []
    assert event.attendances.count() == 0


@pytest.mark.parametrize(("answer", "codes"), [("known", ["360100"]), ("new", ["360100", "360721"])])
def test_answer_ties_to_the_namesake_or_adds_one_here(volunteer, event, answer, codes):
    known = make_organization(name=NAME, region=region("360100"))

    sent = dict(put(volunteer, event, name="李文", organization=NAME).context["sent"])
    put(volunteer, event, **sent, body=str(known.pk) if answer == "known" else "new")

    assert (body(event) == known, body(event).name) == (answer == "known", NAME)
    assert sorted(Organization.objects.values_list("region__code", flat=True)) == codes


def test_among_several_elsewhere_they_cannot_choose(volunteer, event):
    known = [make_organization(name=NAME, region=region(code)) for code in ("360100", "360400")]

    response = put(volunteer, event, name="李文", organization=NAME)
    again = put(volunteer, event, name="李文", organization=NAME, body=str(known[0].pk))

    assert asked(response) == asked(again)
    assert asked(response) == (
        f"Several organisations called “{NAME}” are on record, none in your city. If it is one of them, leave the"
        " organisation out and tell your coordinator.",
        [("new", f"Another organisation: add “{NAME}”")],
    )
    assert event.attendances.count() == 0


def test_the_one_in_their_city_is_meant_before_all_elsewhere(volunteer, event):
    make_organization(name=NAME, region=region("360100"))
    own = make_organization(name=NAME, region=region("360781"))

    put(volunteer, event, name="李文", organization=NAME)

    assert body(event) == own


def test_near_names_in_their_city_stand_beside_the_one_elsewhere(volunteer, event):
    make_organization(name="赣州市知行青年志愿者协会", region=region("360700"))
    make_organization(name="赣州知行青年志愿者协会", region=region("360100"))

    _text, choices = asked(put(volunteer, event, name="李文", organization="赣州知行青年志愿者协会"))

    assert [label for _key, label in choices] == [
        "It is “赣州市知行青年志愿者协会（赣州市）”",
        "It is the one on record",
        "Another organisation: add “赣州知行青年志愿者协会”",
    ]


def test_page_shows_the_name_of_the_one_elsewhere_and_no_way_to_it(volunteer, event):
    known = make_organization(name=NAME, region=region("360100"))
    make_attendance(event=event, organization=known)

    assert NAME in volunteer.get(page(event)).content.decode()
    assert volunteer.get(reverse("admin:organizations_organization_change", args=[known.pk])).status_code == 404
    assert [row[3] for row in states(event)] == [NAME]
