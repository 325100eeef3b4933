"""Names of people on record: found however they are typed, and not inside the name of an organisation."""

from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.models import Person
from organizations.tests.factories import make_alias, make_organization, make_person
from reports.people_names import PeopleNames, folded
from yixin.text import name_key

pytestmark = pytest.mark.django_db


def masked(*texts: str) -> list[str]:
    names, found = PeopleNames(texts), []
    for text in texts:
        pieces, end = [], 0
        for start, stop in names.spans(text):
            pieces += [text[end:start], "#"]
            end = stop
        found.append("".join([*pieces, text[end:]]))
    return found


@pytest.mark.parametrize(
    "typed", ["甲某某", "甲 某 某", "甲·某·某", "甲\u3000某某", "甲•某・某", "甲\u200b某某", "甲  某某"]
)
def test_a_name_is_found_with_blanks_and_dots_between_its_characters(typed):
    make_person(name="甲某某")

    assert masked(f"请{typed}老师讲课") == ["请#老师讲课"]


@pytest.mark.parametrize("typed", ["Jia Mou", "JIA MOU", "jiamou", "Ｊｉａ Ｍｏｕ", "jia-mou", "Jia·Mou"])
def test_a_latin_name_is_found_in_any_case_and_width(typed):
    make_person(name="Jia Mou")

    assert masked(f"请{typed}讲课", f"about {typed}'s talk") == ["请#讲课", "about #'s talk"]


def test_a_minority_name_is_found_with_and_without_its_dot():
    make_person(name="甲某提·乙某逊")

    assert masked("甲某提·乙某逊与甲某提乙某逊") == ["#与#"]


def test_a_latin_name_is_no_piece_of_a_longer_word():
    make_person(name="Jia")

    assert masked("Jiangxi与jia，Xijia") == ["Jiangxi与#，Xijia"]


def test_signs_that_end_a_sentence_part_no_name():
    make_person(name="甲某三")

    assert masked("他姓甲，某三个人。甲某。三人") == ["他姓甲，某三个人。甲某。三人"]


def test_the_longest_name_goes_whole():
    make_person(name="甲某")
    make_person(name="甲某某")

    assert masked("甲某某和甲某") == ["#和#"]


def test_outside_of_the_organizations_name_the_persons_is_found():
    make_person(name="青原")
    make_organization(name="吉安青原色（公益）")
    make_alias(name="青原站")

    assert masked("吉安青原色(公益)请青原讲课，青原站也来，青 原到了") == ["吉安青原色(公益)请#讲课，青原站也来，#到了"]


def test_another_name_of_an_organization_that_is_a_persons_own_hides_nobody():
    make_person(name="甲某")
    make_alias(name="甲某")

    assert masked("甲某来了") == ["#来了"]


def test_a_name_of_one_character_or_of_digits_is_not_looked_for():
    make_person(name="甲")
    make_person(name="2014")

    assert masked("2014年甲组") == ["2014年甲组"]


def test_queries_do_not_grow_with_people(django_assert_num_queries):
    make_person(name="甲某")
    for _several in (1, 30):
        with django_assert_num_queries(2):
            assert masked("甲某来了", "请甲某讲课") == ["#来了", "请#讲课"]
        Person.objects.bulk_create(Person(name=f"甲某{number}号") for number in range(30))


def test_ten_thousand_people_are_looked_for_at_once():
    random = Random(2014)  # noqa: S311  the same names each time
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 600)]
    names = ["".join(random.choices(characters, k=random.choice((2, 3, 3)))) for _number in range(10_000)]
    Person.objects.bulk_create((Person(name=name) for name in names), batch_size=5_000)
    texts = ["".join(random.choices(characters, k=200)) for _number in range(500)] + [f"在{names[7]}"]

    began = perf_counter()
    found = masked(*texts)

    assert found[-1].startswith("在#")
    assert perf_counter() - began < 2


@given(st.text(max_size=60))
def test_folded_letters_are_those_of_the_key_of_a_name_and_know_their_place(text):
    letters, places = folded(text)

    assert len(letters) == len(places)
    assert places == sorted(places)
    assert all(letter in name_key(f"一{text[place]}") for letter, place in zip(letters, places, strict=True))
