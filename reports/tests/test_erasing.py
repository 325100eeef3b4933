"""Somebody is erased: nothing tells of them any more, anywhere, and every total is what it was."""

from io import StringIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from activities.models import Attendance, Publication
from activities.tests.factories import (
    make_attendance,
    make_event,
    make_photo,
    make_publication,
    make_talk,
    make_visit,
)
from grants.models import Grant
from grants.tests.factories import make_grant, make_payment
from organizations.models import Contact, NetworkGroup, Person
from organizations.personal.erasing import erase, plan, to_look_at
from organizations.personal.forgetting import nameless
from organizations.tests.factories import make_contact, make_network_group, make_organization, make_person
from reports.tests.somebody import NAME, NICK, PHONE, SAID, everything_kept, planted, telling
from yixin.safekeeping.tests.everything import fill
from yixin.tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_var")]


def figures(*years: int) -> list[str]:
    said = []
    for year in years:
        out = StringIO()
        call_command("figures", year, json=True, stdout=out)
        said.append(out.getvalue())
    return said


def test_nothing_tells_of_somebody_who_was_erased(somebody, erasing, caplog):
    fill()
    make_attendance(person=somebody, remark=SAID)
    make_contact(person=somebody, role=NICK)
    make_network_group(steward=somebody)
    make_payment(grant=make_grant(organization=None, person=somebody))
    make_publication(title=f"{NAME}手册")
    make_publication()  # which has all spellings planted
    where = planted()
    session = SessionStore()
    session["said"] = [SAID]
    session.save()
    cache.set("said", SAID)

    with caplog.at_level("DEBUG"), translation.override("zh-hans"):
        there = {f"{place.model._meta.label_lower}.{place.column.name}" for place in plan(somebody, [NICK]).places}
        erasing(somebody, also=[NICK])

    assert len(where) > 60
    assert set(where) - there == set()
    assert telling(everything_kept()) == []
    assert cache.get("said") is None
    assert telling(caplog.messages) == []


def test_whoever_came_stays_one_of_so_many(somebody, erasing):
    attendance = make_attendance(person=somebody, remark="素食")
    grant = make_grant(organization=None, person=somebody, awarded_amount=500)
    group = make_network_group(steward=somebody)
    make_contact(person=somebody)

    erasing(somebody)

    somebody.refresh_from_db()
    told = [somebody.name, somebody.phone, somebody.email, somebody.remark, somebody.consented_on, somebody.is_active]
    assert told == [nameless(somebody.pk), "", "", "", None, False]
    assert Attendance.objects.values_list("pk", "person", "remark").get() == (attendance.pk, somebody.pk, "")
    assert Grant.objects.values_list("pk", "person", "awarded_amount").get() == (grant.pk, somebody.pk, 500)
    assert NetworkGroup.objects.values_list("pk", "steward").get() == (group.pk, None)
    assert not Contact.objects.exists()


def test_who_is_tied_to_nothing_that_counts_goes_altogether(somebody, erasing):
    make_contact(person=somebody)

    erasing(somebody)

    assert not Person.objects.exists()
    with pytest.raises(ValidationError):
        erasing(somebody)


def test_all_figures_of_all_years_stay_what_they_were(year_2014, erasing):
    people = [make_person(name=NAME, phone=PHONE), make_person(name=NAME), *(make_person() for _ in range(3))]
    for year in (2014, 2015):
        for event in (make_event(when=f"{year}年3月{day}日", headcount=5) for day in (1, 2)):
            for person in people:
                make_attendance(event=event, person=person)
    grantees = list(Person.objects.filter(grants__isnull=False))
    before = figures(2013, 2014, 2015)

    for person in [people[0], people[2], *grantees]:
        erasing(person)

    assert len(grantees) > 0
    assert '"unduplicated": 5' in before[2]
    assert figures(2013, 2014, 2015) == before


