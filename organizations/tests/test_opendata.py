"""The directory as open data: by the rules of HSDS, what anybody may see, whoever asks."""

import csv
from io import StringIO

import pytest
from django.utils.translation import override

from organizations import opendata
from organizations.models import FieldOfWork
from organizations.tests import hsds
from organizations.tests.factories import make_alias, make_contact, make_organization, make_person, region
from yixin.fuzzydate import parse
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db

DAY = "2020-01-01"
USCC = "91350211M000100Y43"
NAMES = ["知行创新空间", "知" * 100, "=1+1", '引"号,逗号', "<b>&amp;</b>", "Zhìxíng", "知行٣"]


def make_full(**changes):
    """An entry with everything that an entry can have."""
    columns = {"name": "知行创新空间", "listing": "public", "type": "ngo", "legal_status": "registered", "uscc": USCC}
    columns |= {"region": region("360121"), "introduction": "陪伴青年。\n每周一次。", "address": "秘密路1号"}
    columns |= {"website": "https://zhixing.example.org/关于", "confirmed_on": DAY, "remark": "秘密备注"}
    columns |= {"founded": parse("2011年3月")}
    organization = make_organization(**columns | changes)
    organization.fields_of_work.add(FieldOfWork.objects.get(code="health"))
    make_alias(organization=organization, name="知行空间", kind="short")
    make_alias(organization=organization, name="老知行", kind="former")
    person = make_person(name="测试甲某", phone="13800000001", email="jia@example.org")
    make_contact(organization=organization, person=person, role="负责人", consented_on=DAY)
    make_contact(organization=organization, person=make_person(name="测试乙某", phone="13800000002"))
    return organization


def everything(client) -> dict:
    return client.get("/organizations.json").json()


