"""Every personal column has a rule of what becomes of it; terms are read as people write them."""

from datetime import date

import pytest
from django.apps import apps
from django.db.models import JSONField

from yixin.access.levels import LEVELS, Level
from yixin.access.retention import AGES, COVERED, CUT, EMPTIED, GONE, NAMELESS, RETENTION, Rule, before

PERSONAL = {
    label: {name for level in levels if level >= Level.PERSONAL for name in levels[level].split()}
    for label, levels in LEVELS.items()
}


@pytest.mark.parametrize("label", LEVELS)
def test_every_personal_column_has_one_rule_and_no_other_column_has_any(label):
    listed = [name for names in RETENTION.get(label, {}).values() for name in names.split()]

    assert sorted(listed) == sorted(PERSONAL[label])


def test_no_column_is_listed_that_is_not_there():
    there = {label: {field.name for field in apps.get_model(label)._meta.concrete_fields} for label in RETENTION}
    listed = {label: {name for names in rules.values() for name in names.split()} for label, rules in RETENTION.items()}

    assert {label: names - there[label] for label, names in listed.items() if names - there[label]} == {}
    assert {label: column for label, column in AGES.items() if column not in there[label]} == {}


def test_what_is_taken_out_by_age_or_by_person_can_be():
    """By age: of a table with a date. By person: of one that leads to persons."""
    person = apps.get_model("organizations.Person")
    acting = {label for label, rules in RETENTION.items() if rules.keys() & {EMPTIED, COVERED, CUT, GONE, NAMELESS}}
    of_people = {
        label
        for label in acting
        if any(field.related_model is person for field in apps.get_model(label)._meta.concrete_fields)
    }

    assert acting - of_people - AGES.keys() == {"organizations.person"}
    assert of_people & AGES.keys() == set()


@pytest.mark.parametrize("rule", [EMPTIED, COVERED])
def test_what_is_emptied_is_text(rule: Rule):
    for label in AGES:
        columns = [apps.get_model(label)._meta.get_field(name) for name in RETENTION[label].get(rule, "").split()]
        assert [one.name for one in columns if one.is_relation or one.null or isinstance(one, JSONField)] == []


@pytest.mark.parametrize(
    ("term", "day"),
    [
        ("5y", date(2021, 3, 5)),
        ("60m", date(2021, 3, 5)),
        ("15m", date(2024, 12, 5)),
        ("1825d", date(2021, 3, 6)),
        (" 5Y ", date(2021, 3, 5)),
    ],
)
def test_terms_are_read(term, day):
    assert before(term, date(2026, 3, 5)) == day


def test_the_last_day_of_february_has_a_day_five_years_before():
    assert before("5y", date(2024, 2, 29)) == date(2019, 2, 28)


@pytest.mark.parametrize("term", ["", "5", "y", "-5y", "0y", "5.5y", "5yy", "１y", "9999y", "99999999d", "5 years"])
def test_what_is_no_term_is_refused(term):
    with pytest.raises((ValueError, OverflowError)):
        before(term, date(2026, 3, 5))
