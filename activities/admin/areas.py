from django.contrib import admin

from activities.models import WorkArea
from yixin.admin import ModelAdmin


@admin.register(WorkArea)
class WorkAreaAdmin(ModelAdmin):
    list_display = ["name", "name_en", "code", "position", "has_table"]
    search_fields = ["name", "name_en", "code"]
