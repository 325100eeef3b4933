"""The same form arrives several times at one moment, as by an impatient finger on a slow line."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connections
from django.test import Client

from yixin.access.models import SavedForm
from yixin.once import KEY
from yixin.tests.factories import make_superuser
from yixin.tests.registry import ADMINS, address, as_it_stands

TOGETHER = 4
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("organizations.networkgroup", {"name": "知行群", "platform": "wechat"}),
        ("activities.event", {"when": "2014年4月26日", "title": "志愿者培训", "area": "training", "status": "held"}),
    ],
)
def test_of_several_at_one_moment_one_is_stored_and_all_lead_to_it(label, typed):
    """Not even one of them hears that there is an event like this: it is the event that it sent itself."""
    model = next(model for model in ADMINS if model._meta.label_lower == label)
    user, add = make_superuser(), address(model, "add")
    clients = [Client() for _ in range(TOGETHER)]
    for client in clients:
        client.force_login(user)
    page = clients[0].get(add)
    if "area" in typed:
        typed = typed | {"area": apps.get_model("activities.WorkArea").objects.get(code=typed["area"]).pk}
    sent = as_it_stands(page) | typed | {KEY: str(page.context["once"]["key"]), "_continue": "1"}

    barrier = Barrier(TOGETHER)

    def send(client: Client) -> str:
        barrier.wait(timeout=30)
        try:
            response = client.post(add, sent)
            return f"{response.status_code} {response.headers.get('Location')}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = list(pool.map(send, clients))

    [record] = model.objects.all()
    assert answers == [f"302 {address(model, 'change', record.pk)}"] * TOGETHER
    assert (SavedForm.objects.count(), LogEntry.objects.count()) == (1, 1)
