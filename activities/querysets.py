"""What can be asked of many events and visits. The counting rules of the reports stand on these words."""

from django.db import models
from django.db.models import Q

from activities.choices import EventStatus, VisitStatus
from yixin.access.levels import Level, columns


class EventQuerySet(models.QuerySet):
    def held(self) -> "EventQuerySet":
        """Neither planned nor cancelled: what counts."""
        return self.filter(status=EventStatus.HELD)

    def in_year(self, year: int) -> "EventQuerySet":
        """Those of that report year, whatever their date."""
        return self.filter(report_year=year)

    def counted_in(self, area) -> "EventQuerySet":
        """Those whose own area it is: every event counts in exactly one."""
        return self.filter(area=area)

    def printed_in(self, area) -> "EventQuerySet":
        """Those that the area's table prints: its own and those listed in it from elsewhere."""
        listed = self.model.also_listed_in.through.objects.filter(workarea=area)
        return self.filter(Q(area=area) | Q(pk__in=listed.values("event")))

    def funded_by(self, funder) -> "EventQuerySet":
        return self.filter(funding__funder=funder)

    def nameable(self) -> "EventQuerySet":
        """Those that may be named one by one: not sensitive, of no sensitive organisation, standing by none."""
        touchy = self.model.organizations.through.objects.filter(organization__is_sensitive=True)
        safe = self.filter(is_sensitive=False).exclude(pk__in=touchy.values("event"))
        return safe.exclude(engagement__organization__is_sensitive=True)

    def public(self) -> "EventQuerySet":
        """The held ones of those that may be named one by one."""
        return self.held().nameable().only(*columns(self.model, Level.PUBLIC))

    def in_report_order(self) -> "EventQuerySet":
        """By date, as the yearly tables print them."""
        return self.order_by("when_earliest", "when_latest", "pk")


class EventOrganizationQuerySet(models.QuerySet):
    def public(self) -> "EventOrganizationQuerySet":
        """Parts in events that may be named, of organisations that everybody finds and that may be tied to them."""
        public = self.model.event.field.related_model.objects.public()
        return self.filter(
            event__in=public.values("pk"), organization__listing="public", organization__is_sensitive=False
        )


class AttendanceQuerySet(models.QuerySet):
    def counted(self) -> "AttendanceQuerySet":
        """Without staff and guests."""
        return self.filter(is_counted=True)


class SurveyQuerySet(models.QuerySet):
    def in_year(self, year: int) -> "SurveyQuerySet":
        return self.filter(report_year=year)


class VisitQuerySet(models.QuerySet):
    def done(self) -> "VisitQuerySet":
        return self.filter(status=VisitStatus.DONE)

    def public(self) -> "VisitQuerySet":
        """The done ones, to organisations that everybody finds and that may be tied to them."""
        return self.done().filter(organization__listing="public", organization__is_sensitive=False)


class PhotoQuerySet(models.QuerySet):
    def public(self) -> "PhotoQuerySet":
        """Those whose people agreed, of events that may be named."""
        nameable = self.model.event.field.related_model.objects.public()
        return self.filter(Q(event=None) | Q(event__in=nameable.values("pk")), consented_on__isnull=False)


class PublicationQuerySet(models.QuerySet):
    def public(self) -> "PublicationQuerySet":
        return self.filter(is_public=True).only(*columns(self.model, Level.PUBLIC))
