"""Which two organisations may be one, and why; and that this stays quick."""

import pytest
from django.utils import translation

from organizations.merging.candidates import CROWD, FEW, Candidates, site
from organizations.tests.factories import (
    make_alias,
    make_contact,
    make_distinction,
    make_organization,
    make_person,
    region,
)

pytestmark = pytest.mark.django_db
CODES = "91110000600037341L", "52110000600037341L"  # the second is made: of one body, by another authority


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


def found() -> list[tuple]:
    candidates = Candidates()
    return [
        (*(candidates.named[key].name for key in candidate.pair), candidate.reasons)
        for candidate in candidates.ranked()
    ]


def phoned(name: str, **person):
    return make_contact(organization=make_organization(name=name), person=make_person(**person))


def test_the_same_name_in_two_places():
    make_organization(name="知行社", region=region("360100"))
    make_organization(name="知行 社", region=region("360700"))
    make_organization(name="青原色")

    assert found() == [("知行社", "知行 社", ["The same name"])]


def test_another_name_of_one_is_the_name_or_another_name_of_the_other():
    make_alias(organization=make_organization(name="甲乙会"), name="江西青原色")
    make_organization(name="江西青原色")
    for name in ("山水", "星火"):
        make_alias(organization=make_organization(name=name), name="绿色江湖")

    assert found() == [
        ("甲乙会", "江西青原色", ["“江西青原色” is a name of both"]),
        ("山水", "星火", ["“绿色江湖” is a name of both"]),
    ]


def test_contacts_with_the_same_phone_or_e_mail():
    phoned("青原色", phone="13800001111")
    phoned("山水", phone="138-0000-1111")
    phoned("星火", email="A@example.org")
    phoned("甲乙会", email="a@example.org")
    phoned("丙丁会")
    phoned("戊己会")

    assert found() == [
        ("青原色", "山水", ["A contact of each has the same phone"]),
        ("星火", "甲乙会", ["A contact of each has the same e-mail address"]),
    ]


def test_the_same_website_and_codes_of_one_body():
    make_organization(name="青原色", website="https://www.example.org/about", uscc=CODES[0])
    make_organization(name="山水", website="http://EXAMPLE.org")
    make_organization(name="星火", uscc=CODES[1])

    assert found() == [
        ("青原色", "星火", ["The codes of both name the same legal body"]),
        ("青原色", "山水", ["The same website, example.org"]),
    ]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", ""),
        ("https://www.example.org/a/?b=c", "example.org"),
        ("https://weibo.com/u/1/", "weibo.com/u/1?"),
        ("https://mp.weixin.qq.com/s?id=1", "mp.weixin.qq.com/s?id=1"),
    ],
)
def test_a_site_where_everybody_has_a_page_counts_by_its_address(address, told):
    assert site(address) == told


def test_nearly_the_same_name_where_the_place_may_be_the_same():
    make_organization(name="知行创新空间", region=region("360100"))
    make_organization(name="知行公益空间")
    make_organization(name="知形创新空间", region=region("360700"))

    assert found() == [
        ("知行创新空间", "知行公益空间", ["Nearly the same name: 知行创新空间 · 知行公益空间"]),
    ]


def test_all_reasons_stand_together_and_the_most_telling_pair_comes_first():
    for name in ("星火社", "星火社公益"):
        phoned(name, phone="13800001111", email="a@example.org")
    make_organization(name="知行社", region=region("360100"))
    make_organization(name="知行社")

    assert found() == [
        ("知行社", "知行社", ["The same name"]),
        (
            "星火社",
            "星火社公益",
            [
                "A contact of each has the same phone",
                "A contact of each has the same e-mail address",
                "Nearly the same name: 星火社 · 星火社公益",
            ],
        ),
    ]


def test_what_was_told_apart_is_not_offered():
    one, other = make_organization(name="知行社", region=region("360100")), make_organization(name="知行社")
    assert len(found()) == 1

    make_distinction(one=other, other=one)

    assert found() == []


def test_what_many_share_tells_nothing():
    for number in range(FEW + 1):
        phoned(f"{number}", phone="13800001111")

    assert found() == []


def test_a_name_that_a_crowd_shares_tells_nothing():
    for number in range(CROWD + 1):
        make_alias(organization=make_organization(name=f"{number}"), name="志愿者协会")

    assert found() == []


@pytest.mark.parametrize("number", [1, 30])
def test_five_queries_whatever_the_number(django_assert_num_queries, number):
    for each in range(number):
        make_alias(organization=make_organization(name=f"知行{each}社"))
        phoned(f"知行{each}公益社", phone="13800001111")

    with django_assert_num_queries(5):
        Candidates()