def test_what_a_namesake_or_a_longer_name_is_told_stays(somebody, erasing):
    make_person(name=NAME)  # another human being
    make_person(name=f"{NAME}儿")
    make_organization(name=f"{NAME}工作室")
    shared = make_talk(summary=f"与{NAME}谈")
    own = make_talk(summary=f"与{NAME}谈，{PHONE}")
    longer = make_talk(summary=f"与{NAME}儿在{NAME}工作室谈")

    found = plan(somebody)
    erasing(somebody)

    assert [place.record for place in found.places if place.model is type(own)] == [shared.pk, own.pk]
    assert found.shared == {f"activities.talk:{shared.pk}:summary"}
    for talk in (shared, own, longer):
        talk.refresh_from_db()
    gone = nameless(somebody.pk)
    assert [shared.summary, own.summary, longer.summary] == [
        f"与{NAME}谈", f"与{gone}谈，{gone}", f"与{NAME}儿在{NAME}工作室谈",
    ]  # fmt: skip


def test_places_that_somebody_knows_to_be_of_another_stay(somebody, erasing):
    kept, taken = make_visit(visitors=NAME), make_visit(visitors=NAME)

    erasing(somebody, left=[f"activities.visit:{kept.pk}:visitors"])

    kept.refresh_from_db()
    taken.refresh_from_db()
    assert [kept.visitors, taken.visitors] == [NAME, nameless(somebody.pk)]


def test_somebody_has_to_look_at_what_no_program_can_judge(somebody):
    event = make_event()
    make_attendance(person=somebody, event=event)
    came, named, neither = make_photo(event=event), make_photo(caption=NAME), make_photo()
    make_organization(name=f"{NAME}工作室")
    make_user("staff", first_name=NAME)

    looks = to_look_at(plan(somebody))

    addresses = [look.address for look in looks if look.address]
    assert addresses == [f"/admin/activities/photo/{photo.pk}/change/" for photo in (came, named)]
    assert neither.pk not in (came.pk, named.pk)
    assert len(looks) == 4


def test_a_publication_whose_title_names_somebody_gets_another_address(client, somebody, erasing):
    named = [make_publication(title=f"{NAME}手册", is_public=True) for _ in range(2)]
    remarked = make_publication(remark=NAME)
    make_publication(title=f"{nameless(somebody.pk)}手册")
    before = [*Publication.objects.order_by("pk").values_list("slug", flat=True)]

    erasing(somebody)

    after = [*Publication.objects.order_by("pk").values_list("slug", flat=True)]
    assert before[:2] == ["zhenjinsiqueshouce", "zhenjinsiqueshouce-2"]
    assert after == [f"{before[3]}-2", f"{before[3]}-3", remarked.slug, before[3]]
    assert [one.title for one in Publication.objects.filter(pk__in=[one.pk for one in named])] == [
        f"{nameless(somebody.pk)}手册"
    ] * 2
    page = client.get("/publications/").content.decode()
    assert (after[0] in page, before[0] in page) == (True, False)


def test_making_addresses_anew_takes_no_more_queries_for_more_of_them(reason):
    counts = []
    for number in (1, 12):
        person = make_person(name=NAME)
        for _ in range(number):
            make_publication(title=f"{NAME}手册")
        with CaptureQueriesContext(connection) as asked:
            erase(key=person.pk, reason=reason)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_files_of_publications_called_after_somebody_are_to_be_looked_at(somebody):
    named = make_publication(title=f"{NAME}手册", file="publications/2014/1.pdf")
    make_publication(title=f"{NAME}手册")
    make_publication(remark=NAME, file="publications/2014/2.pdf")

    looks = to_look_at(plan(somebody))

    assert [look.address for look in looks] == [f"/admin/activities/publication/{named.pk}/change/"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL writes over deleted rows when it tidies up")
def test_sqlite_writes_over_what_it_deletes(erasing):
    person = make_person(name=NAME)

    erasing(person)

    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
