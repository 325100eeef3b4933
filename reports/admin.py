from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from reports.models import Acceptance, Amendment, AnnualReport, Edition, Section
from yixin.admin import ModelAdmin, ReadOnly, TabularInline


class SectionInline(ReadOnly, TabularInline):
    """To look at: sections are written in the editor, where nobody overwrites anybody."""

    model = Section
    fields = ["position", "heading", "table"]


@admin.register(AnnualReport)
class AnnualReportAdmin(ModelAdmin):
    list_display = ["title", "year", "funder", "cut_off"]
    list_filter = ["year"]
    list_select_related = ["funder"]
    search_fields = ["title"]
    autocomplete_fields = ["funder"]
    inlines = [SectionInline]

    def get_fields(self, request, obj=None):
        """Title and cut-off are written in the editor, where nobody overwrites anybody."""
        return ["year", "funder", "title", *(["cut_off"] if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        """What was published stays the report on that year: by it the year is known to be published. A cut-off stays
        behind the year that it was set for."""
        written = ["title", "cut_off"] if obj else []
        fixed = ["year", "funder"] if obj and (obj.cut_off or obj.editions.exists()) else []
        return [*super().get_readonly_fields(request, obj), *written, *fixed]


@admin.register(Edition)
class EditionAdmin(ReadOnly, ModelAdmin):
    list_display = ["report", "number", "published_at", "published_by"]
    list_select_related = ["report", "published_by"]
    fields = ["report", "number", "published_at", "published_by", "sha256", "correction"]


@admin.register(Acceptance)
class AcceptanceAdmin(ReadOnly, ModelAdmin):
    """To look through: findings are accepted, and answers taken back, on the page of the checks."""

    list_display = ["check_code", "sentence", "reason", "is_printed", "report", "accepted_by", "accepted_at"]
    list_display_links = ["sentence"]
    list_filter = ["check_code", "is_printed"]
    list_select_related = ["report", "accepted_by"]
    search_fields = ["sentence", "reason"]
    fields = ["report", "check_code", "sentence", "reason", "is_printed", "accepted_by", "accepted_at"]


@admin.register(Amendment)
class AmendmentAdmin(ReadOnly, ModelAdmin):
    list_display = ["year", "title", "reason", "who", "made_at"]
    list_display_links = ["title"]
    list_filter = ["year"]
    list_select_related = ["made_by"]
    search_fields = ["title", "reason"]
    fields = ["year", "title", "reason", "who", "made_at"]

    @admin.display(description=_("changed by"), ordering="made_by", empty_value=_("the command line"))
    def who(self, amendment):
        return amendment.made_by
