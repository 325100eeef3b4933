"""Two organisations are merged, a person of theirs is erased, and the merge is taken apart: nobody comes back."""

import pytest

from activities.tests.factories import make_attendance
from organizations.merging.undoing import undo
from organizations.models import Contact, Merger, Person
from organizations.personal.forgetting import nameless
from organizations.tests.factories import NOW, make_contact
from organizations.tests.merging import merged_into, twins
from reports.tests.somebody import NAME, NICK, SAID, everything_kept, telling
from yixin.tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_var")]


@pytest.mark.parametrize("is_on_a_roster", [True, False], ids=["on a roster", "on none"])
def test_who_was_erased_does_not_come_back_when_a_merge_is_undone(somebody, erasing, is_on_a_roster):
    kept, merged = twins(introduction=SAID)
    other = make_contact(organization=merged)
    for one in (kept, merged):
        make_contact(person=somebody, organization=one, role=NAME)
    if is_on_a_roster:
        make_attendance(person=somebody)
    merger = merged_into(kept, merged)
    assert [told["model"] for told in merger.dropped if telling([str(told)])] == ["organizations.contact"]

    erasing(somebody, also=[NICK])
    undo(merger=Merger.objects.get(pk=merger.pk), by=make_user("coordinator"), now=NOW)

    assert list(Contact.objects.values_list("person", flat=True)) == [other.person_id]
    assert [one.name for one in Person.objects.filter(pk=somebody.pk)] == [nameless(somebody.pk)] * is_on_a_roster
    assert telling(everything_kept()) == []
