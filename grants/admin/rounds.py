from django.contrib import admin

from grants.models import GrantRound
from grants.rounds import RoundPages
from yixin.admin import ModelAdmin


@admin.register(GrantRound)
class GrantRoundAdmin(RoundPages, ModelAdmin):
    list_display = ["title", "funding", "opens_on", "closes_on", "applications"]
    list_select_related = ["funding__funder"]
    search_fields = ["title"]
    autocomplete_fields = ["funding"]
