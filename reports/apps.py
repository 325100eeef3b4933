from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yixin import locks, storage


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("The year")

    def ready(self) -> None:
        from organizations.personal import ties  # noqa: PLC0415
        from reports import desk, personal, retracting  # noqa: PLC0415  models are not there before this
        from reports.locking import YearLock  # noqa: PLC0415
        from reports.models import Edition, Section  # noqa: PLC0415
        from reports.publishing import named_files  # noqa: PLC0415
        from yixin import desk as desks  # noqa: PLC0415
        from yixin.access.sweeping import swept  # noqa: PLC0415

        locks.register(YearLock())
        ties.register(*personal.TIES)
        desks.register(*desk.SOURCES)
        storage.register(named_files)
        swept.connect(retracting.retract, sender=Edition)
        swept.connect(retracting.told_anew, sender=Section)
