"""Whose values the kept organisation has after a merge, and who sees it then."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from organizations.choices import Listing, Side
from organizations.merging.choosing import FIELDS, complete, lines, usual
from organizations.models import Organization
from organizations.tests.factories import make_field_of_work, make_organization, region
from organizations.tests.merging import merged_into, twins
from yixin.fields import FuzzyDateField
from yixin.fuzzydate import parse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


def test_every_column_is_chosen_or_follows_from_one_that_is():
    own = Organization._meta
    follows = {f"founded_{suffix}" for suffix in FuzzyDateField("", blank=True).columns} | {
        "id",
        "slug",
        "is_sensitive",
        "is_active",  # as the kept one is
    }
    derived = {field.name for field in own.concrete_fields if hasattr(field, "function")}
    filled_in = {field.name for field in (*own.concrete_fields, *own.many_to_many)} - follows - derived

    assert filled_in | {"founded"} == set(FIELDS)


def test_each_field_has_the_value_that_was_chosen():
    mine = make_organization(name="甲", type="ngo", uscc="91110000600037341L", website="https://a.example.org/")
    theirs = make_organization(name="乙", type="media", website="https://b.example.org/", remark="乙说")
    theirs.founded = parse("2010年5月")
    theirs.save()
    mine.fields_of_work.add(one := make_field_of_work())
    theirs.fields_of_work.add(other := make_field_of_work())
    values = {"type": "merged", "website": "kept", "uscc": "merged", "founded": "merged", "fields_of_work": "merged"}

    merged_into(mine, theirs, values=values)

    mine = Organization.objects.get()
    assert (mine.name, mine.type, mine.uscc, mine.website) == ("甲", "media", None, "https://a.example.org/")
    assert (str(mine.founded), mine.remark, list(mine.fields_of_work.all())) == ("2010年5月", "乙说", [other])
    assert one != other


def test_the_code_of_the_merged_can_be_taken_over_though_it_must_be_there_once():
    kept, merged = twins(uscc="91110000600037341L")

    merged_into(kept, merged)

    assert Organization.objects.get().uscc == "91110000600037341L"


def test_fields_of_work_and_remarks_can_be_had_from_both():
    kept, merged = make_organization(name="甲", remark="甲说"), make_organization(name="乙", remark="乙说")
    fields = [make_field_of_work() for _ in range(2)]
    kept.fields_of_work.add(fields[0])
    merged.fields_of_work.add(fields[1])

    merged_into(kept, merged, values={"fields_of_work": Side.BOTH, "remark": Side.BOTH})

    kept.refresh_from_db()
    assert (list(kept.fields_of_work.all()), kept.remark) == (fields, "甲说\n\n乙说")


@pytest.mark.parametrize(
    ("name", "mine", "others", "side"),
    [
        ("website", "", "https://b.example.org/", Side.MERGED),
        ("website", "https://a.example.org/", "", Side.KEPT),
        ("name", "甲", "乙", Side.KEPT),
        ("listing", "public", "hidden", Side.MERGED),
        ("listing", "hidden", "public", Side.KEPT),
        ("listing", "partners", "partners", Side.KEPT),
        ("confirmed_on", date(2020, 1, 1), date(2021, 1, 1), Side.MERGED),
        ("confirmed_on", date(2021, 1, 1), date(2020, 1, 1), Side.KEPT),
        ("remark", "甲", "乙", Side.BOTH),
        ("remark", "甲", "甲", Side.KEPT),
    ],
)
def test_the_protective_the_filled_and_the_newer_are_chosen_until_somebody_chooses(name, mine, others, side):
    kept, merged = make_organization(), make_organization()
    setattr(kept, name, mine)
    setattr(merged, name, others)

    assert usual(name, kept, merged) == side


def test_of_two_filled_values_the_one_that_was_confirmed_later_is_chosen():
    kept, merged = twins(type="ngo", confirmed_on=date(2020, 1, 1))
    kept.type = "media"

    assert usual("type", kept, merged) == Side.MERGED
    kept.confirmed_on = date(2020, 1, 1)
    assert usual("type", kept, merged) == Side.KEPT


def test_the_page_shows_what_is_filled_in_on_either_side():
    kept, merged = twins(type="ngo", region=region("360721"))

    told = {line.name: (line.kept, line.merged, line.is_same) for line in lines(kept, merged)}

    assert told == {
        "name": ("知行社", "知行公益社", False),
        "region": ("", "赣州市 赣县", False),
        "type": ("", "non-profit organisation", False),
        "listing": ("staff only", "staff only", True),
    }


@pytest.mark.parametrize("values", [{"slug": "kept"}, {"name": "both"}, {"type": "neither"}, {"is_sensitive": "kept"}])
def test_what_is_no_choice_is_refused(values):
    with pytest.raises(ValidationError) as error:
        complete(values, *twins())

    assert error.value.code == "choice"


# Who sees it


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_was_sensitive_stays_so(is_kept):
    kept, merged = twins(is_sensitive=not is_kept)
    Organization.objects.filter(pk=kept.pk).update(is_sensitive=is_kept)

    merged_into(kept, merged)

    assert Organization.objects.get().is_sensitive is True


def test_nothing_becomes_more_public_unless_somebody_chooses_it():
    kept, merged = twins(listing=Listing.HIDDEN)
    Organization.objects.filter(pk=kept.pk).update(listing=Listing.PUBLIC)

    merged_into(kept, merged)

    assert Organization.objects.get().listing == Listing.HIDDEN
    kept, merged = make_organization(listing=Listing.HIDDEN), make_organization(listing=Listing.PUBLIC)
    merged_into(kept, merged, values={"listing": Side.MERGED})
    kept.refresh_from_db()
    assert kept.listing == Listing.PUBLIC
