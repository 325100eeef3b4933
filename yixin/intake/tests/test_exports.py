"""Every list of the staff's site goes out, as it is filtered and sorted, at a fixed cost, with a line in the log."""

from datetime import date, datetime

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from yixin.intake.exports import heads_of
from yixin.intake.models import Export
from yixin.intake.tests.taking import LISTS, act, column, export, lines, logged, spelt, table
from yixin.tests.factories import make_superuser
from yixin.tests.registry import ADMINS, MODELS, address, links, make, make_full

pytestmark = pytest.mark.django_db
every_list = pytest.mark.parametrize("model", MODELS)

# Queries of one export, whatever the number of rows: session, account, count twice, records, log. On top of these
# the choices of filters, each column of many links, and those of few records.
COSTS = dict.fromkeys(LISTS, 6) | {
    "event": 10,
    "funding": 11,
    "grant": 8,
    "organization": 9,
    "question": 7,
    "region": 7,
    "visit": 7,
}


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    return client


@every_list
def test_every_list_goes_out_as_excel_and_csv(office, model):
    make_full(model, links(model), 3)
    name, label = model._meta.model_name, model._meta.label_lower
    heads = [head.label for head in heads_of(model)]
    personal = any(head.is_personal for head in heads_of(model))

    files = [export(office, name, kind) for kind in ("xlsx", "csv")]

    assert [file.status_code for file in files] == [200, 200]
    cells, texts = table(files[0]), lines(files[1])
    assert texts == [[spelt(*pair) for pair in zip(*rows, strict=True)] for rows in zip(texts, cells, strict=True)]
    assert (texts[0], len(texts) - 1) == (heads, model._base_manager.count())
    rows = len(texts) - 1
    assert logged() == [(label, "xlsx", rows, personal), (label, "csv", rows, personal)]


@every_list
def test_export_costs_the_same_for_1_and_30_rows(office, model):
    name, linked, costs = model._meta.model_name, links(model), []
    make_full(model, linked, 1)
    export(office, name)  # what a process reads only once has then been read
    for more in (0, 29):
        make_full(model, linked, more)
        with CaptureQueriesContext(connection) as queries:
            export(office, name)
        costs.append(len(queries))

    assert costs == [COSTS[name]] * 2


def test_file_is_named_in_chinese_by_its_day_and_kept_by_no_cache(office):
    day = timezone.localdate()
    file = export(office, "event")

    assert file.headers["Content-Disposition"] == (
        f"attachment; filename=\"event-{day}.xlsx\"; filename*=UTF-8''%E6%B4%BB%E5%8A%A8-{day}.xlsx"
    )
    assert file.headers["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert export(office, "event", "csv").headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in file.headers["Cache-Control"].split(", ")
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_log_says_who_took_what_when(office):
    make(LISTS["person"])
    before = timezone.now()

    export(office, "person", "csv")

    entry = Export.objects.select_related("user").get()
    assert (entry.user.is_superuser, before <= entry.created_at <= timezone.now()) == (True, True)
    assert logged() == [("organizations.person", "csv", 1, True)]


@pytest.mark.parametrize("query", ["report_year=2013", "q=知行甲", "report_year__exact=2013&q=知行甲&p=1&all="])
def test_filtered_list_goes_out_as_it_is_filtered(office, query):
    make(LISTS["event"], title="知行甲", report_year=2013)
    make(LISTS["event"], title="知行乙", report_year=2014)

    assert column(export(office, "event", query=query), "内容") == ["知行甲"]


def test_all_pages_go_out_in_the_order_of_the_list(office):
    for number in range(60):
        make(LISTS["event"], title=f"知行{number:02}")
    titles = [f"知行{number:02}" for number in range(60)]

    assert column(export(office, "event"), "内容") == titles[::-1]
    assert column(export(office, "event", query="o=2&p=2"), "内容") == titles


def test_a_row_found_twice_goes_out_once(office):
    organization = make(LISTS["organization"], name="知行社")
    for name in ("知行甲", "知行乙"):
        organization.aliases.create(name=name)

    assert column(export(office, "organization", query="q=知行"), "组织名称") == ["知行社"]


@pytest.mark.parametrize("query", ["report_year=abc", "when_earliest__year=9999999999", "area__id__in=1,,x"])
def test_nonsense_in_the_address_leads_to_the_list(office, query):
    make(LISTS["event"])

    response = export(office, "event", query=query)

    assert (response.status_code, response.url) == (302, "/admin/activities/event/?e=1")
    assert logged() == []


@pytest.mark.parametrize(
    ("name", "query"), [("person", "phone__startswith=138"), ("event", "title__regex=["), ("event", "id__in=1")]
)
def test_lookup_that_no_page_links_to_is_refused(office, name, query):
    assert export(office, name, query=query).status_code == 400
    assert logged() == []


@pytest.mark.parametrize("kind", ["", "exe", "../xlsx"])
def test_no_other_format_goes_out(office, kind):
    assert export(office, "event", kind).status_code == 400
    assert logged() == []


@every_list
def test_get_takes_nothing_out(office, model):
    assert office.get(address(model, "export")).status_code == 405
    assert logged() == []


def test_form_of_another_site_takes_nothing_out():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_superuser())

    assert export(browser, "event").status_code == 403
    assert logged() == []


@pytest.mark.parametrize("action", ["export_xlsx", "export_csv"])
def test_selected_rows_go_out(office, action):
    first, _other, third = (make(LISTS["event"], title=f"知行{number}") for number in range(3))

    file = act(office, "event", action, first, third)

    rows = lines(file) if action == "export_csv" else table(file)
    assert [row[1] for row in rows] == ["内容", "知行2", "知行0"]
    assert logged() == [("activities.event", action.removeprefix("export_"), 2, False)]


def test_days_and_choices_of_a_list_that_is_no_exchanged_table(office):
    make(LISTS["survey"], title="知行调查", period="2014年10-12月", report_year=2014, stated_target=30)
    make(LISTS["engagement"], opened_on=date(2014, 3, 1))
    make(LISTS["networkgroup"], platform="qq", name="知行群", is_public=True)

    survey, engagement, group = (table(export(office, name)) for name in ("survey", "engagement", "networkgroup"))

    assert survey == [
        ["标题", "时间段", "报告年度", "经费来源", "陈述的目标家数", "陈述的走访家数", "陈述的地市数", "内部备注"],
        ["知行调查", "2014年10-12月", 2014, None, 30, None, None, None],
    ]
    assert engagement[1][3] == datetime(2014, 3, 1)
    assert [group[1][0], group[1][-1]] == ["QQ", "是"]


# The library


def patterns(resolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry.callback


def test_views_of_the_library_are_not_mounted():
    found = dict(patterns(get_resolver()))
    callbacks = [getattr(callback, "view_class", callback) for callback in found.values()]

    assert len(found) > 200
    assert [callback for callback in callbacks if callback.__module__.startswith("import_export")] == []


def test_no_admin_is_made_of_the_library():
    bases = {base for site in admin.site._registry.values() for base in type(site).__mro__}

    assert len(bases) > len(ADMINS)
    assert [base for base in bases if base.__module__.startswith("import_export")] == []
