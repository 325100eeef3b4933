"""Settings of a server that a test starts: the application's own, but nobody has collected the static files."""

import os
from pathlib import Path

from yixin.settings import *  # noqa: F403  as in yixin/testing.py
from yixin.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = Path(os.environ["SHARED_MEDIA"])