def rows(client) -> list[dict[str, str]]:
    text = b"".join(client.get("/organizations.csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_the_rules_are_those_of_the_standard():
    """As far as the standard's own files are at hand: see ``hsds.official``."""
    assert hsds.official() in (None, hsds.RULES)


def test_the_rules_find_what_is_wrong(client):
    make_full()
    page = everything(client)
    (entry,) = page["contents"]

    entry["id"], entry["addresses"], entry["name"] = "1", [], ""
    del entry["description"], entry["locations"][0]["location_type"]

    assert len(hsds.complaints(page)) == 5


def test_an_entry_is_told_with_all_that_anybody_may_see(client):
    make_full()

    page = everything(client)
    (found,) = page["contents"]

    assert hsds.complaints(page) == []
    with override("zh-hans"):
        registered = str(make_organization(legal_status="registered").get_legal_status_display())
    assert {name: found[name] for name in ("name", "alternate_name", "description", "legal_status")} == {
        "name": "知行创新空间",
        "alternate_name": "知行空间；老知行",
        "description": "陪伴青年。\n每周一次。",
        "legal_status": registered,
    }
    assert found["website"] == "https://zhixing.example.org/%E5%85%B3%E4%BA%8E"
    assert (found["year_incorporated"], found["uri"]) == (
        2011,
        "http://testserver/organizations/zhixingchuangxinkongjian/",
    )
    assert [(one["identifier_scheme"], one["identifier"]) for one in found["organization_identifiers"]] == [
        ("CN-USCI", USCC)
    ]
    assert [(one["name"], one["external_identifier"]) for one in found["locations"]] == [("南昌市 南昌县", "360121")]
    (contact,) = found["contacts"]
    assert (contact["name"], contact["title"], contact["email"]) == ("测试甲某", "负责人", "jia@example.org")
    assert [phone["number"] for phone in contact["phones"]] == ["13800000001"]
    attributes = [(one["link_type"], one["taxonomy_term"]["code"], one.get("value")) for one in found["attributes"]]
    assert attributes == [
        ("field-of-work", "health", None),
        ("type", "ngo", None),
        ("other-name", "short", "知行空间"),
        ("other-name", "former", "老知行"),
        ("confirmation", "confirmed", DAY),
    ]


def test_a_row_says_the_same_as_the_entry(client):
    make_full()

    (row,) = rows(client)
    (found,) = everything(client)["contents"]

    assert tuple(row) == opendata.COLUMNS == tuple(name for name, _kind, _required in hsds.fields("organization"))
    assert hsds.row_complaints(row) == []
    assert {name: value for name, value in row.items() if value} == {
        name: str(found[name]) for name in opendata.COLUMNS if name in found
    }


def test_a_sensitive_entry_looks_like_one_of_which_nothing_is_known(client):
    make_full(name="在一起", is_sensitive=True)
    bare = make_organization(name="某新社", listing="public")
    bare.fields_of_work.add(FieldOfWork.objects.get(code="health"))

    secret, plain = everything(client)["contents"]

    assert hsds.complaints(everything(client)) == []
    assert secret.keys() == plain.keys() == {"id", "name", "description", "uri", "attributes"}
    assert secret["description"] == plain["description"] == "健康"
    assert [one["link_type"] for one in secret["attributes"]] == ["field-of-work"]
    told = str(secret) + str(rows(client)[0])
    assert [word for word in ("秘密", "知行", "南昌", "1380000", "测试", USCC, "2011", DAY) if word in told] == []


@pytest.mark.parametrize("role", [None, "partner", "staff", "administrator"])
def test_only_what_everybody_may_find_is_in_the_files_whoever_asks(client, role):
    for listing in ("public", "partners", "hidden"):
        make_organization(name=f"知行{listing}", listing=listing)
    if role:
        client.force_login(make_user(role, is_staff=role != "partner"))

    assert [one["name"] for one in everything(client)["contents"]] == ["知行public"]
    assert [row["name"] for row in rows(client)] == ["知行public"]


def test_nothing_personal_is_in_the_files(client):
    make_full()

    told = str(everything(client)) + str(rows(client))

    assert [word for word in ("秘密路", "秘密备注", "测试乙某", "13800000002") if word in told] == []
    assert "测试甲某" in told


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_through(client, name):
    make_organization(name=name, listing="public", introduction="长" * 20_000)

    page = everything(client)

    assert hsds.complaints(page) == []
    assert page["contents"][0]["name"] == name
    (row,) = rows(client)
    assert row["name"] == ("'=1+1" if name == "=1+1" else name)
    assert hsds.row_complaints(row) == []


def test_an_empty_directory_is_an_empty_page(client):
    page = everything(client)

    assert hsds.complaints(page) == []
    numbers = {"total_items": 0, "total_pages": 1, "page_number": 1, "size": 0}
    assert page == numbers | {"first_page": True, "last_page": True, "empty": True, "contents": []}
    assert rows(client) == []


@pytest.mark.parametrize(
    ("query", "number", "size"),
    [
        ("page=2&per_page=2", 2, 2),
        ("page=3&per_page=2", 3, 1),
        ("page=99999999999999999999&per_page=2", 3, 1),
        ("page=0&per_page=0", 1, 1),
        ("page=-1&per_page=-5", 1, 5),
        ("page=NaN&per_page=1e9", 1, 5),
        ("page=２&per_page=%00", 1, 5),
        ("page=%ED%A0%80&per_page=100000", 1, 5),
    ],
)
def test_a_page_that_does_not_exist_is_the_nearest(client, query, number, size):
    for each in range(5):
        make_organization(name=f"知行{each}", listing="public")

    page = client.get(f"/organizations.json?{query}").json()

    assert (page["page_number"], page["size"], page["total_items"]) == (number, size, 5)
    assert hsds.complaints(page) == []


def test_pages_hold_everybody_once(client):
    for each in range(7):
        make_organization(name=f"知行{each}", listing="public")

    pages = [client.get(f"/organizations.json?per_page=3&page={number}").json() for number in (1, 2, 3)]

    assert [one["name"] for page in pages for one in page["contents"]] == [f"知行{each}" for each in range(7)]
    assert [(page["first_page"], page["last_page"]) for page in pages] == [(True, False), (False, False), (False, True)]


def test_an_id_stays_whatever_host_is_asked_and_whatever_the_entry_says(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    organization = make_organization(name="知行", listing="public")

    before = everything(client)["contents"][0]
    organization.introduction = "新的介绍"
    organization.save()
    after = client.get("/organizations.json", headers={"host": "other.example.org"}).json()["contents"][0]

    assert before["id"] == after["id"] == "05c70eb0-b8d7-515a-9374-4b83105fd252"
    assert after["uri"] == "http://other.example.org/organizations/zhixing/"


def test_the_file_is_chinese_whatever_the_visitor_reads(client):
    make_full()

    english = client.get("/organizations.json", headers={"accept-language": "en"})

    assert english.json() == everything(client)
    assert english["Content-Language"] == "zh-hans"


def test_other_sites_may_read_the_files_and_nothing_else(client):
    kinds = {
        address: (answer.get("Access-Control-Allow-Origin"), answer["Content-Type"])
        for address in ("/organizations.csv", "/organizations.json", "/organizations/", "/")
        for answer in [client.get(address)]
    }

    assert kinds == {
        "/organizations.csv": ("*", "text/csv; charset=utf-8"),
        "/organizations.json": ("*", "application/json"),
        "/organizations/": (None, "text/html; charset=utf-8"),
        "/": (None, "text/html; charset=utf-8"),
    }


def test_who_has_the_page_already_is_told_so_until_it_says_something_else(client):
    organization = make_organization(name="知行", listing="public")
    tag = client.get("/organizations.json")["ETag"]

    same = client.get("/organizations.json", headers={"if-none-match": tag})
    organization.listing = "hidden"
    organization.save()
    changed = client.get("/organizations.json", headers={"if-none-match": tag})

    assert (same.status_code, same.content, same["ETag"], same["Access-Control-Allow-Origin"]) == (304, b"", tag, "*")
    assert (changed.status_code, changed.json()["contents"]) == (200, [])


@pytest.mark.parametrize("address", ["/organizations.csv", "/organizations.json"])
def test_head_answers_without_a_file(client, address):
    make_organization(name="知行", listing="public")

    head, got = client.head(address), client.get(address)

    assert (head.status_code, b"".join(head) if head.streaming else head.content) == (200, b"")
    assert head["Content-Type"] == got["Content-Type"]
    assert client.post(address).status_code == 405


def test_the_files_cost_the_same_queries_for_one_entry_and_for_thirty(client, django_assert_num_queries):
    def ask():
        with django_assert_num_queries(6):
            everything(client)
        with django_assert_num_queries(4):
            rows(client)

    make_full()
    ask()
    for each in range(29):
        make_full(name=f"知行{each}", uscc=None)
    ask()


def test_the_table_comes_in_pieces_of_bounded_size(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(opendata.batches, "__defaults__", (2,))
    for each in range(5):
        make_organization(name=f"知行{each}", listing="public")

    with django_assert_num_queries(10):  # three a batch, and one that finds nothing more
        pieces = list(opendata.table(lambda path: path))

    assert [piece.count(b"\r\n") for piece in pieces] == [1, 2, 2, 1]


def test_the_state_of_the_files_is_what_they_hold():
    make_organization(listing="public", confirmed_on="2021-05-01")
    make_organization(listing="public", confirmed_on="2022-05-01", is_sensitive=True)
    make_organization(listing="partners", confirmed_on="2023-05-01")

    found = opendata.state()

    assert (found["entries"], str(found["confirmed_on"])) == (2, "2021-05-01")
