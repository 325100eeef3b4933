"""What a check says is true word for word: where a survey went, and what the text says not to have done."""

import pytest

from activities.tests.factories import area, make_event, make_survey, make_visit
from organizations.tests.factories import make_organization, region
from reports.checks import Reading, run
from reports.models import Section
from reports.tests.factories import make_report, make_section

pytestmark = pytest.mark.django_db


def test_only_the_cities_that_a_survey_saw_are_said_to_have_been_seen():
    make_event(headcount=1, region=region("360100"))
    survey = make_survey(report_year=2014)
    make_visit(survey=survey, organization=make_organization(region=region("360700")))
    make_visit(survey=survey, organization=make_organization(region=region("360100")))

    (found,) = (one for one in run(Reading.of(2014)) if one.code == "S2")

    assert str(found.sentence).endswith("而调研去过其中的赣州市。")


def test_what_the_text_says_not_to_have_done_needs_no_record():
    report = make_report(year=2014)
    section = make_section(report=report, heading="救灾", prose="今年没有开展救灾工作。", area=area("relief"))

    assert "N3" not in {one.code for one in run(Reading.of(2014))}
    Section.objects.filter(pk=section.pk).update(prose="今年开展了救灾工作。")
    assert "N3" in {one.code for one in run(Reading.of(2014))}
