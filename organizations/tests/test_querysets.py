"""What can be asked of regions, organisations, contacts and groups: what is found, and what is not."""

import pytest

from organizations.models import Contact, NetworkGroup, Organization, Region
from organizations.tests.factories import make_contact, make_network_group, make_organization

pytestmark = pytest.mark.django_db

DAY = "2014-01-01"


def names(rows) -> set[str]:
    return {row.name for row in rows}


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("360721", 2014, "赣县"),
        ("360721", 2015, "赣县"),
        ("360721", 2016, None),
        ("360721", 2020, None),
        ("360704", 2015, None),
        ("360704", 2016, "赣县区"),
        ("360704", 2020, "赣县区"),
        ("360402", 2015, "庐山区"),
        ("360402", 2016, "濂溪区"),
        ("360402", 1900, None),
    ],
)
def test_region_in_use_is_the_one_of_that_year(code, year, name):
    found = Region.objects.in_use(year).filter(code=code)

    assert [row.name for row in found] == ([name] if name else [])


def test_code_used_twice_is_two_regions_one_after_the_other():
    found = Region.objects.filter(code="360402").values_list("name", "valid_from", "valid_to")

    assert list(found) == [("庐山区", 1983, 2016), ("濂溪区", 2016, None)]


@pytest.mark.parametrize("year", [2000, 2010, 2014, 2016, 2020])
def test_no_code_is_in_use_twice_in_one_year(year):
    codes = list(Region.objects.in_use(year).values_list("code", flat=True))

    assert len(codes) == len(set(codes))
    assert len(codes) > 100


def test_prefectures_are_the_eleven_of_the_home_province():
    assert [city.code for city in Region.objects.prefectures()] == [f"360{number}00" for number in range(1, 10)] + [
        "361000",
        "361100",
    ]


@pytest.mark.parametrize(("listing", "found"), [("public", {"知行社"}), ("partners", set()), ("hidden", set())])
def test_public_are_organizations_that_agreed(listing, found):
    make_organization(name="知行社", listing=listing)

    assert names(Organization.objects.all()) == {"知行社"}
    assert names(Organization.objects.public()) == found


def test_public_organization_is_read_without_internal_and_personal_columns():
    make_organization(name="知行社", listing="public")

    assert Organization.objects.public().get().get_deferred_fields() == {"listing", "is_active", "remark", "address"}


def test_not_sensitive_leaves_out_the_sensitive():
    make_organization(name="在一起", is_sensitive=True)
    make_organization(name="知行社")

    assert names(Organization.objects.not_sensitive()) == {"知行社"}


@pytest.mark.parametrize(
    ("organization", "contact", "is_public"),
    [
        ({}, {}, True),
        ({}, {"consented_on": None}, False),
        ({}, {"ended_on": "2015-01-01"}, False),
        ({"listing": "partners"}, {}, False),
        ({"listing": "hidden"}, {}, False),
        ({"is_sensitive": True}, {}, False),
    ],
)
def test_contacts_are_public_only_with_consent(organization, contact, is_public):
    owner = make_organization(**{"listing": "public"} | organization)
    made = make_contact(**{"organization": owner, "consented_on": DAY} | contact)

    assert list(Contact.objects.all()) == [made]
    assert list(Contact.objects.public()) == ([made] if is_public else [])


def test_public_groups_are_read_without_their_number():
    make_network_group(name="公开群", number="12345", is_public=True)
    make_network_group(name="内部群", number="67890")

    assert names(NetworkGroup.objects.all()) == {"公开群", "内部群"}
    assert names(NetworkGroup.objects.public()) == {"公开群"}
    assert NetworkGroup.objects.public().get().get_deferred_fields() == {
        "number",
        "member_count",
        "is_public",
        "steward_id",
    }
