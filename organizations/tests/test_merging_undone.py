"""A merge is taken apart: every table as it was, to the byte; and what has changed since is told before."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.choices import Listing, Side
from organizations.merging.choosing import FIELDS, TOGETHER
from organizations.merging.relations import relations
from organizations.merging.undoing import Undoing, undo
from organizations.models import Alias, Contact, FormerAddress, Merger, Organization, Person
from organizations.tests.factories import (
    NOW,
    make_alias,
    make_contact,
    make_distinction,
    make_field_of_work,
    make_organization,
    make_person,
    make_region,
    region,
)
from organizations.tests.merging import dump, merged_into, point_at, record_at, twins
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


def undone(merger, **said) -> Merger:
    return undo(merger=merger, by=make_user("coordinator"), now=NOW, **said)


def looked_at(merger) -> Undoing:
    return Undoing(Merger.objects.select_related("kept", "undone_by").get(pk=merger.pk))


def refused(merger) -> list[str]:
    with pytest.raises(ValidationError) as error:
        undone(merger)
    return error.value.messages


def test_everything_comes_back_as_it_was():
    kept, merged = twins(listing="public", is_sensitive=True, uscc="91110000600037341L", region=region("360721"))
    person, field = make_person(), make_field_of_work()
    for one in (kept, merged):
        point_at(one)
        make_contact(person=person, organization=one)
        one.fields_of_work.add(field)
        make_alias(organization=one, name="知行")
    make_distinction(one=kept, other=merged)
    before = dump()

    merger = merged_into(kept, merged, values=dict.fromkeys(FIELDS, Side.MERGED))
    assert dump() != before
    merger = undone(merger)

    assert dump() == before
    assert (merger.undone_at, merger.undone_by.groups.get().name) == (NOW, "coordinator")


TEXTS = st.sampled_from(["", "甲", "乙"])
ORGANIZATIONS = st.fixed_dictionaries(
    {
        "remark": TEXTS,
        "address": TEXTS,
        "type": st.sampled_from(["", "ngo", "media"]),
        "listing": st.sampled_from(Listing.values),
        "is_sensitive": st.booleans(),
        "region": st.sampled_from([None, "360100", "360721"]),
    }
)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([*Side] if name in TOGETHER else [Side.KEPT, Side.MERGED]) for name in sorted(FIELDS)
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ORGANIZATIONS, ORGANIZATIONS, CHOICES, st.lists(st.integers(0, 40), max_size=8), st.booleans())
def test_whatever_points_to_the_two_comes_back_as_it_was(mine, others, values, which, is_alike):
    kept, merged = (
        make_organization(**columns | {"region": columns["region"] and region(columns["region"])})
        for columns in (mine, others)
    )
    columns = relations(Organization)
    for number in which:
        column, one = columns[number % len(columns)], (kept, merged)[number // len(columns) % 2]
        record_at(column, one)
    if is_alike:
        person = make_person()
        for one in (kept, merged):
            make_contact(person=person, organization=one)
            make_alias(organization=one, name=merged.name)
    before = dump()

    undone(merged_into(kept, merged, values=values))

    assert dump() == before


def test_merges_into_one_another_are_undone_from_the_last_to_the_first():
    first, second, third = (make_organization(name=name) for name in "甲乙丙")
    for one in (first, second, third):
        point_at(one)
    start = dump()
    one = merged_into(second, first)
    middle = dump()
    other = merged_into(third, second)

    assert refused(one) == ["“乙” was itself merged into “丙” since. Undo that first."]
    undone(other)
    assert dump() == middle
    undone(one)
    assert dump() == start


def test_of_two_merges_into_one_the_later_is_undone_first():
    kept, *others = (make_organization(name=name) for name in "甲乙丙")
    mergers = [merged_into(kept, other) for other in others]

    assert refused(mergers[0]) == ["“丙” was merged into “甲” afterwards. Undo that first."]
    undone(mergers[1])
    undone(mergers[0])
    assert refused(mergers[0]) == [
        f"This merge was undone already, by {Merger.objects.get(pk=mergers[0].pk).undone_by}. Nothing was changed."
    ]


def test_what_came_since_stays_with_the_kept_one():
    kept, merged = twins()
    merger = merged_into(kept, merged)
    contact = make_contact(organization=kept)

    undone(merger)

    contact.refresh_from_db()
    assert contact.organization == kept


def test_an_address_leads_to_its_own_organization_again():
    kept, merged = twins()

    undone(merged_into(kept, merged))

    assert FormerAddress.objects.count() == 0
    assert Organization.objects.get(slug=merged.slug) == merged


# What has changed since


def test_a_merge_into_one_that_is_gone_stays():
    kept, merged = twins()
    merger = merged_into(kept, merged)
    Alias.objects.all().delete()
    Organization.objects.get(pk=kept.pk).delete()

    assert refused(merger) == ["“知行社” was deleted since, so the merge cannot be undone."]


def test_a_name_that_somebody_has_by_now_is_in_the_way():
    kept, merged = twins()
    merger = merged_into(kept, merged)
    other = make_organization(name="知行公益社")

    assert refused(merger) == [
        "“知行公益社” has the name, the address or the code of “知行公益社” by now. Change that first."
    ]
    other.delete()
    undone(merger)


def test_the_kept_one_may_have_taken_the_name_itself():
    kept, merged = twins()
    merger = merged_into(kept, merged)
    Alias.objects.all().delete()
    kept = Organization.objects.get(pk=kept.pk)
    kept.name = "知行公益社"
    kept.save()

    assert refused(merger) == [
        "“知行公益社” has the name, the address or the code of “知行公益社” by now. Change that first."
    ]


def test_a_region_that_is_gone_leaves_the_merged_without_a_place():
    place = make_region()
    kept, merged = make_organization(name="知行社", region=region("360100")), make_organization(region=place)
    merger = merged_into(kept, merged, values={"region": "kept"})
    place.delete()

    assert refused(merger) == [
        f"The region of “{merged.name}” is not on record any more, so the merge cannot be undone."
    ]


def test_what_cannot_come_back_is_told_and_the_rest_does_when_somebody_confirms_it():
    kept, merged = twins(website="https://a.example.org/", introduction="乙家")
    field, person, twice = make_field_of_work(), make_person(), make_person()
    merged.fields_of_work.add(field)
    moved = [make_contact(organization=merged, person=person, role=str(number)) for number in range(3)]
    make_contact(organization=kept, person=twice)
    make_contact(organization=merged, person=twice)
    merger = merged_into(kept, merged, values={"fields_of_work": "kept"})
    moved[0].delete()
    Contact.objects.filter(pk=moved[1].pk).update(organization=make_organization(name="第三家"))
    Organization.objects.filter(pk=kept.pk).update(website="https://c.example.org/")
    Alias.objects.update(kind="short")
    Contact.objects.filter(person=twice).delete()
    twice.delete()

    told = refused(merger)

    assert told == [
        "Website of “知行社” was edited since, and stays as it is now.",
        "The other name “知行公益社” was edited since, and stays with “知行社”.",
        "Deleted since, and not coming back: Contacts 1.",
        "Given to somebody else since, and left there: Contacts 1.",
        "What they belonged to was deleted since, so these do not come back: Contacts 1.",
    ]
    assert not Organization.objects.filter(pk=merged.pk).exists()
    undone(merger, confirmed=looked_at(merger).fingerprint)
    kept.refresh_from_db()
    merged = Organization.objects.get(pk=merged.pk)
    assert (kept.website, kept.introduction, merged.website) == ("https://c.example.org/", "", "https://a.example.org/")
    assert list(merged.contacts.values_list("pk", flat=True)) == [moved[2].pk]
    assert list(merged.fields_of_work.all()) == [field]
    assert list(kept.aliases.values_list("name", "kind")) == [("知行公益社", "short")]


def test_what_was_added_anew_does_not_come_back_a_second_time():
    kept, merged = twins()
    field = make_field_of_work()
    kept.fields_of_work.add(field)
    merger = merged_into(kept, merged, values={"fields_of_work": "merged"})
    kept.fields_of_work.add(field)

    told = refused(merger)
    undone(merger, confirmed=looked_at(merger).fingerprint)

    assert told == ["Added anew since, so these do not come back a second time: Organisation · fields of work 1."]
    assert list(kept.fields_of_work.all()) == [field]


def test_a_confirmation_is_good_for_what_was_seen_only():
    kept, merged = twins()
    contacts = [make_contact(organization=merged) for _ in range(2)]
    merger = merged_into(kept, merged)
    contacts[0].delete()
    seen = looked_at(merger).fingerprint
    contacts[1].delete()

    with pytest.raises(ValidationError) as error:
        undone(merger, confirmed=seen)

    assert error.value.messages == ["Deleted since, and not coming back: Contacts 2."]


def test_undoing_costs_the_same_for_1_and_30_records_of_every_kind():
    costs = []
    for number in (1, 30):
        kept, merged = make_organization(), make_organization()
        for _ in range(number):
            point_at(merged)
        person = make_person()
        for role in range(number):
            for one in (kept, merged):
                make_contact(person=person, organization=one, role=str(role))
        merger, by = merged_into(kept, merged), make_user("coordinator")
        with CaptureQueriesContext(connection) as queries:
            undo(merger=merger, by=by, now=NOW)
        costs.append(len(queries))

    assert costs == [costs[0]] * 2


def test_nobody_is_lost_who_was_a_contact_of_both():
    kept, merged = twins()
    person = make_person()
    for one in (kept, merged):
        make_contact(person=person, organization=one)

    merged_into(kept, merged)

    assert list(Person.objects.all()) == [person]
    assert list(Contact.objects.values_list("organization", "person")) == [(kept.pk, person.pk)]
