"""The story of an organisation that we stand by: all of it for the staff, nothing of it for others."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import Engagement, Talk
from activities.tests.factories import (
    make_engagement,
    make_event,
    make_event_organization,
    make_survey,
    make_talk,
    make_visit,
)
from grants.tests.factories import make_funding, make_grant, make_payment
from organizations.models import Territory
from organizations.tests.factories import make_organization, region
from yixin.access.models import Revision
from yixin.fuzzydate import parse
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:activities_engagement_changelist")


@pytest.fixture
def staff(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def engagement():
    organization = make_organization(name="湖口江豚协会", region=region("360429"))
    return make_engagement(organization=organization, opened_on=date(2014, 1, 2))


def page_of(engagement: Engagement, name: str = "story") -> str:
    return reverse(f"admin:activities_engagement_{name}", args=[engagement.pk])


def told(staff, engagement: Engagement, **query) -> list[tuple]:
    entries = staff.get(page_of(engagement), query).context["entries"]
    return [(entry.kind.value, entry.day, entry.title, entry.notes) for entry in entries]


def whole_story(engagement: Engagement, number: int = 1) -> None:
    organization = engagement.organization
    for each in range(number):
        make_talk(engagement=engagement, held_on=date(2014, 3, 5), summary="谈了章程", partners="王理事", kind="call")
        make_event(engagement=engagement, when="2014年4月1日", title="章程工作坊", status="planned")
        joined = make_event(when="2014年5月1日", title="协作培训", is_sensitive=True)
        for role in ("host", "guest"):
            make_event_organization(event=joined, organization=organization, role=role)
        make_event_organization(event=joined)
        make_visit(survey=make_survey(), organization=organization, when=parse("2014年6月1日"), outcome="见到理事")
        joint = make_funding(purpose=f"护豚{each}", period=parse("2014年7月1日"), amount=None, status="applied")
        joint.partners.add(organization)
        grant = make_grant(organization=organization, project="护豚", decided_on=date(2014, 8, 1))
        make_payment(grant=grant, paid_on=date(2014, 9, 1), amount=Decimal("3000.50"))
        make_payment(grant=grant, paid_on=date(2014, 10, 1), amount=Decimal(100), kind="refund")


def test_story_tells_every_kind_the_newest_first(staff, engagement):
    whole_story(engagement)
    make_talk(summary="别家的")
    make_event(title="别家的")
    make_grant()

    kinds = [(kind, day) for kind, day, _title, _notes in told(staff, engagement)]

    assert kinds == [
        ("grant", date(2014, 8, 1)),
        ("joint", date(2014, 7, 1)),
        ("visit", date(2014, 6, 1)),
        ("event", date(2014, 5, 1)),
        ("event", date(2014, 4, 1)),
        ("talk", date(2014, 3, 5)),
    ]
    grant, joint, visit, joined, own, talk = told(staff, engagement)
    notes = ("awarded · 7,000 yuan", "1 Sept. 2014 instalment 3,000.50 yuan", "1 Oct. 2014 refund 100 yuan")
    assert grant[2:] == ("护豚", notes)
    assert (joint[3], visit[3]) == (("applied for", "amount unknown"), ("done", "见到理事"))
    assert (joined[2:], own[2:]) == (("协作培训", ("host、guest",)), ("章程工作坊", ("planned",)))
    assert talk[2:] == ("谈了章程", ("with 王理事",))


def test_every_entry_leads_to_its_record(staff, engagement):
    whole_story(engagement)

    entries = staff.get(page_of(engagement)).context["entries"]

    assert [staff.get(entry.address).status_code for entry in entries] == [200] * 6


def test_story_is_narrowed_to_one_kind(staff, engagement):
    whole_story(engagement)

    assert [entry[0] for entry in told(staff, engagement, kind="event")] == ["event", "event"]
    assert len(told(staff, engagement, kind="知行")) == 6


def test_what_has_no_day_stands_in_its_year_or_last(staff, engagement):
    make_grant(organization=engagement.organization, report_year=2014, awarded_amount=None, project="护豚")
    make_funding().partners.add(engagement.organization)

    grant, joint = told(staff, engagement)

    assert (grant[1:], joint[1]) == ((date(2014, 12, 31), "护豚", ("awarded · amount unknown",)), None)


def test_page_costs_at_most_12_queries_the_same_for_1_and_100_entries(staff, engagement):
    costs = []
    for number in (1, 16):
        whole_story(engagement, number)
        staff.get(page_of(engagement))
        with CaptureQueriesContext(connection) as queries:
            staff.get(page_of(engagement))
        costs.append(len(queries))

    assert len(told(staff, engagement)) == 17 * 6
    assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize(
    ("ahead", "closed", "says"), [(-1, None, "overdue"), (0, None, "due today"), (1, None, ""), (-1, -1, "")]
)
def test_next_step_says_whether_it_is_late(staff, ahead, closed, says):
    today = timezone.localdate()
    columns = {"closed_on": today + timedelta(days=closed)} if closed else {}
    engagement = make_engagement(next_step="回电话", next_due=today + timedelta(days=ahead), **columns)

    assert staff.get(page_of(engagement)).context["late"] == says
    assert ((says or "overdue") in staff.get(LIST).content.decode()) == bool(says)


def test_list_is_narrowed_to_open_closed_and_due(staff):
    today = timezone.localdate()
    late = make_engagement(next_step="回电话", next_due=today - timedelta(days=1))
    closed = make_engagement(closed_on=today, next_due=today)
    calm = make_engagement(next_due=today + timedelta(days=1))

    def listed(**query) -> set:
        return set(staff.get(LIST, query).context["cl"].queryset)

    assert (listed(open="yes"), listed(open="no"), listed(waiting="due")) == ({late, calm}, {closed}, {late})


# A talk


def sent(page, **changes) -> dict:
    form = page.context["form"]
    shown = {name: form[name].value() or "" for name in form.fields if name != "_reason"}
    was = {f"initial-{name}": shown[name] for name in ("next_step", "next_due") if name in form.fields}
    once = page.context["once"]
    return shown | was | {once["name"]: str(once["key"]), "summary": "谈了章程"} | changes


def test_talk_is_written_with_what_comes_next(staff, engagement):
    page = staff.get(page_of(engagement))

    response = staff.post(page_of(engagement, "talk"), sent(page, next_step="寄范本", next_due="2026-12-01"))

    engagement.refresh_from_db()
    assert response["Location"] == page_of(engagement)
    assert Talk.objects.values_list("held_on", "kind", "summary").get() == (timezone.localdate(), "talk", "谈了章程")
    assert (engagement.next_step, engagement.next_due) == ("寄范本", date(2026, 12, 1))


def test_talk_and_next_step_stand_in_the_history(staff, engagement):
    page = staff.get(page_of(engagement))
    staff.post(page_of(engagement, "talk"), sent(page, next_step="寄范本"))

    kept = Revision.objects.get(model="activities.engagement", record=engagement.pk)

    assert kept.changes == {
        "next_step": [engagement.next_step, "寄范本"],
        f"activities.talk:{Talk.objects.latest('pk').pk}": ["", "added"],
    }


def test_talk_sent_twice_is_stored_once(staff, engagement):
    form = sent(staff.get(page_of(engagement)))

    staff.post(page_of(engagement, "talk"), form)
    page = staff.post(page_of(engagement, "talk"), form, follow=True)

    assert [str(one) for one in page.context["messages"]][-1] == (
        "The talk was saved already. It was not saved a second time."
    )
    assert Talk.objects.count() == 1


def test_what_somebody_else_set_as_next_step_meanwhile_stays(staff, engagement):
    form = sent(staff.get(page_of(engagement)))
    Engagement.objects.filter(pk=engagement.pk).update(next_step="别人写的")

    staff.post(page_of(engagement, "talk"), form)

    engagement.refresh_from_db()
    assert (engagement.next_step, Talk.objects.count()) == ("别人写的", 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"summary": " "}, "summary"), ({"held_on": "2014-02-30"}, "held_on"), ({"kind": "x"}, "kind")],
)
def test_talk_that_cannot_be_read_is_told_and_nothing_is_lost(staff, engagement, changes, field):
    page = staff.get(page_of(engagement))

    response = staff.post(page_of(engagement, "talk"), sent(page, next_step="寄范本") | changes)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["next_step"].value() == "寄范本"
    assert Talk.objects.count() == 0


def test_talk_is_not_added_by_opening_its_address(staff, engagement):
    assert staff.get(page_of(engagement, "talk")).status_code == 405


# Whose eyes


@pytest.mark.parametrize(("role", "status"), [(None, 302), ("partner", 302), ("", 403)])
def test_story_is_for_those_who_see_engagements(client, engagement, role, status):
    if role is not None:
        client.force_login(make_user(role) if role else make_user(is_staff=True))

    assert client.get(page_of(engagement)).status_code == status
    assert client.post(page_of(engagement, "talk"), {"summary": "谈"}).status_code == status
    assert Talk.objects.count() == 0


def test_volunteer_sees_the_story_of_the_own_city_without_money_and_without_names(client, engagement):
    volunteer = make_user("volunteer")
    Territory.objects.create(user=volunteer, region=region("360400"))
    client.force_login(volunteer)
    whole_story(engagement)
    far = make_engagement(organization=make_organization(region=region("360100")))

    entries = client.get(page_of(engagement)).context["entries"]

    assert [entry.kind.value for entry in entries] == ["visit", "talk"]  # the events lie in no city
    assert entries[-1].notes == ()
    assert client.get(page_of(far)).status_code == 404


def test_first_steps_are_said_where_there_is_nothing(staff):
    page = staff.get(page_of(make_engagement(need="", goal=""))).content.decode()

    assert "The first step: what does it need, and what is to be reached?" in page
    assert "Nothing is on record yet. The first step: “Add a talk”" in page


# In the browser


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)])
def test_talk_is_added_in_two_taps_and_the_page_fits(page_at, login, live_server, size):
    engagement = make_engagement(next_step="回电话", next_due=date(2014, 3, 6))
    whole_story(engagement)
    page = page_at(*size)
    login(page, make_user("staff"))
    page.goto(page_of(engagement))

    page.locator(".talk > summary").click()
    found = page_at.findings(page)
    page.locator("#id_summary").fill("谈了预算")
    page.locator(".talk button").click()

    expect(page.get_by_text("谈了预算")).to_be_visible()
    page.emulate_media(media="print")
    hidden = [page.locator(name).is_visible() for name in (".kinds", "#header", "#talk", ".breadcrumbs", ".printed")]
    assert (found, hidden) == ((), [False, False, False, False, True])
