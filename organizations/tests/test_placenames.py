"""What people call a place, and which division of which year that is."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.models import Region
from organizations.placenames import PlaceNames, is_within, short_name
from organizations.tests.factories import make_region, region

pytestmark = pytest.mark.django_db


def found(words: str, year: int | None = 2014) -> tuple[str, str] | None:
    """Code and name of what the words mean."""
    region = PlaceNames(year).find(words)
    return region and (region.code, region.name)


def refusal(words: str, year: int | None = 2014) -> tuple[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        PlaceNames(year).find(words)
    with override("en"):
        return caught.value.code, caught.value.messages


@pytest.mark.parametrize("words", ["", " ", "\u3000", "—", "/", "不详", "无"])
def test_no_words_are_no_place(words):
    assert found(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "赣州", "赣州市", "江西赣州", "江西省赣州市", " 赣 州 ", "江西·赣州", "江西省 赣州市", "江西/赣州", "（赣州）",
        "赣州地区", "赣州市区", "江西省赣州", "赣州市全市", "赣州各县", "赣州经开区", "赣州市、江西省",
        "赣州市红旗大道12号",
    ],
)  # fmt: skip
def test_city_however_it_is_written(words):
    assert found(words) == ("360700", "赣州市")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("章贡区", "360702"),
        ("章贡", "360702"),
        ("赣州市章贡区", "360702"),
        ("赣州/章贡", "360702"),
        ("赣州，章贡", "360702"),
        ("章贡区 赣州市", "360702"),
        ("江西章贡", "360702"),
        ("江西省赣州市章贡区水南镇", "360702"),
        ("章贡区红旗大道１２号", "360702"),
        ("于都", "360731"),
        ("于都县", "360731"),
        ("赣州于都", "360731"),
        ("于都市", "360731"),
        ("井冈山", "360881"),
        ("共青城", "360482"),
        ("南昌", "360100"),
        ("南昌县", "360121"),
        ("南昌市南昌县", "360121"),
        ("南昌县莲塘镇", "360121"),
        ("吉安", "360800"),
        ("吉安市吉安县", "360821"),
        ("吉安吉水", "360822"),
        ("九江", "360400"),
        ("景德镇", "360200"),
        ("上海", "310000"),
        ("上海市", "310000"),
        ("上海浦东新区", "310000"),
        ("上海市南京路", "310000"),
        ("安徽省", "340000"),
        ("安徽合肥", "340000"),
        ("安徽省合肥市蜀山区", "340000"),
        ("内蒙古", "150000"),
        ("广西", "450000"),
        ("宁夏", "640000"),
        ("新疆维吾尔自治区", "650000"),
        ("香港", "810000"),
        ("江西", "360000"),
        ("江西省", "360000"),
        ("全省", "360000"),
        ("江西全省", "360000"),
        ("江西省内", "360000"),
        ("江西各地", "360000"),
    ],
)
def test_place_is_found(words, code):
    assert found(words)[0] == code


@pytest.mark.parametrize(
    ("words", "year", "expected"),
    [
        ("赣县", 2014, ("360721", "赣县")),
        ("赣县区", 2014, ("360721", "赣县")),
        ("赣县", 2015, ("360721", "赣县")),
        ("赣县", 2016, ("360704", "赣县区")),
        ("赣县", None, ("360704", "赣县区")),
        ("赣州赣县区", None, ("360704", "赣县区")),
        ("新建", 2014, ("360122", "新建县")),
        ("新建区", 2014, ("360122", "新建县")),
        ("新建", 2015, ("360112", "新建区")),
        ("湾里", 2014, ("360105", "湾里区")),
        ("湾里区", None, ("360112", "新建区")),
        ("南康市", 2014, ("360703", "南康区")),
        ("南康", 2012, ("360782", "南康市")),
        ("南康区", 2012, ("360782", "南康市")),
        ("庐山", 2014, ("360402", "庐山区")),
        ("庐山", None, ("360483", "庐山市")),
        ("庐山区", None, ("360402", "濂溪区")),
        ("濂溪区", 2014, ("360402", "庐山区")),
        ("庐山市", 2014, ("360427", "星子县")),
        ("星子", None, ("360483", "庐山市")),
        ("九江县", None, ("360404", "柴桑区")),
        ("柴桑", 2014, ("360421", "九江县")),
        ("上饶县", None, ("361104", "广信区")),
        ("龙南", 2014, ("360727", "龙南县")),
        ("龙南县", None, ("360783", "龙南市")),
        ("红谷滩新区", 2014, ("360113", "红谷滩区")),
        ("赣州", 1990, ("360700", "赣州市")),
    ],
)
def test_name_of_another_year_is_the_division_of_the_year_asked_for(words, year, expected):
    assert found(words, year) == expected


@pytest.mark.parametrize("year", [2000, 2012, 2014, 2016, 2020, None])
def test_every_division_is_found_by_its_own_name_in_its_own_city(year):
    places = PlaceNames(year)
    in_use = [r for r in places.regions if r.valid_from <= (year or 2026) < (r.valid_to or 9999)]

    for one in in_use:
        around = one.parent.name if one.parent else ""
        assert places.find(f"{around}{one.name}") == one
        assert places.find(f"{around}{short_name(one.name)}") == one


UNKNOWN = "“%s” is no place on record. Write a city or county, like 赣州 or 于都县, or a province."


@pytest.mark.parametrize(
    "words",
    [
        "火星", "赣", "杭州", "赣州大学", "北京西路", "北京路", "江西杨家村", "江西杭州", "南昌区", "赣州、火星", "县",
        "全国", "外省",
    ],
)  # fmt: skip
def test_unknown_place_is_refused(words):
    assert refusal(words) == ("unknown", [UNKNOWN % words])


def test_long_words_are_refused_and_quoted_in_short():
    assert refusal("赣州" * 5_000) == ("unknown", [UNKNOWN % ("赣州" * 19 + "赣…")])


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("赣州、宜春", "赣州市、宜春市"),
        ("赣州和于都及瑞金、吉安", "赣州市、赣州市于都县、赣州市瑞金市、吉安市"),
        ("安徽/江西", "安徽省、江西省"),
    ],
)
def test_several_places_are_named_in_the_refusal(words, places):
    sentence = f"“{words}” can mean several places: {places}. Write one of them."

    assert refusal(words) == ("several", [sentence])


def test_namesakes_are_named_in_the_refusal_and_told_apart_by_their_city():
    make_region(code="360799", name="城关区", parent=region("360700"))
    make_region(code="360899", name="城关县", parent=region("360800"))

    assert refusal("城关") == (
        "several",
        ["“城关” can mean several places: 赣州市城关区、吉安市城关县. Write one of them."],
    )
    assert found("吉安城关") == ("360899", "城关县")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text() | st.text(st.sampled_from("江西省赣州市县区于都南昌安徽北京路街 ·/、,"), max_size=30))
def test_whatever_is_written_is_found_or_refused(places, words):
    assert is_found_or_refused(places, words)


def is_found_or_refused(places: PlaceNames, words: str) -> bool:
    try:
        region = places.find(words)
    except ValidationError as error:
        return len(error.messages) == 1
    return region is None or region in places.regions


@pytest.fixture
def places() -> PlaceNames:
    return PlaceNames(2014)


@pytest.mark.parametrize("number", [1, 300])
def test_one_query_whatever_the_number_of_names(django_assert_num_queries, number):
    with django_assert_num_queries(1):
        places = PlaceNames(2014)
        for words in ["赣州市章贡区", "安徽合肥", "江西", "于都"] * number:
            assert places.find(words).parent_id == (places.find(words).parent and places.find(words).parent.pk)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("360702", "360700", True),
        ("360702", "360000", True),
        ("360700", "360000", True),
        ("360700", "360700", True),
        ("360702", "360702", True),
        ("340000", "340000", True),
        ("360700", "360702", False),
        ("360702", "360800", False),
        ("360702", "360721", False),
        ("360000", "360700", False),
        ("340000", "360000", False),
    ],
)
def test_region_lies_within_a_place(one, other, expected):
    assert is_within(region(one), region(other)) == expected


def test_what_is_unknown_lies_nowhere():
    assert [is_within(None, region("360700")), is_within(region("360700"), None), is_within(None, None)] == [False] * 3


def test_former_county_lies_where_the_one_that_took_its_code_does():
    assert is_within(region("360402", 2014), region("360402", 2020))


def test_there_are_divisions_to_be_found():
    assert Region.objects.count() > 150
