"""What makes a check: one function, its code and level, and findings known by what they rest on."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from activities.tests.factories import area, make_event, make_event_organization
from grants.tests.factories import make_grant
from organizations.tests.factories import make_alias, make_organization
from reports.checks import CHECKS, Finding, Level, Reading, RecordRef, check, run
from reports.checks.findings import Names, finding, told
from reports.checks.hints import Hint, hints
from reports.tests.factories import make_report, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_rule():
    """A rule beside the others, for this test only: it asks about every year that ends in 1."""

    @check("X1", Level.NOTE, _("Checks"))
    def ends_in_one(reading: Reading) -> Iterator[Finding]:
        if reading.year % 10 == 1:
            yield finding(told("%(year)s", year=reading.year), told(_("Accept")), [], reading.year)

    yield ends_in_one
    del CHECKS["X1"]


def test_a_new_rule_is_one_function(own_rule):
    asked = {year: [(one.code, one.level, str(one.sentence)) for one in run(Reading.of(year))] for year in (2031, 2032)}

    assert asked == {2031: [("X1", Level.NOTE, "2031")], 2032: []}


def test_two_rules_cannot_have_one_code(own_rule):
    with pytest.raises(ValueError, match="two checks are called X1"):
        check("X1", Level.NOTE, _("Checks"))(lambda reading: iter(()))


def test_codes_of_a_new_letter_come_last(own_rule):
    make_event(report_year=2031, when="2031年3月1日", headcount=None)

    assert [one.code for one in run(Reading.of(2031))] == ["N1", "S2", "X1"]


def one(**changes) -> Finding:
    records = (RecordRef("activities.event:1", "一"), RecordRef("activities.event:2", "二"))
    return replace(finding(told(_("Checks")), told(_("Accept")), records, 12, "12次"), code="C1", **changes)


def test_a_finding_stays_the_same_whatever_its_words_and_the_order_of_its_records():
    known = one().fingerprint
    with translation.override("en"):
        english = one().fingerprint

    assert english == known
    assert one(sentence=told(_("Accept")), level=Level.NOTE).fingerprint == known
    assert one(records=one().records[::-1]).fingerprint == known
    assert one(records=tuple(replace(record, label="另一个名称") for record in one().records)).fingerprint == known


@pytest.mark.parametrize(
    "changes",
    [{"facts": (13, "12次")}, {"records": one().records[:1]}, {"code": "C2"}],
    ids=["facts", "records", "code"],
)
def test_a_finding_is_another_one_with_other_numbers_or_records_or_of_another_check(changes):
    assert replace(one(), **changes).fingerprint != one().fingerprint


def test_more_than_a_few_names_are_counted():
    assert str(Names(tuple("一二三"))) == "一；二；三"
    assert str(Names(tuple("一二三四五六七"))) == "一；二；三；四；五；另有 2 项"


def test_hints_say_which_figure_could_stand_there_and_whether_it_agrees():
    text = "第一段没有数字。\n全年共举办培训2场，参加培训的共31人次。"
    section = make_section(report=make_report(year=2031), heading="培训", prose=text, area=area("training"))
    for number in (10, 20):
        make_event(report_year=2031, when=f"2031年3月{number}日", headcount=number, area=area("training"))

    found = hints(Reading.of(2031))

    key = f"reports.section:{section.pk}"
    assert found == [
        Hint(key, "2场", text.index("2场"), "培训.场次", 2, agrees=True),
        Hint(key, "31人次", text.index("31人次"), "培训.人次", 30, agrees=False),
    ]
    assert [str(hint) for hint in found] == [
        "“2场”现在等于 {培训.场次}；换成它，以后数字变了会跟着变。",
        "“31人次”与 {培训.人次} 不符，那里是 30。",
    ]


def test_a_figure_in_braces_is_no_hint():
    make_section(report=make_report(year=2031), prose="全年共举办培训{培训.场次}场。", area=area("training"))
    make_event(report_year=2031, when="2031年3月1日", headcount=9)

    assert hints(Reading.of(2031)) == []


def test_a_reading_costs_the_same_queries_for_one_record_and_for_thirty(django_assert_num_queries):
    report = make_report(year=2031)
    for last in (1, 30):
        for number in range(0 if last == 1 else 1, last):
            organization = make_organization(name=f"知行{number}社")
            make_alias(organization=organization, name=f"知行{number}队")
            title, when = f"第{number}次培训", f"2031年3月{number % 28 + 1}日"
            event = make_event(report_year=2031, when=when, title=title, headcount=number)
            make_event_organization(event=event, organization=organization)
            make_grant(report_year=2031, organization=organization)
            make_section(report=report, prose=f"3月{number % 28 + 1}日，知行{number}队的培训来了12人。", area=area())

        with django_assert_num_queries(14):
            run(Reading.of(2031))
