"""Settings of a server that the tests start: the application's own, but that its files lie in a folder of the test, and
that nobody collected the static ones."""

from os import environ

from yixin.settings import *  # noqa: F403  a settings module is the one place for a star: it adds to another
from yixin.settings import CACHES, STORAGES

MEDIA_ROOT = f"{environ['FOLDER']}/media"
CACHES["default"]["LOCATION"] = f"{environ['FOLDER']}/cache.sqlite3"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
