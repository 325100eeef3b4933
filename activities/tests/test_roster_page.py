"""The roster of one event on a page of its own: what it shows, how it counts, and who sees it."""

import re

import pytest

from activities.models import Attendance
from activities.rosters.page import Roster, people_of
from activities.tests.factories import make_attendance, make_event, make_event_organization
from activities.tests.rosters import act, allowed, english, page
from organizations.tests.factories import make_organization, make_person
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return english(client, make_user("staff"))


def shown(response) -> list[str]:
    return [row.name for row in response.context["roster"].rows if row.is_shown]


# Looking


def test_people_stand_by_pinyin_with_all_that_the_roster_says(staff):
    event, society = make_event(), make_organization(name="知行青年社")
    make_attendance(event=event, person=make_person(name="赵晓明"), organization=society, remark="迟到")
    make_attendance(event=event, person=make_person(name="陈建国"), role="staff", is_counted=False)
    make_attendance(person=make_person(name="别处的人"))

    text = staff.get(page(event)).content.decode()

    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr data-find.*?</tr>", text, re.S)]
    assert rows == [
        ["陈建国", "staff", "not", "counted", "Edit"],
        ["赵晓明", "知行青年社", "participant", "counted", "迟到", "Edit"],
    ]


def test_two_of_one_name_are_told_apart_by_their_organisation(staff):
    event = make_event()
    make_attendance(event=event, person=make_person(name="李文"), organization=make_organization(name="知行青年社"))
    make_attendance(event=event, person=make_person(name="李文"))
    make_attendance(event=event, person=make_person(name="王芳"), organization=make_organization(name="行知社"))

    assert sorted(shown(staff.get(page(event)))) == ["李文（came for nobody）", "李文（知行青年社）", "王芳"]


@pytest.mark.parametrize(
    ("headcount", "counted", "uncounted", "expected"),
    [
        (35, 31, 2, (31, 2, 4, 0)),
        (31, 31, 0, (31, 0, 0, 0)),
        (30, 31, 0, (31, 0, -1, 1)),
        (None, 3, 0, (3, 0, None, 0)),
    ],
)
def test_head_tells_declared_named_and_unnamed(headcount, counted, uncounted, expected):
    event = make_event(headcount=headcount)
    for number in range(counted + uncounted):
        make_attendance(event=event, is_counted=number < counted)

    roster = Roster(event, people_of(event))

    assert (roster.counted, roster.uncounted, roster.unnamed, roster.surplus) == expected


def test_no_phone_is_on_the_page(staff):
    event = make_event()
    make_attendance(event=event, person=make_person(name="李文", phone="13812345678"))

    text = staff.get(page(event)).content.decode()

    assert ("李文" in text, "13812345678" in text, "138****" in text) == (True, False, False)


@pytest.mark.parametrize("words", ["青年", "qingnian", "lw", "李 青年", "迟到", "ZHIXING"])
def test_search_finds_by_name_organisation_and_remark_without_any_script(staff, words):
    event, society = make_event(), make_organization(name="知行青年社")
    make_attendance(event=event, person=make_person(name="李文"), organization=society, remark="迟到")
    make_attendance(event=event, person=make_person(name="王芳"))

    response = staff.get(page(event), {"q": words})

    assert shown(response) == ["李文"]
    assert len(re.findall(r"<tr data-find[^>]* hidden", response.content.decode())) == 1


@pytest.mark.parametrize("words", ["\x00", "'\"<", "长" * 5000])
def test_search_takes_any_words(staff, words):
    event = make_event()
    make_attendance(event=event)

    assert staff.get(page(event), {"q": words}).status_code == 200


@pytest.mark.parametrize("number", [1, 400])
def test_page_of_any_size_takes_seven_queries(staff, django_assert_num_queries, number):
    event = make_event()
    people = [make_person(name=f"李知行{n}", phone="") for n in range(number)]
    bodies = [make_organization() for _ in range(min(number, 30))]
    rows = [Attendance(event=event, person=one, organization=bodies[n % len(bodies)]) for n, one in enumerate(people)]
    Attendance.objects.bulk_create(rows)

    with django_assert_num_queries(7):
        response = staff.get(page(event))

    assert len(response.context["roster"].rows) == number


def test_event_tells_its_sensitivity_by_its_organisations_too(staff):
    event = make_event_organization(organization=make_organization(is_sensitive=True)).event

    assert "only the head-count is kept" in staff.get(page(event)).content.decode()


# Who may


def test_only_who_may_see_attendances_sees_the_page(client):
    event = make_event()
    client.force_login(make_user("partner"))
    partner = client.get(page(event))
    client.force_login(make_user(is_staff=True))

    assert (partner.status_code, client.get(page(event)).status_code) == (302, 403)
    client.logout()
    assert client.get(page(event)).status_code == 302


@pytest.mark.parametrize("pk", ["0", "99999999999999999999"])
def test_event_that_is_not_there_is_not_found(staff, pk):
    assert staff.get(f"/admin/activities/event/{pk}/roster/").status_code == 404


def test_only_who_may_delete_takes_somebody_off(client):
    event = make_event()
    row = make_attendance(event=event)
    client = allowed(client, "view_event", "view_attendance", "change_attendance")

    assert act(client, event, row, act="remove", sure="1").status_code == 403
    assert "Take off the roster" not in client.get(page(event)).content.decode()
    assert event.attendances.count() == 1


def test_who_only_looks_can_do_nothing(client):
    event = make_event()
    row = make_attendance(event=event)
    client = allowed(client, "view_event", "view_attendance")

    assert 'name="chosen"' not in client.get(page(event)).content.decode()
    assert act(client, event, row, act="uncount").status_code == 403
    assert client.post(page(event, "_add"), {"name": "李文", "role": "staff"}).status_code == 403
    assert client.get(page(event, "_names"), {"q": "李"}).status_code == 403


def test_names_of_a_sensitive_event_are_for_those_who_may_see_personal_data_in_full(client):
    event = make_event(is_sensitive=True, headcount=7)
    row = make_attendance(event=event, person=make_person(name="李文"))
    needed = ["view_event", "view_attendance", "change_attendance"]

    masked = allowed(client, *needed)
    text = masked.get(page(event)).content.decode()
    refused = act(masked, event, row, act="uncount").status_code
    in_full = allowed(client, *needed, "see_personal").get(page(event)).content.decode()

    assert ("李文" in text, "The names are shown only to those" in text, refused) == (False, True, 403)
    assert ("李文" in in_full, "For 1 of them no day of consent is on record." in in_full) == (True, True)
