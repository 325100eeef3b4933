"""Two organisations become one: what moves, what stands twice, whose values stay, and what it costs."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from organizations.choices import AliasKind, Side
from organizations.merging.choosing import fingerprint
from organizations.merging.relations import relations
from organizations.merging.services import Decision, OldName, merge
from organizations.models import Alias, Contact, Distinction, FormerAddress, Merger, Organization
from organizations.tests.factories import (
    NOW,
    make_alias,
    make_contact,
    make_distinction,
    make_field_of_work,
    make_former_address,
    make_organization,
    make_person,
    region,
)
from organizations.tests.merging import merged_into, point_at, twins
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


def sentences(error) -> list[str]:
    return error.value.messages


def names_of(organization) -> list[tuple]:
    return list(organization.aliases.order_by("pk").values_list("name", "kind", "valid_from", "valid_to"))


def test_every_column_that_points_to_an_organization_is_found():
    found = {f"{column.model._meta.label_lower}.{column.name}" for column in relations(Organization)}

    assert found == {
        "organizations.organization_fields_of_work.organization",
        "organizations.alias.organization",
        "organizations.contact.organization",
        "organizations.proposal.organization",
        "organizations.entrylink.organization",
        "organizations.merger.kept",
        "organizations.formeraddress.organization",
        "organizations.distinction.one",
        "organizations.distinction.other",
        "grants.funding.funder",
        "grants.funding_partners.organization",
        "grants.grant.organization",
        "activities.engagement.organization",
        "activities.eventorganization.organization",
        "activities.attendance.organization",
        "activities.visit.organization",
        "reports.annualreport.funder",
    }


def test_every_record_that_pointed_to_the_merged_points_to_the_kept():
    kept, merged = twins()
    records = point_at(merged)

    merged_into(kept, merged)

    for name, record in records.items():
        record.refresh_from_db()
        assert (name, getattr(record, name.rpartition(".")[2])) == (name, kept)
    assert not Organization.objects.filter(pk=merged.pk).exists()


def test_the_log_says_what_was_moved_and_made_and_by_whom():
    kept, merged = twins(website="https://a.example.org/")
    alias, by = make_alias(organization=merged), make_user("coordinator")

    merger = merge(kept=kept, merged=merged, decision=Decision(reason="同一家"), by=by, now=NOW)

    merger.refresh_from_db()
    name, address = Alias.objects.exclude(pk=alias.pk).get(), FormerAddress.objects.get()
    assert (merger.kept, merger.kept_key, merger.kept_name) == (kept, kept.pk, "知行社")
    assert (merger.merged_key, merger.merged_name, merger.snapshot["slug"]) == (merged.pk, "知行公益社", merged.slug)
    assert (merger.reason, merger.merged_by, merger.merged_at, merger.undone_by) == ("同一家", by, NOW, None)
    assert merger.changes == {"website": ["", "https://a.example.org/"]}
    assert merger.moved == [
        {"model": "organizations.alias", "column": "organization_id", "rows": [[alias.pk, merged.pk, kept.pk]]}
    ]
    assert merger.dropped == []
    assert [(made["model"], [row["id"] for row in made["rows"]]) for made in merger.made] == [
        ("organizations.alias", [name.pk]),
        ("organizations.formeraddress", [address.pk]),
    ]


# Names


def test_the_name_that_is_not_kept_becomes_another_name():
    kept, merged = twins()
    make_alias(organization=merged, name="公益知行")

    merged_into(kept, merged, old_name=OldName(AliasKind.FORMER, 2010, 2013))

    assert names_of(kept) == [("公益知行", "short", None, None), ("知行公益社", "former", 2010, 2013)]


def test_the_name_of_the_merged_can_be_the_one_that_stays():
    kept, merged = twins()

    merged_into(kept, merged, values={"name": Side.MERGED})

    kept.refresh_from_db()
    assert (kept.name, kept.name_key, kept.name_pinyin) == ("知行公益社", "知行公益社", "zhixinggongyishe")
    assert names_of(kept) == [("知行社", "other", None, None)]


def test_a_name_that_is_known_already_is_not_told_again():
    kept, merged = make_organization(name="知行社", region=region("360100")), make_organization(name="知行 社")
    make_alias(organization=kept, name="知行")
    make_alias(organization=merged, name="知行", kind=AliasKind.FORMER)
    make_alias(organization=merged, name="知·行社")

    merger = merged_into(kept, merged)

    assert names_of(kept) == [("知行", "short", None, None)]
    assert [row["name"] for dropped in merger.dropped for row in dropped["rows"]] == ["知·行社", "知行"]


def test_years_of_an_old_name_that_cannot_be_are_refused():
    kept, merged = twins()

    with pytest.raises(ValidationError) as error:
        merged_into(kept, merged, old_name=OldName(AliasKind.FORMER, 2013, 2010))

    assert sentences(error) == ["The last year must not come before the first."]
    assert Organization.objects.count() == 2


# What stands twice


def test_what_the_kept_one_has_already_is_dropped_and_kept_in_the_log():
    kept, merged = twins()
    person, education = make_person(), make_field_of_work()
    mine, twice = (make_contact(person=person, organization=one, role="负责人") for one in (kept, merged))
    other = make_contact(person=person, organization=merged, role="财务")
    for one in (kept, merged):
        one.fields_of_work.add(education)

    merger = merged_into(kept, merged)

    assert list(Contact.objects.order_by("pk")) == [mine, other]
    assert list(kept.fields_of_work.all()) == [education]
    contacts = next(dropped for dropped in merger.dropped if dropped["model"] == "organizations.contact")
    assert [(row["id"], row["organization_id"]) for row in contacts["rows"]] == [(twice.pk, merged.pk)]


def test_a_pair_that_was_told_apart_can_still_be_merged_and_others_stay_apart():
    kept, merged = twins()
    make_distinction(one=merged, other=kept)
    apart = make_distinction(one=make_organization(), other=merged)

    merged_into(kept, merged)

    assert list(Distinction.objects.values_list("pk", "other")) == [(apart.pk, kept.pk)]


# Addresses


def test_an_address_that_was_one_before_a_merge_is_given_to_nobody_new():
    kept, merged = twins()
    merged_into(kept, merged)

    alone = make_organization(name="知行公益社", region=region("360100"))
    many = [Organization(name="知行公益社", region=region(code)) for code in ("360200", "360300")]
    Organization._meta.get_field("slug").fill(many)

    slugs = [merged.slug, alone.slug, *(one.slug for one in many)]
    assert slugs == ["zhixinggongyishe", *(f"zhixinggongyishe-{number}" for number in (2, 3, 4))]


def test_addresses_of_earlier_merges_lead_to_the_last_kept():
    first, second, third = (make_organization() for _ in range(3))
    merged_into(second, first)
    merged_into(third, second)

    assert dict(FormerAddress.objects.values_list("slug", "organization")) == {
        first.slug: third.pk,
        second.slug: third.pk,
    }


# What is refused


def test_an_organization_is_not_merged_with_itself():
    kept, _ = twins()

    with pytest.raises(ValidationError) as error:
        merged_into(kept, Organization.objects.get(pk=kept.pk))

    assert sentences(error) == ["An organisation cannot be merged with itself. Choose two."]


def test_one_that_is_not_there_is_told_and_one_that_was_merged_says_into_whom():
    kept, merged = twins()
    merger = merged_into(kept, merged)
    gone = make_organization()
    Organization.objects.filter(pk=gone.pk).delete()

    with pytest.raises(ValidationError) as again:
        merged_into(kept, merged)
    with pytest.raises(ValidationError) as missing:
        merged_into(kept, gone)

    who = merger.merged_by.username
    assert sentences(again) == [f"“知行公益社” was merged into “知行社” already, by {who}. Nothing was changed."]
    assert sentences(missing) == ["One of the two is not there any more: somebody deleted it. Nothing was changed."]


def test_values_that_changed_while_the_page_was_open_are_not_merged():
    kept, merged = twins()
    seen = fingerprint(kept, merged)
    Organization.objects.filter(pk=merged.pk).update(remark="刚改的")

    with pytest.raises(ValidationError) as error:
        merged_into(kept, merged, seen=seen)

    assert error.value.code == "moved"
    merged_into(kept, merged, seen=fingerprint(*Organization.objects.order_by("pk")))


def test_a_name_that_a_third_has_is_refused_and_nothing_is_moved():
    kept, merged = twins(name="第三家", region=region("360100"))
    make_organization(name="第三家")
    contact = make_contact(organization=merged)

    with pytest.raises(ValidationError) as error:
        merged_into(kept, merged, values={"name": "merged", "region": "kept"})

    contact.refresh_from_db()
    sentence = "An organisation of this name is there already; say in which region this one is."
    assert (sentences(error), contact.organization) == ([sentence], merged)


def test_former_addresses_and_merges_move_on():
    kept, merged = twins()
    address, earlier = (
        make_former_address(organization=merged),
        Merger.objects.create(
            kept=merged,
            kept_key=merged.pk,
            kept_name="甲",
            merged_key=1,
            merged_name="乙",
            merged_by=make_user(),
            merged_at=NOW,
        ),
    )

    merged_into(kept, merged)

    address.refresh_from_db()
    earlier.refresh_from_db()
    assert (address.organization, earlier.kept, earlier.kept_key) == (kept, kept, merged.pk)


def test_a_merge_costs_the_same_for_1_and_30_records_of_every_kind():
    costs = []
    for number in (1, 30):
        kept, merged = make_organization(), make_organization()
        for _ in range(number):
            point_at(merged)
        person = make_person()
        for role in range(number):
            for one in (kept, merged):
                make_contact(person=person, organization=one, role=str(role))
        with CaptureQueriesContext(connection) as queries:
            merged_into(kept, merged)
        costs.append(len(queries))

    assert costs == [costs[0]] * 2
