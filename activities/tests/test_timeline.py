"""What a public page tells of an organisation's events and visits: its own, the public ones, and nobody's name."""

from datetime import date

import pytest

from activities.tests.factories import (
    make_engagement,
    make_event,
    make_event_organization,
    make_publication,
    make_survey,
    make_visit,
    written,
)
from activities.timeline import event_years, events, visit_years, visits
from organizations.tests.factories import make_organization, make_person
from organizations.timeline import Happening

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    return make_organization(name="知行社", listing="public")


def take_part(organization, role="participant", **event):
    return make_event_organization(organization=organization, event=make_event(**event), role=role)


def test_its_events_are_told_with_its_part_the_newest_first(organization):
    take_part(organization, title="沙龙", when="2013年5月初")
    part = take_part(organization, "host", title="年会", when="2014年1月9日")
    make_event_organization(organization=organization, event=part.event, role="guest")
    make_publication(event=part.event, title="年会手册", is_public=True)
    make_publication(event=part.event, title="内部稿")
    take_part(make_organization(listing="public"), title="别家的")

    assert events(organization, 50, None) == [
        Happening(date(2014, 1, 9), "2014年1月9日", "志愿者培训", "年会", "主办、嘉宾", "/publications/#nianhuishouce"),
        Happening(date(2013, 5, 1), "2013年5月初", "志愿者培训", "沙龙", "参加"),
    ]
    assert event_years(organization) == [2013, 2014]
    assert [one.text for one in events(organization, 50, 2013)] == ["沙龙"]
    assert [one.text for one in events(organization, 1, None)] == ["年会"]


def test_what_is_not_public_is_not_told(organization):
    sensitive = make_organization(is_sensitive=True)
    take_part(organization, title="敏感的", is_sensitive=True)
    take_part(organization, title="没办成的", status="cancelled")
    take_part(organization, title="还没办的", status="planned")
    take_part(organization, title="陪伴敏感组织的", engagement=make_engagement(organization=sensitive))
    with_others = take_part(organization, title="敏感组织同场的")
    make_event_organization(event=with_others.event, organization=sensitive)

    assert events(organization, 50, None) == []
    assert event_years(organization) == []


@pytest.mark.parametrize("columns", [{"listing": "partners"}, {"listing": "hidden"}, {"is_sensitive": True}])
def test_an_organization_that_not_everybody_may_tie_to_them_has_none(organization, columns):
    take_part(organization)
    make_visit(organization=organization)
    assert (len(events(organization, 50, None)), len(visits(organization, 50, None))) == (1, 1)

    for name, value in columns.items():
        setattr(organization, name, value)
    organization.save()

    assert (events(organization, 50, None), visits(organization, 50, None)) == ([], [])
    assert (event_years(organization), visit_years(organization)) == ([], [])


@pytest.mark.parametrize(
    ("when", "day", "shown"),
    [
        ("2014年10月8日", date(2014, 10, 8), "2014年10月"),
        ("2014年10月中旬", date(2014, 10, 11), "2014年10月"),
        ("2014年10-11月", date(2014, 10, 1), "2014年9-12月"),
        ("", date(2014, 9, 1), "2014年9-12月"),
    ],
)
def test_of_a_visit_the_month_is_told_and_not_what_came_of_it(organization, when, day, shown):
    survey = make_survey(title="调研", period="2014年9-12月")
    visit = {"visitors": "金丝雀某", "outcome": "金丝雀", "when": written(when) if when else None}
    make_visit(organization=organization, survey=survey, **visit)
    make_visit(organization=make_organization(listing="public"), survey=survey)
    make_publication(survey=survey, title="调研报告", is_public=True)

    told = visits(organization, 50, None)

    assert told == [Happening(day, shown, "走访", "调研", link="/publications/#diaoyanbaogao")]
    assert visit_years(organization) == [2014]
    assert (visits(organization, 50, 2014), visits(organization, 50, 2013)) == (told, [])


@pytest.mark.parametrize("status", ["planned", "refused", "not-found"])
def test_a_visit_that_did_not_come_off_is_not_told(organization, status):
    make_visit(organization=organization, status=status)

    assert visits(organization, 50, None) == []


def test_the_page_tells_of_no_other_organization_and_of_no_person(client, organization):
    other = make_organization(name="别的社", listing="public")
    survey = make_survey(title="调研", report_year=2014)
    for owner, word in ((organization, "自己的"), (other, "金丝雀")):
        take_part(owner, title=f"{word}年会")
        take_part(owner, title=f"金丝雀某的{word}课")
        make_visit(organization=owner, survey=make_survey(title=f"{word}调研"), visitors="金丝雀某")
    make_person(name="金丝雀某")
    make_visit(organization=organization, survey=survey, outcome="金丝雀")

    page = client.get(organization.get_absolute_url()).content.decode()

    assert [words for words in ("自己的年会", "自己的调研", "金丝雀", "别的社") if words in page] == [
        "自己的年会",
        "自己的调研",
    ]


@pytest.mark.parametrize(("of_each", "queries"), [(1, 8), (15, 8), (30, 11)])
def test_the_page_takes_as_many_queries_whatever_the_number(
    client, organization, of_each, queries, django_assert_num_queries
):
    """One more of each source where there is too much for one page."""
    for _each in range(of_each):
        take_part(organization)
        make_visit(organization=organization)

    with django_assert_num_queries(queries):
        response = client.get(organization.get_absolute_url())

    assert len(response.context["timeline"].years[0].happenings) == min(2 * of_each, 50)
