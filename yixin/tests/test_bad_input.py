"""What staff type wrongly into any form: each time a sentence at its field, and nothing is stored."""

import pytest
from django.apps import apps

from yixin.fields import LineField, ProseField
from yixin.tests.factories import make_superuser
from yixin.tests.registry import ADMINS, address, as_it_stands, make

pytestmark = pytest.mark.django_db

HUGE, LONG = str(10**20), "长" * 5000
READ_ONLY = {"reports.edition", "reports.amendment", "reports.acceptance", "organizations.proposal"}
READ_ONLY |= {"organizations.merger", "reports.annualreport"}  # the title of a report is written in the editor
NO_FEBRUARY = "“2014年2月30日”: there is no 2014年2月30日. Check the month and the day."
NO_DATE_READ = "“很久以前” is not a date that can be read. Write it like 2014年1月4日, 4月26-28日 or 2014年10-12月."
ENDS = "“2014年5-3月” ends before it starts. Check both dates, and write both years if there are two."
NEGATIVE = (
    "“-20” is a negative amount. Write it without the minus sign; a refund is recorded as its own kind of payment."
)
END_BEFORE_START = "The end is before the start. Write the earlier day first."
AMOUNT = "The amount must lie between 0 and 1,000,000,000 yuan."
AT_LEAST_0 = "Ensure this value is greater than or equal to 0."
AT_MOST_A_MILLION = "Ensure this value is less than or equal to 1000000."
AT_MOST_9999 = "Ensure this value is less than or equal to 9999."
AT_LEAST_1900 = "Ensure this value is greater than or equal to 1900."
AT_MOST_2100 = "Ensure this value is less than or equal to 2100."
REQUIRED, WHOLE, DATE = "This field is required.", "Enter a whole number.", "Enter a valid date."
NO_NUL = "Null characters are not allowed."
CHOICE = "Select a valid choice. That choice is not one of the available choices."
DAYS_BACKWARDS = ("2014-05-01", "2014-04-30")


def too_long(limit: int) -> str:
    return f"Ensure this value has at most {limit} characters (it has 5000)."


WRONG = [
    ("organizations.person", "phone", "电话 123", "A phone number has digits only, such as 0791-8800000."),
    ("organizations.person", "email", "a@b", "Enter a valid email address."),
    ("organizations.person", "email", "a\x00@b.cn", ["Enter a valid email address.", NO_NUL]),
    ("organizations.person", "consented_on", "2014-02-30", DATE),
    ("organizations.person", "name", "\u3000\u200b", REQUIRED),
    ("organizations.person", "name", LONG, too_long(60)),
    ("organizations.networkgroup", "member_count", "-3", AT_LEAST_0),
    ("organizations.networkgroup", "member_count", HUGE, AT_MOST_A_MILLION),
    ("organizations.networkgroup", "member_count", "12.5", WHOLE),
    ("organizations.networkgroup", "member_count", "很多人", WHOLE),
    ("organizations.fieldofwork", "position", "40000", AT_MOST_9999),
    ("organizations.region", "code", "3601", "Enter a valid value."),
    ("organizations.region", "valid_from", "0", AT_LEAST_1900),
    ("organizations.region", "valid_to", "99999", AT_MOST_2100),
    ("organizations.region", "parent", HUGE, CHOICE),
    ("organizations.organization", "founded", "2014年2月30日", NO_FEBRUARY),
    ("organizations.organization", "website", "javascript:alert(1)", "Enter a valid URL."),
    ("organizations.organization", "website", "http://a\x00.cn", ["Enter a valid URL.", NO_NUL]),
    ("organizations.organization", "address", LONG, too_long(200)),
    ("organizations.organization", "region", HUGE, CHOICE),
    ("grants.funding", "period", "2014年5-3月", ENDS),
    ("grants.funding", "funder", "abc", CHOICE),
    ("grants.grant", "report_year", "0", AT_LEAST_1900),
    ("grants.grant", "report_year", "99999", AT_MOST_2100),
    ("grants.grant", "report_year", HUGE, AT_MOST_2100),
    ("grants.payment", "paid_on", "2014-02-30", DATE),
    ("grants.payment", "amount", "", REQUIRED),
    ("grants.funding", "partners", ["abc", HUGE], "“abc” is not a valid value."),
    ("activities.course", "stated_people", HUGE, AT_MOST_A_MILLION),
    ("activities.survey", "period", "", REQUIRED),
    ("activities.survey", "stated_target", "3000000000", AT_MOST_A_MILLION),
    ("activities.visit", "when", "2014年2月30日", NO_FEBRUARY),
    ("activities.publication", "published", "很久以前", NO_DATE_READ),
    ("activities.expense", "amount", "-20", NEGATIVE),
    ("activities.expense", "spent_on", "2014-13-01", DATE),
    ("activities.question", "position", HUGE, AT_MOST_9999),
    ("activities.question", "text", LONG, too_long(300)),
    ("reports.annualreport", "year", "0", AT_LEAST_1900),
    ("reports.annualreport", "year", "99999", AT_MOST_2100),
]
AGAINST_A_RULE = [
    ("organizations.region", {"valid_to": "1999"}, "The last year must come after the first."),
    ("organizations.contact", dict(zip(("started_on", "ended_on"), DAYS_BACKWARDS, strict=True)), END_BEFORE_START),
    ("activities.engagement", dict(zip(("opened_on", "closed_on"), DAYS_BACKWARDS, strict=True)), END_BEFORE_START),
    ("grants.payment", {"amount": "0"}, AMOUNT),
    ("grants.payment", {"paid_on": "1014-03-01"}, "The year must lie between 1900 and 2100."),
    ("activities.expense", {"amount": "0"}, AMOUNT),
]


