from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "yixin.access"
    verbose_name = _("Who saw and changed what")

    def ready(self) -> None:
        from django.contrib.auth import get_user_model  # noqa: PLC0415  models are not there before this

        from yixin.access import accounts  # noqa: PLC0415

        pre_delete.connect(accounts.keep_who_acted, sender=get_user_model())
