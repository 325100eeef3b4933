from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import translation

from organizations.models import Person
from organizations.personal.erasing import erase
from organizations.tests.factories import make_person
from reports import demo
from reports.tests.somebody import EMAIL, NAME, NOW, PHONE, SAID
from yixin.locks import Reason
from yixin.tests.factories import make_user


@pytest.fixture
def year_2014(db):
    """The 2014 report's data: the oracle of everything here."""
    demo.load()


@pytest.fixture
def as_role(client, db):
    """A client logged in with a new user of that role."""

    def log_in(role: str):
        user = get_user_model().objects.create_user(f"some-{role}", is_staff=role != "partner")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def own_var(settings, tmp_path):
    """What this machine keeps beside the database; and the language of the site."""
    settings.VAR_DIR = tmp_path
    translation.activate("zh-hans")


@pytest.fixture
def somebody() -> Person:
    return make_person(name=NAME, phone=PHONE, email=EMAIL, remark=SAID, consented_on=date(2014, 1, 1))


@pytest.fixture
def reason() -> Reason:
    return Reason("本人要求", make_user("administrator"), NOW)


@pytest.fixture
def erasing(django_capture_on_commit_callbacks, reason):
    """Erases somebody, with what is done once the transaction is through."""

    def done(person, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return erase(**{"key": person.pk, "reason": reason} | options)

    return done
