"""What a change to a published year is called: by rows inside a form too, and without a private or sensitive word."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Event
from activities.tests import factories as a
from grants.tests.factories import make_funding, make_grant, make_payment
from organizations.tests.factories import make_organization, make_person
from reports.locking import amendments
from reports.models import Amendment
from reports.tests.factories import make_amendment, make_edition, make_report
from reports.tests.published import SENTENCE, change, form_of, publish, save, told
from yixin import locks
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import address, as_it_stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.user = make_superuser()
    client.force_login(client.user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


# Rows inside the form


def test_row_changed_inside_a_form_is_a_change_to_the_record(office):
    publish(2014)
    payment = make_payment(grant=make_grant(organization=make_organization(name="知行社"), project="助学"))

    refused = save(office, payment.grant, **{"payments-0-amount": "2500"})
    stored = save(office, payment.grant, **{"payments-0-amount": "2500", "_reason": "银行回单是2500元"})

    assert (list(form_of(refused).errors), stored.status_code) == (["_reason"], 302)
    assert told() == [(2014, f"grants.grant:{payment.grant_id}", "知行社 · 助学", "银行回单是2500元")]


def test_row_added_or_taken_out_inside_a_form_is_a_change_to_the_record(office):
    publish(2014)
    part = a.make_event_organization()
    added = {"parts-1-organization": make_organization().pk, "parts-1-role": "participant", "parts-TOTAL_FORMS": 2}

    responses = [save(office, part.event, **changes) for changes in ({"parts-0-DELETE": "on"}, added)]
    save(office, part.event, **added, _reason="补记")
    save(office, part.event, **{"parts-0-DELETE": "on", "_reason": "没有参加"})

    assert [list(form_of(response).errors) for response in responses] == [["_reason"], ["_reason"]]
    assert [reason for year, key, title, reason in told()] == ["补记", "没有参加"]
    assert part.event.parts.count() == 1


# Titles


def test_title_of_an_attendance_names_nobody(office):
    publish(2014)
    attendance = a.make_attendance(event=a.make_event(when="2014年1月9日", title="湘东培训"))

    save(office, attendance, is_counted="", _reason="讲师不计入")

    assert told() == [(2014, f"activities.event:{attendance.event_id}", "roster · 2014年1月9日 湘东培训", "讲师不计入")]


def sensitive_events() -> list[Event]:
    """One marked, one of a sensitive organisation, one standing by such, and one that its title gives away."""
    touchy, plain = make_organization(is_sensitive=True), {"when": "2014年1月9日", "headcount": 5}
    with_part = a.make_event(title="座谈", **plain)
    a.make_event_organization(event=with_part, organization=touchy)
    engagement = a.make_engagement(organization=touchy)
    return [
        a.make_event(title="座谈", is_sensitive=True, **plain),
        with_part,
        a.make_event(title="座谈", engagement=engagement, **plain),
        a.make_event(title="感染者座谈", **plain),
    ]


def test_title_of_a_sensitive_event_is_its_date_and_area(office):
    publish(2014)
    events = sensitive_events()

    for event in events:
        save(office, event, people="6", _reason="改")
        save(office, a.make_attendance(event=event), remark="迟到", _reason="改")

    assert [title for year, key, title, reason in told()] == [
        title for event in events for title in (f"2014年1月9日 {event.area}", f"roster · 2014年1月9日 {event.area}")
    ]


def test_title_of_a_grant_names_no_person_and_nothing_sensitive(office):
    publish(2014)
    grants = [
        make_grant(person=make_person(name="李知行"), project="助学"),
        make_grant(organization=make_organization(is_sensitive=True), project="关怀"),
        make_grant(project="关怀", funding=make_funding(is_sensitive=True)),
        make_grant(project="感染者关怀"),
    ]

    for grant in grants:
        save(office, grant, remark="改", _reason="改")

    assert [title for year, key, title, reason in told()] == ["助学", *["a grant marked as sensitive"] * 3]


def test_long_title_is_cut(office):
    publish(2014)
    grant = make_grant(organization=make_organization(name="长" * 100), project="项" * 200)

    save(office, make_payment(grant=grant), remark="改", _reason="改")

    (title,) = (title for year, key, title, reason in told())
    assert (len(title), title[:12], title[-1]) == (300, "payments · 长", "…")


# Who is asked, and about which years


def test_the_year_is_published_by_a_report_for_one_funder_too(office):
    special = make_report(year=2014, funder=make_organization())
    make_edition(report=special)
    make_edition(report=special, number=2, correction="改了")
    event = a.make_event()

    for_funder = form_of(office.get(change(event))).published
    make_edition(report=make_report(year=2014))
    for_all = form_of(office.get(change(event))).published

    assert [str(year) for year in for_funder] == [SENTENCE % (2014, 2)]
    assert [str(year) for year in for_all] == [SENTENCE % (2014, 1)]


def test_report_that_was_never_published_locks_nothing(office):
    make_report(year=2014)

    assert save(office, a.make_event(headcount=1), people="2").status_code == 302


def test_organisation_of_a_published_year_is_renamed_without_a_reason(office):
    publish(2014)
    organization = a.make_event_organization().organization

    page = office.get(change(organization))
    response = save(office, organization, name="另一个名称")

    assert (form_of(page).reason(), response.status_code, told()) == (None, 302, [])


def test_who_only_reads_is_asked_nothing(client):
    publish(2014)
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_event"))
    client.force_login(user)

    page = client.get(change(a.make_event()))

    assert (page.status_code, form_of(page).reason()) == (200, None)


def test_copy_saved_as_new_is_asked_about_as_a_new_record(office, monkeypatch):
    publish(2014)
    event = a.make_event(headcount=1)
    site = next(s for m, s in admin.site._registry.items() if m is Event)
    monkeypatch.setattr(site, "save_as", True)
    sent = as_it_stands(office.get(change(event))) | {"_saveasnew": "1"}

    refused = office.post(change(event), sent)
    stored = office.post(f"{change(event)}?others={event.pk}", sent | {"_reason": "同一天还有一场"})

    copy = Event.objects.latest("pk")
    assert (list(form_of(refused).errors), stored.status_code) == (["_reason"], 302)
    assert [key for year, key, title, reason in told()] == [f"activities.event:{copy.pk}"]
    assert copy != event


def test_code_writes_without_being_asked():
    publish(2014)
    event = a.make_event(headcount=1)

    event.headcount = 2
    event.save()
    Event.objects.update(remark="改")

    assert (Event.objects.get().headcount, told()) == (2, [])


# The log


def test_amendments_of_a_year_are_the_newest_first():
    older, other = make_amendment(), make_amendment(year=2013)
    newer = make_amendment(made_at=timezone.now(), made_by=None)

    assert (amendments(2014), amendments(2013)) == ([newer, older], [other])


def test_log_is_read_and_changed_by_nobody(office):
    amendment = make_amendment(title="湘东培训", made_by=None)

    page = office.get(address(Amendment, "changelist"))
    posted = office.post(change(amendment), {"reason": "别的"})

    assert page.context["cl"].result_count == 1
    assert "the command line" in page.content.decode()
    assert (posted.status_code, office.get(address(Amendment, "add")).status_code) == (403, 403)
    assert office.post(address(Amendment, "delete", amendment.pk), {"post": "yes"}).status_code == 403
    assert told() == [(2014, "activities.event:1", "湘东培训", "签到表上多数了一人")]


@pytest.mark.parametrize("number", [1, 15])
def test_noting_costs_the_same_for_3_and_45_records(number):
    writes = []
    for _number in range(number):
        answer = a.make_answer()
        writes += [locks.Write(answer), locks.Write(a.make_attendance()), locks.Write(make_payment())]
    publish(2014)

    with CaptureQueriesContext(connection) as queries:
        found = locks.published(writes)
        locks.amend(writes, found, locks.Reason("补录", None, timezone.now()))

    assert (len(queries), len(told())) == (6, number * 3)


def test_page_of_no_kept_record_asks_the_database_nothing():
    organization = make_organization()

    with CaptureQueriesContext(connection) as queries:
        found = locks.published([locks.Write(organization)])

    assert (found, len(queries)) == ([], 0)
