from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from yixin.safekeeping import restored


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = _("Who")

    def ready(self) -> None:
        from organizations import indexing, reference  # noqa: PLC0415  models are not there before this

        post_migrate.connect(reference.load, sender=self)
        indexing.connect()
        restored.connect(indexing.make_anew)
