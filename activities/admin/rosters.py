from django.contrib import admin

from activities.models import Attendance, Course
from activities.rosters.course_desk import CoursePages
from yixin.admin import ModelAdmin


@admin.register(Attendance)
class AttendanceAdmin(ModelAdmin):
    list_display = ["person", "event", "organization", "role", "is_counted"]
    list_filter = ["role", "is_counted"]
    list_select_related = ["person", "event", "organization"]
    linked_lookups = ("event",)
    search_fields = ["person__name", "event__title", "organization__name"]
    autocomplete_fields = ["event", "person", "organization"]


@admin.register(Course)
class CourseAdmin(CoursePages, ModelAdmin):
    list_display = ["title", "stated_people", "stated_organizations", "grid"]
    search_fields = ["title"]
