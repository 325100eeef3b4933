from django.db import models


class AnnualReportQuerySet(models.QuerySet):
    def general(self) -> "AnnualReportQuerySet":
        """Those on all of the year's work, not on one funder's part."""
        return self.filter(funder=None)


class EditionQuerySet(models.QuerySet):
    def public(self) -> "EditionQuerySet":
        """What was published on all of the year's work, the newest first."""
        return self.filter(report__funder=None).order_by("-report__year", "-number")
