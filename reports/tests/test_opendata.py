"""The published grants as open data: by the rules of 360Giving, what an edition made public and still is."""

from decimal import Decimal

import pytest

from grants.tests.factories import make_funding, make_grant
from organizations.tests.factories import make_organization, make_person
from reports import demo
from reports.datafields import GRANTS, ORGANIZATIONS
from reports.models import AnnualReport
from reports.publishing import publish
from reports.tests import threesixty
from reports.tests.factories import make_edition, make_report
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

USCC = "91350211M000100Y43"


def publish_year(year: int = 2014, number: int = 1, correction: str = ""):
    report = AnnualReport.objects.filter(year=year).first() or make_report(year=year, title=f"{year}年报")
    return publish(report=report, number=number, by=make_user("coordinator"), correction=correction)


def make_public_grant(name: str, project: str = "图书角", **changes):
    organization = make_organization(name=name, listing="public", **changes.pop("organization", {}))
    return make_grant(organization=organization, project=project, **changes)


def package(client) -> dict:
    found = client.get("/grants.json").json()
    assert threesixty.complaints(found) == []
    return found


def told(client) -> list[tuple]:
    """Recipient, title and amount of each grant."""
    found = []
    for grant in package(client)["grants"]:
        (recipient,) = grant.get("recipientOrganization") or [grant["recipientIndividual"]]
        found.append((recipient["id"], grant["title"], grant["amountAwarded"]))
    return found


