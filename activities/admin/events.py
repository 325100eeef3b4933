from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from activities.desk import Missing
from activities.finding import events_called
from activities.forms import EventForm
from activities.habits import Habits, habits_of, titles_like
from activities.models import Attendance, Event, EventOrganization
from activities.rosters.desk import RosterPages
from activities.rosters.showing import address, paste_address
from yixin.admin import LONGEST_SEARCH, ModelAdmin, TabularInline
from yixin.fuzzydate import FuzzyDate
from yixin.intake.permissions import may_import
from yixin.text import clean_text

from .again import Again
from .asking import Asking

DAYS = ((_("Today"), 0), (_("Yesterday"), 1), (_("The day before"), 2))  # label, days ago


class EventOrganizationInline(TabularInline):
    model = EventOrganization
    autocomplete_fields = ["organization"]
    classes = ["collapse"]

    def get_extra(self, request, obj=None, **kwargs):
        """As many rows as the event has that this one is the same as."""
        return len(getattr(request, "parts_like", ()))


@admin.register(Event)
class EventAdmin(RosterPages, Asking, Again, ModelAdmin):
    form = EventForm
    list_display = ["when_column", "title", "people_column", "area", "region", "report_year", "status"]
    list_display_links = ["when_column", "title"]
    list_filter = ["report_year", Missing, "area", "status", "is_sensitive"]
    date_hierarchy = "when_earliest"
    list_select_related = ["area", "region"]
    search_fields = ["title", "title_pinyin", "organizations__name", "organizations__aliases__name"]
    finder = staticmethod(events_called)
    autocomplete_fields = ["region", "course", "engagement", "funding"]
    radio_fields = {"area": admin.HORIZONTAL}
    readonly_fields = ["roster", "open_roster"]
    inlines = [EventOrganizationInline]
    fieldsets = [
        (
            _("In the report"),
            {
                "classes": ["collapse"],
                "fields": ["report_year", "also_listed_in", "course", "engagement", "funding"],
            },
        ),
        (
            _("Our part, care and remarks"),
            {"classes": ["collapse"], "fields": ["our_role", "status", "is_sensitive", "remark"]},
        ),
    ]

    class Media:
        css = {"all": ["admin/event.css"]}

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.titles_view))
        return [path("titles/", view, name="activities_event_titles"), *super().get_urls()]

    def get_fieldsets(self, request, event=None):
        """Who was there stands below how many there were, once there is an event that they can have come to."""
        roster = "open_roster" if may_import(request.user, Attendance) else "roster"
        first = ["when", "title", "people", *([roster] if event else []), "area", "region"]
        return [(None, {"fields": first}), *self.fieldsets]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if not change:
            request.habits = habits_of(request.user, self.get_queryset(request))
            form.base_fields["area"].queryset = request.habits.first(form.base_fields["area"].queryset)
        return form

    def render_change_form(self, request, context, **kwargs):
        """What is offered at the fields, one tap each."""
        today = timezone.localdate()
        context["days"] = [(label, FuzzyDate.on(today - timedelta(days=ago))) for label, ago in DAYS]
        context["places"] = getattr(request, "habits", Habits()).places
        return super().render_change_form(request, context, **kwargs)

    def titles_view(self, request):
        """JSON: {"titles": [...]}, at most ten, the latest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = clean_text(request.GET.get("q", ""))[:LONGEST_SEARCH]
        return JsonResponse({"titles": titles_like(text, self.get_queryset(request))})

    def save_model(self, request, event, form, change):
        super().save_model(request, event, form, change)
        if form.year_followed:
            messages.info(request, _("The report year follows the date: %(year)s.") % {"year": event.report_year})

    @admin.display(description=_("time"), ordering="when_earliest")
    def when_column(self, event):
        return event.when_text

    @admin.display(description=_("people"), ordering="headcount", empty_value=_("unknown"))
    def people_column(self, event):
        return event.people

    @admin.display(description=_("roster"))
    def roster(self, event):
        """The people themselves are on a page of their own: 400 of them would not fit into a form."""
        named = event.attendances.count()
        unit = ngettext("person on the roster", "people on the roster", named)
        return format_html('<a href="{}">{}</a> {}', address(event), named, unit)

    @admin.display(description=_("roster"))
    def open_roster(self, event):
        return format_html('{} · <a href="{}">{}</a>', self.roster(event), paste_address(event), _("Paste a roster"))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **kwargs | {"widget": CheckboxSelectMultiple})
