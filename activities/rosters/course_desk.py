"""The grid of a course in the staff's site: who came to which session."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from activities.models import Attendance, Event
from yixin.intake.downloads import download
from yixin.intake.exports import File, log_export, may_take
from yixin.intake.permissions import may

from .course import Grid, rosters_of
from .course_xlsx import workbook
from .sheet_xlsx import CONTENT_TYPE
from .showing import SEE_PERSONAL

GRID, GRID_FILE = "activities_course_grid", "activities_course_grid_file"


class CoursePages:
    """Mixed into the admin of courses. Who may see a course, and attendances, sees who came to its sessions."""

    own_pages = {GRID: gettext_lazy("Who came when")}

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/grid/", view(require_safe(self.grid_view)), name=GRID),
            path("<int:pk>/grid.xlsx", view(require_POST(self.grid_file_view)), name=GRID_FILE),
            *super().get_urls(),
        ]

    def get_own_pages(self, request):
        return super().get_own_pages(request) if may(request.user, "view", Attendance) else {}

    @admin.display(description=gettext_lazy("who came"))
    def grid(self, course):
        return format_html('<a href="{}">{}</a>', reverse(f"admin:{GRID}", args=[course.pk]), _("Who came when"))

    def grid_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        grid = self._grid(request, pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Who came when: %(course)s") % {"course": grid.course},
            "grid": grid,
            "can_export": may_take(request.user, Attendance),
        }
        return TemplateResponse(request, "admin/activities/course/grid.html", context)

    def grid_file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_take(request.user, Attendance):
            raise PermissionDenied
        grid = self._grid(request, pk)
        log_export(Attendance, kind="xlsx", rows=len(grid.lines), user=request.user, now=timezone.now())
        return download(File(f"{grid.course.title}.xlsx", f"course-{pk}.xlsx", CONTENT_TYPE, workbook(grid)))

    def _grid(self, request: HttpRequest, pk: int) -> Grid:
        """With the sessions that the user may see. Three queries."""
        course = self.record_shown(request, pk)
        events = self.admin_site.get_model_admin(Event)
        if not (events.has_view_permission(request) and may(request.user, "view", Attendance)):
            raise PermissionDenied
        nameable = Event.objects.nameable().filter(pk=OuterRef("pk"))
        found = events.get_queryset(request).filter(course=course).annotate(is_nameable=Exists(nameable))
        sessions = list(found.in_report_order())
        is_all_shown = request.user.has_perm(SEE_PERSONAL)
        secret = () if is_all_shown else [event.pk for event in sessions if not event.is_nameable]
        return Grid(course, sessions, rosters_of(sessions), secret)
