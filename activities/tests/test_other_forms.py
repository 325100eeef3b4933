"""What staff type wrongly into the forms beside an event's: each time a sentence at its field, nothing stored."""

import pytest
from django.apps import apps
from django.urls import reverse

from activities.models import Attendance, Event
from activities.tests import factories as f
from grants.tests.factories import make_grant
from organizations.tests.factories import make_organization, make_person
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import as_it_stands

pytestmark = pytest.mark.django_db

HUGE, LONG = str(10**20), "长" * 5000
NO_FEBRUARY = "“2014年2月30日”: there is no 2014年2月30日. Check the month and the day."
END_BEFORE_START = "The end is before the start. Write the earlier day first."
AMOUNT = "The amount must lie between 0 and 1,000,000,000 yuan."
LESS_THAN_0 = "Ensure this value is greater than or equal to 0."
AT_MOST_A_MILLION = "Ensure this value is less than or equal to 1000000."
AT_LEAST_1900, AT_MOST_2100 = (
    "Ensure this value is greater than or equal to 1900.",
    "Ensure this value is less than or equal to 2100.",
)
NO_WHOLE = "Enter a whole number."
NO_DATE = "Enter a valid date."


def too_long(limit: int) -> str:
    return f"Ensure this value has at most {limit} characters (it has 5000)."


@pytest.fixture
def office(client):
    """A superuser's: region and work area are closed to all others."""
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.mark.parametrize(
    ("label", "changes", "errors"),
    [
        ("organizations.person", {"phone": "电话 123"}, {"phone": "A phone number has digits only, such as 0791-8800000."}),
        ("organizations.person", {"email": "a@b\u200b"}, {"email": "Enter a valid email address."}),
        ("organizations.person", {"email": "a\x00@b.cn"}, {"email": "Null characters are not allowed."}),
        ("organizations.person", {"consented_on": "2014-02-30"}, {"consented_on": NO_DATE}),
        ("organizations.person", {"name": "\u3000\u200b"}, {"name": "This field is required."}),
        ("organizations.person", {"name": LONG}, {"name": too_long(60)}),
        ("organizations.networkgroup", {"member_count": "-3"}, {"member_count": LESS_THAN_0}),
        ("organizations.networkgroup", {"member_count": HUGE}, {"member_count": AT_MOST_A_MILLION}),
        ("organizations.networkgroup", {"member_count": "12.5"}, {"member_count": NO_WHOLE}),
        ("organizations.networkgroup", {"member_count": "很多人"}, {"member_count": NO_WHOLE}),
        ("organizations.fieldofwork", {"position": "40000"}, {"position": "Ensure this value is less than or equal to 9999."}),
        ("organizations.region", {"code": "3601"}, {"code": "Enter a valid value."}),
        ("organizations.region", {"valid_from": "0"}, {"valid_from": AT_LEAST_1900}),
        ("organizations.region", {"valid_to": "99999"}, {"valid_to": AT_MOST_2100}),
        ("organizations.region", {"valid_to": "1999"}, {"__all__": "The last year must come after the first."}),
        ("organizations.organization", {"founded": "2014年2月30日"}, {"founded": NO_FEBRUARY}),
        ("organizations.organization", {"website": "javascript:alert(1)"}, {"website": "Enter a valid URL."}),
        ("organizations.organization", {"website": "http://a\x00.cn"}, {"website": "Null characters are not allowed."}),
        ("organizations.organization", {"address": LONG}, {"address": too_long(200)}),
        ("organizations.contact", {"started_on": "2014-05-01", "ended_on": "2014-04-30"}, {"__all__": END_BEFORE_START}),
        ("grants.funding", {"period": "2014年5-3月"}, {"period": "“2014年5-3月” ends before it starts. Check both dates, "
            "and write both years if there are two."}),
        ("grants.grant", {"report_year": "0"}, {"report_year": AT_LEAST_1900}),
        ("grants.grant", {"report_year": "99999"}, {"report_year": AT_MOST_2100}),
        ("grants.grant", {"report_year": HUGE}, {"report_year": AT_MOST_2100}),
        ("grants.payment", {"amount": "0"}, {"__all__": AMOUNT}),
        ("grants.payment", {"paid_on": "2014-02-30"}, {"paid_on": NO_DATE}),
        ("grants.payment", {"paid_on": "0001-01-01"}, {"__all__": "The year must lie between 1900 and 2100."}),
        ("grants.payment", {"amount": ""}, {"amount": "This field is required."}),
        ("activities.course", {"stated_people": HUGE}, {"stated_people": AT_MOST_A_MILLION}),
        ("activities.engagement", {"opened_on": "2014-05-01", "closed_on": "2014-04-30"}, {"__all__": END_BEFORE_START}),
        ("activities.survey", {"period": ""}, {"period": "This field is required."}),
        ("activities.survey", {"stated_target": "3000000000"}, {"stated_target": AT_MOST_A_MILLION}),
        ("activities.visit", {"when": "2014年2月30日"}, {"when": NO_FEBRUARY}),
        ("activities.publication", {"published": "很久以前"}, {"published": "“很久以前” is not a date that can be read. "
            "Write it like 2014年1月4日, 4月26-28日 or 2014年10-12月."}),
        ("activities.expense", {"amount": "-20"}, {"amount": "“-20” is a negative amount. Write it without the minus "
            "sign; a refund is recorded as its own kind of payment."}),
        ("activities.expense", {"spent_on": "2014-13-01"}, {"spent_on": NO_DATE}),
        ("activities.workarea", {"code": "知行"}, {"code": "Enter a valid “slug” consisting of letters, numbers, "
            "underscores or hyphens."}),
        ("reports.annualreport", {"year": "0"}, {"year": AT_LEAST_1900}),
    ],
)
def test_nonsense_gets_a_sentence(office, label, changes, errors):
    pass
