"""The first page of the staff's site: what to do next, and what I did last."""

from datetime import date

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from yixin.access.roles import ROLES
from yixin.desk import Asked, Desk, Item, Reader, Tone, is_titled, year_asked_for
from yixin.tests.desks import desk_of, enter
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, make

pytestmark = pytest.mark.django_db
MODELS = {model._meta.model_name: model for model in ADMINS}
SPRING, AUTUMN = date(2015, 3, 31), date(2015, 4, 1)


def log(user, record, flag=CHANGE) -> LogEntry:
    kind = ContentType.objects.get_for_model(record)
    return LogEntry.objects.create(
        user=user, content_type=kind, object_id=record.pk, object_repr=str(record), action_flag=flag
    )


def desk(today: date, year: int, *items: Item) -> Desk:
    return Desk(Asked(request=None, today=today, year=year), items)


def figure(number: int | None) -> Item:
    return Item("Events", "/", Tone.FIGURE, number)


@pytest.mark.parametrize("text", ["", "14", "20145", "２０１４", "1899", "2101", "-201", "2014\x00", "abcd"])
def test_what_is_no_year_is_this_year(text):
    assert year_asked_for(text, AUTUMN) == 2015


def test_year_of_the_address_is_taken():
    assert year_asked_for("2014", AUTUMN) == 2014


@pytest.mark.parametrize(
    ("today", "year", "number", "offered"),
    [
        (SPRING, 2015, 3, ["2014"]),
        (AUTUMN, 2015, 3, []),
        (AUTUMN, 2013, 3, ["2015"]),
        (SPRING, 2013, 3, ["2015", "2014"]),
        (AUTUMN, 2015, 0, ["2012"]),  # nothing yet: the newest year that has anything
    ],
)
def test_other_years_are_offered_in_spring_and_to_come_back(today, year, number, offered):
    newest = Item("2012", "", Tone.YEAR, 2012)

    assert desk(today, year, figure(number), newest).years == offered


def test_late_things_come_first_and_nothing_that_is_done():
    late, task, done = (
        Item("late", "/", Tone.LATE, 1), Item("task", "/", Tone.TASK, 2), Item("done", "/", Tone.TASK, 0)
    )  # fmt: skip

    assert desk(AUTUMN, 2015, task, done, late).tasks == [late, task]


@pytest.mark.parametrize("role", ROLES)
def test_desk_is_for_those_who_enter_the_site(client, role):
    enter(client, make_user(role))

    status = client.get(reverse("admin:index")).status_code

    assert status == {"partner": 302, "volunteer": 403}.get(role, 200)  # a volunteer without a city


def test_desk_offers_only_what_one_may_do(client, rf):
    request = rf.get("/")
    request.user = make_user("partner", is_staff=True)
    reader = Reader(request)

    found = desk_of(enter(client, request.user))

    assert (found.starts, found.figures, found.tasks, found.pages) == ([], [], [], [])
    assert not any(reader.may("view", model) for model in ADMINS)


def test_empty_desk_says_the_first_step(client):
    page = enter(client, make_superuser()).get(reverse("admin:index"), {"year": "1990"}).content.decode()

    assert "Nothing is on record for 1990 yet. Add its first event above, or paste last year's table." in page


def test_what_I_did_last_once_each_without_what_I_deleted_or_others_did(client):
    me, other = make_superuser(), make_user("staff")
    kept, gone, theirs = (make(MODELS["event"]) for _ in range(3))
    for record, flag in [(kept, ADDITION), (gone, ADDITION), (kept, CHANGE), (gone, DELETION)]:
        log(me, record, flag)
    log(other, theirs)

    found = desk_of(enter(client, me)).last

    assert [(done.title, done.address, done.entry.is_change()) for done in found] == [
        (str(kept), reverse("admin:activities_event_change", args=[kept.pk]), True)
    ]


def test_last_ones_are_eight(client):
    me = make_superuser()
    events = [make(MODELS["event"]) for _ in range(9)]
    for event in events:
        log(me, event)

    found = desk_of(enter(client, me)).last

    assert [done.title for done in found] == [str(event) for event in reversed(events[1:])]


def test_people_are_not_named_among_the_last(client):
    me, person = make_superuser(), make(MODELS["person"], name="王知行")
    log(me, person)

    response = enter(client, me).get(reverse("admin:index"))

    assert [(done.kind, done.title) for done in response.context["desk"].last] == [("Person", "")]
    assert "王知行" not in response.content.decode()


def test_what_one_may_no_longer_see_is_not_among_the_last(client):
    me = make_user("partner", is_staff=True)
    log(me, make(MODELS["grant"]))

    assert desk_of(enter(client, me)).last == []


def test_only_what_is_called_by_a_public_title_is_titled():
    titled = {name for name, model in MODELS.items() if is_titled(model)}

    assert titled == {
        "annualreport", "course", "event", "fieldofwork", "networkgroup", "organization", "publication", "region",
        "survey", "workarea",
    }  # fmt: skip


def test_tables_stay_below(client):
    page = enter(client, make_superuser()).get(reverse("admin:index")).content.decode()

    assert all(reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist") in page for model in ADMINS)
