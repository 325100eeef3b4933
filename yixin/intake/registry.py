"""The exchanged tables by name. The ground knows no app: settings say where each one is declared."""

from django.conf import settings
from django.utils.module_loading import import_string


def resource(name: str):
    """The Resource class of a table. Raises KeyError for a name that is none."""
    return import_string(settings.EXCHANGED_TABLES[name])


def resources() -> dict[str, type]:
    """Every Resource class by its table's name, in the order in which tables should come in."""
    return {name: resource(name) for name in settings.EXCHANGED_TABLES}


def resource_of(model):
    """The Resource class of a model; None for one whose table does not come in."""
    return next((found for found in resources().values() if found.model is model), None)
