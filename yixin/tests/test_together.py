"""Two people at one record: what each of them reads, and what is stored; rows, and what was deleted meanwhile."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from yixin.staleness import LENGTH
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import address, as_it_stands, make, seen_by
from yixin.together import BOTH, GONE

Event, Grant, Payment, Organization, Alias, Visit = (
    apps.get_model(label)
    for label in (
        "activities.Event",
        "grants.Grant",
        "grants.Payment",
        "organizations.Organization",
        "organizations.Alias",
        "activities.Visit",
    )
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(record) -> str:
    return address(type(record), "change", record.pk)


def opened(office, record) -> dict:
    return as_it_stands(office.get(page_of(record)))


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def grant_with(*amounts: int) -> tuple:
    grant = make(Grant)
    return grant, [make(Payment, grant=grant, amount=amount, kind="instalment") for amount in amounts]


def test_what_both_changed_comes_back_with_both_and_what_one_changed_is_kept(office):
    event = make(Event, title="知行合一", remark="旧", headcount=40)
    mine = opened(office, event)
    Event.objects.filter(pk=event.pk).update(title="知行社沙龙", headcount=60)

    refused = office.post(page_of(event), mine | {"title": "知行合一沙龙", "remark": "新"})

    event.refresh_from_db()
    assert (event.title, event.remark, event.headcount) == ("知行社沙龙", "旧", 60)
    form = refused.context["adminform"].form
    assert form.errors == {"title": ["Stored now: 知行社沙龙"]}
    assert (form["title"].value(), form["remark"].value(), form["people"].value()) == ("知行合一沙龙", "新", "60")
    assert told(refused) == ["Somebody else changed meanwhile, and it was kept: People.", str(BOTH)]
    assert seen_by(refused) != {"_seen": mine["_seen"]}

    office.post(page_of(event), as_it_stands(refused))

    event.refresh_from_db()
    assert (event.title, event.remark, event.headcount) == ("知行合一沙龙", "新", 60)


def test_what_only_somebody_else_changed_is_kept_and_named(office):
    event = make(Event, title="知行合一", remark="旧", when="2014年1月4日", report_year=2014)
    area, other = make(apps.get_model("activities.WorkArea")), make(Event, when="2014年3月8日")
    mine = opened(office, event)
    event.when, event.status = other.when, "cancelled"
    event.save()
    event.also_listed_in.add(area)

    page = office.post(page_of(event), mine | {"remark": "新"}, follow=True)

    event.refresh_from_db()
    assert (event.when, event.status, event.remark) == (other.when, "cancelled", "新")
    assert list(event.also_listed_in.all()) == [area]
    kept = "Somebody else changed meanwhile, and it was kept: Time、Also listed in、Status."
    assert kept in told(page)


@pytest.mark.parametrize("broken", [None, "", "{", "[]", "[" * 5000, '{"record":{"title":"000000000000"}}'])
def test_page_that_does_not_say_what_it_showed_overwrites_nothing_unasked(office, broken):
    event = make(Event, title="知行合一", remark="旧")
    mine = opened(office, event) | {"title": "知行社", "_seen": broken or ""}
    if broken is None:
        del mine["_seen"]

    refused = office.post(page_of(event), mine)

    event.refresh_from_db()
    assert (refused.status_code, event.title) == (200, "知行合一")
    assert refused.context["adminform"].form.errors == {"title": ["Stored now: 知行合一"]}
    assert office.post(page_of(event), as_it_stands(refused)).status_code == 302
    event.refresh_from_db()
    assert event.title == "知行社"


def test_marks_of_another_record_or_another_key_are_not_known(office):
    event, other = make(Event, title="知行合一"), make(Event, title="知行合一")
    mine = opened(office, event) | seen_by(office.get(page_of(other)))

    assert office.post(page_of(event), mine | {"title": "知行社"}).status_code == 200
    assert office.post(page_of(event), mine).status_code == 302


def test_record_that_was_deleted_comes_back_as_a_new_one_with_all_that_was_written(office):
    grant, _payments = grant_with(100, 200)
    mine = opened(office, grant) | {"payments-0-amount": "150", "project": "知行计划"}
    Payment.objects.all().delete()
    grant.delete()

    page = office.post(page_of(grant), mine)

    assert page.status_code == 200
    assert page.context["adminform"].form.errors == {"__all__": [str(GONE)]}
    assert f'action="{address(Grant, "add")}"' in page.content.decode()
    assert Grant.objects.count() == 0
    saved = office.post(address(Grant, "add"), as_it_stands(page))
    assert saved.status_code == 302
    assert Grant.objects.get().project == "知行计划"
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [150, 200]


def test_record_that_was_deleted_is_no_page_for_who_may_not_add(client):
    user = make_user(is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["view_event", "change_event"]))
    client.force_login(user)
    event = make(Event)
    mine = opened(client, event)
    event.delete()

    assert client.post(page_of(event), mine).status_code == 302


def test_answers_of_a_visit_are_met_as_columns_are(office):
    visit = make(Visit)
    asked = [make(apps.get_model("activities.Question"), survey=visit.survey, kind="text") for _ in range(2)]
    mine = opened(office, visit)
    answers = apps.get_model("activities.Answer").objects
    for question in asked:
        answers.create(visit=visit, question=question, value="有")
    late = make(apps.get_model("activities.Question"), survey=visit.survey, kind="text")
    answers.create(visit=visit, question=late, value="后来问的")

    refused = office.post(page_of(visit), mine | {f"answer_{asked[0].pk}": "无"})

    assert refused.context["adminform"].form.errors == {f"answer_{asked[0].pk}": ["Stored now: 有"]}
    assert office.post(page_of(visit), as_it_stands(refused)).status_code == 302
    assert list(answers.order_by("question").values_list("value", flat=True)) == ["无", "有", "后来问的"]


def test_what_somebody_else_changed_asks_for_no_reason_of_mine(office):
    edition = make(apps.get_model("reports.Edition"))
    grant, (first,) = grant_with(100)
    Grant.objects.filter(pk=grant.pk).update(report_year=edition.report.year)
    mine = opened(office, grant)
    Payment.objects.filter(pk=first.pk).update(amount=111)

    assert office.post(page_of(grant), mine).status_code == 302
    assert float(Payment.objects.get().amount) == 111


def test_personal_value_is_not_in_the_page_but_in_its_field(office):
    person = make(apps.get_model("organizations.Person"), name="甲", phone="13800138000")

    seen = office.get(page_of(person)).context["seen"]["value"]

    assert len(json.loads(seen)["record"]["phone"]) == LENGTH
    assert "13800138000" not in seen


@pytest.mark.django_db(transaction=True)
def test_two_that_save_at_the_same_moment_are_told_apart(office):
    event = make(Event, title="知行合一", remark="旧")
    key = office.cookies["sessionid"].value
    start = Barrier(2)
    forms = [opened(office, event) | {"title": f"知行{number}"} for number in range(2)]

    def post(form) -> int:
        client = Client()
        client.cookies["sessionid"] = key
        start.wait(timeout=20)
        try:
            return client.post(page_of(event), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(post, forms))

    assert answers == [200, 302]
    assert Event.objects.get().title in {"知行0", "知行1"}


def test_sentences_are_escaped(office):
    event = make(Event, title="知行合一")
    mine = opened(office, event)
    Event.objects.filter(pk=event.pk).update(title="<b>知行</b>")

    page = office.post(page_of(event), mine | {"title": "别的"}).content.decode()

    assert escape("<b>知行</b>") in page
    assert "<b>知行</b>" not in page


def test_dates_and_amounts_in_another_spelling_are_the_same(office):
    payment = make(Payment, amount=7000, paid_on=date(2014, 1, 4))
    mine = opened(office, payment)
    Payment.objects.filter(pk=payment.pk).update(remark="别人的", amount=7100)

    assert office.post(page_of(payment), mine | {"amount": "7,000"}).status_code == 302

    payment.refresh_from_db()
    assert (float(payment.amount), payment.remark) == (7100, "别人的")
    assert timezone.localdate() >= payment.paid_on
