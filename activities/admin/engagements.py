from django.contrib import admin

from activities.models import Engagement, Talk
from yixin.admin import ModelAdmin, TabularInline


class TalkInline(TabularInline):
    model = Talk


@admin.register(Engagement)
class EngagementAdmin(ModelAdmin):
    list_display = ["organization", "opened_on", "closed_on", "next_step", "next_due"]
    list_select_related = ["organization"]
    search_fields = ["organization__name", "organization__aliases__name", "need"]
    autocomplete_fields = ["organization"]
    inlines = [TalkInline]
