"""The log of what came in and what went out: read by those who may, changed by nobody, without a single row."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yixin.admin import ModelAdmin, ReadOnly

from .models import Export, Intake
from .registry import resources


@admin.register(Intake)
class IntakeAdmin(ReadOnly, ModelAdmin):
    list_display = ["created_at", "table_column", "source_column", "user", "status", "rows_column"]
    list_filter = ["status", "created_at"]
    list_select_related = ["user"]
    fields = ["created_at", "table_column", "source_column", "user", "status", "finished_at", "rows_column"]
    readonly_fields = ["table_column", "source_column", "rows_column"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("table"), ordering="table")
    def table_column(self, intake):
        found = resources().get(intake.table)
        return capfirst(found.label) if found else intake.table

    @admin.display(description=_("came from"), ordering="source")
    def source_column(self, intake):
        return intake.source or _("pasted text")

    @admin.display(description=pgettext_lazy("of a table", "rows"))
    def rows_column(self, intake):
        return intake.told()


@admin.register(Export)
class ExportAdmin(ReadOnly, ModelAdmin):
    list_display = ["created_at", "table", "user", "format", "rows", "is_personal"]
    list_filter = ["is_personal", "created_at"]
    list_select_related = ["user"]
    fields = list_display
