from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from yixin.safekeeping import restored


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = _("Who")

    def ready(self) -> None:
        from organizations import desk, finding, indexing, reference  # noqa: PLC0415  models are not there before this
        from yixin import desk as desks  # noqa: PLC0415
        from yixin import finding as search  # noqa: PLC0415

        post_migrate.connect(reference.load, sender=self)
        indexing.connect()
        desks.register(*desk.SOURCES)
        search.register(*finding.SOURCES)
        restored.connect(indexing.make_anew)
