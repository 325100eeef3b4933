"""Settings of the test suite: the application's own, in an environment that needs nothing from outside."""

import os
import tempfile
from pathlib import Path

os.environ.update(SECRET_KEY="only for the test suite, " + "x" * 50, ALLOWED_HOSTS="testserver,localhost")
os.environ.update(HTTPS="off", DEBUG="off", HOME_PROVINCE="360000", CACHE_URL="", THROTTLE="0")
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    os.environ["DATABASE_URL"] = "sqlite:////nonexistent/the-tests-open-a-database-of-their-own"

from yixin.settings import *  # noqa: F403  a settings module is the one place for a star: it adds to another
from yixin.settings import CACHES, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_folder = Path(tempfile.gettempdir()) / f"yixin-tests-{os.getpid()}"
STATIC_ROOT = _folder / "static"  # whitenoise warns where there is none
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = _folder / "media"
CACHES["default"]["LOCATION"] = str(_folder / "cache.sqlite3")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a file, not memory: only then do WAL and FULL take effect
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
