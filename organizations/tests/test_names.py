"""Which names are near enough to ask about, and how those of a whole file are found."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st

from organizations.models import Organization, Region
from organizations.names import NameFinder, is_near, place_words
from organizations.nearness import deletions, read_name
from organizations.tests.factories import make_alias, make_organization, region

pytestmark = pytest.mark.django_db

REPORT = Path(django_settings.BASE_DIR) / "fixtures" / "report_2014.json"
PLACES = {
    "江西": "36", "江西省": "36", "安徽": "34", "南昌": "3601", "南昌市": "3601", "赣州": "3607", "赣州市": "3607",
    "宜春": "3609", "吉安": "3608", "萍乡": "3603", "上饶": "3611", "青原": "3608青原", "赣县": "3607赣县",
    "赣县区": "3607赣县", "井冈山": "3608井冈山", "南昌县": "3601南昌",
}  # fmt: skip


def names(organizations) -> list[str]:
    return [organization.name for organization in organizations]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中华义工联合会江西分会", "中华义工联江西分会"),
        ("中华义工联合会江西分会", "中华义工联"),
        ("中华义工联江西分会", "中华义工联"),
        ("知行创新空间", "知行空间"),
        ("知行创新空间", "南昌知行空间"),
        ("知行空间", "南昌知行空间"),
        ("江西在一起文化发展中心", "在一起"),
        ("吉安青原色", "青原色"),
        ("安徽艾博公益", "艾博公益"),
        ("正荣基金会", "正荣"),
        ("江西财大", "财大"),
        ("江西财大", "江西财经大学"),
        ("江西师大", "江西师范大学"),
        ("井冈山大学", "江西井冈山大学"),
        ("江西财大学生会", "江西财经大学学生会"),
        ("南昌市民政局民间组织管理处", "民间组织管理处"),
        ("仁爱之家", "仁爱家园"),
        ("上饶爱心烛光社", "烛光社"),
        ("南昌开心义工", "开心义工队"),
        ("曙光急救", "曙光急救队"),
        ("萍乡麦田", "麦田计划"),
        ("宜春地区公益组织联盟", "宜春公益组织联盟"),
        ("赣州义工联", "赣州市义工联合会"),
        ("赣州义工联", "义工联"),
        ("赣县义工联", "赣县区义工联"),
        ("南昌小动物保护协会", "南昌市小动物保护协会"),
        ("美国心脏协会（AHA）", "美国心脏协会"),
        ("美国心脏协会（AHA）", "AHA"),
        ("益术系（江西）", "江西益术系"),
        ("益路阳光", "益路阳先"),
        ("益路阳光", "益路光"),
        ("益路阳光", "益路光阳"),
        ("知行空间", "知形空间"),
        ("渔公益", "鱼公益"),
        ("信息日报", "信息日报"),
    ],
)
def test_near_names(one, other):
    assert is_near(one, other, PLACES)
    assert is_near(other, one, PLACES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南昌义工联", "赣州义工联"),
        ("南昌义工联", "南昌县义工联"),
        ("江西省慈善总会", "南昌市慈善总会"),
        ("中华义工联合会江西分会", "赣州义工联"),
        ("安徽益和", "江西益和"),
        ("南昌大学", "井冈山大学"),
        ("南昌大学", "南昌理工大学"),
        ("江西师大", "江西财大"),
        ("江西师大", "南昌大学"),
        # A body of a university is another organisation.
        ("南昌大学", "南昌大学学生会"),
        ("南昌大学", "南昌大学工业设计系"),
        ("江西财大", "江西财大学生会"),
        ("南昌大学学生会", "南昌大学工业设计系"),
        ("南昌大学学生会", "井冈山大学学生会"),
        ("第一小学", "第二小学"),
        ("南昌市第一中学", "南昌市第二中学"),
        ("志愿服务一队", "志愿服务二队"),
        ("志愿服务一队", "志愿服务队"),
        # Generic words alone do not make two names near.
        ("爱心协会", "爱心之家"),
        ("志愿者协会", "青年志愿者协会"),
        ("知行创新空间", "青年创新空间"),
        ("吉安义工网", "吉安义工联"),
        ("萤火公益", "星火公益"),
        ("正荣基金会", "南昌基金会"),
        ("信息日报", "江西日报"),
        ("安徽益和", "六和众生"),
        ("IDOR", "AHA"),
        ("IDOR", "IDOL"),
    ],
)
def test_names_that_are_not_near(one, other):
    assert not is_near(one, other, PLACES)
    assert not is_near(other, one, PLACES)


def names_of_the_report() -> dict[str, int]:
    """Every name and alias in the 2014 report with its organisation."""
    rows = [(row["model"], row["pk"], row["fields"]) for row in json.loads(REPORT.read_text(encoding="utf-8"))]
    own = {fields["name"]: pk for model, pk, fields in rows if model == "organizations.organization"}
    return own | {fields["name"]: fields["organization"] for model, _, fields in rows if model == "organizations.alias"}


def test_near_names_of_the_2014_report_are_those_of_one_organization():
    places, owners = place_words(Region.objects.all()), names_of_the_report()
    pairs = list(combinations(owners, 2))
    near = {pair for pair in pairs if is_near(*pair, places)}

    # 正荣 is near to 正荣微公益, and so on: every alias is found, and nothing else is.
    assert near == {pair for pair in pairs if owners[pair[0]] == owners[pair[1]]}
    assert (len(owners), len(pairs), len(near)) == (48, 1128, 14)


def test_places_are_known_by_full_and_short_names():
    words = place_words(Region.objects.all())

    assert [words[word] for word in ["江西", "江西省", "赣州市", "赣州", "南昌"]] == [
        "36",
        "36",
        "3607",
        "3607",
        "3601",
    ]
    assert [words[word] for word in ["于都", "于都县", "南昌县"]] == ["3607于都", "3607于都", "3601南昌"]
    assert [words[word] for word in ["赣县", "赣县区"]] == ["3607赣县"] * 2


@given(name=st.text() | st.text(st.sampled_from("江西南昌青原色义工联合会分会大学第一（）AHA"), max_size=30))
def test_every_name_is_near_to_itself(name):
    assert is_near(name, name, PLACES)


@given(
    one=st.text(st.sampled_from("江西南昌义工联大学会一知行公益"), max_size=10),
    other=st.text(st.sampled_from("江西南昌义工联大学会一知行公益"), max_size=10),
)
def test_nearness_is_mutual_and_never_missed_by_the_index(one, other):
    is_one = is_near(one, other, PLACES)
    finder = NameFinder([], PLACES)
    finder.add(Organization(name=other))

    assert is_near(other, one, PLACES) == is_one
    assert names(finder.exact(one) or finder.near(one)) == ([other] if is_one and other else names(finder.exact(one)))


def test_deletions_are_the_text_and_what_one_character_less_leaves():
    assert deletions("知行空间") == {"知行空间", "行空间", "知空间", "知行间", "知行空"}
    assert deletions("知行") == {"知行"}


def test_long_names_are_read_up_to_their_limit():
    assert [len(reading.key) for reading in read_name("义" * 5_000, {})] == [100]


def test_exact_finds_by_name_alias_and_former_name():
    zhixing = make_organization(name="知行创新空间", region=region("360100"))
    make_alias(organization=zhixing, name="知行空间")
    make_alias(organization=zhixing, name="知行沙龙", kind="former")
    make_organization(name="麦田")
    finder = NameFinder(["「知行 空间」", "知行沙龙", "知行创新空间", "别处"])

    found = [finder.exact(name) for name in ["「知行 空间」", "知行沙龙", "知行创新空间", "别处", ""]]
    assert found == [[zhixing], [zhixing], [zhixing], [], []]
    assert found[0][0].region.name == "南昌市"


def test_exact_finds_all_namesakes():
    there = [make_organization(name="义工联", region=region(code)) for code in ("360100", "360700")]

    assert NameFinder(["义工联"]).exact("义工联") == there


def test_alias_of_the_same_name_is_no_second_organization():
    one = make_organization(name="知行空间")
    make_alias(organization=one, name="知行 空间")

    assert NameFinder(["知行空间"]).exact("知行空间") == [one]


def test_near_finds_names_and_aliases_best_first_and_none_that_is_exact():
    make_organization(name="知行空间")
    of_place, other = make_organization(name="南昌知行公益"), make_organization(name="赣州知行发展中心")
    make_alias(organization=make_organization(name="某某某"), name="知行小组")
    finder = NameFinder(["知行空间", "南昌知行空间", "江西知行公益空间"])

    assert names(finder.near("知行空间")) == ["某某某", "南昌知行公益", "赣州知行发展中心"]
    assert names(finder.near("南昌知行空间")) == ["知行空间", "南昌知行公益", "某某某"]
    assert finder.near("江西知行公益空间")[0].region is None
    assert {of_place, other} <= set(finder.near("江西知行公益空间"))


def test_near_finds_five_at_most():
    made = [make_organization(name="知行公益", region=region(f"360{city}00")) for city in range(1, 8)]

    assert NameFinder(["知行空间"]).near("知行空间") == made[:5]


def test_of_a_crowd_with_one_generic_name_those_of_the_place_are_found():
    words = {f"城{number:02d}": f"99{number:02d}" for number in range(90)}
    for word in words:
        make_organization(name=f"{word}志愿者协会")
    make_organization(name="志愿者协会")
    finder = NameFinder(["城77志愿者联合会", "城77志愿协会"], words)

    assert names(finder.near("城77志愿协会")) == ["城77志愿者协会", "志愿者协会"]


def test_organization_that_the_file_adds_is_found_by_later_names():
    finder = NameFinder(["知行空间", "知行创新空间"])
    added = Organization(name="知行空间")
    assert finder.near("知行创新空间") == []
    finder.add(added, "知行会")

    assert finder.exact("知行 空间") == [added]
    assert finder.exact("知行会") == [added]
    assert finder.near("知行创新空间") == [added]


def test_name_that_the_finder_was_not_told_of_is_found_too():
    one = make_organization(name="知行空间")

    assert NameFinder([]).exact("知行空间") == [one]
    assert NameFinder([]).near("知行创新空间") == [one]


@pytest.mark.parametrize("number", [1, 300])
def test_three_queries_whatever_the_number_of_names(django_assert_num_queries, number):
    for place in range(number):
        make_organization(name=f"第{place}知行社", region=region("360100"))
    known = [f"第{place}知行社" for place in range(number)]
    near = [f"南昌第{place}知行公益社" for place in range(number)]

    with django_assert_num_queries(3):
        finder = NameFinder([*known, *near])
        found = [[one.region.name for one in [*finder.exact(name), *finder.near(name)]] for name in [*known, *near]]

    assert found == [["南昌市"]] * 2 * number
