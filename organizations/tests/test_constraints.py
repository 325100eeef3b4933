"""Each rule of the database is broken once, past every form."""

import re
from uuid import UUID

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


def answered():
    return f.make_entry_link(used_at=f.NOW, proposal=f.make_proposal())


def of_the_millionth():
    return f.make_distinction(one=f.make_organization(pk=1_000_000))


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
    "gram_once_an_organization": [Twice(f.make_gram)],
    "territory.user": [Twice(f.make_territory)],
    "person_has_a_name": [Broken(f.make_person, {"name": ""})],
    "contact_once_a_role": [Twice(f.make_contact)],
    "contact_ends_after_it_starts": [Broken(f.make_contact, {"started_on": "2014-05-01", "ended_on": "2014-04-30"})],
    "network_group_has_a_name": [Broken(f.make_network_group, {"name": ""})],
    "network_group_platform_is_known": [Broken(f.make_network_group, {"platform": "dingtalk"})],
    "proposal_kind_is_known": [Broken(f.make_proposal, {"kind": kind}) for kind in ("", "praise")],
    "proposal_report_says_what": [Broken(f.make_proposal, {"message": ""})],
    "proposal_handled_says_by_whom": [
        Broken(f.make_proposal, {"status": "handled"}),
        Broken(f.make_proposal, {"status": "done"}),
        Broken(f.make_proposal, {"handled_at": f.NOW}),
    ],
    "entrylink.key": [Twice(f.make_entry_link)],
    "entrylink.proposal": [Twice(answered, {"key": UUID(int=1)})],
    "entry_link_ends_after_it_was_made": [Broken(f.make_entry_link, {"expires_at": f.NOW})],
    "merger_names_the_merged": [Broken(f.make_merger, {"merged_name": ""})],
    "merger_undone_says_by_whom": [
        Broken(f.make_merger, {"undone_at": f.NOW}),
        Broken(lambda: f.make_merger(undone_by=f.make_user()), {"undone_at": None}),
    ],
    "formeraddress.slug": [Twice(f.make_former_address)],
    "distinction_once_a_pair": [Twice(f.make_distinction)],
    "distinction_of_two": [Broken(of_the_millionth, {"other_id": 1_000_000})],
    "entry_link_is_used_or_taken_back": [Broken(f.make_entry_link, {"used_at": f.NOW, "revoked_at": f.NOW})],
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
    "gram_once_an_organization": "The organisation is found by this already.",
    "person_has_a_name": EMPTY,
    "contact_once_a_role": "This person has this role in this organisation already.",
    "contact_ends_after_it_starts": END_BEFORE_START,
    "network_group_has_a_name": EMPTY,
    "network_group_platform_is_known": NO_CHOICE,
    "proposal_kind_is_known": NO_CHOICE,
    "proposal_report_says_what": "A report of an error says what is wrong.",
    "proposal_handled_says_by_whom": "What was handled says by whom and when; what is open does not.",
    "entry_link_ends_after_it_was_made": "A link is valid until a moment after it was made.",
    "merger_names_the_merged": EMPTY,
    "merger_undone_says_by_whom": "What was undone says by whom and when; what stands does not.",
    "distinction_once_a_pair": "It was said already that these two are not the same.",
    "distinction_of_two": "An organisation is always the same as itself.",
    "entry_link_is_used_or_taken_back": "A link that was used cannot be taken back.",
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
