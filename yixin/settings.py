"""All settings, for every machine. What differs between machines comes from the environment or .env."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from yixin import env, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env.load(BASE_DIR / ".env")
HINT = "请先运行 python3 start.py，或写进 .env"

SECRET_KEY = env.key("SECRET_KEY", HINT)
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS") or [env.required("ALLOWED_HOSTS", HINT)]
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS")
DEBUG = env.flag("DEBUG", default=False)

# The province whose prefecture cities the reports list; everything else is "outside the province".
HOME_PROVINCE = env.text("HOME_PROVINCE", "360000")

# Our own apps, in the order in which staff think: who, money, what, the year.
YIXIN_APPS = ["organizations", "grants", "activities", "reports"]
# Tables that come in and go out, in the order in which a new hub brings them along.
EXCHANGED_TABLES = {
    "organizations": "organizations.resources.OrganizationResource",
    "events": "activities.resources.EventResource",
    "attendance": "activities.resources.AttendanceResource",
    "grants": "grants.resources.GrantResource",
    "payments": "grants.resources.PaymentResource",
    "visits": "activities.resources.VisitResource",
    "targets": "activities.resources.TargetResource",
}
INSTALLED_APPS = [
    "yixin",
    "yixin.access",
    "yixin.intake",
    *YIXIN_APPS,
    "yixin.apps.YixinAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "import_export",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]
MIDDLEWARE = [
    # First what stands on every answer, also where one of those below refuses a request.
    "yixin.headers.Hardened",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "yixin.compression.TextMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yixin.headers.Caching",
    "yixin.methods.Methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yixin.throttle.Throttle",
    "yixin.secondfactor.asking.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "yixin.urls"
WSGI_APPLICATION = "yixin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

VAR_DIR = BASE_DIR / "var"  # what this machine makes: database, media, collected static files
VAR_DIR.mkdir(exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'yixin.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE + WAL: eight writers at once and no "database is locked"; FULL: a commit survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# What a new database brings along by itself: to have rows there is not to hold records.
REFERENCE_TABLES = {
    *("contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions"),
    *("organizations.region", "organizations.region_successors", "organizations.fieldofwork", "activities.workarea"),
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
CACHES = {"default": env.cache("CACHE_URL", VAR_DIR / "cache.sqlite3")}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["yixin.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True  # thousands are parted where a page asks for it: a year is not 2,014

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024**2  # a table of 5 MB can be pasted; files are bounded where they are read
STORAGES = {
    "default": {"BACKEND": "yixin.storage.Files"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATION}.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "yixin.access.accounts.Accounts"]
# Five wrong passwords for one account from one address: a whole office is not locked out with one of its phones.
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 5, timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE, AXES_LOCKOUT_CALLABLE = "yixin.guard.address_of", "yixin.guard.shut"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False  # its tables are nobody's work; names and addresses stay out of the log
AXES_DISABLE_ACCESS_LOG = True  # who logged in when is not kept
HTTPS = env.flag("HTTPS", default=True)  # off only where the browser and the server are one machine
# Of coordinators and administrators: their passwords open everything. Nobody else reaches a machine without HTTPS.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=HTTPS)
OTP_TOTP_ISSUER = "益心益意"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "reports:home"
SESSION_ENGINE, SESSION_COOKIE_AGE = "yixin.sessions", 12 * 60 * 60

# No inline script or style, no request to any other host; data: is for the icons inside the style sheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
BEHIND_PROXY = env.count("BEHIND_PROXY")  # how many, one behind the other; what is claimed beyond them is not read
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
THROTTLE = env.number("THROTTLE", 300)  # requests a minute from one address; 0: any number
# A hub's other sub-domains may have no HTTPS: they are not ours to lock out of browsers.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = logs.configured(env.text("LOG_FORMAT", "plain"))

SITE_NAME = _("Yixinyiyi")
# Ids in the open data begin with this: our own prefix, or the one that 360Giving has registered for us (360G-…).
OPEN_DATA_PREFIX = env.text("OPEN_DATA_PREFIX", "yixinyiyi")
PUBLISHER_USCC = env.text("PUBLISHER_USCC")  # the hub's own unified social credit code, where it has one
CONTACT = env.text("CONTACT")  # how visitors reach the hub, in a line: an e-mail address, the phone of the office
ENTRY_LINK_DAYS = env.number("ENTRY_LINK_DAYS", 30)  # how long organisations can answer by the link that staff send
