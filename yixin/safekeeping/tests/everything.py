"""A record of every kind, for what must hold of all of them."""

from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

NOW = datetime(2024, 3, 5, 4, tzinfo=UTC)


def fill() -> None:
    """A record of every model that has a factory, and a file."""
    for app in settings.YIXIN_APPS:
        for make in import_module(f"{app}.tests.factories").FACTORIES.values():
            make()
    default_storage.save("photos/2014/a.jpg", ContentFile(b"picture"))
