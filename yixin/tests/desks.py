"""The desk as its pages show it, for the tests of all apps."""

from django.test import Client
from django.urls import reverse

from yixin.desk import Desk, Item, Tone


def enter(client: Client, user) -> Client:
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def desk_of(client: Client, **query) -> Desk:
    return client.get(reverse("admin:index"), query).context["desk"]


def counted(desk: Desk, *tones: Tone) -> dict[str, int | None]:
    """The numbers by their labels."""
    return {item.label: item.number for item in desk.of(*tones)}


def listed(client: Client, item: Item) -> list:
    """All records of the list to which the item leads."""
    return list(client.get(item.address).context["cl"].queryset)


def waiting(client: Client, app: str, **query) -> dict[str, list]:
    """What the lists hold to which the app's tasks lead, by label; the desk says how many just so."""
    tasks = [item for item in desk_of(client, **query).tasks if item.address.startswith(f"/admin/{app}/")]
    found = {item.label: listed(client, item) for item in tasks}
    assert {label: len(records) for label, records in found.items()} == {item.label: item.number for item in tasks}
    return found
