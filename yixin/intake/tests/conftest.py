import pytest

from yixin.tests.factories import make_user


@pytest.fixture
def office(client):
    """A browser of somebody on the staff, in English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.user = make_user("staff")
    client.force_login(client.user)
    return client
