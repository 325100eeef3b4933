from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class YixinConfig(AppConfig):
    name = "yixin"

    def ready(self) -> None:
        from yixin.access.roles import grant  # noqa: PLC0415  models are not there before this

        post_migrate.connect(grant)


class YixinAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site in place of the stock one."""

    default = False
    default_site = "yixin.admin.AdminSite"
