from django.contrib import admin, messages
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.forms import EventForm, PublicationForm, SurveyForm, VisitForm
from activities.models import (
    Answer,
    Attendance,
    Course,
    Engagement,
    Event,
    EventOrganization,
    Expense,
    Photo,
    Publication,
    Question,
    Survey,
    SurveyTarget,
    Visit,
    WorkArea,
)
from yixin.admin import ModelAdmin, TabularInline
from yixin.intake.permissions import may_import


class EventOrganizationInline(TabularInline):
    model = EventOrganization
    autocomplete_fields = ["organization"]
    classes = ["collapse"]


@admin.register(Event)
class EventAdmin(ModelAdmin):
    form = EventForm
    list_display = ["when_column", "title", "people_column", "area", "region", "report_year", "status"]
    list_display_links = ["when_column", "title"]
    list_filter = ["report_year", "area", "status", "is_sensitive"]
    date_hierarchy = "when_earliest"
    list_select_related = ["area", "region"]
    search_fields = ["title", "organizations__name", "organizations__aliases__name"]
    autocomplete_fields = ["region", "course", "engagement", "funding"]
    readonly_fields = ["roster", "open_roster"]
    inlines = [EventOrganizationInline]
    fieldsets = [
        (_("Place and part"), {"classes": ["collapse"], "fields": ["region", "our_role", "status"]}),
        (
            _("In the report"),
            {
                "classes": ["collapse"],
                "fields": ["report_year", "also_listed_in", "course", "engagement", "funding"],
            },
        ),
        (_("Care and remarks"), {"classes": ["collapse"], "fields": ["is_sensitive", "remark"]}),
    ]

    def get_fieldsets(self, request, event=None):
        """Who was there stands below how many there were, once there is an event that they can have come to."""
        roster = "open_roster" if may_import(request.user, Attendance) else "roster"
        first = ["when", "title", "people", *([roster] if event else []), "area"]
        return [(None, {"fields": first}), *self.fieldsets]

    def save_model(self, request, event, form, change):
        if form.year_followed:
            messages.info(request, _("The report year follows the date: %(year)s.") % {"year": event.report_year})
        super().save_model(request, event, form, change)

    @admin.display(description=_("time"), ordering="when_earliest")
    def when_column(self, event):
        return event.when_text

    @admin.display(description=_("people"), ordering="headcount", empty_value=_("unknown"))
    def people_column(self, event):
        return event.people

    @admin.display(description=_("roster"))
    def roster(self, event):
        """The people themselves are on a page of their own: 400 of them would not fit into a form."""
        address = reverse("admin:activities_attendance_changelist", query={"event__id__exact": event.pk})
        named = event.attendances.count()
        unit = ngettext("person on the roster", "people on the roster", named)
        return format_html('<a href="{}">{}</a> {}', address, named, unit)

    @admin.display(description=_("roster"))
    def open_roster(self, event):
        address = reverse("admin:import-start", args=["attendance"], query={"event": event.pk})
        return format_html('{} · <a href="{}">{}</a>', self.roster(event), address, _("Paste a roster"))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **kwargs | {"widget": CheckboxSelectMultiple})


@admin.register(Attendance)
class AttendanceAdmin(ModelAdmin):
    list_display = ["person", "event", "organization", "role", "is_counted"]
    list_filter = ["role", "is_counted"]
    list_select_related = ["person", "event", "organization"]
    linked_lookups = ("event",)
    search_fields = ["person__name", "event__title", "organization__name"]
    autocomplete_fields = ["event", "person", "organization"]


@admin.register(Course)
class CourseAdmin(ModelAdmin):
    list_display = ["title", "stated_people", "stated_organizations"]
    search_fields = ["title"]


@admin.register(Engagement)
class EngagementAdmin(ModelAdmin):
    list_display = ["organization", "opened_on", "closed_on"]
    list_select_related = ["organization"]
    search_fields = ["organization__name", "organization__aliases__name", "need"]
    autocomplete_fields = ["organization"]


class SurveyTargetInline(TabularInline):
    model = SurveyTarget
    autocomplete_fields = ["region"]


class QuestionInline(TabularInline):
    model = Question


@admin.register(Survey)
class SurveyAdmin(ModelAdmin):
    form = SurveyForm
    list_display = ["title", "period_text", "report_year", "funding"]
    list_filter = ["report_year"]
    list_select_related = ["funding__funder"]
    search_fields = ["title"]
    autocomplete_fields = ["funding"]
    inlines = [SurveyTargetInline, QuestionInline]
    fieldsets = [
        (None, {"fields": ["title", "period", "report_year", "funding"]}),
        (
            _("Stated figures"),
            {
                "classes": ["collapse"],
                "fields": ["stated_target", "stated_visited", "stated_cities", "remark"],
            },
        ),
    ]


class AnswerInline(TabularInline):
    model = Answer
    autocomplete_fields = ["question"]


@admin.register(Visit)
class VisitAdmin(ModelAdmin):
    form = VisitForm
    list_display = ["organization", "when_text", "status", "is_added", "survey"]
    list_filter = ["survey", "status", "is_added"]
    list_select_related = ["organization", "survey"]
    search_fields = ["organization__name", "organization__aliases__name", "visitors"]
    autocomplete_fields = ["survey", "organization"]
    inlines = [AnswerInline]
    fields = ["survey", "organization", "when", "status", "is_added", "visitors", "outcome"]


@admin.register(Question)
class QuestionAdmin(ModelAdmin):
    list_display = ["text", "survey", "kind", "position"]
    list_filter = ["survey"]
    list_select_related = ["survey"]
    search_fields = ["text"]
    autocomplete_fields = ["survey"]


@admin.register(Publication)
class PublicationAdmin(ModelAdmin):
    form = PublicationForm
    list_display = ["title", "published_text", "survey", "file", "is_public"]
    list_filter = ["is_public"]
    list_select_related = ["survey"]
    search_fields = ["title"]
    autocomplete_fields = ["survey", "event"]
    fields = ["title", "file", "published", "survey", "event", "is_public", "remark"]


@admin.register(Photo)
class PhotoAdmin(ModelAdmin):
    list_display = ["__str__", "event", "consented_on"]
    list_select_related = ["event"]
    search_fields = ["caption", "event__title"]
    autocomplete_fields = ["event"]


@admin.register(Expense)
class ExpenseAdmin(ModelAdmin):
    list_display = ["spent_on", "purpose", "amount", "funding", "event", "visit"]
    list_display_links = ["spent_on", "purpose"]
    list_select_related = ["funding__funder", "event", "visit__organization", "visit__survey"]
    search_fields = ["purpose"]
    date_hierarchy = "spent_on"
    autocomplete_fields = ["funding", "event", "visit"]


@admin.register(WorkArea)
class WorkAreaAdmin(ModelAdmin):
    list_display = ["name", "name_en", "code", "position", "has_table"]
    search_fields = ["name", "name_en", "code"]
