"""Looking at a table before it comes in: which sheet, what would be done, in which year; and what that costs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yixin.intake.registry import resources
from yixin.intake.tests.bringing import (
    bring,
    confirm,
    event_model,
    events,
    intake,
    page,
    seen,
    send,
    stored,
    told,
    workbook,
)

pytestmark = pytest.mark.django_db

KEYED = ["preview", "result"]


def test_one_of_several_sheets_is_chosen_without_a_second_upload(office):
    content = workbook(甲=events(1), 乙=events(2, people=50), 说明="只是\t说明")
    key = bring(office, "", file=SimpleUploadedFile("表.xlsx", content))

    offered = office.get(page("preview", key)).context["sheets"]
    early = office.post(page("confirm", key), {"seen": ""})
    office.post(page("sheet", key), {"sheet": "乙"})
    confirm(office, key)

    assert (sorted(offered), early.url) == (["乙", "甲"], page("preview", key))
    assert [row[2] for row in stored()] == [50, 51]


def test_sheet_that_is_none_of_them_is_not_taken(office):
    key = bring(office, "", file=SimpleUploadedFile("表.xlsx", workbook(甲=events(1), 乙=events(2))))

    response = office.post(page("sheet", key), {"sheet": "丙"}, follow=True)

    assert told(response) == ["Choose one of the sheets."]
    assert sorted(response.context["sheets"]) == ["乙", "甲"]


def test_sheet_that_is_named_is_taken_at_once(office):
    content = workbook(甲=events(1), 乙=events(2))

    key = bring(office, "", file=SimpleUploadedFile("表.xlsx", content), sheet="甲")

    assert intake(key).content["sheet"] == "甲"


# Looking


def test_looking_writes_nothing(office):
    waiting, done = bring(office, events(2)), bring(office, events(1, people=90))
    confirm(office, done)
    addresses = [page("index"), *(page("start", name) for name in resources())]
    addresses += [page(name, key) for name in KEYED for key in (waiting, done)]

    with CaptureQueriesContext(connection) as queries:
        codes = [office.get(address).status_code for address in addresses]

    assert codes == [200] * 9 + [302, 302, 200]
    assert [q["sql"] for q in queries if q["sql"].split()[0] not in ("SELECT", "DECLARE")] == []


def test_preview_tells_what_would_be_done(office):
    confirm(office, bring(office, events(2)))
    text = f"{events(3).replace('沙龙1	21', '沙龙1	40')}\n2014年2月30日\t培训\t9\n合计\t\t92"
    key = bring(office, text)

    preview = office.get(page("preview", key)).context["preview"]

    assert preview.counts == {"new": 1, "changed": 1, "same": 1, "skipped": 0, "refused": 1, "waiting": 0}
    changed = [(row.number, changes) for row, _called, changes in preview.changed.shown]
    assert changed == [(3, {"人数": ("21", "40")})]
    assert [(row.number, cells) for row, cells in preview.new.shown] == [
        (4, ["2014年3月1日", "读书会2", "22", "Volunteer training"])
    ]
    assert [(finding.row, finding.column) for finding in preview.errors.shown] == [(5, "时间")]


def test_long_lists_are_folded_and_cut(office):
    preview = office.get(page("preview", bring(office, events(230)))).context["preview"]

    assert [len(preview.new.shown), len(preview.new.folded), preview.new.more] == [20, 180, 30]


def test_same_rows_are_looked_at_with_another_year(office):
    key = bring(office, "时间\t内容\t人数\n1月4日\t年会\t140")

    office.post(page("options", key), {"area": "exchange", "year": 2015})
    confirm(office, key)

    event = event_model().objects.get()
    assert (event.when_earliest.isoformat(), event.report_year, event.area.code) == ("2015-01-04", 2015, "exchange")


def test_options_that_are_none_leave_the_import_as_it_was(office):
    key = bring(office, events(1))

    response = office.post(page("options", key), {"area": "training", "year": "x"})

    assert list(response.context["form"].errors) == ["year"]
    assert intake(key).options["year"] == 2014


# What it costs


def cost(of) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert of().status_code < 400
    return len(queries)


@pytest.mark.parametrize("number", [1, 30])
def test_preview_and_confirm_cost_the_same_for_1_and_30_rows(office, number):
    confirm(office, bring(office, "时间\t内容\t人数\n2014年1月2日\t早有的活动\t7"))
    key = bring(office, events(number))
    mark = seen(office, key)

    looked = cost(lambda: office.get(page("preview", key)))
    confirmed = cost(lambda: office.post(page("confirm", key), {"seen": mark}))

    assert (looked, confirmed, len(stored())) == (13, 21, number + 1)


@pytest.mark.parametrize("number", [1, 30])
def test_start_and_index_cost_the_same_for_1_and_30_rows(office, number):
    for _number in range(number):
        bring(office, events(1))

    costs = [
        cost(lambda: office.get(page("index"))),
        cost(lambda: office.get(page("start", "events"))),
        cost(lambda: send(office, events(number))),
    ]

    assert costs == [5, 6, 8]
