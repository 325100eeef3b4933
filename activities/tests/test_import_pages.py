"""A roster on its way in: from the event's page, with questions, and never kept where nobody agreed to be named."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from activities.models import Attendance, Event
from activities.tests.factories import make_attendance, make_event
from organizations.models import Person
from organizations.tests.factories import make_organization, make_person
from yixin.intake.models import Intake
from yixin.intake.tests.bringing import bring, confirm, intake, page, seen, send
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

LIST = "姓名\t电话\n李文\t\n王芳\t\n赵晓明\t13900000001"


@pytest.fixture
def office(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.user = make_user("staff")
    client.force_login(client.user)
    return client


@pytest.fixture
def namesakes():
    """Two of one name on record, and one of another."""
    society = make_organization(name="知行青年社")
    people = [make_person(name="李文", phone="13800000001"), make_person(name="李文", phone="13800000002")]
    people.append(make_person(name="王芳"))
    for person in people:
        make_attendance(person=person, organization=society)
    return people


def named(event: Event) -> list[Person]:
    return [attendance.person for attendance in event.attendances.select_related("person").order_by("person__pk")]


def test_event_leads_to_the_paste_box_that_knows_it(office):
    event = make_event(when="2014年4月6日", title="萍乡培训", headcount=8)
    make_attendance(event=event)

    form = office.get(reverse("admin:activities_event_change", args=[event.pk])).content.decode()
    address = re.search(r'<a href="([^"]*)">Paste a roster</a>', form)[1]
    start = office.get(address)

    assert address == f"/admin/import/attendance/?event={event.pk}"
    assert start.context["about"] == ["2014年4月6日 萍乡培训. Head-count: 8; 1 person is named already."]
    assert start.context["form"]["event"].value() == str(event.pk)


def test_event_of_who_may_not_import_has_no_link_to_the_paste_box(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "view_attendance"]))
    client.force_login(user)

    form = client.get(reverse("admin:activities_event_change", args=[make_event().pk])).content.decode()

    assert re.findall("/admin/import/[^\"']*", form) == []
    assert len(re.findall("/roster/", form)) == 1


def test_names_that_say_not_who_it_is_wait_for_a_decision(office, namesakes):
    key = bring(office, LIST, "attendance", event=make_event().pk)

    preview = office.get(page("preview", key)).context["preview"]

    assert preview.counts == {"new": 1, "changed": 0, "same": 0, "skipped": 0, "refused": 0, "waiting": 2}
    assert [asked.question.key for asked in preview.questions] == ["person:2", "person:3"]
    assert [asked.answer for asked in preview.questions] == [None, None]
    assert [finding.message for finding in preview.warnings.shown if finding.row in (2, 3)] == []


def test_decisions_are_carried_out_and_nothing_else(office, namesakes):
    event = make_event()
    key = bring(office, LIST, "attendance", event=event.pk)

    answers = {"answer:person:2": str(namesakes[1].pk), "answer:person:3": "skip"}
    response = confirm(office, key, **answers)

    assert response.url == page("result", key)
    assert named(event) == [namesakes[1], Person.objects.get(name="赵晓明")]
    assert (intake(key).outcome["new"], intake(key).outcome["skipped"]) == (2, 1)


def test_open_question_is_asked_again_with_the_other_answer_kept(office, namesakes):
    event = make_event()
    key = bring(office, LIST, "attendance", event=event.pk)

    response = confirm(office, key, **{"answer:person:3": "new"})

    preview = response.context["preview"]
    assert response.context["errors"] == ["Please decide all questions first."]
    assert [asked.answer for asked in preview.questions] == [None, "new"]
    assert (preview.counts["new"], preview.counts["waiting"], named(event)) == (2, 1, [])
    sent = {"seen": preview.seen, "answer:person:2": "new", "answer:person:3": "new"}
    assert office.post(page("confirm", key), sent).url == page("result", key)


@pytest.mark.parametrize("answer", ["999999999", "delete", "", "\x00"])
def test_answer_that_was_not_offered_is_none(office, namesakes, answer):
    event = make_event()
    key = bring(office, LIST, "attendance", event=event.pk)

    response = confirm(office, key, **{"answer:person:2": answer, "answer:person:3": answer})

    assert response.context["errors"] == ["Please decide all questions first."]
    assert named(event) == []


def test_question_that_came_up_since_the_preview_is_asked(office):
    event = make_event()
    key = bring(office, LIST, "attendance", event=event.pk)
    mark = seen(office, key)
    make_attendance(person=make_person(name="李文"))

    response = office.post(page("confirm", key), {"seen": mark})

    assert response.context["errors"] == ["Please decide all questions first."]
    assert [asked.question.key for asked in response.context["preview"].questions] == ["person:2"]
    assert named(event) == []


def test_questions_beyond_a_page_are_left_out_and_that_is_said(office):
    people = [f"{family}{given}" for family in "赵钱孙李周吴郑王冯陈" for given in GIVEN]
    for name in people:
        make_person(name=name)
    event = make_event()
    key = bring(office, "姓名\n" + "\n".join(people), "attendance", event=event.pk)

    preview = office.get(page("preview", key)).context["preview"]
    answers = {asked.name: "new" for asked in preview.questions}
    confirm(office, key, **answers)

    assert (len(preview.questions), preview.questions_left_out) == (300, 10)
    assert (len(named(event)), intake(key).outcome["skipped"]) == (300, 10)


GIVEN = [f"{first}{second}" for first in "晓建国丽华志" for second in "明强芳英军"] + ["安平"]


def test_roster_whose_event_nobody_named_is_asked_for_it(office):
    event = make_event()
    key = bring(office, LIST, "attendance")

    preview = office.get(page("preview", key)).context["preview"]
    refused = confirm(office, key)
    office.post(page("options", key), {"event": event.pk})
    confirm(office, key)

    assert len(preview.obstacles) == 1
    assert refused.context["preview"].obstacles == preview.obstacles
    assert len(named(event)) == 3


def test_names_of_a_sensitive_event_are_not_even_kept_for_a_preview(office):
    event = make_event(is_sensitive=True)

    response = send(office, LIST, "attendance", event=event.pk)

    errors = response.context["form"].non_field_errors()
    assert [len(errors), Intake.objects.count(), named(event)] == [1, 0, []]
    assert response.context["form"].may_not_be_kept() is True


def test_names_of_a_sensitive_event_come_in_with_the_day_of_consent(office):
    event = make_event(is_sensitive=True)

    key = bring(office, LIST, "attendance", event=event.pk, consented_on="2014-04-06")
    confirm(office, key)

    days = Attendance.objects.filter(event=event).values_list("consented_on", flat=True)
    assert [day.isoformat() for day in days] == ["2014-04-06"] * 3


def test_rows_that_wait_are_gone_once_they_are_turned_to_a_sensitive_event(office):
    event, other = make_event(is_sensitive=True), make_event()
    key = bring(office, LIST, "attendance", event=other.pk)

    response = office.post(page("options", key), {"event": event.pk})

    assert response.url == page("start", "attendance")
    assert (intake(key).status, intake(key).content) == ("cancelled", None)


def test_names_that_are_not_wanted_are_not_kept_for_a_preview_either(office):
    event = make_event(is_sensitive=True)

    key = bring(office, LIST, "attendance", event=event.pk, headcount_only="on")
    kept = intake(key).content
    shown = office.get(page("preview", key)).content.decode()
    confirm(office, key)

    event.refresh_from_db()
    assert re.findall(r'<button class="default button" type="submit">(.*?)</button>', shown) == ["Confirm"]
    assert f"“{event}”: its head-count becomes 3." in shown
    assert [cells for number, cells, merged in kept["lines"]] == [["第1位"], ["第2位"], ["第3位"]]
    assert (event.headcount, named(event), Person.objects.count()) == (3, [], 0)


def test_not_even_a_roster_of_nothing_but_names_keeps_them(office):
    event = make_event()

    key = bring(office, "姓名\n李文\n王芳、赵晓明", "attendance", event=event.pk, headcount_only="on")

    kept = intake(key).content
    assert [cells for number, cells, merged in kept["lines"]] == [["第1位"]]
    assert [(finding["row"], finding["column"]) for finding in kept["findings"]] == [(3, "姓名")]


def test_roster_of_too_many_rows_is_refused_whatever_is_wanted_of_it(office):
    table = "\n".join(["姓名", *(f"王{chr(0x4E00 + n)}" for n in range(5_001))])

    response = send(office, table, "attendance", event=make_event().pk, headcount_only="on")

    assert (len(response.context["form"].non_field_errors()), Intake.objects.count()) == (1, 0)


def test_names_that_were_not_kept_cannot_be_asked_for_afterwards(office):
    event = make_event()
    key = bring(office, LIST, "attendance", event=event.pk, headcount_only="on")

    office.post(page("options", key), {"event": event.pk})

    assert (intake(key).status, intake(key).content) == ("cancelled", None)


def test_names_of_who_did_not_come_to_a_sensitive_event_are_not_kept(office):
    event = make_event(is_sensitive=True)

    response = send(office, "姓名\t电话\t备注\n王芳\t13800138000\t请假", "attendance", event=event.pk)

    assert (len(response.context["form"].non_field_errors()), Intake.objects.count()) == (1, 0)


def test_confirm_of_another_events_preview_writes_nothing(office):
    event, other = make_event(), make_event()
    key = bring(office, LIST, "attendance", event=event.pk)
    mark = office.get(page("preview", key)).context["preview"].seen
    office.post(page("options", key), {"event": other.pk})

    office.post(page("confirm", key), {"seen": mark})

    assert (named(event), named(other)) == ([], [])


def test_records_of_the_import_are_the_roster_of_its_event(office):
    event = make_event()
    key = bring(office, LIST, "attendance", event=event.pk)
    confirm(office, key)

    address = office.get(page("result", key)).context["records_address"]

    assert address == f"/admin/activities/event/{event.pk}/roster/"
    assert len(office.get(address).context["roster"].rows) == 3


@pytest.mark.parametrize(("number", "cost"), [(1, 18), (2, 19), (30, 19)])
def test_roster_costs_the_same_for_2_and_30_names(office, number, cost, django_assert_num_queries):
    """The first name waits for a decision; where nothing would be written, nobody asks which years are published."""
    people = [f"{family}{given}" for family in "赵钱孙李周吴" for given in ("晓明", "建国", "丽华", "志强", "小芳")]
    make_attendance(person=make_person(name="赵晓明"))
    event = make_event()
    table = "\n".join(["姓名\t电话", *(f"{name}\t139{n:08}" for n, name in enumerate(people[:number]))])
    key = bring(office, table, "attendance", event=event.pk)

    with django_assert_num_queries(cost):
        mark = office.get(page("preview", key)).context["preview"].seen
    ContentType.objects.clear_cache()
    with django_assert_num_queries(29):
        office.post(page("confirm", key), {"seen": mark, "answer:person:2": "new"})

    assert len(named(event)) == number
