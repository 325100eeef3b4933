from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "yixin.intake"
    verbose_name = _("Tables in and out")
