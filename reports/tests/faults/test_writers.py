"""Eight write at once, through the service of the roster's page: nobody is turned away, nothing is lost or doubled.
With the settings that Django comes with SQLite turns some away; about PostgreSQL ours say nothing to be left out."""

import sqlite3
from contextlib import closing

import pytest
from django.contrib.auth.models import User
from django.db import connection

from activities.models import Attendance, Event
from activities.tests.factories import make_event
from organizations.models import Organization, Person
from reports.tests.faults.stage import Stage
from yixin.access.models import Act, Revision
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db(transaction=True)
SURNAMES = "赵钱孙李周吴郑王"  # one for each of them
GIVEN = [chr(0x4E00 + 41 * number) for number in range(60)]
SHARED = "冯"
EACH = [10, pytest.param(60, marks=pytest.mark.slow)]  # transactions of each of them


def names_of(surname: str, each: int) -> list[str]:
    """In turns one that nobody else brings, and one that all of them do."""
    return [(SHARED if number % 2 else surname) + given for number, given in enumerate(GIVEN[:each])]


def write(stage: Stage, event: Event, by: User, each: int) -> list[dict]:
    """What each of them was told."""
    told = [{"event": event.pk, "by": by.pk, "names": names_of(surname, each)} for surname in SURNAMES]
    return [outcome["said"] for outcome in stage.together("add_people", told)]


@pytest.mark.parametrize("each", EACH)
def test_eight_writers_are_never_turned_away_and_lose_nothing(stage, each):
    event = make_event()
    names = sorted({name for surname in SURNAMES for name in names_of(surname, each)})

    told = write(stage, event, make_superuser(), each)

    assert [one["failed"] for one in told] == [[]] * len(SURNAMES)
    assert [one["added"] + one["there"] for one in told] == [each] * len(SURNAMES)
    assert sum(one["added"] for one in told) == len(names)
    there = Attendance.objects.filter(event=event).values_list("person__name", "organization__name")
    assert sorted(there) == [(name, "知行青年社") for name in names]
    assert (Person.objects.count(), Organization.objects.count()) == (len(names), 1)
    notes = Revision.objects.filter(model="activities.event", record=event.pk, act=Act.CHANGED)
    assert notes.count() == len(names)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the settings that are left out are SQLite's")
@pytest.mark.parametrize("each", EACH)
def test_with_the_settings_of_django_some_are_turned_away(transactional_db, tmp_path, each):
    event, by, copy = make_event(), make_superuser(), tmp_path / "stock.sqlite3"
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")

    with closing(Stage("stock", DATABASE_URL=f"sqlite:///{copy}")) as stage:
        told = write(stage, event, by, each)

    assert {sentence for one in told for sentence in one["failed"]} == {"database is locked"}