def test_nothing_is_told_of_a_year_before_its_report_is_published(client):
    make_public_grant("知行社")

    before = client.get("/grants.json")
    publish_year()

    assert (before.status_code, before["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert before["Access-Control-Allow-Origin"] == "*"
    assert told(client) == [("yixinyiyi-org-zhixingshe", "图书角", 7000)]


def test_a_grant_has_what_the_standard_wants_and_no_date_that_nobody_knows(client, settings):
    settings.OPEN_DATA_PREFIX, settings.PUBLISHER_USCC = "360G-zhixing", USCC
    grant = make_public_grant("知行社", organization={"uscc": USCC}, awarded_amount=Decimal("1234.50"))
    edition = publish_year()

    (found,) = package(client)["grants"]

    changing = {"description", "dateModified", "grantProgramme"}
    assert {name: value for name, value in found.items() if name not in changing} == {
        "id": f"360G-zhixing-{grant.pk}",
        "title": "图书角",
        "currency": "CNY",
        "amountAwarded": 1234.5,
        "awardDate": "2014-12-31",
        "fundingOrganization": [{"id": f"CN-USCI-{USCC}", "name": "益心益意"}],
        "recipientOrganization": [{"id": f"CN-USCI-{USCC}", "name": "知行社"}],
        "dataSource": "http://testserver/reports/2014/",
    }
    assert found.keys() <= GRANTS.keys()
    assert edition.number == 1


def test_the_rules_find_what_is_wrong(client):
    make_public_grant("知行社")
    publish_year()
    found = package(client)
    (grant,) = found["grants"]

    grant["awardDate"], grant["currency"] = "2014", "人民币"
    del grant["recipientOrganization"]
    by_each = [list(one.iter_errors(found)) for one in (*threesixty.official(), threesixty.own())]

    assert [len(errors) for errors in by_each] == [3] * len(by_each)
    assert threesixty.complaints(found | {"grants": []}) != []


def test_what_is_not_committed_or_not_known_is_left_out(client):
    make_public_grant("知行社")
    for status in ("withdrawn", "declined", "applied"):
        make_public_grant(f"知行{status}", status=status)
    make_public_grant("知行不详", awarded_amount=None)
    publish_year()

    assert told(client) == [("yixinyiyi-org-zhixingshe", "图书角", 7000)]


def make_withheld(people: int, others: int) -> None:
    for each in range(people):
        make_grant(person=make_person(name=f"测试甲某{each}"), project=f"秘密个人{each}")
    sensitive = make_funding(purpose="秘密经费", is_sensitive=True)
    for each in range(others):
        kind = each % 3
        listing = {"listing": "hidden"} if kind == 0 else {"listing": "public", "is_sensitive": kind == 1}
        organization = make_organization(name=f"秘密社{each}", **listing)
        funding = sensitive if kind == 2 else None
        make_grant(organization=organization, project=f"秘密项目{each}", funding=funding)


@pytest.mark.parametrize(
    ("people", "others", "sums"),
    [
        (1, 0, [("yixinyiyi-IND-2014", 7000)]),
        (0, 3, [("yixinyiyi-OTHERS-2014", 21000)]),
        (4, 6, [("yixinyiyi-OTHERS-2014", 70000)]),
        (5, 4, [("yixinyiyi-OTHERS-2014", 63000)]),
        (5, 5, [("yixinyiyi-IND-2014", 35000), ("yixinyiyi-OTHERS-2014", 35000)]),
    ],
)
def test_who_is_not_named_stands_in_a_sum_that_is_not_split_into_few(client, people, others, sums):
    make_withheld(people, others)
    publish_year()

    assert [(recipient, amount) for recipient, _title, amount in told(client)] == sums
    answer = client.get("/grants.json").content.decode()
    assert [word for word in ("秘密", "测试甲某") if word in answer] == []
    few = [grant for grant in package(client)["grants"] if "5" in grant["description"].replace("2014", "")]
    assert len(few) == len(sums) if people + others < 5 or people == others == 5 else few == []


def test_an_organization_that_became_sensitive_or_hidden_since_joins_the_sum(client):
    grants = [make_public_grant(f"知行{each}") for each in "甲乙丙"]
    publish_year()

    grants[0].organization.listing = "partners"
    grants[1].organization.is_sensitive = True
    for grant in grants[:2]:
        grant.organization.save()

    assert [(recipient, amount) for recipient, _title, amount in told(client)] == [
        ("yixinyiyi-org-zhixingbing", 7000),
        ("yixinyiyi-OTHERS-2014", 14000),
    ]
    answer = client.get("/grants.json").content.decode()
    assert [word for word in ("知行甲", "知行乙", "zhixingjia") if word in answer] == []


def test_what_changed_after_the_edition_is_told_by_the_next_one(client):
    grant = make_public_grant("知行社")
    publish_year()

    grant.awarded_amount, grant.project = Decimal(8000), "新项目"
    grant.save()
    make_public_grant("知行新社")
    before = told(client)
    publish_year(number=2, correction="改了金额。")

    assert before == [("yixinyiyi-org-zhixingshe", "图书角", 7000)]
    assert told(client) == [
        ("yixinyiyi-org-zhixingshe", "新项目", 8000),
        ("yixinyiyi-org-zhixingxinshe", "图书角", 7000),
    ]


def test_a_text_that_the_edition_masked_is_not_told_by_itself(client):
    make_person(name="测试乙某")
    make_public_grant("知行社", project="请测试乙某讲课")
    make_public_grant("知行二社", project="防艾滋宣传")
    publish_year()

    assert [recipient for recipient, _title, _amount in told(client)] == ["yixinyiyi-OTHERS-2014"]
    answer = client.get("/grants.json").content.decode()
    assert [word for word in ("测试乙某", "艾滋", "知行") if word in answer] == []


def test_years_come_the_newest_first_and_a_report_for_a_funder_tells_nothing(client):
    for year in (2013, 2014, 2015):
        make_public_grant(f"知行{year}", project=f"{year}的", report_year=year)
    publish_year(2013)
    publish_year(2014)
    funder = make_organization(name="某基金会")
    make_edition(report=make_report(year=2015, funder=funder))

    assert [title for _recipient, title, _amount in told(client)] == ["2014的", "2013的"]


def test_a_long_project_has_a_short_title(client):
    make_public_grant("知行社", project="图" * 200)
    publish_year()

    (grant,) = package(client)["grants"]

    assert grant["title"] == "图" * 139
    assert grant["description"].endswith("图" * 200)


def test_the_demo_year_adds_up_to_what_its_report_prints(client):
    demo.load()
    publish_year()

    assert sum(amount for _recipient, _title, amount in told(client)) == 53_100


def test_an_edition_without_content_is_passed_over(client):
    make_edition(report=make_report(year=2014))

    assert client.get("/grants.json").status_code == 404


def test_the_package_costs_the_same_queries_for_one_grant_and_for_thirty(client, django_assert_num_queries):
    make_public_grant("知行社")
    publish_year()
    with django_assert_num_queries(4):
        package(client)

    for each in range(29):
        make_public_grant(f"知行{each}")
    publish_year(number=2, correction="补了。")
    publish_year(2013)

    with django_assert_num_queries(4):
        package(client)


def test_the_file_is_chinese_whatever_the_visitor_reads(client):
    make_public_grant("知行社")
    publish_year()

    english = client.get("/grants.json", headers={"accept-language": "en"})
    same = client.get("/grants.json", headers={"if-none-match": english["ETag"]})

    assert (english.json(), same.status_code) == (package(client), 304)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("is_published", [False, True])
def test_the_page_explains_every_field_of_every_file(client, language, is_published):
    if is_published:
        make_public_grant("知行社")
        publish_year()

    response = client.get("/open-data/", headers={"accept-language": language})

    page = response.content.decode()
    assert response.status_code == 200
    assert [name for name in [*ORGANIZATIONS, *GRANTS] if f">{name}<" not in page] == []
    assert ('href="/grants.json"' in page, "2014" in page) == (is_published, is_published)
    assert "https://creativecommons.org/licenses/by/4.0/" in page


def test_the_page_costs_two_queries(client, django_assert_num_queries):
    publish_year()

    with django_assert_num_queries(2):
        client.get("/open-data/")
