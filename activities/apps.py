from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("What happened")

    def ready(self) -> None:
        from activities.reference import load  # noqa: PLC0415  models are not there before this

        post_migrate.connect(load, sender=self)
