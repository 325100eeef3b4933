"""Old personal data is forgotten, younger is not, and every total is what it was."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from activities.models import Attendance
from activities.tests.factories import make_attendance, make_event, make_talk, make_visit
from grants.tests.factories import make_grant, make_payment
from organizations.models import Person, Proposal
from organizations.personal.forgetting import nameless
from organizations.personal.purging import due, purge
from organizations.tests.factories import make_contact, make_network_group, make_person, make_proposal
from reports.models import Amendment, Edition
from reports.publishing import publish
from reports.tests.factories import make_edition, make_report
from yixin.access.models import Revision, Sighting
from yixin.intake.models import Intake
from yixin.locks import Reason
from yixin.tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_var")]
DAY = date(2020, 1, 1)
NOW = datetime(2025, 1, 1, 4, tzinfo=UTC)
REASON = Reason("5 年", None, NOW)
LONG_AGO = datetime(2014, 3, 5, 4, tzinfo=UTC)


def old_event(**changes):
    return make_event(when="2014年3月5日", **changes)


def attendee(**changes) -> Person:
    person = make_person(phone="13912340917", **changes)
    make_attendance(person=person, event=old_event(), remark="素食")
    return person


def names_of(*people: Person) -> list[bool]:
    """Whether each of them lost the name."""
    return [Person.objects.get(pk=person.pk).name == nameless(person.pk) for person in people]


def test_who_came_long_ago_is_nameless_and_still_came():
    person = attendee()

    counts = purge(DAY, REASON)

    person.refresh_from_db()
    assert (person.name, person.phone, person.is_active) == (nameless(person.pk), "", False)
    assert Attendance.objects.values_list("person", "remark").get() == (person.pk, "")
    assert counts["organizations.person"] == 1


TIES = {
    "came since": lambda person: make_attendance(person=person, event=make_event(when="2020年1月1日")),
    "is a contact": lambda person: make_contact(person=person),
    "was a contact until then": lambda person: make_contact(person=person, ended_on=DAY),
    "keeps a group": lambda person: make_network_group(steward=person),
    "agreed since": lambda person: Person.objects.filter(pk=person.pk).update(consented_on=DAY),
    "has a grant of a year that is not published": lambda person: make_grant(person=person, report_year=2014),
    "has a grant since": lambda person: published_grant(person, report_year=2020),
    "was paid since": lambda person: make_payment(grant=published_grant(person, report_year=2013), paid_on=DAY),
}


def published_grant(person: Person, report_year: int):
    make_edition(report=make_report(year=report_year))
    return make_grant(person=person, report_year=report_year)


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_who_is_tied_to_the_hub_since_stays(tie):
    person, other = attendee(), attendee()
    tie(person)

    purge(DAY, REASON)

    assert names_of(person, other) == [False, True]


def test_who_was_never_tied_to_anything_stays():
    person = make_person()

    assert (due(DAY)["organizations.person"], purge(DAY, REASON)["organizations.person"]) == (0, 0)
    assert names_of(person) == [False]


def test_former_contacts_go_altogether():
    make_contact(person=make_person(), ended_on=date(2019, 12, 31))

    purge(DAY, REASON)

    assert not Person.objects.exists()


def test_a_grantee_of_a_published_year_is_nameless_in_its_edition_too():
    make_grant()  # so that the person and the grant have different numbers
    person = make_person(name="甄金丝雀")
    make_grant(person=person, report_year=2014)
    publish(report=make_report(year=2014), number=1, by=make_user("coordinator"), now=LONG_AGO)
    before = str(Edition.objects.get().snapshot)

    purge(DAY, REASON)

    edition = Edition.objects.get()
    assert ("甄金丝雀" in before, "甄金丝雀" in str(edition.snapshot)) == (True, False)
    assert Amendment.objects.filter(record=f"reports.edition:{edition.pk}", reason="5 年").count() == 1


def test_old_texts_about_people_go_and_younger_ones_stay():
    old, young = make_talk(held_on=date(2014, 3, 5), partners="某某"), make_talk(held_on=DAY, partners="某某")
    visits = [
        make_visit(when=when, visitors="某某") for when in (old_event().when, make_event(when="2020年").when, None)
    ]
    handled = make_proposal(handled_by=make_user(), sender_name="某某", sender_contact="某处", message="某某搬家了")
    Proposal.objects.filter(pk=handled.pk).update(handled_at=LONG_AGO)
    waiting = make_proposal(sender_name="某某", made_at=LONG_AGO)

    purge(DAY, REASON)

    for record in (old, young, *visits, handled, waiting):
        record.refresh_from_db()
    assert [old.partners, young.partners] == ["", "某某"]
    assert [visit.visitors for visit in visits] == ["", "某某", "某某"]
    assert ("某" in handled.message, handled.message == "", handled.sender_name, handled.sender_contact) == (
        False,
        False,
        "",
        "",
    )
    assert waiting.sender_name == "某某"
    assert Revision.objects.filter(model="activities.talk").get().changes == {"partners": None}


def test_the_logs_of_looking_go_after_their_term():
    user = make_user()
    for at in (LONG_AGO, NOW):
        Sighting.objects.create(user=user, seen_at=at, model="organizations.person", record=1)
        Intake.objects.create(table="events", created_at=at, finished_at=at, status="done", source="某某.xlsx")

    purge(DAY, REASON)

    assert list(Sighting.objects.values_list("seen_at", flat=True)) == [NOW]
    assert list(Intake.objects.order_by("pk").values_list("source", flat=True)) == ["", "某某.xlsx"]


def said(*words: str) -> list[str]:
    out = StringIO()
    with translation.override("en"):
        call_command("purge_personal", *words, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_says_the_same_counts_with_and_without_commit():
    attendee()
    make_talk(held_on=date(2014, 3, 5), partners="某某")

    looked = said("--older-than", "5y")
    there = Person.objects.get().phone
    done = said("--older-than", "5y", "--commit")

    assert "Persons: 1" in done
    assert "Talks: 1" in done
    assert looked[:-1] == done[:-1]
    assert looked[-1].startswith("Nothing was changed.")
    assert (there, Person.objects.get().phone) == ("13912340917", "")
    assert {line.rpartition(": ")[2] for line in said("--older-than", "5y")[:-1]} == {"0"}


def test_a_second_purge_finds_nothing():
    attendee()
    purge(DAY, REASON)

    assert set(purge(DAY, REASON).values()) == {0}


@pytest.mark.parametrize("term", ["", "5", "five", "99999y", "364d", "11m"])
def test_a_term_that_is_none_or_too_short_is_refused(term):
    attendee()

    with pytest.raises(CommandError):
        said("--older-than", term, "--commit")

    assert Person.objects.get().phone == "13912340917"


def test_all_figures_of_all_years_stay_what_they_were(year_2014):
    def figures():
        out = StringIO()
        for year in (2013, 2014, 2015, timezone.localdate().year):
            call_command("figures", year, json=True, stdout=out)
        return out.getvalue()

    people = [attendee() for _ in range(3)]
    for person in people:
        make_attendance(person=person, event=old_event(headcount=5))
    Person.objects.update(consented_on=None)
    make_edition(report=make_report(year=2099))
    before, grantees = figures(), Person.objects.filter(grants__isnull=False).count()

    counts = purge(DAY + timedelta(days=1), REASON)

    assert (counts["organizations.person"], grantees > 0) == (3, True)
    assert figures() == before


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_people(django_assert_num_queries, number):
    for _number in range(number):
        attendee()

    with django_assert_num_queries(34 if connection.vendor == "sqlite" else 33):  # a PRAGMA
        purge(DAY, REASON)
