"""What a merge, and taking it apart, leaves in the history of every record concerned."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from organizations.choices import Side
from organizations.merging.relations import link_behind
from organizations.merging.services import Decision, merge
from organizations.merging.undoing import undo
from organizations.models import Alias, FormerAddress
from organizations.tests.factories import (
    NOW,
    make_alias,
    make_contact,
    make_field_of_work,
    make_organization,
    make_person,
)
from organizations.tests.merging import point_at, twins
from yixin.access.models import Revision
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import make

pytestmark = pytest.mark.django_db
ENGAGEMENT, FUNDING = apps.get_model("activities.Engagement"), apps.get_model("grants.Funding")


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


@pytest.fixture
def who():
    return make_user("coordinator")


def merged(who, kept, other, **said):
    return merge(kept=kept, merged=other, decision=Decision(**said), by=who, now=NOW)


def undone(who, merger):
    return undo(merger=merger, by=who, now=NOW)


def kept_of(record) -> list[tuple]:
    """What was done, and the values, the latest last."""
    found = Revision.objects.filter(model=record._meta.label_lower, record=record.pk).order_by("pk")
    return [(one.act, one.changes) for one in found]


def test_both_organizations_tell_of_the_merge_and_of_its_undoing(who, client):
    kept, other = twins(website="https://a.example.org/", address="知行路1号")
    field = make_field_of_work()
    other.fields_of_work.add(field)

    merger = merged(who, kept, other)
    (act, changes), *_none = kept_of(kept)
    gone = kept_of(other)
    undone(who, merger)

    number = f"organizations.merger:{merger.pk}"
    website, fields = ["", "https://a.example.org/"], ["", str(field.pk)]
    alias = Revision.objects.get(model="organizations.alias", act="added").record
    name = f"organizations.alias:{alias}:name"
    values = {"website": website, "fields_of_work": fields, "address": None, name: ["", "知行公益社"]}
    assert (act, changes) == ("changed", values | {number: ["", "added"]})
    assert [(act, told["name"], told["address"]) for act, told in gone] == [("deleted", ["知行公益社", ""], None)]
    assert kept_of(kept)[1:] == [
        (
            "changed",
            {
                "website": website[::-1],
                "fields_of_work": fields[::-1],
                "address": None,
                name: ["知行公益社", ""],
                f"{number}:undone_at": ["", str(NOW)],
            },
        )
    ]
    assert [(act, told["name"]) for act, told in kept_of(other)[1:]] == [("added", ["", "知行公益社"])]
    client.force_login(make_superuser())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    last, first = client.get(reverse("admin:organizations_organization_history", args=[kept.pk])).context["entries"]
    assert (first.who, first.revision.made_at, first.lines) == (
        who.username,
        NOW,
        [
            "Website: nothing → https://a.example.org/",
            "Address: changed; the value is not kept",
            f"Fields of work: nothing → {field}",
            f"Other name {alias}: name: nothing → 知行公益社",
            f"Merge of two organisations {merger.pk}: added",
        ],
    )
    assert f"Merge of two organisations {merger.pk}: undone at: nothing → {NOW}" in last.lines


def test_each_record_that_moves_tells_it_and_that_it_came_back(who):
    kept, other = twins()
    engagement, contact = make(ENGAGEMENT, organization=other), make_contact(organization=other)

    undone(who, merged(who, kept, other))

    there, back = [str(other.pk), str(kept.pk)], [str(kept.pk), str(other.pk)]
    assert kept_of(engagement) == [("changed", {"organization": there}), ("changed", {"organization": back})]
    assert kept_of(contact) == [("changed", {"organization": None})] * 2  # whose contact somebody is, is personal


def test_a_link_of_many_is_told_by_the_record_that_has_it(who):
    kept, other = twins()
    funding, both = make(FUNDING), make(FUNDING)
    funding.partners.add(other)
    both.partners.add(kept, other)

    undone(who, merged(who, kept, other))

    there, back = [str(other.pk), str(kept.pk)], [str(kept.pk), str(other.pk)]
    assert kept_of(funding) == [("changed", {"partners": there}), ("changed", {"partners": back})]
    assert kept_of(both) == [
        ("changed", {"partners": [str(other.pk), ""]}),
        ("changed", {"partners": ["", str(other.pk)]}),
    ]


def test_what_stood_twice_and_what_was_made_come_and_go(who):
    kept, other = twins()
    person, twice = make_person(), []
    for one in (kept, other):
        twice.append(make_contact(organization=one, person=person))

    merger = merged(who, kept, other)
    made = [Alias.objects.get(), FormerAddress.objects.get()]
    undone(who, merger)

    assert [[act for act, _ in kept_of(one)] for one in (*twice, *made)] == [
        [],
        ["deleted", "added"],
        ["added", "deleted"],
        ["added", "deleted"],
    ]
    assert kept_of(made[0])[0][1]["name"] == ["", "知行公益社"]


def test_whatever_pointed_to_the_merged_has_a_line_of_who_and_when(who):
    kept, other = twins()
    records = [record for record in point_at(other).values() if link_behind(type(record)) is None]

    undone(who, merged(who, kept, other))

    assert len(records) > 10
    for record in records:
        found = Revision.objects.filter(model=record._meta.label_lower, record=record.pk)
        assert [(one.act, one.made_by, one.made_at) for one in found] == [("changed", who, NOW)] * 2, record


@pytest.mark.parametrize("which", ["kept", "merged"])
def test_nothing_of_a_sensitive_one_is_kept(who, which):
    kept, other = (make_organization(is_sensitive=one == which, remark=one) for one in ("kept", "merged"))
    make(ENGAGEMENT, organization=other)
    make_alias(organization=other)

    merger = merged(who, kept, other, values={"remark": Side.BOTH})
    values = [value for one in Revision.objects.all() for value in one.changes.values()]
    undone(who, merger)
    later = [value for _act, changes in kept_of(kept if which == "kept" else other) for value in changes.values()]

    assert len(values) > 10
    assert (set(map(bool, values)), set(map(bool, later))) == ({False}, {False})
