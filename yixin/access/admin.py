"""The log of who saw personal data in full: for administrators to read, changed by nobody."""

from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from yixin.access.models import Sighting
from yixin.admin import ModelAdmin, ReadOnly


@admin.register(Sighting)
class SightingAdmin(ReadOnly, ModelAdmin):
    list_display = ["seen_at", "user", "kind", "link"]
    list_filter = ["seen_at", "model"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    date_hierarchy = "seen_at"
    fields = readonly_fields = list_display

    @admin.display(description=_("kind of record"), ordering="model")
    def kind(self, sighting):
        try:
            return capfirst(apps.get_model(sighting.model)._meta.verbose_name)
        except LookupError:
            return sighting.model

    @admin.display(description=_("number of the record"), ordering="record")
    def link(self, sighting):
        """Without a name: to look at it is a sighting of its own."""
        try:
            address = reverse(f"admin:{sighting.model.replace('.', '_')}_change", args=[sighting.record])
        except NoReverseMatch:
            return sighting.record
        return format_html('<a href="{}">{}</a>', address, sighting.record)
