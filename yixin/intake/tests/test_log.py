"""The log of what came in: read by who leads the hub, changed by nobody, and without a row of any table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yixin.intake.tests.bringing import bring, confirm, events, intake
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db

LOG = reverse("admin:intake_intake_changelist")


def enter(office, role: str):
    office.force_login(make_superuser() if role == "superuser" else make_user(role))
    return office


@pytest.mark.parametrize(
    ("role", "status"), [("superuser", 200), ("administrator", 200), ("coordinator", 200), ("staff", 403)]
)
def test_log_is_for_who_leads_the_hub(office, role, status):
    key = bring(office, events(1))
    log = enter(office, role)

    addresses = [LOG, reverse("admin:intake_intake_change", args=[intake(key).pk])]
    addresses.append(reverse("admin:intake_export_changelist"))

    assert [log.get(address).status_code for address in addresses] == [status] * 3


@pytest.mark.parametrize("role", ["superuser", "administrator"])
def test_log_is_changed_by_nobody(office, role):
    record = intake(bring(office, events(1)))
    log = enter(office, role)

    codes = [
        log.post(reverse("admin:intake_intake_add"), {"table": "x"}).status_code,
        log.post(reverse("admin:intake_intake_change", args=[record.pk]), {"table": "x"}).status_code,
        log.post(reverse("admin:intake_intake_delete", args=[record.pk]), {"post": "yes"}).status_code,
    ]

    assert codes == [403, 403, 403]
    record.refresh_from_db()
    assert record.table == "events"


def test_log_tells_who_what_and_how_many_but_no_row(office):
    user, key = office.user, bring(office, events(2))
    waiting = bring(office, events(3, people=90))
    confirm(office, key)
    log = enter(office, "superuser")

    pages = [
        log.get(reverse("admin:intake_intake_change", args=[intake(k).pk])).content.decode() for k in (key, waiting)
    ]
    listed = log.get(LOG).content.decode()

    assert [words in pages[0] for words in ("Events", "pasted text", user.username, "new 2", "done")] == [True] * 5
    assert [text in page for page in (*pages, listed) for text in ("年会0", "2014年1月1日", "沙龙1")] == [False] * 9


@pytest.mark.parametrize("number", [1, 30])
def test_log_costs_the_same_for_1_and_30_imports(office, number):
    for _number in range(number):
        bring(office, events(1))
    log = enter(office, "superuser")

    with CaptureQueriesContext(connection) as queries:
        rows = log.get(LOG).context["cl"].result_count

    assert (rows, len(queries)) == (number, 5)
