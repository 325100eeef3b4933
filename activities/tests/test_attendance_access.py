"""The list of attendances tells no more of sensitive events than their rosters do, nor takes more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Attendance
from activities.rosters.adding import NO_CONSENT
from activities.tests.factories import make_attendance, make_event, make_event_organization
from activities.tests.rosters import allowed, english, put
from organizations.tests.factories import (
    make_contact,
    make_organization,
    make_person,
    make_territory,
    region,
)
from yixin.tests.factories import make_user
from yixin.tests.registry import address, as_it_stands

pytestmark = pytest.mark.django_db
LIST, ADD = address(Attendance, "changelist"), address(Attendance, "add")
EVERYTHING = [
    f"{action}_{model}" for action in ("view", "add", "change", "delete") for model in ("event", "attendance")
]
EVERYTHING += ["export_tables", "export_personal"]
CITY = "360721"


def sensitive(**changes):
    return make_event(is_sensitive=True, region=region(CITY), **changes)


def of_a_sensitive_organisation():
    event = make_event(region=region(CITY))
    make_event_organization(event=event, organization=make_organization(is_sensitive=True))
    return event


@pytest.fixture(params=["volunteer", "staff"])
def masked(client, request):
    """Somebody who may not see personal data in full."""
    if request.param == "volunteer":
        return english(client, make_territory(region=region("360700")).user)
    return allowed(client, *EVERYTHING)


def names(client, address: str) -> list[str]:
    found = client.get(address).content.decode()
    return [name for name in ("李文", "王武") if name in found]


def rows(event) -> list[Attendance]:
    open_event = make_event(region=region(CITY))
    people = (event, make_person(name="李文")), (open_event, make_person(name="王武"))
    return [make_attendance(event=one, person=person) for one, person in people]


@pytest.mark.parametrize("make", [sensitive, of_a_sensitive_organisation])
def test_names_of_sensitive_events_stand_on_no_list(masked, make):
    secret, _shown = rows(make())

    assert names(masked, LIST) == ["王武"]
    assert names(masked, f"{LIST}?event__id__exact={secret.event.pk}") == []
    assert masked.get(f"{LIST}?q=李文").context["cl"].result_count == 0
    assert masked.get(f"{LIST}?q=王武").context["cl"].result_count == 1


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_the_record_is_as_if_it_were_not_there(masked, page):
    secret, shown = rows(sensitive())

    response = masked.get(address(Attendance, page, secret.pk), follow=True)

    assert "李文" not in response.content.decode()
    assert response.status_code == 404 or response.redirect_chain[0][0] == reverse("admin:index")
    assert masked.get(address(Attendance, page, shown.pk)).status_code == 200


def test_nothing_of_it_is_deleted(masked):
    secret, shown = rows(sensitive())

    masked.post(address(Attendance, "delete", secret.pk), {"post": "yes"})
    ticked = {"action": "delete_selected", "_selected_action": [secret.pk, shown.pk], "post": "yes"}
    masked.post(LIST, ticked)

    assert list(Attendance.objects.all()) == [secret]


def test_no_file_tells_them(client):
    rows(sensitive())

    file = allowed(client, *EVERYTHING).post(address(Attendance, "export"), {"format": "csv"})

    text = file.content.decode()
    assert ("李文" in text, "王武" in text) == (False, True)


def test_who_may_see_personal_data_in_full_sees_them(client):
    secret, _shown = rows(sensitive())

    staff = english(client, make_user("staff"))

    assert names(staff, LIST) == ["李文", "王武"]
    assert staff.get(address(Attendance, "change", secret.pk)).status_code == 200


# Putting somebody there


def sent(event, **more) -> dict:
    return {"event": event.pk, "person": make_person().pk, "role": "participant"} | more


def errors(response) -> dict:
    return dict(response.context["adminform"].form.errors)


@pytest.mark.parametrize("make", [sensitive, of_a_sensitive_organisation])
def test_nobody_comes_to_stand_there_without_consent(client, make):
    staff, event = english(client, make_user("staff")), make()
    later = timezone.localdate() + timedelta(days=1)

    refused = staff.post(ADD, sent(event))
    to_come = staff.post(ADD, sent(event, consented_on=later.isoformat()))
    nobody = event.attendances.count()
    staff.post(ADD, sent(event, consented_on="2014-01-09"))

    assert errors(refused) == {"consented_on": [NO_CONSENT]}
    assert errors(to_come) == {"consented_on": ["This day is still to come; nobody can have agreed on it."]}
    assert (nobody, event.attendances.count()) == (0, 1)


def test_an_event_that_may_be_named_asks_for_no_consent(client):
    event = make_event()

    english(client, make_user("staff")).post(ADD, sent(event))

    assert event.attendances.count() == 1


def change(client, row, **changes):
    page = address(Attendance, "change", row.pk)
    return client.post(page, as_it_stands(client.get(page)) | changes)


def test_who_stands_elsewhere_is_not_moved_there_nor_is_a_consent_taken_away(client):
    staff, event = english(client, make_user("staff")), sensitive()
    agreed = make_attendance(event=event, consented_on="2014-01-09")

    moved = change(staff, make_attendance(), event=event.pk)
    emptied = change(staff, agreed, consented_on="")

    assert (errors(moved), errors(emptied)) == ({"consented_on": [NO_CONSENT]}, {"consented_on": [NO_CONSENT]})


def test_a_row_from_before_can_still_be_put_right(client):
    row = make_attendance(event=sensitive())

    response = change(english(client, make_user("staff")), row, role="speaker")

    row.refresh_from_db()
    assert (response.status_code, row.role) == (302, "speaker")


def test_who_may_not_be_told_puts_nobody_there_and_does_not_learn_who_is(masked):
    secret, shown = rows(sensitive())
    twice = sent(secret.event, person=secret.person.pk, consented_on="2014-01-09")

    added = masked.post(ADD, twice)
    moved = change(masked, shown, event=secret.event.pk, person=secret.person.pk, consented_on="2014-01-09")

    sentence = "This event is sensitive: only those who may see personal data in full put names on its roster."
    assert (errors(added), errors(moved)) == ({"event": [sentence]}, {"event": [sentence]})
    assert Attendance.objects.count() == 2


# What a question tells of somebody


def test_a_question_tells_nothing_sensitive_of_a_namesake(masked):
    event, known = make_event(region=region(CITY)), make_person(name="李文")
    make_contact(person=known, organization=make_organization(name="不说的社", is_sensitive=True, region=region(CITY)))
    make_contact(person=known, organization=make_organization(name="知行社", region=region(CITY)))
    make_attendance(person=known, event=sensitive(title="不说的会"))
    make_attendance(person=known, event=sensitive(), organization=make_organization(name="来过的社"))

    if not masked.user.has_perm("organizations.view_person"):
        masked = allowed(masked, *EVERYTHING, "view_person")
    key, told = put(masked, event, name="李文").context["question"].choices[0]

    assert (key, told) == (str(known.pk), "The same person: 李文，知行社")
