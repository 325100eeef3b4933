"""Every address that answers in JSON, asked anything: what comes is what its description says, and no error of ours."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from activities.tests.factories import make_event
from grants.tests.factories import make_grant
from organizations.tests import hsds
from organizations.tests.factories import make_organization, make_person, region
from reports.publishing import publish
from reports.tests import threesixty
from reports.tests.factories import make_report
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
TEXT = {"type": "string"}


def described(**properties: dict) -> Callable[[object], list[str]]:
    """The complaints about an object of just these parts."""
    rules = {"type": "object", "required": [*properties], "additionalProperties": False, "properties": properties}
    return lambda value: [error.message for error in Draft202012Validator(rules).iter_errors(value)]


def texts(most: int) -> dict:
    return {"type": "array", "items": TEXT, "maxItems": most}


@dataclass(frozen=True)
class Address:
    path: str
    parameters: tuple[str, ...]
    complaints: Callable[[object], list[str]]
    role: str = ""  # whose it is; of everybody
    refusals: frozenset[int] = frozenset()  # statuses besides 200, without JSON


NAMED = {
    "type": "array",
    "items": {"type": "object", "required": ["name"], "properties": {"name": TEXT}},
    "maxItems": 10,
}
OFFERED = {"type": "object", "required": ["id", "text"], "properties": {"id": TEXT, "text": TEXT}}
ADDRESSES = [
    Address("/organizations.json", ("page", "per_page"), hsds.complaints),
    Address("/grants.json", ("page",), threesixty.complaints),
    Address("/admin/activities/event/titles/", ("q",), described(titles=texts(10)), "staff"),
    Address("/admin/activities/event/{event}/roster/names/", ("q", "kind"), described(names=NAMED), "staff"),
    Address(
        "/admin/autocomplete/?app_label=activities&model_name=attendance&field_name=person",
        ("term", "page"),
        described(results={"type": "array", "items": OFFERED}, pagination={"type": "object", "required": ["more"]}),
        "staff",
        frozenset({404}),
    ),
    Address(
        "/admin/autocomplete/",
        ("app_label", "model_name", "field_name", "term"),
        described(results={"type": "array", "items": OFFERED}, pagination={"type": "object"}),
        "staff",
        frozenset({403, 404}),
    ),
]
NUMBERS = st.one_of(st.integers().map(str), st.sampled_from(["1", "2", "0", "-1", "9" * 30, "1e9", "NaN", "２", "01"]))
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["知", "知行", "zx", "\x00", "%", "_", "'", "[", "\\", "长" * 3000]),
    st.sampled_from(["person", "organization", "activities", "visit", "auth", "user", "password"]),
)
BYTES = st.binary(max_size=8).map(quote)
VALUES = st.one_of(NUMBERS.map(quote), WORDS.map(quote), BYTES)


@pytest.fixture
def visitors() -> dict[str, tuple[Client, str]]:
    """By role; with the number of an event."""
    for number in range(3):
        made = make_organization(name=f"知行{number}", listing="public", region=region("360700"), introduction="有")
        make_grant(organization=made, report_year=2014, awarded_amount=5000)
        make_person(name=f"李知{number}")
    event = make_event(title="知行年会", headcount=9)
    publish(report=make_report(year=2014), number=1, by=make_user("coordinator"))
    found = {}
    for role in ("", "staff"):
        client = Client(raise_request_exception=False)
        if role:
            client.force_login(make_user(role))
        found[role] = client, str(event.pk)
    return found


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.path)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_comes_is_as_described_whatever_is_asked(visitors, address, data):
    client, event = visitors[address.role]
    names = data.draw(st.lists(st.sampled_from([*address.parameters, "x"]), max_size=4))
    query = "&".join(f"{name}={data.draw(VALUES)}" for name in names)
    path, _mark, fixed = address.path.format(event=event).partition("?")

    answer = client.get(path, QUERY_STRING="&".join(filter(None, [fixed, query])))

    if answer.status_code in address.refusals:
        return
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert address.complaints(json.loads(answer.content)) == []


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.path)
def test_as_it_is_meant_there_is_something_in_it(visitors, address):
    client, event = visitors[address.role]
    asked = dict.fromkeys(address.parameters, "") | {"q": "知", "term": "李知", "page": "1", "per_page": "2"}
    asked |= {"app_label": "activities", "model_name": "attendance", "field_name": "person", "kind": "person"}
    sent = {name: asked[name] for name in address.parameters}
    path, _mark, fixed = address.path.format(event=event).partition("?")

    values = client.get(path, dict(parse_qsl(fixed)) | sent).json()

    assert max(len(value) for value in values.values() if isinstance(value, list)) > 0
