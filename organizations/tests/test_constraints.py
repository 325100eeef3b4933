"""Each rule of the database is broken once, past every form."""

import re

import pytest
from django.db import DatabaseError, transaction

from organizations.tests import factories as f
from organizations.tests.constraints import (
    Broken,
    Twice,
    broken_rule,
    cases,
    constraints,
    declared,
    expected_rule,
    refusal,
    sentences,
)
from yixin.fuzzydate import parse

pytestmark = pytest.mark.django_db
APP = "organizations"
END_BEFORE_START = "The end is before the start. Write the earlier day first."
NO_CHOICE = "This is not one of the choices. Pick one from the list."
EMPTY = "This must not be empty."


def in_region():
    return f.make_organization(region=f.region("360100"))


def founded():
    record = f.make_organization()
    record.founded = parse("2010年5月")
    return f.saved(record)


VIOLATIONS = {
    "region_code_once_a_year": [Twice(f.make_region)],
    "region_ends_after_it_starts": [Broken(f.make_region, {"valid_to": 2000}), Broken(f.make_region, {"valid_to": 9})],
    "region_code_has_six_digits": [
        Broken(f.make_region, {"code": code}) for code in ("", "3601", "036010", "36010x", "３６０１００", "36010\n")
    ],
    "region_level_is_known": [Broken(f.make_region, {"level": level}) for level in ("", "village", "County")],
    "field_of_work_has_a_name": [Broken(f.make_field_of_work, {"name": name}) for name in ("", " \u200b\u3000")],
    "fieldofwork.code": [Twice(f.make_field_of_work, {"name": "知行"})],
    "fieldofwork.name": [Twice(f.make_field_of_work, {"code": "zhixing"})],
    "organization_has_a_name": [Broken(f.make_organization, {"name": name}) for name in ("", "\x00", "\u3000")],
    "organization_once_a_region": [Twice(in_region, {"slug": ""})],
    "organization_once_without_region": [Twice(f.make_organization, {"slug": ""})],
    "organization.slug": [Twice(f.make_organization, {"name": "知行二社"})],
    "organization.uscc": [
        Twice(lambda: f.make_organization(uscc="91110000600037341L"), {"name": "知行二社", "slug": ""})
    ],
    "organization_founded_in_order": [
        Broken(founded, {"founded_latest": "2009-12-31"}),
        Broken(founded, {"founded_text": ""}),
        Broken(founded, {"founded_earliest": None}),
        Broken(founded, {"founded_latest": None}),
        Broken(founded, {"founded_precision": ""}),
        Broken(founded, {"founded_precision": "century"}),
        Broken(f.make_organization, {"founded_text": "2010年"}),
        Broken(f.make_organization, {"founded_precision": "year"}),
        Broken(f.make_organization, {"founded_text": "2010年", "founded_precision": "year"}),
        Broken(f.make_organization, {"founded_earliest": "2010-01-01", "founded_latest": "2010-12-31"}),
    ],
    "organization_type_is_known": [Broken(f.make_organization, {"type": "company"})],
    "organization_legal_status_is_known": [Broken(f.make_organization, {"legal_status": "dissolved"})],
    "organization_listing_is_known": [Broken(f.make_organization, {"listing": value}) for value in ("", "Public")],
    "organization_uscc_has_18_characters": [
        Broken(f.make_organization, {"uscc": code}) for code in ("", "91110000", "91110000600037341*")
    ],
    "alias_has_a_name": [Broken(f.make_alias, {"name": ""})],
    "alias_once_an_organization": [Twice(f.make_alias)],
    "alias_kind_is_known": [Broken(f.make_alias, {"kind": "nickname"})],
    "alias_ends_after_it_starts": [Broken(f.make_alias, {"valid_from": 2014, "valid_to": 2013})],
    "person_has_a_name": [Broken(f.make_person, {"name": ""})],
    "contact_once_a_role": [Twice(f.make_contact)],
    "contact_ends_after_it_starts": [Broken(f.make_contact, {"started_on": "2014-05-01", "ended_on": "2014-04-30"})],
    "network_group_has_a_name": [Broken(f.make_network_group, {"name": ""})],
    "network_group_platform_is_known": [Broken(f.make_network_group, {"platform": "dingtalk"})],
}
SENTENCES = {
    "region_code_once_a_year": "This code is in use from this year already.",
    "region_ends_after_it_starts": "The last year must come after the first.",
    "region_code_has_six_digits": "The code has six digits.",
    "region_level_is_known": NO_CHOICE,
    "field_of_work_has_a_name": EMPTY,
    "organization_has_a_name": EMPTY,
    "organization_once_a_region": "An organisation of this name in this region is there already.",
    "organization_once_without_region": (
        "An organisation of this name is there already; say in which region this one is."
    ),
    "organization_founded_in_order": END_BEFORE_START,
    "organization_type_is_known": NO_CHOICE,
    "organization_legal_status_is_known": NO_CHOICE,
    "organization_listing_is_known": NO_CHOICE,
    "organization_uscc_has_18_characters": (
        "A unified social credit code has 18 characters: digits and capital letters."
    ),
    "alias_has_a_name": EMPTY,
    "alias_once_an_organization": "The organisation has this other name already.",
    "alias_kind_is_known": NO_CHOICE,
    "alias_ends_after_it_starts": "The last year must not come before the first.",
    "person_has_a_name": EMPTY,
    "contact_once_a_role": "This person has this role in this organisation already.",
    "contact_ends_after_it_starts": END_BEFORE_START,
    "network_group_has_a_name": EMPTY,
    "network_group_platform_is_known": NO_CHOICE,
}


def test_every_rule_is_broken_here():
    assert set(VIOLATIONS) == declared(APP)
    assert set(SENTENCES) == set(constraints(APP))


@pytest.mark.parametrize(("name", "violation"), cases(VIOLATIONS))
def test_rule_is_kept_by_the_database(name, violation):
    rule = broken_rule(refusal(violation.store))

    assert re.fullmatch(expected_rule(APP, name), rule)


@pytest.mark.parametrize("name", SENTENCES)
def test_rule_speaks_in_a_form(name):
    assert sentences(VIOLATIONS[name][0].record()) == [SENTENCES[name]]


def test_rule_of_a_code_stops_a_line_end_behind_it():
    """PostgreSQL has no room for a seventh character, SQLite has: both must refuse it."""
    store = Broken(f.make_region, {"code": "360199\n"}).store

    with pytest.raises(DatabaseError), transaction.atomic():
        store()
