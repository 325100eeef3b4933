"""Several of the staff merge, or undo, the same at one moment."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from organizations.merging.services import Decision, merge
from organizations.merging.undoing import undo
from organizations.models import Merger, Organization
from organizations.tests.factories import NOW, make_organization
from organizations.tests.merging import merged_into, point_at, twins
from organizations.tests.test_keeping_at_once import TOGETHER, together
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def said(act, *args, **kwargs) -> str:
    """What somebody is told who does it; nothing where it is done."""
    translation.activate("en")
    try:
        act(*args, **kwargs)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def test_one_of_several_merges_the_same_two_and_the_others_are_told():
    kept, merged = twins()
    point_at(merged)
    by = make_user("coordinator", username="测试甲")

    def act(number: int) -> str:
        return said(merge, kept=kept, merged=merged, decision=Decision(), by=by, now=NOW)

    sentence = "“知行公益社” was merged into “知行社” already, by 测试甲. Nothing was changed."
    assert together(act) == ["", *[sentence] * (TOGETHER - 1)]
    assert Merger.objects.filter(merged_key=merged.pk).count() == 1


def test_of_two_that_are_merged_into_each_other_at_once_one_is_left():
    one, other = twins()
    by = make_user("coordinator")

    def act(number: int) -> str:
        kept, merged = (one, other) if number % 2 else (other, one)
        return said(merge, kept=kept, merged=merged, decision=Decision(), by=by, now=NOW)

    answers = together(act)

    assert [bool(answer) for answer in answers] == [False, *[True] * (TOGETHER - 1)]
    assert (Organization.objects.count(), Merger.objects.count()) == (1, 1)


def test_one_of_several_undoes_a_merge_and_the_others_are_told():
    merger, by = merged_into(*twins()), make_user("coordinator", username="测试甲")

    def act(number: int) -> str:
        return said(undo, merger=merger, by=by, now=NOW)

    sentence = "This merge was undone already, by 测试甲. Nothing was changed."
    assert together(act) == ["", *[sentence] * (TOGETHER - 1)]
    assert Organization.objects.count() == 2


def test_nobody_new_gets_the_address_of_one_that_is_being_merged():
    kept, merged = twins()
    by = make_user("coordinator")

    def act(number: int) -> str:
        if number == 0:
            return said(merge, kept=kept, merged=merged, decision=Decision(), by=by, now=NOW)
        return make_organization(name="职行公益社").slug if number == 1 else ""

    slugs = together(act)

    assert merged.slug not in slugs
