from django.contrib import admin

from activities.desk import StepWaiting
from activities.engagements.filters import OpenFilter
from activities.engagements.pages import StoryPages
from activities.models import Engagement, Talk
from yixin.admin import ModelAdmin, TabularInline


class TalkInline(TabularInline):
    model = Talk


@admin.register(Engagement)
class EngagementAdmin(StoryPages, ModelAdmin):
    list_display = ["organization", "due", "next_step", "story", "opened_on", "closed_on"]
    list_filter = [StepWaiting, OpenFilter]
    list_select_related = ["organization"]
    search_fields = ["organization__name", "organization__aliases__name", "need"]
    autocomplete_fields = ["organization"]
    inlines = [TalkInline]

    class Media:
        css = {"all": ["admin/story.css"]}