@pytest.fixture
def office(client):
    """A superuser's: regions and work areas are closed to all others."""
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def post(office, record, **changes):
    page = address(type(record), "change", record.pk)
    return office.post(page, as_it_stands(office.get(page)) | changes)


def stored(record) -> dict:
    return type(record)._base_manager.filter(pk=record.pk).values().get()


@pytest.mark.parametrize(("label", "field", "value", "sentence"), WRONG)
def test_nonsense_gets_a_sentence_at_its_field(office, label, field, value, sentence):
    record = make(apps.get_model(label))
    before = stored(record)

    response = post(office, record, **{field: value})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {field: sentence if isinstance(sentence, list) else [sentence]}
    assert stored(record) == before


@pytest.mark.parametrize(("label", "changes", "sentence"), AGAINST_A_RULE)
def test_what_breaks_a_rule_gets_the_sentence_of_the_rule(office, label, changes, sentence):
    record = make(apps.get_model(label))
    before = stored(record)

    response = post(office, record, **changes)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {"__all__": [sentence]}
    assert stored(record) == before


@pytest.mark.parametrize(
    ("label", "same", "sentence"),
    [
        ("activities.attendance", ("event", "person"), "This person is on this event's roster already."),
        ("activities.visit", ("survey", "organization"), "This organisation is in this survey already."),
        (
            "organizations.contact",
            ("person", "organization"),
            "This person has this role in this organisation already.",
        ),
        ("organizations.region", ("code", "valid_from"), "This code is in use from this year already."),
        ("reports.annualreport", ("year",), "There is a report on this year already."),
    ],
)
def test_what_is_there_already_gets_a_sentence(office, label, same, sentence):
    first, second = (make(apps.get_model(label)) for _ in range(2))
    columns = {name: getattr(getattr(first, name), "pk", getattr(first, name)) for name in same}
    before = stored(second)

    response = post(office, second, **columns)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {"__all__": [sentence]}
    assert stored(second) == before


def texts_of(model) -> list[str]:
    """The columns in which people write what they like, one line or many."""
    columns = [f for f in model._meta.concrete_fields if isinstance(f, LineField | ProseField) and f.editable]
    return [f.name for f in columns if not f.validators[1:] and (f.max_length or 99) >= 10]


@pytest.mark.parametrize(
    "model", [pytest.param(m, id=m._meta.label_lower) for m in ADMINS if m._meta.label_lower not in READ_ONLY]
)
def test_every_text_is_stored_clean(office, model):
    record, names = make(model), texts_of(model)
    dirty = "\ufeff 知\x00行\u200b合一\u3000\u3000Ａ2\u202e "

    response = post(office, record, **dict.fromkeys(names, dirty))

    assert response.status_code == 302
    assert {name: stored(record)[name] for name in names} == dict.fromkeys(names, "知行合一 Ａ2")


@pytest.mark.parametrize("value", ["abc", HUGE, "\x00", "-1", "1.5"])
@pytest.mark.parametrize("label", ["activities.visit", "activities.event", "grants.funding"])
def test_form_that_an_address_fills_with_nonsense_opens(office, label, value):
    names = dict.fromkeys(["organization", "survey", "when", "people", "area", "funder", "partners", "region"], value)

    response = office.get(address(apps.get_model(label), "add"), names)

    assert response.status_code == 200


@pytest.mark.parametrize("value", ["abc", HUGE, "_00", "-1", "1.5"])
def test_record_that_does_not_exist_leads_back(office, value):
    response = office.get(address(apps.get_model("activities.event"), "change", value))

    assert (response.status_code, response.url) == (302, "/admin/")


@pytest.mark.parametrize("term", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "%", "'", "长" * 5000, "[\\"])
def test_search_inside_a_form_for_nonsense_is_no_crash(office, term):
    query = {"app_label": "activities", "model_name": "visit", "field_name": "organization", "term": term}
    make(apps.get_model("organizations.organization"))

    found = office.get("/admin/autocomplete/", query)

    assert found.status_code == 200
