"""What an organisation's page tells of its past, whatever registered to tell it."""

from datetime import date

import pytest

from organizations import timeline
from organizations.directory import OtherName, with_parts
from organizations.models import Organization
from organizations.tests.factories import make_alias, make_organization, make_person
from organizations.timeline import Happening, Source, Timeline, Year, year_asked_for
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


def happening(day: date, text: str = "知行年会") -> Happening:
    return Happening(day, f"{day}", "活动", text)


def source(*happenings: Happening) -> Source:
    """Tells the same of every organisation."""

    def read(organization, most, year):
        return [one for one in happenings if year in (None, one.day.year)][:most]

    return Source(read, lambda organization: {one.day.year for one in happenings})


@pytest.fixture
def told(monkeypatch):
    """``told(source, …)``: the only ones registered."""
    return lambda *sources: monkeypatch.setattr(timeline, "SOURCES", list(sources))


def tell(organization: Organization, year: int | None = None) -> Timeline:
    return timeline.tell(with_parts(Organization.objects).get(pk=organization.pk), year)


def test_all_sources_are_told_by_year_the_newest_first(told):
    old, new, other = happening(date(2013, 5, 1)), happening(date(2014, 2, 1)), happening(date(2014, 7, 1))
    told(source(new, old), source(other))

    found = tell(make_organization())

    assert found == Timeline((Year(2014, (other, new)), Year(2013, (old,))))


def test_fifty_are_shown_and_the_years_lead_to_all_of_them(told):
    many = [happening(date(2010 + number // 12, number % 12 + 1, 1)) for number in reversed(range(60))]
    told(source(*many))
    organization = make_organization()

    shown, year, nothing = tell(organization), tell(organization, 2010), tell(organization, 1999)

    assert [one for year in shown.years for one in year.happenings] == many[:50]
    assert shown.more == (2014, 2013, 2012, 2011, 2010)
    assert year == Timeline((Year(2010, tuple(many[-12:])),), shown.more, 2010)
    assert nothing == Timeline((), shown.more, 1999)


def test_a_year_has_two_hundred_at_most(told):
    told(source(*[happening(date(2014, 1, 1))] * 300))

    (year,) = tell(make_organization(), 2014).years

    assert len(year.happenings) == 200


@pytest.mark.parametrize("columns", [{"is_sensitive": True}, {"name": "南昌LES群"}])
def test_a_sensitive_organization_has_no_past_and_takes_no_query(told, columns, django_assert_num_queries):
    told(source(happening(date(2014, 1, 1))))
    organization = with_parts(Organization.objects).get(pk=make_organization(**columns).pk)

    with django_assert_num_queries(0):
        found = timeline.tell(organization)

    assert found == Timeline()


def test_neither_a_person_nor_a_sensitive_organization_is_named(told):
    make_person(name="甲某金丝雀")
    make_organization(name="测试在一起", is_sensitive=True)
    day = date(2014, 1, 1)
    texts = ["请甲某金丝雀讲课", "同测试在一起的聚会", "艾滋病日", "报名13911112222", "年会"]
    told(source(*[happening(day, text) for text in texts]))

    found = tell(make_organization())

    assert found == Timeline((Year(2014, (happening(day, "年会"),)),))


def test_its_own_name_may_stand_there_whoever_is_called_so(told):
    make_person(name="李知行")
    own = happening(date(2014, 1, 1), "李知行公益课堂开课")
    told(source(own))
    organization = make_organization(name="江西课堂")
    make_alias(organization=organization, name="李知行公益课堂")

    assert tell(organization) == Timeline((Year(2014, (own,)),))
    assert tell(make_organization()) == Timeline()


@pytest.mark.parametrize(
    ("text", "year"),
    [("2014", 2014), ("1900", 1900), ("2100", 2100)]
    + [(text, None) for text in ("", "1899", "2101", "-1", "２０１４", "2014.0", "9" * 30, "NaN", "\x00")],
)
def test_only_a_year_is_one(text, year):
    assert year_asked_for(text) == year


@pytest.mark.parametrize(
    ("listing", "statuses"), [("public", (200, 200)), ("partners", (404, 200)), ("hidden", (404, 404))]
)
def test_who_logs_in_opens_what_is_for_partners_too(client, listing, statuses):
    address = make_organization(listing=listing).get_absolute_url()

    anybody = client.get(address).status_code
    client.force_login(make_user("partner"))

    assert (anybody, client.get(address).status_code) == statuses


def test_former_names_stand_on_the_page_with_their_years(client):
    organization = make_organization(listing="public")
    make_alias(organization=organization, name="老知行", kind="former", valid_from=2008, valid_to=2014)
    make_alias(organization=organization, name="知行", kind="short", valid_to=2001)

    response = client.get(organization.get_absolute_url())

    assert response.context["names"] == [OtherName("知行", False, None, 2001), OtherName("老知行", True, 2008, 2014)]
    assert "2008–2014" in response.content.decode()
