"""Several of the staff work on one roster at one moment: nobody gets an error page, and nothing is lost."""

import pytest
from django.core.exceptions import ValidationError

from activities.models import Attendance
from activities.rosters.adding import Entry, add
from activities.rosters.changes import set_columns, take_off
from activities.rosters.naming import Known, Typed
from activities.tests.factories import make_attendance, make_event
from activities.tests.rosters import states
from organizations.models import Organization, Person
from organizations.tests.factories import NOW
from organizations.tests.test_keeping_at_once import TOGETHER, together
from yixin.locks import Reason
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_whom_several_add_stands_there_once():
    event, by = make_event(), make_superuser()

    def act(number: int) -> str:
        entry = Entry(Typed("李文"), Typed("知行青年社"), "participant")
        known = Known(Person.objects.all(), Organization.objects.all())
        try:
            add(event=event, entry=entry, known=known, reason=Reason("", by, NOW))
        except ValidationError as error:
            return next(iter(error.message_dict))
        return "added"

    assert together(act) == ["added", *["name"] * (TOGETHER - 1)]
    assert states(event) == [("李文", "participant", True, "知行青年社")]
    assert (Person.objects.count(), Organization.objects.count()) == (1, 1)


def test_different_columns_that_several_set_are_all_kept():
    event, by = make_event(), make_superuser()
    keys = {make_attendance(event=event).pk for _ in range(50)}
    columns = [{"role": "staff"}, {"is_counted": False}, {"remark": "第一天"}, {"role": "staff"}]

    def act(number: int) -> str:
        done = set_columns(event=event, keys=keys, columns=columns[number], reason=Reason("", by, NOW))
        return str(done.missing)

    assert together(act) == ["0"] * TOGETHER
    found = Attendance.objects.filter(event=event).order_by().values_list("role", "is_counted", "remark").distinct()
    assert list(found) == [("staff", False, "第一天")]


def test_who_was_taken_off_meanwhile_is_told_of_and_the_others_are_done():
    event, by = make_event(), make_superuser()
    keys = {make_attendance(event=event).pk for _ in range(20)}
    gone = set(sorted(keys)[:5])

    def act(number: int) -> str:
        reason = Reason("", by, NOW)
        if number == 0:
            return f"off {take_off(event=event, keys=gone, reason=reason).changed}"
        set_columns(event=event, keys=keys, columns={"is_counted": False}, reason=reason)
        return "set"

    assert together(act) == ["off 5", *["set"] * (TOGETHER - 1)]
    assert list(event.attendances.values_list("is_counted", flat=True)) == [False] * 15


def test_event_that_is_gone_is_told_of():
    event, by = make_event(), make_superuser()
    reason = Reason("", by, NOW)
    key = event.pk
    event.delete()
    event.pk = key

    with pytest.raises(ValidationError) as raised:
        set_columns(event=event, keys={1}, columns={"is_counted": False}, reason=reason)

    assert raised.value.code == "gone"
