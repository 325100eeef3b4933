from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "yixin.intake"
    verbose_name = _("Tables in and out")

    def ready(self) -> None:
        from .services import forget_on_login  # noqa: PLC0415  models are not there before this

        user_logged_in.connect(forget_on_login)
