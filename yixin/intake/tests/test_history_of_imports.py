"""What an import wrote stands in the history of each record, and leads to the import."""

import pytest

from yixin.access.models import Revision
from yixin.intake.tests.bringing import bring, confirm, event_model, events, intake, page
from yixin.tests.factories import make_superuser
from yixin.tests.registry import address

pytestmark = pytest.mark.django_db


def test_record_that_was_brought_in_names_its_import(office):
    key = bring(office, events(2))
    confirm(office, key)

    written = event_model().objects.order_by("pk")
    kept = Revision.objects.filter(model="activities.event").order_by("record")
    assert [(one.record, one.act, one.made_by) for one in kept] == [
        (event.pk, "added", intake(key).user) for event in written
    ]
    (entry,) = office.get(address(event_model(), "history", written[0].pk)).context["entries"]
    assert (entry.lines, entry.is_imported, entry.imported) == ([], True, "")  # the log of imports is not for all
    office.force_login(make_superuser())
    (entry,) = office.get(address(event_model(), "history", written[0].pk)).context["entries"]
    assert office.get(entry.imported).context["original"] == intake(key)


def test_record_that_an_import_changed_tells_both_values(office):
    confirm(office, bring(office, "时间\t内容\t人数\n2014年1月2日\t知行合一\t7"))
    event = event_model().objects.get()

    confirm(office, bring(office, "时间\t内容\t人数\n2014年1月2日\t知行合一\t9"))

    event.refresh_from_db()
    kept = Revision.objects.filter(record=event.pk, act="changed").values_list("changes", flat=True)
    assert (event.headcount, [one.get("headcount") for one in kept]) == (9, [["7", "9"]])


def test_import_that_is_undone_tells_both_values_and_what_went(office):
    confirm(office, bring(office, "时间\t内容\t人数\n2014年1月2日\t知行合一\t7"))
    key = bring(office, "时间\t内容\t人数\n2014年1月2日\t知行合一\t9\n2014年1月3日\t知行社\t5")
    confirm(office, key)

    office.post(page("undo", key))

    last = Revision.objects.filter(changes___import=["", str(intake(key).pk)]).order_by("pk")
    told = [(one.act, one.changes.get("headcount")) for one in last]
    assert event_model().objects.get().headcount == 7
    assert sorted(told, key=str) == sorted(
        [("added", None), ("changed", ["7", "9"]), ("changed", ["9", "7"]), ("deleted", None)], key=str
    )
