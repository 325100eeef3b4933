"""What the form of an event offers: titles, last places and areas, days; and what comes after it was saved."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from activities.models import Event
from activities.tests.factories import area, make_event, make_event_organization, make_work_area
from activities.tests.test_event_form import change, four
from organizations.tests.factories import region
from yixin.fuzzydate import FuzzyDate
from yixin.tests.factories import make_user
from yixin.tests.registry import as_it_stands

pytestmark = pytest.mark.django_db

ADD, TITLES = reverse("admin:activities_event_add"), reverse("admin:activities_event_titles")
ROSTER, PHOTOS, AGAIN = "Paste a roster", "Add photos", "Same again on another day"


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def offered(page) -> dict[str, str]:
    return {offer["label"]: offer["address"] for offer in page.context["offers"]}


def expected(event: Event) -> dict[str, str]:
    return {
        ROSTER: f"/admin/import/attendance/?event={event.pk}",
        PHOTOS: f"/admin/activities/photo/add/?event={event.pk}",
        AGAIN: f"{ADD}?like={event.pk}",
    }


def test_after_saving_roster_photos_and_the_same_again_are_one_tap_away(staff):
    page = staff.post(ADD, four(), follow=True)

    event, text = Event.objects.get(), [str(message) for message in page.context["messages"]][-1]
    for label, address in expected(event).items():
        assert f'<a class="button" href="{address}">{label}</a>' in text
        assert staff.get(address).status_code == 200


def test_they_are_on_the_form_of_the_event_too_for_those_who_may(staff):
    event = make_event()

    assert offered(staff.get(change(event))) == expected(event)
    reader = make_user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_event"))
    staff.force_login(reader)
    assert offered(staff.get(change(event))) == {}


def test_a_photo_starts_with_its_event(staff):
    event = make_event()

    page = staff.get(expected(event)[PHOTOS])

    assert page.context["adminform"].form["event"].value() == str(event.pk)


def test_the_same_again_fills_in_all_but_time_and_people(staff):
    event = make_event(title="读书会", headcount=30, region=region("360100"), our_role="host", is_sensitive=True)
    event.also_listed_in.add(area("exchange"))
    parts = [make_event_organization(event=event, role=role) for role in ("host", "participant")]

    values = as_it_stands(staff.get(expected(event)[AGAIN]))
    response = staff.post(expected(event)[AGAIN], values | {"when": "2014年5月9日", "people": "12"})

    assert (values.get("when"), values.get("people")) == ("", "")
    assert response.status_code == 302
    new = Event.objects.exclude(pk=event.pk).get()
    assert (new.title, new.region, new.our_role, new.is_sensitive) == ("读书会", region("360100"), "host", True)
    assert (new.when_text, new.headcount, new.report_year, new.area) == ("2014年5月9日", 12, 2014, event.area)
    assert list(new.also_listed_in.all()) == [area("exchange")]
    assert list(new.parts.values_list("organization", "role")) == [(p.organization_id, p.role) for p in parts]


@pytest.mark.parametrize("key", ["abc", "\x00", "0", "9" * 30, "-1"])
def test_the_same_as_what_is_not_there_is_an_empty_form(staff, key):
    page = staff.get(ADD, {"like": key})

    assert (page.status_code, page.context["adminform"].form["title"].value()) == (200, None)


def test_titles_are_offered_by_the_latest_at_most_ten(staff):
    for day in range(1, 29):
        make_event(when=f"2014年3月{day}日", title=f"沙龙{day % 14}")
    make_event(when="2014年3月30日", title="志愿者培训")

    titles = staff.get(TITLES, {"q": "沙龙"}).json()["titles"]

    assert titles == [f"沙龙{day % 14}" for day in range(28, 18, -1)]
    assert staff.get(TITLES).json()["titles"][:2] == ["志愿者培训", "沙龙0"]
    assert staff.get(TITLES, {"q": "%"}).json() == {"titles": []}


@pytest.mark.parametrize("text", ["\x00", "长" * 5000, "'", "\\"])
def test_titles_like_nonsense_are_none(staff, text):
    make_event()

    answer = staff.get(TITLES, {"q": text})

    assert (answer.status_code, len(answer.json()["titles"])) == (200, 1 if text == "\x00" else 0)


@pytest.mark.parametrize(("role", "status"), [(None, 302), ("partner", 302), ("no permission", 403)])
def test_titles_are_for_those_who_may_see_events(client, role, status):
    if role:
        client.force_login(make_user(is_staff=True) if role == "no permission" else make_user(role))

    assert client.get(TITLES).status_code == status


def test_titles_are_only_read(staff):
    assert staff.post(TITLES).status_code == 405


def test_the_area_and_the_places_that_one_used_last_come_first(staff):
    for number, (code, place) in enumerate(
        [("360100", "exchange"), ("360300", "training"), ("360100", "accompaniment"), (None, "exchange")]
    ):
        city = region(code).pk if code else ""
        staff.post(
            ADD, four(title=f"{number}甲乙丙丁", when=f"2014年{number + 1}月9日", region=city, area=area(place).pk)
        )
    make_event(area=area("training"), region=region("360400"))  # somebody else's

    page = staff.get(ADD)

    areas = list(page.context["adminform"].form.fields["area"].queryset)
    assert [item.code for item in areas][:2] == ["exchange", "accompaniment"]
    assert [place.code for place in page.context["places"]] == ["360100", "360300"]
    staff.force_login(make_user("staff"))
    assert staff.get(ADD).context["places"] == []


def test_an_area_that_is_no_longer_in_use_stays_where_it_was_chosen(staff):
    old = make_work_area(is_active=False)
    event = make_event(area=old)

    def areas(address: str) -> list:
        return list(staff.get(address).context["adminform"].form.fields["area"].queryset)

    assert (old in areas(ADD), old in areas(change(event))) == (False, True)


def test_days_are_offered_as_they_are_written(staff):
    days = staff.get(ADD).context["days"]

    assert [str(label) for label, _ in days] == ["Today", "Yesterday", "The day before"]
    assert days[0][1] == FuzzyDate.on(timezone.localdate())


def test_a_day_as_it_is_said_is_stored_as_the_day_it_means(staff):
    today = timezone.localdate()

    staff.post(ADD, four(when="今天"))

    assert Event.objects.values_list("when_text", "when_earliest", "report_year").get() == (
        f"{today.year}年{today.month}月{today.day}日",
        today,
        today.year,
    )


def test_a_date_that_names_no_year_stays_in_the_year_that_it_was_brought_in_with(staff):
    when = FuzzyDate("4月26－28号", date(2012, 4, 26), date(2012, 4, 28), "day-range")
    event = make_event(when=when, report_year=2012)

    response = staff.post(change(event), as_it_stands(staff.get(change(event))) | {"remark": "改过"})

    event.refresh_from_db()
    assert (response.status_code, event.when, event.report_year, event.remark) == (302, when, 2012, "改过")
