"""How the tests use the page of a roster, as somebody of the staff does."""

from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse

from yixin.tests.factories import make_user


def page(event, part: str = "") -> str:
    return reverse(f"admin:activities_event_roster{part}", args=[event.pk])


def act(client, event, *rows, act: str, **sent):
    return client.post(page(event, "_act"), {"chosen": [row.pk for row in rows], "act": act, **sent})


def put(client, event, **sent):
    """Put one more person on the roster."""
    return client.post(page(event, "_add"), {"role": "participant", **sent})


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def states(event) -> list[tuple]:
    """Name, role, whether counted, and organisation, in the order of entry."""
    rows = event.attendances.order_by("pk")
    return [(row.person.name, row.role, row.is_counted, str(row.organization or "")) for row in rows]


def english(client, user):
    client.user = user
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def allowed(client, *codenames: str):
    """As somebody of the staff who may do just that."""
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return english(client, user)
