from django.contrib import admin

from activities.forms import PublicationForm
from activities.models import Expense, Photo, Publication
from yixin.admin import ModelAdmin


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
