"""The public directory: what is found, what stays hidden, and that nothing typed breaks it."""

import pytest

from organizations.models import FieldOfWork
from organizations.tests.factories import make_alias, make_contact, make_organization, make_person, region

pytestmark = pytest.mark.django_db

DAY = "2020-01-01"
ODD = [
    "",
    "abc",
    "-1",
    "0",
    "9" * 30,
    "1e9",
    "NaN",
    "\x00",
    "a\x00b",
    "长" * 10_000,
    "３",
    "\u202eabc",
    "%00",
    "['",
    "\ud800",
]
NOWHERE = ["/organizations/nobody/", "/organizations/1/", "/organizations/知行/", "/nothing/"]


def names(response) -> list[str]:
    return [entry.name for entry in response.context["search"].entries]


@pytest.mark.parametrize("words", ["知行创新空间", "知行", "ＺＸＣＸＫＪ", "zhixing", "zxcx", "老知行", "知 行"])
@pytest.mark.parametrize("listing", ["hidden", "partners"])
def test_only_public_organizations_are_found(client, words, listing):
    organization = make_organization(name="知行创新空间", listing="public")
    make_alias(organization=organization, name="老知行")
    assert names(client.get("/organizations/", {"q": words})) == ["知行创新空间"]
    assert client.get(organization.get_absolute_url()).status_code == 200

    organization.listing = listing
    organization.save()

    assert names(client.get("/organizations/", {"q": words})) == []
    assert names(client.get("/organizations/")) == []
    assert client.get(organization.get_absolute_url()).status_code == 404


def test_a_sensitive_organization_is_found_by_name_and_field_never_by_place_or_type(client):
    organization = make_organization(
        name="在一起",
        listing="public",
        is_sensitive=True,
        type="ngo",
        region=region("360121"),
        introduction="秘密介绍",
        address="秘密路1号",
        website="https://secret.example.org/",
        founded=None,
    )
    organization.fields_of_work.add(FieldOfWork.objects.get(code="health"))
    make_contact(organization=organization, person=make_person(name="秘密人"), consented_on=DAY)
    make_alias(organization=organization, name="秘密简称")

    assert names(client.get("/organizations/", {"q": "在一起"})) == ["在一起"]
    assert names(client.get("/organizations/", {"field": "health"})) == ["在一起"]
    assert names(client.get("/organizations/", {"city": "360100"})) == []
    assert names(client.get("/organizations/", {"type": "ngo"})) == []
    assert {city.entries for city in client.get("/").context["cities"]} == {0}
    page = client.get(organization.get_absolute_url()).content.decode()
    assert "健康" in page
    for hidden in ("秘密", "secret", "南昌县"):
        assert hidden not in page + client.get("/organizations/").content.decode()


def test_a_contact_stands_on_the_page_only_after_consent(client):
    organization = make_organization(listing="public")
    make_contact(organization=organization, person=make_person(name="愿意者", phone="13800000001"), consented_on=DAY)
    make_contact(organization=organization, person=make_person(name="不愿者", phone="13800000002"))
    make_contact(
        organization=organization,
        person=make_person(name="离任者", phone="13800000003"),
        consented_on=DAY,
        ended_on="2021-01-01",
    )

    page = client.get(organization.get_absolute_url()).content.decode()

    found = [
        words for words in ("愿意者", "13800000001", "不愿者", "13800000002", "离任者", "13800000003") if words in page
    ]
    assert found == ["愿意者", "13800000001"]


def test_the_city_of_a_county_of_that_time_is_the_city(client):
    make_organization(name="赣县的", listing="public", region=region("360721"))
    make_organization(name="省里的", listing="public", region=region("360000"))

    assert names(client.get("/organizations/", {"city": "360700"})) == ["赣县的"]


@pytest.mark.parametrize("name", ["q", "city", "county", "type", "field", "page", "after", "before", "view", "unknown"])
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_nothing_typed_breaks_the_list(client, name, value):
    make_organization(name="知行", listing="public")

    response = client.get("/organizations/", {name: value.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200


def test_a_choice_that_is_none_gets_a_sentence(client):
    response = client.get("/organizations/", {"city": "999999"})

    assert list(response.context["search"].filter.form.errors) == ["city"]
    assert response.context["search"].filter.form.errors["city"][0] in response.content.decode()


def follow(client, response, way: str):
    return client.get(f"/organizations/?{getattr(response.context['search'], way)}")


@pytest.mark.parametrize("words", ["", "知行"])
def test_pages_of_the_list_follow_each_other_and_lead_back(client, words):
    everybody = [f"知行{number:02}" for number in range(65)]
    for name in everybody:
        make_organization(name=name, listing="public")

    pages = [client.get("/organizations/", {"q": words})]
    for way in ("newer", "newer", "older", "older"):
        pages.append(follow(client, pages[-1], way))

    parts = [everybody[:30], everybody[30:60], everybody[60:]]
    assert [names(page) for page in pages] == [*parts, *parts[1::-1]]
    assert [page.context["search"].page for page in pages] == [1, 2, 3, 2, 1]
    ends = [(bool(page.context["search"].older), bool(page.context["search"].newer)) for page in pages]
    assert ends == [(False, True), (True, True), (True, False), (True, True), (False, True)]


@pytest.mark.parametrize(
    ("page", "first", "number"),
    [("1", "00", 1), ("2", "30", 2), ("9999999999999", "30", 2), ("-1", "00", 1), ("0", "00", 1), ("x", "00", 1)],
)
def test_a_page_is_found_by_its_number_too(client, page, first, number):
    for each in range(35):
        make_organization(name=f"知行{each:02}", listing="public")

    response = client.get("/organizations/", {"q": "知行", "page": page})

    assert (names(response)[0], response.context["search"].page) == (f"知行{first}", number)
    assert response.context["search"].query(page="") == "q=%E7%9F%A5%E8%A1%8C"


def test_an_entry_that_goes_away_does_not_break_the_page_that_began_with_it(client):
    made = [make_organization(name=f"知行{each:02}", listing="public") for each in range(65)]
    second = follow(client, client.get("/organizations/"), "newer")
    address = f"/organizations/?{second.context['search'].newer}"

    made[59].delete()

    assert names(client.get(address)) == [f"知行{each:02}" for each in range(60, 65)]


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_of_nothing_is_a_friendly_404(client, address):
    response = client.get(address)

    assert (response.status_code, 'lang="zh-Hans"' in response.content.decode()) == (404, True)


def test_lists_and_pages_cost_the_same_queries_for_one_organization_and_for_thirty(client, django_assert_num_queries):
    def add(number: int):
        organization = make_organization(name=f"知行{number}", listing="public", region=region("360721"), type="ngo")
        organization.fields_of_work.add(FieldOfWork.objects.get(code="health"))
        make_alias(organization=organization)
        make_contact(organization=organization, consented_on=DAY)
        return organization

    first = add(0)
    counts = {"/": 5, "/organizations/": 6, "/organizations/?q=zhixing&city=360700": 6, first.get_absolute_url(): 7}
    for address, queries in counts.items():
        with django_assert_num_queries(queries):
            client.get(address)
    for number in range(1, 30):
        add(number)
    for address, queries in counts.items():
        with django_assert_num_queries(queries):
            client.get(address)


def test_the_directory_is_in_english_for_who_reads_english(client):
    response = client.get("/organizations/", headers={"accept-language": "en"})

    assert 'lang="en"' in response.content.decode()
    assert response.context["search"].filter.form.fields["city"].label == "City"
