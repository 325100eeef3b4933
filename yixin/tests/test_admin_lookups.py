"""What can be asked of a list by its address: what its own links ask, and no more; nonsense is no crash."""

import pytest
from django.db import transaction

from yixin.tests.factories import make_superuser
from yixin.tests.registry import ADMINS, address, make

pytestmark = pytest.mark.django_db

LISTS = {model._meta.model_name: model for model in ADMINS}
HUGE, NUL = "9" * 20, "\x00"
NONSENSE = [HUGE, NUL, "abc", "", "-1"]


@pytest.fixture
def office(client):
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def outcome(office, name: str, query: dict) -> int | str:
    """The status, or where it leads. What PostgreSQL refuses must not spoil the rest of the test."""
    before = transaction.savepoint()
    path = address(LISTS[name], "changelist")
    response = office.get(path, query)
    transaction.savepoint_rollback(before)
    return response.url.removeprefix(path) if response.status_code == 302 else response.status_code


@pytest.mark.parametrize(
    ("name", "lookup", "value"),
    [
        ("person", "phone__startswith", "138"),
        ("person", "phone", "13800000000"),
        ("person", "email__contains", "@"),
        ("person", "remark__regex", "^a"),
        ("person", "attendances__event__is_sensitive", "1"),
        ("contact", "person__phone__startswith", "138"),
        ("contact", "person__phone", "138"),
        ("attendance", "person__phone__startswith", "138"),
        ("attendance", "event__is_sensitive", "1"),
        ("attendance", "event__title__startswith", "H"),
        ("attendance", "event__id__regex", "1"),
        ("attendance", "organization__is_sensitive__exact", "1"),
        ("event", "title__regex", "["),
        ("event", "title", "知行"),
        ("event", "remark__contains", "a"),
        ("event", "attendances__person__name", "李"),
        ("event", "area__code__regex", "["),
        ("event", "report_year__regex", "["),
        ("event", "when_earliest__regex", "["),
        ("organization", "address__startswith", "南"),
        ("organization", "contacts__person__phone", "138"),
        ("organization", "region__code__startswith", "36"),
        ("organization", "listing__regex", "["),
        ("networkgroup", "number__startswith", "1"),
        ("networkgroup", "steward__phone__startswith", "138"),
        ("grant", "person__phone__startswith", "138"),
        ("grant", "remark", "x"),
        ("payment", "grant__person__name", "李"),
        ("visit", "outcome__contains", "x"),
        ("edition", "published_by__password__startswith", "pbkdf2"),
        ("expense", "spent_on__regex", "["),
    ],
)
def test_lookup_that_no_page_links_to_is_refused(office, name, lookup, value):
    assert outcome(office, name, {lookup: value}) == 400


def filters() -> list:
    """Every filter and date line of every list, as the query that its own links begin."""
    found = []
    for name, model in LISTS.items():
        site = ADMINS[model]
        for field in (*site.list_filter, site.date_hierarchy):
            if field:
                asked = field[0] if isinstance(field, tuple) else field
                asked = getattr(asked, "parameter_name", asked)  # a filter of our own has a name of its own
                found.append(pytest.param(name, asked, id=f"{name}.{asked}"))
    return found


@pytest.mark.parametrize(("name", "field"), filters())
def test_filter_with_nonsense_leads_back_to_the_list(office, name, field):
    make(LISTS[name])
    queries = [{field + lookup: value} for lookup in ("", "__exact", "__in") for value in NONSENSE]
    queries += [{field + lookup: "abc"} for lookup in ("__isnull", "__gte", "__year", "__month")]

    outcomes = [(query, outcome(office, name, query)) for query in queries]

    assert [answer for answer in outcomes if answer[1] not in (200, "?e=1")] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"when_earliest__year": "9999999999"}, "?e=1"),
        ({"when_earliest__year": "0"}, "?e=1"),
        ({"when_earliest__year": "2014", "when_earliest__month": "13"}, "?e=1"),
        ({"when_earliest__year": "2014", "when_earliest__month": "2", "when_earliest__day": "30"}, "?e=1"),
        ({"report_year": HUGE}, 200),
        ({"report_year__exact": "abc"}, "?e=1"),
        ({"report_year__in": "2014,abc"}, "?e=1"),
        ({"area__id__exact": "abc"}, "?e=1"),
        ({"area__id__exact": HUGE}, 200),
        ({"area__id__in": "1,,x"}, "?e=1"),
        ({"id__in": "1,x"}, 400),
        ({"e": "1"}, 200),
        ({"e": "1", "report_year__exact": "abc"}, 200),
        ({"_facets": "True"}, 200),
        ({"_facets": "True", "report_year": HUGE}, 200),
        ({"o": "99.-99"}, 200),
        ({"o": f"{HUGE}.x.-"}, 200),
        ({"q": NUL}, 200),
        ({"q": "a\x00b"}, 200),
        ({"q": "'\"%_\\[("}, 200),
        ({"q": "长" * 10_000}, 200),
        ({"all": "1"}, 200),
        ({"_popup": "1"}, 200),
        ({"_to_field": "remark"}, 400),
        ({"_to_field": "id"}, 200),
    ],
    ids=str,
)
def test_nonsense_in_the_address_of_the_events_is_no_crash(office, query, expected):
    make(LISTS["event"])

    assert outcome(office, "event", query) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [("2", 200), ("1000000000", "?e=1"), (HUGE, "?e=1"), ("0", "?e=1"), ("-1", "?e=1"), ("abc", 200), (NUL, 200)],
)
def test_page_beyond_the_last_leads_back_to_the_list(office, page, expected):
    """What is no number is the first page."""
    assert outcome(office, "region", {"p": page}) == expected


def test_people_are_not_found_by_their_phone(office):
    person = make(LISTS["person"], name="李知行", phone="13800000001")
    people = address(LISTS["person"], "changelist")
    search = {"app_label": "activities", "model_name": "attendance", "field_name": "person"}

    by_name = office.get(people, {"q": "李知行"}).context["cl"].queryset
    by_phone = office.get(people, {"q": "13800000001"}).context["cl"].queryset
    suggested = [
        office.get("/admin/autocomplete/", search | {"term": term}).json()["results"]
        for term in ("李知行", "13800000001")
    ]

    assert [list(by_name), list(by_phone)] == [[person], []]
    assert suggested == [[{"id": str(person.pk), "text": "李知行"}], []]
