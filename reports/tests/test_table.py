"""Tables from plain records: no database."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from reports.table import Column, Kind, Row, Spec, Table, build, listed
from yixin.quantities import HeadCount


@dataclass(frozen=True)
class Record:
    name: str
    people: HeadCount | int | None = None
    amount: Decimal | None = None
    counts: bool = True


def spec_of(*records: Record) -> Spec:
    return Spec(
        code="things",
        title=gettext_lazy("Total"),
        columns=[
            Column("Name", "name"),
            Column("People", "people", Kind.NUMBER, totalled=True),
            Column("Amount", lambda record: record.amount, Kind.MONEY, totalled=True),
        ],
        records=lambda scope: records,
        counted=lambda record: record.counts,
    )


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_build_gives_plain_values_and_one_total_a_column():
    table = build(spec_of(Record("a", 3, Decimal("1.10")), Record("b", HeadCount(40, True), Decimal("2.20"))), None)

    assert table == Table(
        code="things",
        title="Total",
        labels=("Name", "People", "Amount"),
        kinds=(Kind.TEXT, Kind.NUMBER, Kind.MONEY),
        totalled=(False, True, True),
        rows=(Row(("a", 3, Decimal("1.10"))), Row(("b", HeadCount(40, True), Decimal("2.20")))),
        totals=(None, 43, Decimal("3.30")),
        notes=(),
    )


def test_unknown_adds_nothing_and_is_named():
    table = build(spec_of(Record("a", None, Decimal(1)), Record("b", 0, Decimal(2))), None)

    assert table.totals == (None, 0, Decimal(3))
    assert table.notes == ("People not known in 1 row, which adds nothing to the total: a.",)


def test_total_of_nothing_known_is_unknown_not_zero():
    table = build(spec_of(Record("a", 1), Record("b", 2)), None)

    assert table.totals == (None, 3, None)
    assert table.notes == ("Amount not known in 2 rows, which add nothing to the total: a；b.",)


def test_total_of_no_rows_is_zero():
    assert build(spec_of(), None).totals == (None, 0, Decimal("0.00"))


def test_a_record_that_does_not_count_stays_in_the_table_and_out_of_the_total():
    table = build(spec_of(Record("a", 1, Decimal(5)), Record("b", None, Decimal(7), counts=False)), None)

    assert [row.counted for row in table.rows] == [True, False]
    assert table.totals == (None, 1, Decimal(5))
    assert table.notes == ()


def test_columns_records_and_notes_may_depend_on_the_scope():
    spec = replace(
        spec_of(),
        columns=lambda scope: [Column(f"Since {scope}", "name")],
        records=lambda scope: [Record(f"of {scope}")],
        notes=lambda scope, records: [f"{len(records)} in {scope}"],
        key=lambda record: f"/{record.name}/",
    )

    table = build(spec, 2014)

    assert (table.labels, table.rows, table.notes) == (
        ("Since 2014",),
        (Row(("of 2014",), key="/of 2014/"),),
        ("1 in 2014",),
    )


def test_labels_are_made_in_the_language_of_the_reader():
    with translation.override("zh-hans"):
        assert build(spec_of(), None).title == "合计"
    assert build(spec_of(), None).title == "Total"


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(1, "a0"), (5, "a0；a1；a2；a3；a4"), (7, "a0；a1；a2；a3；a4 and 2 more")],
)
def test_long_lists_name_the_first_few(count, sentence):
    assert listed([f"a{number}" for number in range(count)]) == sentence


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**6), st.booleans())))
def test_a_total_is_the_sum_of_its_counted_known_rows(values):
    table = build(spec_of(*(Record("x", people, None, counts) for people, counts in values)), None)

    known = [people for people, counts in values if counts and people is not None]
    assert table.totals[1] == (sum(known) if known or not any(c for _, c in values) else None)
