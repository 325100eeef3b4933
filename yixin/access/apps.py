from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "yixin.access"
    verbose_name = _("Who saw and changed what")
