"""What can be asked of events and what belongs to them: what is found, and what stays hidden."""

import pytest

from activities.choices import VisitStatus
from activities.models import Attendance, Event, Photo, Publication, Visit
from activities.tests.factories import (
    area,
    make_attendance,
    make_engagement,
    make_event,
    make_event_organization,
    make_photo,
    make_publication,
    make_visit,
)
from grants.tests.factories import make_funding
from organizations.tests.factories import make_organization

pytestmark = pytest.mark.django_db


def titles(rows) -> list[str]:
    return sorted(row.title for row in rows)


@pytest.fixture
def elsewhere():
    """Another work area than that of events by default."""
    return type(area()).objects.exclude(pk=area().pk).order_by("pk").first()


def test_public_hides_a_sensitive_event():
    make_event(title="open")
    make_event(title="touchy", is_sensitive=True)

    assert titles(Event.objects.all()) == ["open", "touchy"]
    assert titles(Event.objects.public()) == ["open"]


@pytest.mark.parametrize("role", ["participant", "host"])
def test_public_hides_an_event_of_a_sensitive_organization(role):
    touchy = make_organization(is_sensitive=True)
    make_event_organization(event=make_event(title="open"))
    hidden = make_event(title="touchy")
    make_event_organization(event=hidden)
    make_event_organization(event=hidden, organization=touchy, role=role)

    assert titles(Event.objects.filter(organizations__is_sensitive=True)) == ["touchy"]
    assert titles(Event.objects.all()) == ["open", "touchy"]
    assert titles(Event.objects.public()) == ["open"]


def test_public_hides_an_event_of_standing_by_a_sensitive_organization():
    make_event(title="open", engagement=make_engagement())
    make_event(title="touchy", engagement=make_engagement(organization=make_organization(is_sensitive=True)))
    make_event(title="plain")

    assert titles(Event.objects.all()) == ["open", "plain", "touchy"]
    assert titles(Event.objects.public()) == ["open", "plain"]


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_held_are_neither_planned_nor_cancelled(status):
    make_event(title="held")
    make_event(title="other", status=status)

    assert titles(Event.objects.all()) == ["held", "other"]
    assert titles(Event.objects.held()) == ["held"]
    assert titles(Event.objects.public()) == ["held"]


def test_public_event_is_read_without_internal_columns():
    make_event()

    assert Event.objects.public().get().get_deferred_fields() == {
        "engagement_id",
        "funding_id",
        "is_sensitive",
        "remark",
    }


def test_event_listed_elsewhere_is_printed_there_and_counted_once(elsewhere):
    make_event(title="own")
    make_event(title="listed").also_listed_in.add(elsewhere)
    make_event(title="theirs", area=elsewhere).also_listed_in.add(area())

    assert titles(Event.objects.counted_in(area())) == ["listed", "own"]
    assert titles(Event.objects.counted_in(elsewhere)) == ["theirs"]
    assert titles(Event.objects.printed_in(area())) == ["listed", "own", "theirs"]
    assert titles(Event.objects.printed_in(elsewhere)) == ["listed", "theirs"]


def test_event_listed_in_every_area_is_printed_once_in_each():
    event = make_event(title="all")
    event.also_listed_in.set(type(area()).objects.exclude(pk=area().pk))

    assert [titles(Event.objects.printed_in(each)) for each in type(area()).objects.all()] == [
        ["all"] for _ in type(area()).objects.all()
    ]


def test_year_is_that_of_the_report():
    make_event(title="told later", when="2013年12月31日", report_year=2014)
    make_event(title="of the year", when="2013年12月31日")

    assert titles(Event.objects.in_year(2014)) == ["told later"]
    assert titles(Event.objects.in_year(2013)) == ["of the year"]


def test_report_order_is_by_first_day_then_last_then_entry():
    whens = ["2014年10-12月", "2014年10月", "2014年10月1日", "2014年1月9日", "2014年10月1日"]
    for number, when in enumerate(whens):
        make_event(title=str(number), when=when)

    assert [event.title for event in Event.objects.in_report_order()] == ["3", "2", "4", "1", "0"]


def test_funded_by_is_by_the_one_who_pays():
    funding = make_funding()
    make_event(title="paid", funding=funding)
    make_event(title="paid by another", funding=make_funding())
    make_event(title="unpaid")

    assert titles(Event.objects.funded_by(funding.funder)) == ["paid"]


def test_staff_and_guests_are_not_counted():
    counted = make_attendance()
    make_attendance(is_counted=False)

    assert Attendance.objects.count() == 2
    assert list(Attendance.objects.counted()) == [counted]


def test_visits_done_are_those_that_took_place():
    visits = {status: make_visit(status=status) for status in VisitStatus.values}

    assert list(Visit.objects.done()) == [visits["done"]]


def test_photos_are_public_with_consent_and_not_of_a_sensitive_event():
    agreed = make_photo(consented_on="2014-01-09")
    at_event = make_photo(consented_on="2014-01-09", event=make_event())
    make_photo()
    make_photo(consented_on="2014-01-09", event=make_event(is_sensitive=True))
    touchy = make_event_organization(organization=make_organization(is_sensitive=True)).event
    make_photo(consented_on="2014-01-09", event=touchy)

    assert Photo.objects.count() == 5
    assert list(Photo.objects.public().order_by("pk")) == [agreed, at_event]


def test_publications_are_public_when_said_so():
    make_publication(title="internal")
    make_publication(title="public", is_public=True)

    assert titles(Publication.objects.all()) == ["internal", "public"]
    assert titles(Publication.objects.public()) == ["public"]
