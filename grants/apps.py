from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = _("Money")

    def ready(self) -> None:
        from grants import desk, finding, personal, timeline  # noqa: PLC0415  models are not there before this
        from organizations.personal import ties  # noqa: PLC0415
        from organizations.timeline import register  # noqa: PLC0415
        from yixin import desk as desks  # noqa: PLC0415
        from yixin import finding as search  # noqa: PLC0415

        for source in timeline.SOURCES:
            register(source)
        ties.register(*personal.TIES)
        desks.register(*desk.SOURCES)
        search.register(*finding.SOURCES)
