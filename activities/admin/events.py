from django.contrib import admin, messages
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.forms import EventForm
from activities.models import Attendance, Event, EventOrganization
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
