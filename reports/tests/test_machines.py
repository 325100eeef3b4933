"""What pages tell search engines and chats: robots.txt, the sitemap, canonical addresses, cards."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from PIL import Image

from organizations.models import FieldOfWork
from organizations.tests.factories import make_contact, make_organization, make_person, region
from reports import sitemaps
from reports.models import AnnualReport
from reports.publishing import publish
from reports.tests.factories import make_edition, make_report
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
CARD = ["type", "title", "description", "url", "site_name", "locale", "image", "image:type", "image:width"]
CARD = [f"og:{name}" for name in [*CARD, "image:height"]]


def make_site() -> None:
    """A public page of every kind."""
    full = make_organization(
        name="知行社", listing="public", region=region("360121"), introduction="陪伴\n青年。", address="秘密路1号"
    )
    make_contact(organization=full, person=make_person(name="测试甲某", phone="13800000001"), consented_on="2020-01-01")
    secret = make_organization(name="在一起", listing="public", is_sensitive=True, introduction="秘密介绍", type="ngo")
    secret.fields_of_work.add(FieldOfWork.objects.get(code="health"))
    report = make_report(year=2014, title="测试甲某的2014年报")
    publish(report=report, number=1, by=make_user("coordinator"))


PAGES = {
    "/": "益心益意",
    "/organizations/": "公益组织名录",
    "/organizations/zhixingshe/": "知行社",
    "/organizations/zaiyiqi/": "在一起",
    "/groups/": None,  # the title is looked up in the page itself
    "/publications/": None,
    "/reports/": "年度报告",
    "/open-data/": None,
    "/reports/2014/": None,
}


def head(client, address: str, **more) -> str:
    return HEAD.search(client.get(address, **more).content.decode())[0]


def card(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)">', text):
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_public_page_has_one_canonical_address_and_one_card(client, address, language):
    make_site()

    text = head(client, address, headers={"accept-language": language})

    found = card(text)
    assert {name: len(values) for name, values in found.items()} == dict.fromkeys(CARD, 1)
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == [f"http://testserver{address}"]
    assert found["og:url"] == [f"http://testserver{address}"]
    assert len(re.findall(r'<meta name="description" content="[^"]+">', text)) == 1
    assert found["og:locale"] == ["zh_CN" if language == "zh-hans" else "en_GB"]
    assert "noindex" not in text
    if language == "zh-hans":
        assert found["og:title"] == [PAGES[address] or re.search("<title>(.*) · ", text)[1]]
    words = ("秘密", "测试甲某", "13800000001")
    assert [word for word in words if word in text] == []


def test_a_page_says_in_one_line_what_its_card_says(client):
    make_site()

    cards = [card(head(client, f"/organizations/{slug}/"))["og:description"] for slug in ("zhixingshe", "zaiyiqi")]

    assert cards == [["陪伴 青年。"], ["在一起 · 健康"]]


@pytest.mark.parametrize("name", ['知"行', "<b>知行</b>", "知&行", "{{ 知行 }}"])
def test_a_name_with_marks_stays_inside_its_card(client, name):
    organization = make_organization(name=name, listing="public", introduction=name)

    text = head(client, organization.get_absolute_url())

    assert card(text).keys() == set(CARD)
    assert "<b>" not in text


@pytest.mark.parametrize("query", ["?q=知行", "?city=360100&view=table", "?page=2", "?%22%3E%3Cscript%3E=1"])
def test_a_search_is_found_under_the_list_alone(client, query):
    text = head(client, f"/organizations/{query}")

    assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == ["http://testserver/organizations/"]
    assert text.count('<meta name="robots" content="noindex">') == 1


@pytest.mark.parametrize(
    "address", ["/nothing/", "/organizations/知行/", "/reports/2031/", "/login/", "/login/?next=/"]
)
def test_what_is_no_page_for_the_public_has_no_card(client, address):
    text = head(client, address)

    assert (card(text), "canonical" in text) == ({}, False)


def test_the_picture_of_the_card_is_as_large_as_the_page_says():
    path = django_settings.BASE_DIR / "static" / "card.png"

    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert path.stat().st_size <= 60_000


def test_robots_may_read_everything_public(client):
    response = client.get("/robots.txt", headers={"host": "localhost"})

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /login/",
        "Disallow: /logout/",
        "Disallow: /language/",
        "Disallow: /media/",
        "Disallow: /organizations/entry/",
        "Disallow: /organizations/?",
        "Allow: /",
        "",
        "Sitemap: http://localhost/sitemap.xml",
    ]


def addresses(client, address: str = "/sitemap.xml") -> list[str]:
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314  our own file
    return [element.text.removeprefix("http://testserver") for element in tree.iter(f"{NAMESPACE}loc")]


def test_the_sitemap_names_what_is_public_and_each_page_answers(client):
    make_site()
    make_organization(name="某伙伴社", listing="partners", region=region("360121"))
    make_edition(report=make_report(year=2013, funder=make_organization(name="某基金会")))
    make_report(year=2012)

    parts = addresses(client)
    pages = [page for part in parts for page in addresses(client, part)]

    assert parts == ["/sitemap-pages.xml", "/sitemap-reports.xml", "/sitemap-organizations.xml"]
    assert pages == [
        *("/", "/organizations/", "/groups/", "/publications/", "/reports/", "/open-data/"),
        "/reports/2014/",
        "/organizations/zhixingshe/",
    ]
    assert {client.get(page).status_code for page in pages} == {200}


def test_what_is_missing_in_the_sitemap_does_not_tell_who_is_sensitive(client):
    make_organization(name="在一起", listing="public", is_sensitive=True, region=region("360121"), introduction="有")
    make_organization(name="某新社", listing="public")

    assert addresses(client, "/sitemap-organizations.xml") == []


def test_a_long_directory_has_several_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Organizations, "limit", 2)
    for each in range(5):
        make_organization(name=f"知行{each}", listing="public", introduction="有")

    parts = addresses(client)[2:]

    assert parts == ["/sitemap-organizations.xml", *(f"/sitemap-organizations.xml?p={page}" for page in (2, 3))]
    assert [page for part in parts for page in addresses(client, part)] == [
        f"/organizations/zhixing-{each}/" for each in range(5)
    ]
    assert sitemaps.MOST <= 50_000


@pytest.mark.parametrize("page", ["0", "-1", "4", "x", "9" * 5000, "\x00", "３"])
def test_a_part_that_does_not_exist_is_a_404(client, page):
    response = client.get("/sitemap-organizations.xml", {"p": page})

    assert response.status_code in (200, 404)
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_a_report_is_as_new_as_its_newest_edition(client):
    report = make_report(year=2014)
    for number, day in ((1, 5), (2, 9)):
        make_edition(report=report, number=number, correction="改", published_at=datetime(2015, 1, day, 4, tzinfo=UTC))

    text = client.get("/sitemap-reports.xml").content.decode()

    assert re.findall("<lastmod>(.*)</lastmod>", text) == ["2015-01-09"]
    assert AnnualReport.objects.count() == 1


def test_the_sitemap_costs_the_same_queries_for_one_entry_and_for_thirty(client, django_assert_num_queries):
    for count in (1, 29):
        for each in range(count):
            make_organization(name=f"知行{count}{each}", listing="public", introduction="有")
        with django_assert_num_queries(3):
            client.get("/sitemap.xml")
        with django_assert_num_queries(2):
            client.get("/sitemap-organizations.xml")
