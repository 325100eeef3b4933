from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yixin import locks


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("The year")

    def ready(self) -> None:
        from reports import desk  # noqa: PLC0415  models are not there before this
        from reports.locking import YearLock  # noqa: PLC0415
        from yixin import desk as desks  # noqa: PLC0415

        locks.register(YearLock())
        desks.register(*desk.SOURCES)
