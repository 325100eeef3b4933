"""Texts that may stand on a public page by themselves, and those that give somebody away."""

import pytest

from organizations.discretion import tellable
from organizations.tests.factories import make_alias, make_organization, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "text", "may_be_told"),
    [
        ("甲某", "甲某讲课", False),
        ("甲某", "请甲 某讲课", False),
        ("测试丙丁戊", "请测试丙丁戊（老师）讲课", False),
        ("阿不都·热合曼", "阿不都·热合曼分享会", False),
        ("John Smith", "John Smith 的课", False),
        ("Li", "Linux 课", True),
        ("甲某", "甲乙某讲课", True),
        ("2014", "2014年年会", True),
        ("乙某", "甲某讲课", True),
    ],
)
def test_a_text_that_names_a_person_on_record_is_not_told(name, text, may_be_told):
    make_person(name=name)

    assert tellable([text]) == ({text} if may_be_told else set())


@pytest.mark.parametrize(
    ("text", "may_be_told"),
    [
        ("测试在一起年会", False),
        ("同“测试 在 一起”聚会", False),
        ("试在社聚会", False),
        ("公开社聚会", True),
    ],
)
def test_a_text_that_names_a_sensitive_organization_is_not_told(text, may_be_told):
    sensitive = make_organization(name="测试在一起", is_sensitive=True)
    make_alias(organization=sensitive, name="试在社")
    make_alias(organization=make_organization(), name="公开社")

    assert tellable([text]) == ({text} if may_be_told else set())


@pytest.mark.parametrize(
    "text", ["世界艾滋病日", "LES群的培训", "电话139 1111 2222", "0791-88001234", "88001234", "36010119900101123X"]
)
def test_a_word_or_number_that_gives_away_is_not_told(text):
    assert tellable([text, "年会20140109"]) == {"年会20140109"}


def test_one_query_whatever_the_number_of_texts_and_none_without_any(django_assert_num_queries):
    for number in range(30):
        make_person(name=f"测试{number}")

    with django_assert_num_queries(1):
        tellable(f"第{number}期培训" for number in range(100))
    with django_assert_num_queries(0):
        tellable([])
