"""The network groups: their names by city, and nothing by which anybody could enter one."""

import pytest

from organizations.groups import Place, PublicGroup, groups_by_city
from organizations.tests.factories import make_network_group, make_organization, make_person, region

pytestmark = pytest.mark.django_db
SECRET = "金丝雀1234567"


def make_public(**changes):
    return make_network_group(**{"is_public": True, "number": SECRET} | changes)


def test_groups_stand_under_their_city_those_of_the_province_first():
    make_public(name="甲群", region=region("360721"))
    make_public(name="乙群", region=region("360700"), platform="wechat")
    make_public(name="丙群", region=region("360000"))
    make_public(name="丁群")
    make_network_group(name="内部群", number=SECRET)

    assert groups_by_city() == [
        Place("江西省", (PublicGroup("丙群", "QQ", ""),)),
        Place("赣州市", (PublicGroup("乙群", "微信", ""), PublicGroup("甲群", "QQ", "赣县"))),
        Place("", (PublicGroup("丁群", "QQ", ""),)),
    ]


def test_a_group_whose_name_gives_a_sensitive_organization_away_is_not_named():
    make_organization(name="测试在一起", is_sensitive=True)
    for name in ("测试在一起志愿者群", "南昌LES群"):
        make_public(name=name, region=region("360100"))

    assert groups_by_city() == []


def test_the_page_tells_neither_number_nor_steward_nor_members(client, settings):
    settings.CONTACT = "hub@example.org"
    make_public(name="甲群", steward=make_person(name="金丝雀某"), member_count=1234321, region=region("360100"))

    page = client.get("/groups/").content.decode()

    found = [words for words in ("甲群", "南昌市", "hub@example.org", SECRET, "金丝雀", "1234321") if words in page]
    assert found == ["甲群", "南昌市", "hub@example.org"]


@pytest.mark.parametrize("number", [0, 1, 30])
def test_the_page_takes_as_many_queries_whatever_the_number(client, number, django_assert_num_queries):
    for _each in range(number):
        make_public(region=region("360721"))

    with django_assert_num_queries(2 if number else 1):
        response = client.get("/groups/")

    assert sum(len(place.groups) for place in response.context["places"]) == number
