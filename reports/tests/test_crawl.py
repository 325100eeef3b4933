"""Whoever reads the whole site, logged in as a partner or not, finds nothing that is not for everybody."""

import re
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from organizations.keeping.links import make_links, token_of
from organizations.models import Organization
from reports.models import Acceptance, Edition, Section
from reports.tests.canaries import YEAR, Aviary, build
from reports.tests.crawler import Visitor, filled, route_of, routes
from yixin.access.levels import LEVELS
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, address

pytestmark = pytest.mark.django_db
STARTS = ("/", "/robots.txt", "/sitemap.xml")
# Columns derived from others, which no form shows.
DERIVED = {"name_key", "name_pinyin", "name_initials", "slug"}
ROUTES = sorted(routes())
FILES = {"/reports/2014/export.xlsx", "/reports/2014/export.docx", "/organizations.csv", "/organizations.json"}
FILES |= {"/grants.json", "/sitemap-organizations.xml"}
WITHOUT = re.compile('value="[A-Za-z0-9]{64}"')  # what a form is signed with
RESULT = re.compile(r'href="/organizations/([a-z0-9-]+)/"')


@pytest.fixture
def aviary() -> Aviary:
    cache.clear()
    return build()


@pytest.fixture
def visitors(aviary) -> list[tuple[Visitor, dict[str, str]]]:
    """Anybody and a partner, each with the words that they must not find, and where each stands."""
    partner = Client()
    partner.force_login(make_user("partner", username="某伙伴"))
    for_anybody = {word: where for word, where in aviary.planted.items() if word not in aviary.for_partners}
    return [(Visitor(Client()), aviary.planted), (Visitor(partner), for_anybody)]


def found(words: dict[str, str], told: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(word, where, at) for at, text in told.items() for word, where in words.items() if word in text]


def examples(aviary: Aviary) -> dict[str, object]:
    """A value for every part of an address that is no fixed word."""
    records, document = aviary.records, Edition.objects.get().public_snapshot["document"]
    publication, photo = (apps.get_model("activities", name) for name in ("publication", "photo"))
    for model in (Organization, publication):
        records[model].refresh_from_db()
    (link,) = make_links([records[Organization]], by=make_user("staff"), now=timezone.now())
    files = [picture["file"] for part in document["parts"] for picture in part["pictures"]]
    return {
        "year": YEAR,
        "number": 1,
        "slug": records[Organization].slug,
        "publications/slug": records[publication].slug,
        "funder": records[Organization].slug,
        "section": "pages",
        "token": token_of(link),
        "figures/name": "全年.场次",
        "media/name": "publications/handbook.pdf",
        "photos/name": files[0].removeprefix("editions/").removesuffix(".jpg"),
        "photos/pk": photo.objects.get(image__contains="white").pk,
        "sections/pk": Section.objects.filter(report=records["report"]).first().pk,
        "checks/pk": Acceptance.objects.first().pk,
    }


def test_there_is_something_to_find(aviary):
    stored = "\n".join(
        str(row) for label in LEVELS for row in apps.get_model(label)._base_manager.values_list()
    ) + "\n".join(apps.get_model("auth.user").objects.values_list("username", flat=True))
    office = Client()
    office.force_login(make_superuser())
    shown = {}
    for name in ("organizations.person", "organizations.organization", "organizations.networkgroup"):
        record = aviary.records[apps.get_model(name)]
        page = office.get(address(type(record), "change", record.pk)).content.decode()
        shown |= {word: word in page for word, where in own_words(aviary, name, record)}

    assert aviary.refused == []
    assert len(aviary.planted) > 150
    assert [(word, where) for word, where in aviary.planted.items() if word not in stored and "-" not in word] == []
    assert set(shown.values()) == {True}
    assert len(shown) > 5


def own_words(aviary: Aviary, label: str, record) -> list[tuple[str, str]]:
    """Of the record's own columns that a form shows."""
    values = {
        field.name: str(getattr(type(record)._base_manager.get(pk=record.pk), field.attname))
        for field in record._meta.concrete_fields
    }
    return [
        (word, where)
        for word, where in aviary.planted.items()
        for column in values
        if where == f"{label}.{column}" and word in values[column] and column not in DERIVED
    ]


