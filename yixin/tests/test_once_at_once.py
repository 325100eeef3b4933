"""The same form arrives several times at one moment, as by an impatient finger on a slow line."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connections
from django.test import Client

from yixin.access.models import SavedForm
from yixin.once import KEY
from yixin.tests.factories import make_superuser
from yixin.tests.registry import ADMINS, address, as_it_stands

TOGETHER = 4
pytestmark = pytest.mark.django_db(transaction=True)


def test_of_several_at_one_moment_one_is_stored_and_all_lead_to_it():
    model = next(model for model in ADMINS if model._meta.label_lower == "organizations.networkgroup")
    user, add = make_superuser(), address(model, "add")
    clients = [Client() for _ in range(TOGETHER)]
    for client in clients:
        client.force_login(user)
    page = clients[0].get(add)
    sent = as_it_stands(page) | {"name": "知行群", "platform": "wechat", KEY: str(page.context["once"]["key"])}
    sent["_continue"] = "1"

    barrier = Barrier(TOGETHER)

    def send(client: Client) -> str:
        barrier.wait(timeout=30)
        try:
            response = client.post(add, sent)
            return f"{response.status_code} {response.url}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = list(pool.map(send, clients))

    [group] = model.objects.all()
    assert answers == [f"302 {address(model, 'change', group.pk)}"] * TOGETHER
    assert (SavedForm.objects.count(), LogEntry.objects.count()) == (1, 1)
