"""Home: the newest published year as it was published, and nothing of what is live."""

from decimal import Decimal

import pytest

from activities.tests.factories import make_event
from organizations.tests.factories import make_organization, make_region, region
from reports.glance import glance
from reports.models import AnnualReport, Edition
from reports.publishing import document_of, publish
from reports.tests.factories import make_edition, make_report
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
DAY = "2020-01-01"


def publish_year(year: int) -> Edition:
    report = AnnualReport.objects.filter(year=year).first() or make_report(year=year)
    return publish(report=report, number=1, by=make_user("coordinator"))


def told(client) -> list[tuple]:
    return [(figure.label, figure.value, figure.address) for figure in client.get("/").context["glance"].figures]


def test_nothing_published_is_said_in_words_and_nothing_live_is_shown(year_2014, client):
    response = client.get("/")

    assert response.context["glance"] is None
    assert [words in response.content.decode() for words in ("2014", "1,462", "还没有")] == [False, False, True]


def test_the_numbers_are_those_of_the_newest_edition_whatever_happens_afterwards(year_2014, client):
    summary = document_of(publish_year(2014), is_public=True).table("summary")
    values = {row.cells[0]: row.cells[1] for row in summary.rows}

    make_event(title="后来补的", headcount=1000)

    found = told(client)
    assert [(label, value) for label, value, _address in found] == [(label, values[label]) for label, *_rest in found]
    assert found[1:] == [
        ("人次", 2078, "/reports/2014/#summary"),
        ("参与的组织", values["参与的组织"], "/reports/2014/#summary"),
        ("实际走访组织", 72, "/reports/2014/#survey"),
        ("有活动的设区市", values["有活动的设区市"], "/reports/2014/#cities"),
        ("小额资助批准金额（元）", Decimal("53100.00"), "/reports/2014/#grants"),
    ]
    assert "53,100<" in client.get("/").content.decode()


def test_each_number_leads_to_a_table_of_the_report(year_2014, client):
    publish_year(2014)

    page = client.get("/reports/2014/").content.decode()

    assert [address for *_rest, address in told(client) if f'id="{address.partition("#")[2]}"' not in page] == []


def test_the_numbers_have_english_names_too(year_2014, client):
    publish_year(2014)

    client.cookies["django_language"] = "en"

    assert [label for label, *_rest in told(client)][1:] == [
        *("Person-times", "Organisations that took part", "Organisations visited", "Prefecture cities"),
        "Grants committed (yuan)",
    ]


def test_the_newest_year_is_shown_not_the_one_published_last(year_2014, client):
    publish_year(2014)
    publish_year(2013)

    assert client.get("/").context["glance"].year == 2014


@pytest.mark.parametrize("snapshot", [{}, {"document": {}}, {"document": {"tables": [], "title": "知行"}}])
def test_an_edition_without_a_summary_shows_its_year_alone(snapshot):
    edition = make_edition(report=make_report(year=2014), public_snapshot=snapshot)

    assert (glance(edition).year, glance(edition).figures) == (2014, ())


def test_cities_stand_on_the_map_with_zeros_and_lead_to_their_organizations(client):
    make_organization(listing="public", region=region("360721"))
    make_organization(listing="public", region=region("360700"))
    make_organization(listing="hidden", region=region("360100"))
    make_organization(listing="public", region=region("360400"), is_sensitive=True)
    make_organization(listing="public", region=make_region())

    response = client.get("/")

    assert {tile.name: tile.count for tile in response.context["tiles"] if tile.count} == {"赣州市": 2}
    assert len(response.context["tiles"]) == 11
    assert "/organizations/?city=360700" in response.content.decode()


def test_lately_confirmed_are_public_ones_that_say_where_they_are(client):
    make_organization(name="早的", listing="public", confirmed_on="2019-01-01")
    make_organization(name="晚的", listing="public", confirmed_on=DAY, region=region("360721"))
    make_organization(name="敏感的", listing="public", confirmed_on=DAY, is_sensitive=True)
    make_organization(name="内部的", listing="partners", confirmed_on=DAY)
    make_organization(name="没核实的", listing="public")

    found = client.get("/").context["confirmed"]

    assert [(one.name, one.city) for one in found] == [("晚的", "赣州市"), ("早的", "")]


@pytest.mark.parametrize("number", [1, 30])
def test_home_takes_five_queries_whatever_the_number(client, number, django_assert_num_queries):
    for each in range(number):
        make_organization(listing="public", region=region("360721"), confirmed_on=DAY)
        make_edition(report=make_report(year=2000 + each))

    with django_assert_num_queries(5):
        client.get("/")
