import sqlite3

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.signals import user_logged_in
from django.core.signals import request_started
from django.db.backends.signals import connection_created
from django.db.models.signals import m2m_changed, post_migrate, pre_save

from yixin import logs


def use_all_parameters(connection, **kwargs) -> None:
    """Django writes to SQLite 999 values a query; its library takes 32,766 or more, and says how many."""
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = min(limit, 32_766)


class YixinConfig(AppConfig):
    name = "yixin"

    def ready(self) -> None:
        from django.contrib.auth.models import User  # noqa: PLC0415  models are not there before this

        from yixin import guard  # noqa: PLC0415
        from yixin.access.roles import grant  # noqa: PLC0415
        from yixin.secondfactor.asking import ask  # noqa: PLC0415

        request_started.connect(logs.begin)
        post_migrate.connect(grant)
        m2m_changed.connect(guard.role_changed, sender=User.groups.through)
        pre_save.connect(guard.account_changed, sender=User)
        user_logged_in.connect(ask)
        connection_created.connect(use_all_parameters)


class YixinAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site in place of the stock one."""

    default = False
    default_site = "yixin.admin.AdminSite"
