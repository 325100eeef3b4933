from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("What happened")

    def ready(self) -> None:
        from activities import (  # noqa: PLC0415  models are not there before this
            charges,
            desk,
            finding,
            personal,
            reference,
            timeline,
        )
        from grants import charges as charging  # noqa: PLC0415
        from organizations.personal import erasing, ties  # noqa: PLC0415
        from organizations.timeline import register  # noqa: PLC0415
        from yixin import desk as desks  # noqa: PLC0415
        from yixin import finding as search  # noqa: PLC0415

        post_migrate.connect(reference.load, sender=self)
        for source in timeline.SOURCES:
            register(source)
        charging.register(*charges.SOURCES)
        ties.register(*personal.TIES)
        erasing.register(*personal.LOOKS)
        desks.register(*desk.SOURCES)
        search.register(*finding.SOURCES)
