"""What is of no year and still carries figures of published ones asks for a reason, for each of those years."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from activities.models import WorkArea
from activities.resources import VisitResource
from activities.tests import factories as a
from grants.models import Funding
from grants.tests.factories import make_funding, make_grant
from organizations.models import Organization, Region
from organizations.resources import OrganizationResource
from organizations.tests.factories import make_organization, make_region, region
from reports.tests.published import SENTENCE, change, form_of, publish, save, told
from yixin import locks
from yixin.intake.models import Status
from yixin.intake.tests.bringing import bring, confirm, intake, page
from yixin.intake.tests.tables import bring_in
from yixin.locks import NO_REASON
from yixin.tests.factories import make_superuser
from yixin.tests.registry import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.user = make_superuser()
    client.force_login(client.user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def funding() -> tuple[Funding, dict]:
    """It paid for a grant of 2013, an event of 2014 and a survey of 2015."""
    made = make_funding(funder=make_organization(name="知行基金会"), purpose="陪伴")
    make_grant(funding=made, report_year=2013)
    a.make_event(funding=made)
    a.make_survey(funding=made, report_year=2015)
    return made, {"funder": make_organization(name="合一基金会").pk}


def visited() -> tuple[Organization, dict]:
    made = make_organization(name="知行社", region=region("360100"))
    for year in (2013, 2014, 2015):
        a.make_visit(organization=made, survey=a.make_survey(report_year=year))
    return made, {"region": region("360200").pk}


def county() -> tuple[Region, dict]:
    """Of an event, of the seat of an organisation that was visited, and of a target."""
    made = make_region(name="知行县")
    a.make_event(region=made, report_year=2013)
    a.make_visit(organization=make_organization(region=made))
    a.make_survey_target(region=made, survey=a.make_survey(report_year=2015))
    return made, {"code": "360191"}


def area() -> tuple[WorkArea, dict]:
    made = a.make_work_area(name="陪伴")
    a.make_event(area=made, report_year=2013)
    a.make_event(report_year=2014).also_listed_in.add(made)
    a.make_event(area=made, report_year=2015)
    return made, {"has_table": ""}


FOOTINGS = {
    "grants.funding": (funding, "合一基金会 · 陪伴"),
    "organizations.organization": (visited, "知行社"),
    "organizations.region": (county, "知行县"),
    "activities.workarea": (area, "陪伴"),
}


@pytest.mark.parametrize("label", FOOTINGS)
def test_change_that_moves_figures_is_asked_about_for_every_published_year(office, label):
    publish(2013, 2015, 2016)
    made, title = FOOTINGS[label]
    record, changes = made()

    opened, refused = office.get(change(record)), save(office, record, **changes)
    before = type(record).objects.values().get(pk=record.pk)
    stored = save(office, record, **changes, _reason="登记错了")

    assert form_of(opened).reason() is None
    assert (form_of(refused).errors, refused.status_code) == ({"_reason": [NO_REASON]}, 200)
    assert [str(year) for year in form_of(refused).published] == [SENTENCE % (year, 1) for year in (2013, 2015)]
    assert (stored.status_code, type(record).objects.values().get(pk=record.pk) != before) == (302, True)
    assert told() == [(year, f"{label}:{record.pk}", title, "登记错了") for year in (2013, 2015)]


# What no figure looks at.
QUIET = {
    "grants.funding": {
        "purpose": "另一个", "period": "2013-2015年", "amount": "8000", "status": "declined", "is_sensitive": "on",
        "remark": "改",
    },
    "organizations.organization": {
        "name": "知行公益", "introduction": "改", "website": "https://example.org", "address": "改", "type": "ngo",
        "legal_status": "registered", "listing": "public", "is_sensitive": "on", "confirmed_on": "2015-01-09",
        "founded": "2009年", "remark": "改",
    },
    "organizations.region": {"name": "改", "pinyin": "gai", "valid_to": "2090"},
    "activities.workarea": {"name": "改", "name_en": "changed", "short_name": "改", "code": "changed", "position": "9"},
}  # fmt: skip


@pytest.mark.parametrize("label", FOOTINGS)
def test_change_that_no_figure_looks_at_is_never_asked_about(office, label):
    publish(2013, 2014, 2015)
    record = FOOTINGS[label][0]()[0]

    for name, value in QUIET[label].items():
        assert save(office, record, **{name: value}).status_code == 302, name
    assert told() == []


def test_renamed_funder_is_not_asked_about(office):
    publish(2013, 2014, 2015)

    response = save(office, funding()[0].funder, name="知行公益基金会")

    assert (response.status_code, told()) == (302, [])


def test_records_that_do_not_count_are_not_asked_about(office):
    publish(2014)
    paid, seated = make_funding(), make_organization(region=region("360100"))
    a.make_event(funding=paid, status="planned")
    a.make_expense(funding=paid, visit=a.make_visit(organization=seated, status="planned"))

    responses = [save(office, paid, funder=make_organization().pk), save(office, seated, region=region("360200").pk)]

    assert ([response.status_code for response in responses], told()) == ([302, 302], [])


# The list of cities


CITY = {"code": "361500", "name": "知行市", "level": "prefecture", "valid_from": 2014}


@pytest.mark.parametrize(
    ("changes", "years"),
    [
        ({"valid_to": "2015"}, [2015, 2016]),
        ({"valid_from": "2015"}, [2014]),
        ({"level": "county"}, [2014, 2015, 2016]),
        ({"code": "361600"}, [2014, 2015, 2016]),
        ({"code": "990001"}, [2014, 2015, 2016]),
        ({"name": "合一市"}, []),
    ],
)
def test_city_that_comes_to_a_year_or_leaves_it_is_asked_about(office, changes, years):
    city = make_region(**CITY)
    publish(2013, 2014, 2015, 2016)

    refused = save(office, city, **changes)
    save(office, city, **changes, _reason="民政部公告")

    assert refused.status_code == (200 if years else 302)
    assert [(year, title) for year, key, title, reason in told()] == [(year, city.name) for year in years]


def test_city_that_is_added_or_deleted_is_asked_about(office):
    publish(2013, 2015)
    added = office.post(address(Region, "add"), CITY)
    stored = office.post(address(Region, "add"), CITY | {"_reason": "民政部公告"})
    city = Region.objects.get(code="361500")
    delete = address(Region, "delete", city.pk)

    kept = office.post(delete, {"post": "yes"})
    gone = office.post(delete, {"post": "yes", "_reason": "公告撤回"})

    assert [response.status_code for response in (added, stored, kept, gone)] == [200, 302, 200, 302]
    key = f"organizations.region:{city.pk}"
    assert told() == [(2015, key, "知行市", "民政部公告"), (2015, key, "知行市", "公告撤回")]


# Deleting, and lists


def test_area_in_whose_table_an_event_is_listed_is_deleted_with_a_reason(office):
    publish(2014)
    area = a.make_work_area(name="陪伴")
    a.make_event().also_listed_in.add(area)
    ticked = {"action": "delete_selected", "_selected_action": [area.pk], "post": "yes"}

    refused = office.post(address(WorkArea, "changelist"), ticked)
    stored = office.post(address(WorkArea, "changelist"), ticked | {"_reason": "并入培训"})

    assert [refused.status_code, stored.status_code] == [200, 302]
    assert told() == [(2014, f"activities.workarea:{area.pk}", "陪伴", "并入培训")]


# Tables that come in


def test_seat_that_a_table_of_visits_fills_in_is_told_of_in_the_year_of_an_earlier_visit():
    publish(2013)
    organization = make_organization(name="知行社")
    a.make_visit(organization=organization, survey=a.make_survey(report_year=2013))
    a.make_survey(title="第三轮调研")
    rows = [("走访日期", "组织名称", "地市"), ("2014-10-20", "知行社", "南昌")]

    with pytest.raises(ValidationError) as refused:
        bring_in(VisitResource, *rows, year=2014)
    bring_in(VisitResource, *rows, year=2014, reason="补录")

    assert refused.value.messages == [str(NO_REASON)]
    assert told() == [(2013, f"organizations.organization:{organization.pk}", "知行社", "补录")]


def test_introductions_come_in_without_a_reason():
    publish(2014)
    made, _changes = visited()

    planned = bring_in(OrganizationResource, ("组织名称", "地市", "简介"), ("知行社", "南昌", "陪伴"))

    made.refresh_from_db()
    assert (made.introduction, planned.published, told()) == ("陪伴", [], [])


def test_seat_that_goes_back_with_its_import_is_told_of_too(office):
    organization = make_organization(name="知行社")
    a.make_visit(organization=organization, survey=a.make_survey(report_year=2013))
    a.make_survey(title="第三轮调研")
    key = bring(office, "走访日期\t组织名称\t地市\n2014-10-20\t知行社\t南昌", "visits", year=2014)
    confirm(office, key)
    publish(2013)

    office.post(page("undo", key))
    kept = intake(key).status
    office.post(page("undo", key), {"_reason": "导错了"})

    organization.refresh_from_db()
    assert (kept, intake(key).status, organization.region) == (Status.DONE, Status.UNDONE, None)
    assert told() == [(2013, f"organizations.organization:{organization.pk}", "知行社", "导错了")]


# What it is called, and what it costs


def test_title_names_nothing_sensitive():
    publish(2014)
    paid = [make_funding(is_sensitive=True), make_funding(funder=make_organization(is_sensitive=True))]
    paid.append(make_funding(purpose="感染者关怀"))
    seated = [make_organization(is_sensitive=True), make_organization(name="感染者互助小组")]
    for one in paid:
        a.make_event(funding=one)
    for one in seated:
        a.make_visit(organization=one)
    writes = [locks.Write(one, {"funder_id": 0}) for one in paid]
    writes += [locks.Write(one, {"region_id": region("360100").pk}) for one in seated]

    with translation.override("en"):
        locks.amend(writes, locks.published(writes), locks.Reason("改", None, timezone.now()))

    titles = ["a funding marked as sensitive"] * 3 + ["an organisation marked as sensitive"] * 2
    assert [title for year, key, title, reason in told()] == titles


@pytest.mark.parametrize("number", [1, 20])
def test_noting_costs_the_same_for_2_and_40_records(number):
    writes = []
    for _number in range(number):
        paid, seated = a.make_event(funding=make_funding()).funding, a.make_visit().organization
        writes += [locks.Write(paid, {"funder_id": 0}), locks.Write(seated, {"region_id": region("360100").pk})]
    publish(2013, 2014)

    with CaptureQueriesContext(connection) as queries:
        found = locks.published(writes)
        locks.amend(writes, found, locks.Reason("改", None, timezone.now()))

    assert (len(queries), len(told())) == (6, number * 2)
