"""A document on its way into an edition and out of it again."""

from datetime import date
from decimal import Decimal

import pytest

from reports.chart import Bar, Chart, ChartKind
from reports.document import Block, BlockKind, Correction, Document, Part, Picture, Run
from reports.snapshot import canonical, checksum, from_json, to_json
from reports.table import Kind, Row, Table
from yixin.fuzzydate import parse
from yixin.quantities import HeadCount

DOCUMENT = Document(
    year=2014,
    title="知行年报",
    funder="乐施会",
    cut_off=date(2014, 12, 1),
    edition=2,
    published_on=date(2015, 1, 5),
    corrections=(Correction(2, date(2015, 1, 5), "改正"),),
    parts=(
        Part(
            "reports.section:1",
            "背景",
            (Block(BlockKind.BULLET, (Run("办了"), Run("26", "培训.场次"), Run("{x}", is_unknown=True))),),
            "training",
            (Picture("editions/ab.jpg", "现场", 1200, 800),),
        ),
    ),
    tables=(
        Table(
            "training",
            "志愿者培训",
            ("时间", "内容", "人数", "金额"),
            (Kind.DATE, Kind.TEXT, Kind.NUMBER, Kind.MONEY),
            (False, False, True, True),
            (
                Row(
                    (parse("2014年4月26-28日"), "知行", HeadCount(40, True), Decimal("1.50")), key="activities.event:1"
                ),
                Row((None, "", 26.5, None), counted=False),
            ),
            (None, None, 40, Decimal("1.50")),
            ("有 1 行",),
            Chart(ChartKind.TILES, "各地市", ("场次",), (Bar("南昌市", (3, None), cell=(1, 2)),)),
        ),
    ),
    notes=("说明",),
)


def test_document_comes_back_as_it_was():
    assert from_json(to_json(DOCUMENT)) == DOCUMENT


def test_checksum_does_not_depend_on_the_order_of_keys():
    stored = to_json(DOCUMENT)
    turned = dict(reversed(stored.items()))

    assert list(turned) != list(stored)
    assert checksum(turned) == checksum(stored)


def test_what_a_newer_version_does_not_know_is_passed_over_and_what_is_missing_takes_its_default():
    stored = to_json(DOCUMENT) | {"from_the_past": 1}
    del stored["notes"]

    assert from_json(stored).notes == ()
    assert from_json(stored).title == "知行年报"


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))
