"""An event that looks like one on record: a question with links, never a refusal, asked once."""

import pytest
from django.urls import reverse

from activities.models import Event
from activities.tests.factories import area, make_event
from yixin.access.models import SavedForm
from yixin.once import KEY
from yixin.tests.factories import make_user
from yixin.tests.registry import as_it_stands

pytestmark = pytest.mark.django_db

ADD = reverse("admin:activities_event_add")
SALON = {"when": "2014年1月9日", "title": "南昌公益组织沙龙", "headcount": 32}


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def typed(**changes) -> dict:
    fields = {
        "when": "2014年1月10日",
        "title": "南昌市公益组织沙龙",
        "people": "32",
        "area": area().pk,
        "status": "held",
    }
    return {"parts-TOTAL_FORMS": "0", "parts-INITIAL_FORMS": "0"} | fields | changes


def asked(response) -> list[Event]:
    """The events that the page asks about."""
    return list(response.context["near"]) if response.context and "near" in response.context else []


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"when": "2014年1月6日"},
        {"when": "2014年1月12日"},
        {"people": ""},
        {"area": "exchange"},
        {"when": "2014年1月8-11日"},
    ],
)
def test_a_near_event_is_asked_about_with_what_was_typed_kept(staff, changes):
    known = make_event(**SALON)
    changes = changes | ({"area": area(changes["area"]).pk} if "area" in changes else {})

    response = staff.post(ADD, typed(**changes))

    assert (response.status_code, asked(response), Event.objects.count()) == (200, [known], 1)
    form = response.context["adminform"].form
    assert (form["title"].value(), form["when"].value()) == ("南昌市公益组织沙龙", changes.get("when", "2014年1月10日"))
    assert response.context["errors"] == []
    page = response.content.decode()
    link = reverse("admin:activities_event_change", args=[known.pk])
    assert [page.count(f'href="{link}"'), page.count("None of them: save all the same")] == [1, 1]


def test_one_whose_people_are_unknown_is_near(staff):
    known = make_event(**SALON | {"headcount": None})

    assert asked(staff.post(ADD, typed())) == [known]


@pytest.mark.parametrize(
    "changes", [{"when": "2014年1月13日"}, {"when": "2014年1月5日"}, {"people": "33"}, {"title": "萍乡志愿者培训"}]
)
def test_another_event_is_not_asked_about(staff, changes):
    make_event(**SALON)

    assert staff.post(ADD, typed(**changes)).status_code == 302
    assert Event.objects.count() == 2


@pytest.mark.parametrize("button", ["_save", "_addanother", "_continue"])
def test_saved_all_the_same_it_is_stored_by_the_button_that_was_pressed(staff, button):
    make_event(**SALON)
    question = staff.post(ADD, typed(**{button: "1"}))

    response = staff.post(ADD + question.context["confirm"], typed(**{question.context["button"]: "1"}))

    assert (response.status_code, question.context["button"], Event.objects.count()) == (302, button, 2)


def test_others_that_came_up_since_are_asked_about(staff):
    known = make_event(**SALON)
    question = staff.post(ADD, typed())
    other = make_event(**SALON | {"when": "2014年1月11日"})

    response = staff.post(ADD + question.context["confirm"], typed())

    assert asked(response) == [known, other]
    assert staff.post(ADD + response.context["confirm"], typed()).status_code == 302


def test_the_question_keeps_what_stands_in_the_address(staff):
    known = make_event(**SALON)

    response = staff.post(f"{ADD}?like={known.pk}", typed())

    assert response.context["confirm"] == f"?like={known.pk}&others={known.pk}"


@pytest.mark.parametrize("others", ["abc", "\x00", "", "9" * 400])
def test_what_is_no_key_confirms_nothing(staff, others):
    known = make_event(**SALON)

    assert asked(staff.post(f"{ADD}?{'others=' + others}", typed())) == [known]


def test_what_must_be_corrected_comes_first(staff):
    make_event(**SALON)

    response = staff.post(ADD, typed(people="很多人"))

    assert (asked(response), list(response.context["adminform"].form.errors)) == ([], ["people"])


def test_a_form_that_was_asked_about_is_stored_once_when_it_is_sent_twice(staff):
    make_event(**SALON)
    values = typed(**{KEY: str(staff.get(ADD).context["once"]["key"])})
    confirmed = ADD + staff.post(ADD, values).context["confirm"]

    staff.post(confirmed, values)
    staff.post(confirmed, values)

    assert (Event.objects.count(), SavedForm.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("changes", "is_asked"),
    [({"remark": "改过"}, False), ({"people": "33"}, False), ({"title": "南昌的公益组织沙龙"}, True)],
)
def test_a_change_is_asked_about_only_where_date_or_title_moves(staff, changes, is_asked):
    known, event = make_event(**SALON | {"headcount": None}), make_event(**SALON | {"title": "南昌市公益组织沙龙"})
    address = reverse("admin:activities_event_change", args=[event.pk])

    response = staff.post(address, as_it_stands(staff.get(address)) | changes)

    assert asked(response) == ([known] if is_asked else [])


def test_the_question_costs_one_query_whatever_there_is(staff, django_assert_num_queries):
    from activities.nearness import events_like

    for number in range(30):
        make_event(**SALON | {"title": f"南昌公益组织沙龙{number}"})
    event = Event(**{"when": make_event(**SALON).when, "title": SALON["title"], "area": area()})

    with django_assert_num_queries(1):
        found = events_like(event, Event.objects.all())
        told = [(str(item), str(item.area), item.region) for item in found]

    assert len(told) == 5


def test_who_may_not_see_events_is_told_of_none(client):
    from django.contrib.auth.models import Permission

    make_event(**SALON)
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_event"))
    client.force_login(user)

    assert client.post(ADD, typed()).status_code == 302
    assert Event.objects.count() == 2
