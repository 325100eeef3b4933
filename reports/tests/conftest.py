import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from reports import demo


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
