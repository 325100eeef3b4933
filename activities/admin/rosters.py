from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.models import Attendance, Course, Event
from activities.rosters.adding import NO_CONSENT
from activities.rosters.course_desk import CoursePages
from activities.rosters.forms import AddForm
from activities.rosters.page import is_touchy
from yixin.access.masking import SEE_PERSONAL
from yixin.admin import ModelAdmin
from yixin.forms import ModelForm

CLOSED = _("This event is sensitive: only those who may see personal data in full put names on its roster.")


class AttendanceForm(ModelForm):
    """``sees_personal``: whether the user may be told who came to what is sensitive, and may put somebody there."""

    sees_personal = False
    clean_consented_on = AddForm.clean_consented_on

    def clean(self):
        """A row that stands there without consent can be put right otherwise; none comes to stand there so."""
        cleaned = super().clean()
        event, is_new = self.cleaned_data.get("event"), self.instance._state.adding
        if event is None or not (is_new or {"event", "consented_on"} & set(self.changed_data)) or not is_touchy(event):
            return cleaned
        if not self.sees_personal:
            self.add_error("event", CLOSED)
        elif not self.cleaned_data.get("consented_on") and "consented_on" not in self.errors:
            self.add_error("consented_on", NO_CONSENT)
        return cleaned


@admin.register(Attendance)
class AttendanceAdmin(ModelAdmin):
    form = AttendanceForm
    list_display = ["person", "event", "organization", "role", "is_counted"]
    list_filter = ["role", "is_counted"]
    list_select_related = ["person", "event", "organization"]
    linked_lookups = ("event",)
    search_fields = ["person__name", "event__title", "organization__name"]
    autocomplete_fields = ["event", "person", "organization"]

    def get_queryset(self, request):
        """Who came to what is sensitive is told to nobody here to whom its roster does not tell it."""
        found = super().get_queryset(request)
        if request.user.has_perm(SEE_PERSONAL):
            return found
        return found.filter(event__in=Event.objects.nameable().order_by().values("pk"))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.sees_personal = request.user.has_perm(SEE_PERSONAL)
        return form


@admin.register(Course)
class CourseAdmin(CoursePages, ModelAdmin):
    list_display = ["title", "stated_people", "stated_organizations", "grid"]
    search_fields = ["title"]
