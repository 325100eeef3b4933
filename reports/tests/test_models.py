"""Each rule of the database is broken once, past every form; and what depends on a report."""

import re

import pytest
from django.db.models import ProtectedError

from organizations.tests.constraints import (
    Broken,
    Twice,
    broken_rule,
    cases,
    constraints,
    declared,
    expected_rule,
    refusal,
    sentences,
)
from organizations.tests.factories import make_organization
from reports.models import AnnualReport, Edition, Section
from reports.tests import factories as f

pytestmark = pytest.mark.django_db
APP = "reports"
EMPTY = "This must not be empty."


def for_a_funder():
    return f.make_report(funder=make_organization())


VIOLATIONS = {
    "acceptance_has_a_reason": [Broken(f.make_acceptance, {"reason": text}) for text in ("", "\u3000")],
    "acceptance_once_a_finding": [Twice(f.make_acceptance, {"reason": "另一个理由"})],
    "annual_report_has_a_title": [Broken(f.make_report, {"title": title}) for title in ("", "\u3000")],
    "annual_report_year_is_sensible": [Broken(f.make_report, {"year": year}) for year in (0, 1899, 2101)],
    "annual_report_once_a_year_and_funder": [Twice(for_a_funder, {"title": "另一份"})],
    "annual_report_once_a_year": [Twice(f.make_report, {"title": "另一份"})],
    "section_has_a_heading": [Broken(f.make_section, {"heading": ""})],
    "section_once_a_position": [Twice(f.make_section, {"heading": "另一节"})],
    "edition_once_a_number": [Twice(f.make_edition)],
    "edition_numbers_start_at_one": [Broken(f.make_edition, {"number": 0, "correction": "改了"})],
    "edition_has_a_checksum": [
        Broken(f.make_edition, {"sha256": text}) for text in ("", "0" * 63, "F" * 64, "0" * 63 + "\n")
    ],
    "edition_later_ones_say_what_was_corrected": [Broken(f.make_edition, {"number": 2})],
    "amendment_has_a_reason": [Broken(f.make_amendment, {"reason": text}) for text in ("", "\u3000")],
    "amendment_year_is_sensible": [Broken(f.make_amendment, {"year": year}) for year in (0, 1899, 2101)],
}
SENTENCES = {
    "acceptance_has_a_reason": EMPTY,
    "acceptance_once_a_finding": "This finding has been accepted already.",
    "annual_report_has_a_title": EMPTY,
    "annual_report_year_is_sensible": "The year must lie between 1900 and 2100.",
    "annual_report_once_a_year_and_funder": "There is a report on this year for this funder already.",
    "annual_report_once_a_year": "There is a report on this year already.",
    "section_has_a_heading": EMPTY,
    "section_once_a_position": "Another section stands at this position.",
    "edition_once_a_number": "There is an edition with this number already.",
    "edition_numbers_start_at_one": "Editions are numbered from 1.",
    "edition_has_a_checksum": "The checksum has 64 hexadecimal digits.",
    "edition_later_ones_say_what_was_corrected": "A later edition says what was corrected.",
    "amendment_has_a_reason": EMPTY,
    "amendment_year_is_sensible": "The year must lie between 1900 and 2100.",
}


def test_every_rule_is_broken_here():
    assert set(VIOLATIONS) == declared(APP)
    assert set(SENTENCES) == set(constraints(APP))


@pytest.mark.parametrize(("name", "violation"), cases(VIOLATIONS))
def test_rule_is_kept_by_the_database(name, violation):
    rule = broken_rule(refusal(violation.store))

    assert re.fullmatch(expected_rule(APP, name), rule)


@pytest.mark.parametrize("name", SENTENCES)
def test_rule_speaks_in_a_form(name):
    assert sentences(VIOLATIONS[name][0].record()) == [SENTENCES[name]]


def test_report_keeps_its_editions_and_takes_its_sections_along():
    published, draft = f.make_edition().report, f.make_section().report

    with pytest.raises(ProtectedError):
        published.delete()
    draft.delete()

    assert list(AnnualReport.objects.all()) == [published]
    assert [Section.objects.count(), Edition.objects.count()] == [0, 1]


def test_general_reports_are_those_for_no_funder():
    general, special = f.make_report(year=2014), f.make_report(year=2014, funder=make_organization())

    assert set(AnnualReport.objects.all()) == {general, special}
    assert list(AnnualReport.objects.general()) == [general]


def test_public_editions_are_of_general_reports_newest_first():
    report, special = f.make_report(year=2014), f.make_report(year=2014, funder=make_organization())
    first = f.make_edition(report=report)
    second = f.make_edition(report=report, number=2, correction="湘东培训的人数")
    later = f.make_edition(report=f.make_report(year=2015))
    hidden = f.make_edition(report=special)

    assert hidden in Edition.objects.all()
    assert list(Edition.objects.public()) == [later, second, first]
