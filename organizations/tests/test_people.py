"""Which person on record the people of a file are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.models import Person
from organizations.people import Match, MatchKind, PersonFinder, person_key
from organizations.tests.factories import make_contact, make_organization, make_person

pytestmark = pytest.mark.django_db

PHONE, OTHER = "13800138000", "13900139000"


def found(name: str, phone: str = "", organization=None, ties=None) -> tuple[str, list[Person]]:
    """What a file of this one person finds: sure, ask or new, and the person or the candidates."""
    match = PersonFinder([(name, phone)], ties).match(name, phone, organization and organization.pk)
    return match.kind.value, [match.person] if match.person else list(match.candidates)


@pytest.fixture
def league():
    return make_organization(name="义工联")


@pytest.fixture
def zhang(league) -> Person:
    """张三 of 义工联, with a phone."""
    return make_contact(person=make_person(name="张三", phone=PHONE), organization=league).person


@pytest.fixture
def li(league) -> Person:
    """李四 of 义工联, without a phone."""
    return make_contact(person=make_person(name="李四"), organization=league).person


@pytest.mark.parametrize(
    ("name", "key"),
    [("张三", "张三"), ("张 三", "张三"), ("张\u3000三", "张三"), ("Mary Smith", "marysmith"), ("", "")],
)
def test_key_of_a_name_knows_no_spaces(name, key):
    assert person_key(name) == key


@pytest.mark.parametrize("name", ["张三", "张 三", " 张三 "])
def test_same_phone_and_name_are_surely_the_person(zhang, name):
    assert found(name, PHONE) == ("sure", [zhang])


@pytest.mark.parametrize(
    "stored", ["13800138000", "138-0013-8000", "+8613800138000", "8613800138000", "+86-13800138000"]
)
def test_phone_is_the_same_however_it_was_stored(stored):
    person = make_person(name="张三", phone=stored)

    assert found("张三", PHONE) == ("sure", [person])


@pytest.mark.parametrize("stored", ["0791-88000000", "079188000000"])
def test_area_code_is_the_same_however_it_was_stored(stored):
    person = make_person(name="张三", phone=stored)

    assert found("张三", "0791-88000000") == ("sure", [person])


def test_phone_that_no_rule_knows_is_compared_as_it_stands():
    person = make_person(name="张三", phone="12345")

    assert found("张三", "12345") == ("sure", [person])


def test_same_phone_and_another_name_is_asked_about(zhang):
    assert found("张小明", PHONE) == ("ask", [zhang])


def test_same_phone_and_no_name_is_asked_about(zhang):
    assert found("", PHONE) == ("ask", [zhang])


def test_name_on_that_phone_is_sure_although_others_share_it(zhang):
    make_person(name="张小明", phone=PHONE)

    assert found("张三", PHONE) == ("sure", [zhang])


def test_same_name_and_organization_are_sure_where_the_file_has_no_phone(zhang, league):
    assert found("张三", "", league) == ("sure", [zhang])


def test_same_name_and_organization_are_sure_where_no_phone_is_stored(li, league):
    assert found("李四", PHONE, league) == ("sure", [li])
    assert found("李四", "", league) == ("sure", [li])


def test_organization_may_come_from_the_caller(league):
    person = make_person(name="李四")

    assert found("李四", "", league) == ("ask", [person])
    assert found("李四", "", league, {person.pk: {league.pk}, 0: {league.pk}}) == ("sure", [person])


def test_same_name_with_another_phone_is_somebody_else(zhang):
    assert found("张三", OTHER) == ("new", [])
    assert found("张三", OTHER, make_organization()) == ("new", [])


def test_same_name_and_organization_with_another_phone_is_asked_about(zhang, league):
    assert found("张三", OTHER, league) == ("ask", [zhang])


def test_name_alone_is_asked_about(zhang, li):
    assert found("张三") == ("ask", [zhang])
    assert found("李四", PHONE, make_organization()) == ("ask", [zhang, li])
    assert found("张三", "", make_organization()) == ("ask", [zhang])


def test_nobody_is_new(zhang):
    assert found("王五", OTHER) == ("new", [])
    assert found("王五") == ("new", [])
    assert found("") == ("new", [])


def test_two_who_are_sure_are_asked_about():
    first, second = (make_person(name="张三", phone=PHONE) for _ in range(2))

    assert found("张三", PHONE) == ("ask", [first, second])


def test_candidates_come_likeliest_first(league):
    anywhere = make_person(name="张三")
    shares_phone = make_person(name="王五", phone=PHONE)
    of_the_league = [make_contact(person=make_person(name="张三"), organization=league).person for _ in range(2)]

    assert found("张三", PHONE, league) == ("ask", [*of_the_league, shares_phone, anywhere])


def test_person_whom_the_file_adds_is_found_by_a_later_row(league):
    finder = PersonFinder([("张三", PHONE), ("李四", "")])
    zhang, li = Person(name="张 三", phone=PHONE), Person(name="李四")
    finder.add(zhang)
    finder.add(li, league.pk)

    assert finder.match("张三", PHONE) == Match(MatchKind.SURE, zhang)
    assert finder.match("李四", "", league.pk) == Match(MatchKind.SURE, li)
    assert finder.match("李四") == Match(MatchKind.ASK, None, (li,))


def test_person_on_record_is_not_added_twice(zhang):
    finder, other = PersonFinder([("张三", PHONE)]), make_organization()
    finder.add(zhang, other.pk)

    assert finder.match("张三", PHONE) == Match(MatchKind.SURE, zhang)
    assert finder.match("张三", "", other.pk) == Match(MatchKind.SURE, zhang)


def test_ids_are_those_of_the_names_and_phones_asked_for(zhang, li):
    make_person(name="王五", phone=OTHER)

    assert PersonFinder([("小明", PHONE), ("李四", "")]).ids == {zhang.pk, li.pk}
    assert PersonFinder([]).ids == set()


@pytest.mark.parametrize("number", [1, 300])
def test_three_queries_whatever_the_number_of_people(django_assert_num_queries, league, number):
    people = [(f"李知行{place}", f"138{place:08d}") for place in range(number)]
    for name, phone in people:
        make_contact(person=make_person(name=name, phone=phone), organization=league)

    with django_assert_num_queries(3):
        finder = PersonFinder(people)
        kinds = {finder.match(name, phone, league.pk).kind for name, phone in people}
        others = {finder.match(f"{name}某", "", league.pk).kind for name, _ in people}

    assert (kinds, others) == ({MatchKind.SURE}, {MatchKind.NEW})


def test_more_people_than_one_query_can_name(zhang):
    finder = PersonFinder([("张三", ""), *((f"李{number}", "") for number in range(30_001))])

    assert finder.ids == {zhang.pk}


NAMES, PHONES, PLACES = (
    st.sampled_from(["张三", "李四", ""]),
    st.sampled_from(["", PHONE, OTHER]),
    st.sampled_from([None, 1, 2]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(st.tuples(NAMES, PHONES, PLACES), max_size=4), row=st.tuples(NAMES, PHONES, PLACES))
def test_nobody_is_sure_by_name_alone_or_phone_alone(known, row):
    finder = PersonFinder([])
    for name, phone, place in known:
        finder.add(Person(name=name, phone=phone), place)
    match = finder.match(*row)
    name, phone, place = row
    alike = [one for one in known if name and one[0] == name]
    sure = [one for one in alike if (phone == one[1] if phone and one[1] else place is not None and place == one[2])]

    assert (match.kind is MatchKind.SURE) == (len(sure) == 1)
    assert (match.person is not None) == (match.kind is MatchKind.SURE)
    assert bool(match.candidates) == (match.kind is MatchKind.ASK)
