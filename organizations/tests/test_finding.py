"""Organisations and people as staff look for them."""

import json
import re

import pytest
from django.db import connection
from django.urls import reverse

from organizations.finding import organizations_called, people_called
from organizations.models import Organization, Person
from organizations.tests.factories import make_alias, make_organization, make_person
from yixin.tests.desks import enter
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周", "伟芳娜秀英敏静丽强磊"


@pytest.mark.parametrize(
    "words", ["王", "王知", "王知行", "王 知", "wang zhi", "w", "wang", "wangzhi", "wzx", "WZX", "ｗｚｘ"]
)
def test_person_is_found_by_how_the_name_begins(words):
    person = make_person(name="王知行")
    make_person(name="李知行")

    assert list(people_called(Person.objects.all(), words)) == [person]


@pytest.mark.parametrize("words", ["知行", "ang", "zx", "王行", "王知行王", "13800000001", "…", " "])
def test_person_is_not_found_by_anything_else(words):
    make_person(name="王知行", phone="13800000001")

    assert list(people_called(Person.objects.all(), words)) == []


@pytest.mark.parametrize("name", ["单知行", "曾知行", "仇知行", "重知", "朴知行", "尉迟知行", "乐知", "行知", "万俟知"])
def test_person_is_found_by_each_beginning_of_a_name_that_can_be_read_in_several_ways(name):
    person = make_person(name=name)

    for end in range(1, len(name) + 1):
        assert list(people_called(Person.objects.all(), name[:end])) == [person]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("张 三", "张三"),
        ("买买提·吐尔逊", "买买提吐"),
        ("Zoe Zz", "zoezz"),
        ("Иван", "иван"),
        ("𠮷田", "𠮷田"),
        ("李99", "li99"),
    ],
)
def test_person_with_a_rare_name_is_found(name, words):
    person = make_person(name=name)

    assert list(people_called(Person.objects.all(), words)) == [person]


def test_names_at_the_end_of_the_alphabet_are_found():
    people = {make_person(name=name) for name in ("Zzz", "Zz", "祖知")}

    assert set(people_called(Person.objects.all(), "z")) == people
    assert {person.name for person in people_called(Person.objects.all(), "zzz")} == {"Zzz"}


@pytest.mark.parametrize("words", ["知行", "行社", "zhixing", "zxs", "别名", "社 知"])
def test_organization_is_found_from_any_character_on(words):
    organization = make_organization(name="知行社")
    make_alias(organization=organization, name="老别名")
    make_organization(name="同心会")

    assert list(organizations_called(Organization.objects.all(), words)) == [organization]


def test_staff_find_a_sensitive_organization_by_its_other_names_too():
    organization = make_organization(name="知行社", is_sensitive=True)
    make_alias(organization=organization, name="老别名")

    assert list(organizations_called(Organization.objects.all(), "别名")) == [organization]
    assert list(organizations_called(Organization.objects.all(), "")) == []


def test_best_names_come_first_in_the_search_over_everything(client):
    for name in ("安知行", "知行社", "知行"):
        make_organization(name=name)

    groups = enter(client, make_superuser()).get(reverse("admin:find"), {"q": "知行"}).context["groups"]

    assert [one.title for one in groups[0].found] == ["知行", "知行社", "安知行"]


@pytest.fixture
def many_people() -> None:
    """Enough for a database to weigh an index against reading everything."""
    Person.objects.bulk_create(
        Person(name=SURNAMES[n % 10] + GIVEN[n // 10 % 10] + GIVEN[n // 100 % 10], phone=f"139{n:08d}")
        for n in range(5_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan(queryset) -> str:
    return queryset.explain(**({"format": "json"} if connection.vendor == "postgresql" else {}))


def read_whole(steps: str) -> list[str]:
    """The steps that read all of a table or all of an index."""
    if connection.vendor == "sqlite":
        return re.findall(r"SCAN (?:organizations_person|U\d).*", steps)
    found, left = [], [json.loads(steps)[0]["Plan"]]
    while left:
        step = left.pop()
        left += step.get("Plans", [])
        is_index = "Index" in step["Node Type"]
        if step["Node Type"] == "Seq Scan" or (is_index and not {"Index Cond", "Recheck Cond"} & step.keys()):
            found.append(step["Node Type"])
    return found


@pytest.mark.parametrize("words", ["王伟芳", "王伟", "wangwei", "wwf", "单", "zz", "王伟 wang"])
def test_people_are_found_by_an_index_and_never_by_reading_all(many_people, words):
    offered = people_called(Person.objects.filter(is_active=True), words).order_by("name_pinyin", "pk")[:21]

    assert read_whole(plan(offered)) == []


def test_reading_all_is_noticed(many_people):
    assert read_whole(plan(Person.objects.filter(name__contains="伟"))) != []


def test_autocomplete_and_list_look_in_the_same_way(client):
    office = enter(client, make_superuser())
    person = make_person(name="王知行")
    query = {"app_label": "activities", "model_name": "attendance", "field_name": "person", "term": "wzx"}

    offered = office.get(reverse("admin:autocomplete"), query).json()
    shown = office.get(reverse("admin:organizations_person_changelist"), {"q": "wzx"}).context["cl"].result_list

    assert offered == {"results": [{"id": str(person.pk), "text": "王知行"}], "pagination": {"more": False}}
    assert list(shown) == [person]


@pytest.mark.parametrize(("page", "number", "more"), [("1", 20, True), ("2", 1, False), ("3", 0, False)])
def test_autocomplete_goes_on_without_counting(client, page, number, more):
    office = enter(client, make_superuser())
    for _person in range(21):
        make_person()
    query = {"app_label": "activities", "model_name": "attendance", "field_name": "person", "term": "", "page": page}

    found = office.get(reverse("admin:autocomplete"), query).json()

    assert (len(found["results"]), found["pagination"]["more"]) == (number, more)


@pytest.mark.parametrize("page", ["0", "-1", "x", "９", "last", "1" * 30, ""])
def test_autocomplete_has_no_other_pages(client, page):
    office = enter(client, make_superuser())
    query = {"app_label": "activities", "model_name": "attendance", "field_name": "person", "term": "", "page": page}

    assert office.get(reverse("admin:autocomplete"), query).status_code == 404
