"""What is taken for the name of a human being, and what is not."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from yixin.personnames import (
    DOUBLE_SURNAMES,
    SURNAMES,
    has_organization_word,
    is_title,
    looks_like_a_person,
    people_in,
    split_title,
)

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def names_of(fixture: str, *models: str) -> list[str]:
    rows = json.loads((FIXTURES / f"{fixture}.json").read_text(encoding="utf-8"))
    return [row["fields"]["name"] for row in rows if row["model"] in models]


@pytest.mark.parametrize(
    "name",
    [
        "万建军", "彭英姿", "寇延丁", "李明", "张 三", " 王芳 ", "欧阳修", "司马相如", "诸葛亮", "师永刚", "于都督",
        "张家豪", "黄家驹", "王会军", "刘团结", "李玉堂", "王群", "陈理", "江西明", "方志敏",
        "熊处长", "王老师",
        "李副会长", "欧阳老师", "张三老师", "会长李四", "张三（个人）", "小鱼儿（个人）", "王芳(个人)",
        "买买提·吐尔逊", "阿依古丽·买买提", "古丽•阿不都",
    ],
)  # fmt: skip
def test_human_being(name):
    assert looks_like_a_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "李", "欧阳", "在一起", "曙光急救", "渔公益", "益路阳光", "知行空间", "麦田", "南昌小动物保护协会",
        "万家灯火", "高山流水", "安徽益和", "六和众生", "IDOR", "AHA", "Tom", "张三丰四五", "乐施会", "金盆地",
        "滕王阁", "石城县", "余江区",
        "于都", "白鹭社", "温暖", "向日葵", "周六", "满族", "老师", "理事长", "13800138000",
        "王家村", "康复站", "公益·沙龙", "张三（义工联）", "和谐社区", "张" * 1_000, "老师" * 1_000,
    ],
)  # fmt: skip
def test_no_human_being(name):
    assert not looks_like_a_person(name)


def test_no_organization_of_the_2014_report_is_taken_for_a_human_being():
    names = names_of("report_2014", "organizations.organization", "organizations.alias")

    assert [name for name in names if looks_like_a_person(name)] == []
    assert len(names) > 40


def test_people_of_the_2014_report_are_human_beings():
    names = names_of("report_2014", "organizations.person")

    assert [name for name in names if not looks_like_a_person(name)] == []
    assert len(names) == 4


def test_no_division_is_taken_for_a_human_being():
    names = names_of("regions", "organizations.region")
    short = [name[:-1] for name in names]

    assert [name for name in names + short if looks_like_a_person(name)] == []
    assert len(names) > 150


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三老师", ("张三", "老师")),
        ("张三 老师", ("张三", "老师")),
        ("会长李四", ("李四", "会长")),
        ("李四副理事长", ("李四", "副理事长")),
        ("欧阳修先生", ("欧阳修", "先生")),
        ("张老师", ("张老师", "")),
        ("熊处长", ("熊处长", "")),
        ("师永刚", ("师永刚", "")),
        ("张三", ("张三", "")),
        ("老师", ("老师", "")),
        ("义工联会长", ("义工联会长", "")),
        ("", ("", "")),
    ],
)
def test_title_is_parted_from_a_name_that_stands_without_it(text, expected):
    assert split_title(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三", ["张三"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三和李四", ["张三", "李四"]),
        ("张三老师，李四 / 王芳", ["张三老师", "李四", "王芳"]),
        ("和珅", ["和珅"]),
        ("张三、义工联", []),
        ("张三、", []),
        ("小鱼儿", []),
        ("", []),
    ],
)
def test_people_whom_a_text_names(text, expected):
    assert people_in(text) == expected


def test_titles_and_words_of_organizations():
    assert [is_title(text) for text in ["会长", "副理事长", "会长老师", "张会长", ""]] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [has_organization_word(text) for text in ["义工联", "南昌市", "益路阳光", "小鱼儿", "李明", ""]] == (
        [True, True, True, False, False, False]
    )


def test_surnames_are_single_characters_and_double_ones_two():
    assert {len(surname) for surname in SURNAMES} == {1}
    assert {len(surname) for surname in DOUBLE_SURNAMES} == {2}


@given(text=st.text() | st.text(st.sampled_from("张三李四老师会长欧阳·（个人）"), max_size=40))
def test_any_text_is_parted_without_loss(text):
    name, title = split_title(text)

    assert looks_like_a_person(text) in (True, False)
    assert sorted((name + title).replace(" ", "")) == sorted(text.replace(" ", ""))
