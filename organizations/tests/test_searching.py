"""What the directory finds, in which order, how many it counts, and what it says where there is nothing."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from organizations.grams import LONGEST, grams_of, terms
from organizations.models import FieldOfWork, Organization
from organizations.searching import Search
from organizations.tests.factories import make_alias, make_organization, region
from yixin.text import name_key

pytestmark = pytest.mark.django_db


def search(query: str = "") -> Search:
    return Search(Organization.objects.public(), QueryDict(query))


def found(words: str) -> list[str]:
    return [entry.name for entry in search(f"q={words}").entries]


def listed(name: str, *aliases: str, fields: tuple[str, ...] = (), **columns) -> Organization:
    organization = make_organization(**{"name": name, "listing": "public"} | columns)
    for alias in aliases:
        make_alias(organization=organization, name=alias)
    organization.fields_of_work.set(FieldOfWork.objects.filter(code__in=fields))
    return organization


@pytest.mark.parametrize(
    "words",
    ["知行创新空间", "创新", "行", "知 行", "空间 知行", "「知行」", "zhixing", "ZhiXingChuang", "chuangxin", "zhixi",
     "z", "zxcx", "cxkj", "ＺＸＣＸＫＪ", "老名字", "老 名", "名字", "laoming", "lmz", "南昌", "nanchang", "ncs",
     "南昌 知行"],
)  # fmt: skip
def test_found_by_name_alias_pinyin_initials_and_place(words):
    listed("知行创新空间", "老名字", "老名字二", region=region("360121"))
    listed("吉安益社", region=region("360800"))

    assert found(words) == ["知行创新空间"]


@pytest.mark.parametrize("words", ["抚州", "ixing", "hixing", "%", "_", "zk", "知行 吉安", "昌市"])
def test_not_found_where_nothing_is_called_so(words):
    listed("知行创新空间", region=region("360121"))

    assert found(words) == []


@pytest.mark.parametrize("words", ["zx", "zyz", "xh", "fwzx"])
def test_the_kind_of_body_is_not_found_by_its_initials_alone(words):
    listed("吉安志愿者协会服务中心")
    listed("南昌公益")

    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [("jazyzxhfwzx", "吉安志愿者协会服务中心"), ("azyz", "吉安志愿者协会服务中心"), ("中心", "吉安志愿者协会服务中心"),
     ("zhongxin", "吉安志愿者协会服务中心"), ("cgy", "南昌公益"), ("zyzxh", "志愿者协会"), ("zyzx", "志愿者协会")],
)  # fmt: skip
def test_initials_lead_through_the_kind_of_body_which_is_found_as_it_is_written(words, name):
    for each in ("吉安志愿者协会服务中心", "南昌公益", "志愿者协会"):
        listed(each)

    assert found(words)[0] == name


@pytest.mark.parametrize("words", ["", " \u3000", "\x00\u200b"])
def test_no_words_find_everybody_by_pinyin(words):
    for name in ("知行创新空间", "南昌益社", "益社"):
        listed(name)

    assert found(words) == ["南昌益社", "益社", "知行创新空间"]


def test_the_best_match_comes_first_then_pinyin():
    listed("南昌知行社")
    listed("阿拉社", "知行")
    listed("知行创新空间")
    listed("知行")
    listed("博爱社", "知行别名")
    listed("安远知行社")

    assert found("知行") == ["知行", "阿拉社", "知行创新空间", "安远知行社", "南昌知行社", "博爱社"]
    by_letters = ["知行", "知行创新空间", "安远知行社", "南昌知行社", "阿拉社", "博爱社"]
    assert found("zx") == found("zhixing") == by_letters


def test_a_name_beside_a_place_and_a_field_comes_first():
    listed("学校教育社", region=region("360800"))
    listed("读书会", fields=("education",))
    listed("赣州读书会", region=region("360700"), fields=("education",))

    assert found("教育") == ["学校教育社", "读书会", "赣州读书会"]
    assert found("赣州 教育") == ["赣州读书会"]
    assert found("赣州教育") == ["赣州读书会"]
    assert search("q=赣州教育").filter.are_cut


@pytest.mark.parametrize(
    "words",
    "赣州市教育 赣州的教育 教育赣州 赣州市教育助学 赣州市阳光教育 石城县教育 石城教育 赣州市环保 石城环保".split(),  # noqa: SIM905
)
def test_a_place_and_a_field_written_as_one_word_are_two(words):
    listed("阳光读书会", region=region("360735"), fields=("education", "environment"))
    listed("阳光助学社", region=region("360100"), fields=("education", "environment"))
    listed("赣州市民社", region=region("360700"))

    assert found(words) == ["阳光读书会"]


def test_a_field_is_found_by_what_it_is_shortened_to():
    listed("绿色行", fields=("environment",))
    listed("环保社")

    assert found("环保") == ["环保社", "绿色行"]
    assert found("境保") == []


@pytest.mark.parametrize("words", ["于都", "yudu", "yd"])
def test_a_name_is_read_as_the_list_of_readings_has_it(words):
    listed("于都志愿社")

    assert found(words) == ["于都志愿社"]


def test_a_city_is_its_counties_of_all_times_too():
    listed("市里的", region=region("360700"))
    listed("县里的", region=region("360721", 2014))
    listed("区里的", region=region("360704", 2020))
    listed("别处的", region=region("360100"))
    listed("省里的", region=region("360000"))
    listed("不详的")

    one = search("city=360700")
    assert {entry.name for entry in one.entries} == {"市里的", "县里的", "区里的"}
    assert one.total == 3


def test_a_page_by_number_of_what_was_cut_is_found_too(django_assert_num_queries):
    for number in range(31):
        listed(f"读书会{number:02}", region=region("360700"), fields=("education",))

    with django_assert_num_queries(7):
        assert [entry.name for entry in search("q=赣州教育&page=2").entries] == ["读书会30"]
    with django_assert_num_queries(8):
        assert [entry.name for entry in search("q=赣州教育&page=3").entries] == ["读书会30"]


def test_a_sensitive_organization_is_found_by_its_name_and_field_alone():
    listed("在一起社", "秘密简称", is_sensitive=True, region=region("360121"), type="ngo", fields=("health",))

    assert found("在一起") == found("zyq") == found("健康") == ["在一起社"]
    for words in ("秘密", "mimi", "南昌", "nanchang", "南昌县"):
        assert found(words) == []
    assert [tile.count for tile in search().cities] == [0] * 11
    assert search().types == []
    assert [(choice.value, choice.count) for choice in search().works] == [("health", 1)]
    assert (search().total, search("type=ngo").total, search("city=360100").total) == (1, 0, 0)


def test_the_other_name_that_was_looked_for_is_shown():
    listed("江西知行文化中心", "老名字", "知行")

    assert [entry.found_as for entry in search("q=老名").entries] == ["老名字"]
    assert [entry.found_as for entry in search("q=知行").entries] == [""]


def test_choices_count_what_they_would_leave():
    listed("赣县的", region=region("360721"), type="ngo", fields=("education",))
    listed("赣县区的", region=region("360704", 2020), type="volunteers", fields=("education", "health"))
    listed("赣州的", region=region("360700"), type="ngo")
    listed("南昌的", region=region("360100"), type="ngo", fields=("health",))
    listed("省外的", region=region("340000"), type="ngo")
    listed("藏着的", region=region("360700"), listing="hidden")

    everything, one = search(), search("city=360700&type=ngo")

    cities = {tile.name: tile.count for tile in everything.cities if tile.count}
    assert cities == {"赣州市": 3, "南昌市": 1}
    assert {choice.value: choice.count for choice in everything.types} == {"ngo": 4, "volunteers": 1}
    assert {choice.value: choice.count for choice in everything.works} == {"education": 2, "health": 2}
    assert everything.counties == []
    assert one.total == 2
    assert {tile.name: tile.count for tile in one.cities if tile.count} == {"赣州市": 2, "南昌市": 1}
    assert {choice.value: choice.count for choice in one.types} == {"ngo": 2, "volunteers": 1}
    assert {choice.value: choice.count for choice in one.works} == {"education": 1}
    assert [(choice.label, choice.count) for choice in one.counties] == [("赣县区", 1)]
    assert [entry.name for entry in search("county=360704").entries] == ["赣县的", "赣县区的"]


def test_a_chosen_value_is_taken_back_by_its_address():
    listed("赣州的", region=region("360700"), type="ngo")

    one = search("q=赣&city=360700&county=360704&type=ngo&page=3")

    assert [(choice.value, choice.query) for choice in one.picked] == [
        ("360700", "q=%E8%B5%A3&type=ngo"),
        ("360704", "q=%E8%B5%A3&city=360700&type=ngo"),
        ("ngo", "q=%E8%B5%A3&city=360700&county=360704"),
    ]


def test_where_nothing_is_found_names_that_are_near_are_offered():
    listed("江西在一起文化发展中心")
    listed("吉安义工网")

    assert [entry.name for entry in search("q=在一起公益").suggestions] == ["江西在一起文化发展中心"]
    assert [entry.name for entry in search("q=jianyigonh").suggestions] == ["吉安义工网"]
    assert search("q=在一起").suggestions == []
    assert search("q=x").suggestions == []


@given(st.text(max_size=120), st.text(max_size=120))
def test_every_name_is_found_by_any_part_of_it_on_that_begins_a_character(name, other):
    grams = grams_of([name, other])

    for text in (name, other):
        key = name_key(text)
        for place in range(len(key)):
            for term in terms(key[place:]):
                assert any(gram.startswith(term.start) for gram in grams), (text, term)
    assert all(0 < len(gram) <= LONGEST for gram in grams)


def test_a_term_longer_than_any_gram_is_compared_in_full():
    start = "很" * 40
    listed(f"{start}长的名字")
    listed(f"{start}短的名字")

    assert found(f"{start}长") == [f"{start}长的名字"]
