from django.contrib import admin

from reports.models import AnnualReport, Edition, Section
from yixin.admin import ModelAdmin, ReadOnly, StackedInline


class SectionInline(StackedInline):
    model = Section
    fields = ["position", "heading", "prose", "table"]


@admin.register(AnnualReport)
class AnnualReportAdmin(ModelAdmin):
    list_display = ["title", "year", "funder", "cut_off"]
    list_filter = ["year"]
    list_select_related = ["funder"]
    search_fields = ["title"]
    autocomplete_fields = ["funder"]
    inlines = [SectionInline]


@admin.register(Edition)
class EditionAdmin(ReadOnly, ModelAdmin):
    list_display = ["report", "number", "published_at", "published_by"]
    list_select_related = ["report", "published_by"]
    fields = ["report", "number", "published_at", "published_by", "sha256", "correction"]
