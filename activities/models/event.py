from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.choices import AttendanceRole, EventStatus, OrganizationRole, OurRole, TalkKind
from activities.querysets import AttendanceQuerySet, EventOrganizationQuerySet, EventQuerySet
from grants.models import Funding
from organizations.models import Organization, Person, Region
from organizations.querysets import CodeQuerySet
from yixin.fields import (
    CountField,
    DerivedField,
    FuzzyDateField,
    LineField,
    PositionField,
    ProseField,
    YearField,
    filled,
    in_order,
    one_of,
    sensible_day,
    sensible_year,
)
from yixin.quantities import MAX_HEADCOUNT, HeadCount
from yixin.text import pinyin


class WorkArea(models.Model):
    """One section of our work (工作板块); its events make one table of the yearly report."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = LineField(_("name"), max_length=40, unique=True)
    name_en = LineField(_("English name"), max_length=60, blank=True)
    short_name = LineField(
        _("short name"),
        max_length=10,
        blank=True,
        help_text=_("By which a report's text names its figures: {培训.场次}."),
    )
    position = PositionField(_("position"), default=0)
    has_table = models.BooleanField(
        _("has a table in the report"), default=True, help_text=_("Off: told in words only, such as disaster relief.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Off: no longer offered where one chooses; all records stay.")
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("work area")
        verbose_name_plural = _("work areas")
        ordering = ["position", "pk"]
        constraints = [
            filled("name", "work_area_has_a_name"),
            filled("code", "work_area_has_a_code"),
            models.UniqueConstraint(
                fields=["short_name"],
                condition=~Q(short_name=""),
                name="work_area_once_a_short_name",
                violation_error_message=_("Another work area has this short name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Course(models.Model):
    """One group of people taught in several events."""

    title = LineField(_("title"), max_length=200)
    stated_people = CountField(_("people, as stated"), null=True, blank=True, help_text=_("Told without a roster."))
    stated_organizations = CountField(_("organisations, as stated"), null=True, blank=True)
    remark = ProseField(_("internal remark"), blank=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title", "pk"]
        constraints = [filled("title", "course_has_a_title")]

    def __str__(self) -> str:
        return self.title


class Engagement(models.Model):
    """Our standing by one organisation over a time: what it needed, what was to be reached."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="engagements", verbose_name=_("organisation")
    )
    need = ProseField(_("need"), blank=True)
    goal = ProseField(_("goal"), blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    next_step = LineField(_("next step"), max_length=200, blank=True)
    next_due = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["-opened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="engagement_closes_after_it_opens",
                violation_error_message=_("The end is before the start. Write the earlier day first."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Talk(models.Model):
    """One conversation with the organisation that we stand by: what was asked, what was advised."""

    engagement = models.ForeignKey(
        Engagement, models.CASCADE, related_name="talks", verbose_name=_("part of standing by")
    )
    held_on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=12, choices=TalkKind, default=TalkKind.TALK)
    partners = LineField(_("with whom"), max_length=200, blank=True)
    summary = ProseField(_("what was said"))

    class Meta:
        verbose_name = pgettext_lazy("engagement", "talk")
        verbose_name_plural = pgettext_lazy("engagement", "talks")
        ordering = ["-held_on", "-pk"]
        constraints = [
            filled("summary", "talk_has_a_summary"),
            one_of("kind", TalkKind, "talk_kind_is_known"),
            sensible_day("held_on", "talk_date_is_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} · {self.engagement}"


class Event(models.Model):
    """One thing that happened (or was cancelled) on one date or within one span of days."""

    when = FuzzyDateField(_("time"))
    title = LineField(_("content"), max_length=200)
    title_pinyin = DerivedField(source="title", function=pinyin, max_length=1_500)
    headcount = CountField(_("head-count"), null=True, blank=True, editable=False)
    headcount_is_estimated = models.BooleanField(_("head-count is estimated"), default=False, editable=False)
    area = models.ForeignKey(
        WorkArea,
        models.PROTECT,
        related_name="events",
        verbose_name=_("work area"),
        help_text=_("Where it counts. Every event counts in one area only."),
    )
    also_listed_in = models.ManyToManyField(
        WorkArea,
        blank=True,
        related_name="listed_events",
        verbose_name=_("also listed in"),
        help_text=_("Tables that print it too, without counting it again."),
    )
    report_year = YearField(
        _("report year"),
        blank=True,
        help_text=_("Empty: the year of the date. Another year: told in that year's report."),
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    our_role = models.CharField(_("our role"), max_length=10, choices=OurRole, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=EventStatus, default=EventStatus.HELD)
    organizations = models.ManyToManyField(
        Organization, through="EventOrganization", related_name="events", verbose_name=_("organisations")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("session of the course")
    )
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("part of standing by")
    )
    funding = models.ForeignKey(
        Funding, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("paid from")
    )
    is_sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Stands only inside totals in public; no roster without consent.")
    )
    remark = ProseField(_("internal remark"), blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-when_earliest", "-pk"]
        indexes = [models.Index(fields=["report_year", "area"], name="event_by_year_and_area")]
        constraints = [
            filled("title", "event_has_a_title"),
            in_order("when", "event_when_in_order"),
            models.CheckConstraint(
                condition=Q(headcount=None) | Q(headcount__range=(0, MAX_HEADCOUNT)),
                name="event_headcount_is_sensible",
                violation_error_message=_("The head-count must lie between 0 and 1,000,000."),
            ),
            models.CheckConstraint(
                condition=Q(headcount_is_estimated=False) | Q(headcount__isnull=False),
                name="event_estimate_has_a_number",
                violation_error_message=_("An estimate needs a number."),
            ),
            sensible_year("report_year", "event_report_year_is_sensible"),
            one_of("our_role", OurRole, "event_our_role_is_known", blank=True),
            one_of("status", EventStatus, "event_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.when_text} {self.title}"

    def clean(self) -> None:
        if self.report_year is None and self.when:
            self.report_year = self.when.earliest.year

    @property
    def people(self) -> HeadCount | None:
        """The head-count as it is written; None if nobody counted."""
        return None if self.headcount is None else HeadCount(self.headcount, self.headcount_is_estimated)

    @people.setter
    def people(self, value: HeadCount | None) -> None:
        self.headcount = value.number if value else None
        self.headcount_is_estimated = bool(value and value.is_estimated)


class EventOrganization(models.Model):
    """One organisation's part in one event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="parts", verbose_name=_("event"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="event_parts", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=OrganizationRole, default=OrganizationRole.PARTICIPANT)

    objects = EventOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation at the event")
        verbose_name_plural = _("organisations at the event")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organization", "role"],
                name="event_organization_once_a_role",
                violation_error_message=_("This organisation has this role already."),
            ),
            one_of("role", OrganizationRole, "event_organization_role_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Attendance(models.Model):
    """One person's presence at one event, and for which organisation they came."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendances", verbose_name=_("event"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", verbose_name=_("person"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name=_("came for")
    )
    role = models.CharField(_("role"), max_length=12, choices=AttendanceRole, default=AttendanceRole.PARTICIPANT)
    is_counted = models.BooleanField(_("counted"), default=True, help_text=_("Off for staff and guests."))
    consented_on = models.DateField(_("agreed to be on the roster on"), null=True, blank=True)
    remark = LineField(_("remark"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="attendance_once_an_event",
                violation_error_message=_("This person is on this event's roster already."),
            ),
            one_of("role", AttendanceRole, "attendance_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.event}"
