"""A record of a published year is changed only with a reason, whichever form it stands in; all others cost nothing."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin import site
from django.contrib.messages import get_messages
from django.db.models import CASCADE

from activities.models import Event, Survey, Visit
from activities.tests import factories as a
from grants.tests.factories import make_payment
from reports.locking import KINDS, amendments
from reports.tests.published import SENTENCE, change, form_of, publish, save, told
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser
from yixin.tests.registry import address

pytestmark = pytest.mark.django_db

# What leads to a year and is still not of it: the report counts and prints none of their columns as that year's.
FREE = {"activities.Photo", "activities.Publication", "grants.Instalment"}
OF_2014 = {
    "activities.event": a.make_event,
    "activities.attendance": a.make_attendance,
    "activities.expense": lambda: a.make_expense(visit=a.make_visit()),
    "activities.survey": lambda: a.make_survey_target().survey,
    "activities.visit": lambda: a.make_answer().visit,
    "activities.question": a.make_question,
    "grants.grant": lambda: make_payment().grant,
    "grants.payment": make_payment,
}


@pytest.fixture
def office(client):
    client.user = make_superuser()
    client.force_login(client.user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_every_record_that_leads_to_a_year_is_kept_or_free():
    models = [model for label in settings.YIXIN_APPS for model in apps.get_app_config(label).get_models()]
    bear = {m for m in models if any(field.name == "report_year" for field in m._meta.concrete_fields)}
    lead, before = set(bear), None
    while lead != before:
        before = set(lead)
        lead |= {m for m in models if any(f.related_model in lead for f in m._meta.concrete_fields)}

    assert {model for model, links in KINDS.items() if not links} == bear
    assert {m._meta.label for m in lead} == {m._meta.label for m in KINDS} | FREE
    for model, links in KINDS.items():
        columns = {f.attname: f.related_model for f in model._meta.concrete_fields if f.related_model in KINDS}
        columns.pop("question_id", None)  # of the same survey as the visit
        assert (model, links) == (model, columns)


def test_nothing_takes_a_record_of_a_year_along_when_it_is_deleted():
    parents = {
        field.related_model
        for model in KINDS
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is CASCADE
    }

    assert parents == {Event, Survey, Visit}


def test_no_list_lets_records_of_a_year_be_edited_in_place():
    admins = [admin for model, admin in site._registry.items() if model in KINDS]

    assert {model._meta.label_lower for model in KINDS if model in site._registry} == set(OF_2014)
    assert [admin for admin in admins if admin.list_editable or admin.save_as] == []


def test_change_without_a_reason_keeps_what_was_typed_and_writes_nothing(office):
    publish(2014)
    event = a.make_event(when="2014年4月26-28日", title="湘东培训", headcount=50)

    page = office.get(change(event))
    response = save(office, event, people="52", when="2014年4月27日")

    form = form_of(response)
    assert [str(year) for year in form_of(page).published] == [SENTENCE % (2014, 1)]
    assert form.errors == {"_reason": [NO_REASON]}
    assert (response.status_code, form["people"].value(), form["when"].value()) == (200, "52", "2014年4月27日")
    assert [str(message) for message in get_messages(response.wsgi_request)] == []
    event.refresh_from_db()
    assert (event.headcount, event.when_text, told()) == (50, "2014年4月26-28日", [])


def test_change_with_a_reason_is_stored_with_it(office):
    publish(2014)
    event = a.make_event(when="2014年4月26-28日", title="湘东培训", headcount=50)

    response = save(office, event, people="52", _reason="  签到表上漏了两人 ")

    event.refresh_from_db()
    assert (response.status_code, event.headcount) == (302, 52)
    assert told() == [(2014, f"activities.event:{event.pk}", "2014年4月26-28日 湘东培训", "签到表上漏了两人")]
    assert [amendment.made_by for amendment in amendments(2014)] == [office.user]


@pytest.mark.parametrize("reason", ["", " \u3000 ", "\x00"])
def test_nothing_is_no_reason(office, reason):
    publish(2014)
    event = a.make_event(headcount=50)

    response = save(office, event, people="52", _reason=reason)

    assert (list(form_of(response).errors), told()) == (["_reason"], [])


def test_reason_that_is_too_long_stays_in_its_box(office):
    publish(2014)

    form = form_of(save(office, a.make_event(headcount=50), people="52", _reason="长" * 1001))

    assert form.errors == {"_reason": ["Ensure this value has at most 1000 characters (it has 1001)."]}
    assert form["_reason"].value() == "长" * 1001


def test_every_error_is_told_at_once(office):
    publish(2014)

    form = form_of(save(office, a.make_event(headcount=50), people="52", title=""))

    assert sorted(form.errors) == ["_reason", "title"]


@pytest.mark.parametrize("label", OF_2014)
def test_saved_as_it_is_needs_no_reason_and_notes_nothing(office, label):
    publish(2014)
    record = OF_2014[label]()

    page = office.get(change(record))
    response = save(office, record)

    assert record._meta.label_lower == label
    assert len(form_of(page).published) == 1
    assert (response.status_code, told()) == (302, [])


CHANGES = {
    "activities.event": ({"remark": "改"}, ""),
    "activities.attendance": ({"remark": "改"}, "roster · "),
    "activities.expense": ({"purpose": "改"}, "expenses · "),
    "activities.survey": ({"remark": "改"}, ""),
    "activities.visit": ({"outcome": "改"}, "visits · "),
    "activities.question": ({"text": "改"}, "questions · "),
    "grants.grant": ({"remark": "改"}, ""),
    "grants.payment": ({"remark": "改"}, "payments · "),
}


@pytest.mark.parametrize("label", OF_2014)
def test_each_kind_is_told_by_its_event_survey_or_grant(office, label):
    publish(2014)
    record = OF_2014[label]()
    changes, part = CHANGES[label]

    refused = save(office, record, **changes)
    stored = save(office, record, **changes, _reason="补录")

    assert (list(form_of(refused).errors), stored.status_code) == (["_reason"], 302)
    ((year, key, title, reason),) = told()
    model, pk = key.split(":")
    root = apps.get_model(model).objects.get(pk=pk)
    assert (year, title, reason) == (2014, part + (root.title if model == "activities.survey" else str(root)), "补录")


@pytest.mark.parametrize("label", OF_2014)
def test_other_years_change_without_a_reason(office, label):
    publish(2013, 2015)
    record = OF_2014[label]()

    page = office.get(change(record))
    response = save(office, record, **CHANGES[label][0])

    assert (form_of(page).reason(), response.status_code, told()) == (None, 302, [])


@pytest.mark.parametrize(
    ("published", "years"), [([2014], [2014]), ([2015], [2015]), ([2014, 2015], [2014, 2015]), ([2013], [])]
)
def test_record_that_moves_is_told_in_both_years(office, published, years):
    publish(*published)
    event = a.make_event(when="2014年1月9日", title="湘东培训")

    refused = save(office, event, report_year="2015")
    save(office, event, report_year="2015", _reason="属于下一年度")

    event.refresh_from_db()
    assert refused.status_code == (200 if years else 302)
    assert event.report_year == 2015
    assert told() == [(year, f"activities.event:{event.pk}", "2014年1月9日 湘东培训", "属于下一年度") for year in years]


def test_roster_that_moves_between_events_is_told_of_both(office):
    publish(2014)
    first, second = a.make_event(title="甲"), a.make_event(title="乙")
    attendance = a.make_attendance(event=first)

    save(office, attendance, event=second.pk, _reason="签错了表")

    assert sorted(title for year, key, title, reason in told()) == [f"roster · {event}" for event in (second, first)]


ADDED = {"when": "2014年1月9日", "title": "湘东培训", "people": "32", "status": "held"}
MANAGEMENT = {"parts-TOTAL_FORMS": "0", "parts-INITIAL_FORMS": "0"}


def test_record_added_to_a_published_year_comes_back_with_the_question(office):
    publish(2014)
    path, sent = address(Event, "add"), ADDED | MANAGEMENT | {"area": a.area().pk}

    empty, refused = office.get(path), office.post(path, sent)
    stored = office.post(path, sent | {"_reason": "报告发布后才交来的表"})

    assert form_of(empty).reason() is None
    assert (form_of(refused).errors, form_of(refused)["title"].value()) == ({"_reason": [NO_REASON]}, "湘东培训")
    event = Event.objects.get()
    assert stored.status_code == 302
    assert told() == [(2014, f"activities.event:{event.pk}", "2014年1月9日 湘东培训", "报告发布后才交来的表")]


def test_record_added_in_a_window_of_another_form_is_asked_about_there(office):
    publish(2014)
    path, sent = f"{address(Event, 'add')}?_popup=1", ADDED | MANAGEMENT | {"area": a.area().pk, "_popup": "1"}

    refused = office.post(path, sent)
    stored = office.post(path, sent | {"_reason": "补录"})

    assert (refused.context["is_popup"], form_of(refused).errors) == (True, {"_reason": [NO_REASON]})
    assert (stored.template_name[-1], len(told())) == ("admin/popup_response.html", 1)