def test_no_link_page_piece_or_file_tells_any_of_it(aviary, visitors):
    read = []
    for visitor, words in visitors:
        visitor.crawl(*STARTS)

        assert found(words, visitor.told) == []
        assert {link: status for link, status in visitor.statuses.items() if status != 200} == {}
        assert FILES | {"/publications/", "/groups/", "/open-data/"} <= visitor.told.keys()
        read.append(found(dict.fromkeys(aviary.for_partners), visitor.told) != [])
    assert read == [False, True]  # what is for partners a partner does find


def test_no_address_that_the_site_knows_tells_any_of_it(aviary, visitors):
    known = {route: filled(route, examples(aviary)) for route in ROUTES}
    assert {route for route, link in known.items() if route_of(link) != route} == set()
    own = own_words(aviary, "organizations.organization", aviary.records[Organization])

    for visitor, words in visitors:
        for link in known.values():
            visitor.visit(link)

        # The link that is sent to an organisation shows its own entry.
        leaks = [one for one in found(words, visitor.told) if not ("/entry/" in one[2] and one[:2] in own)]
        assert leaks == []


def test_every_example_is_of_something_that_is_there(aviary):
    office = Client()
    office.force_login(make_superuser())
    values = examples(aviary)
    links = {route: filled(route, values) for route in ROUTES if "funder" not in route}

    statuses = {route: answered(office, link) for route, link in links.items()}

    assert {route: status for route, status in statuses.items() if status not in (200, 302, 403, 405)} == {}


def answered(client: Client, link: str) -> int:
    answer = client.get(link)
    b"".join(answer)
    return answer.status_code


def test_the_office_and_hidden_addresses_are_closed(aviary, visitors):
    links = [address(model, page) for model in ADMINS for page in ("changelist", "add")]
    for model in ADMINS:
        one = model._base_manager.first()
        links += [address(model, page, one.pk) for page in ("change", "history", "delete")] if one else []
    query = {"app_label": "organizations", "model_name": "contact", "field_name": "person", "term": "金丝雀"}
    links += ["/admin/", f"/admin/autocomplete/?{urlencode(query)}"]
    old = aviary.records[apps.get_model("organizations.formeraddress")]
    moved = apps.get_model("organizations.formeraddress").objects.get(pk=old.pk).slug  # of one that everybody may find

    for visitor, words in visitors:
        for link in links:
            visitor.visit(link)
        assert set(visitor.statuses.values()) == {302}
        assert found(words, visitor.told) == []

        hidden = [word for word, where in words.items() if where.endswith(".slug") and word != moved]
        told = {slug: hidden_pages(visitor, slug) for slug in [*hidden, "jinsique999x"]}
        assert len(hidden) > 5
        assert {slug: texts == told["jinsique999x"] for slug, texts in told.items()} == dict.fromkeys(told, True)


def hidden_pages(visitor: Visitor, slug: str) -> list[tuple[int, str]]:
    """What is answered at the addresses that something called so would have."""
    links = (f"/organizations/{slug}/", f"/organizations/{slug}/report/", f"/publications/{slug}/file/")
    pages = []
    for link in links:
        visitor.visit(link)
        pages.append((visitor.statuses[link], WITHOUT.sub("*", visitor.told[link]).replace(slug, "*")))
    return pages


def test_searching_for_it_finds_nothing(visitors):
    for visitor, words in visitors:
        for word in {where: word for word, where in words.items()}.values():  # one of each column
            page = visitor.client.get("/organizations/", {"q": word}, headers={"HX-Request": "true"}).content.decode()

            assert RESULT.findall(page) == [], word
            assert [other for other in words if other in page and other not in word] == [], word


def test_errors_and_logging_in_say_nothing_either(aviary, settings):
    client = Client(enforce_csrf_checks=True)
    user = {"username": "金丝雀用户", "password": "x"}
    refused = [
        client.get("/金丝雀/", headers={"host": "other.example"}),
        client.post("/login/", user),
        client.get("/nothing/"),
        client.post("/reports/"),
    ]
    failed = [Client().post("/login/", user | {"username": name}) for name in ("金丝雀用户", "金丝雀没有")]
    settings.THROTTLE = 1
    refused += [client.get("/robots.txt"), client.get("/login/")][1:]

    assert [answer.status_code for answer in refused] == [400, 403, 404, 403, 429]
    told = {str(number): answer.content.decode() + str(answer.headers) for number, answer in enumerate(refused)}
    assert found(aviary.planted, told) == []
    one, other = (WITHOUT.sub("*", answer.content.decode()) for answer in failed)
    assert one.replace("金丝雀用户", "*") == other.replace("金丝雀没有", "*")
