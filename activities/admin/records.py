from django.contrib import admin, messages
from django.utils.translation import ngettext

from activities.forms import PublicationForm
from activities.models import Expense, Photo, Publication
from activities.photos import NewPhotosForm
from yixin import history
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
    fields = ["image", "event", "caption", "consented_on"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **({} if change else {"form": NewPhotosForm}) | kwargs)

    def save_model(self, request, photo, form, change):
        super().save_model(request, photo, form, change)
        others = [] if change else form.others_of(photo)
        for other in others:
            other.save()
            self.log_addition(request, other, [{"added": {}}])
        if others:
            history.keep([history.added(other) for other in others], by=request.user)
            told = ngettext("%(number)s more photo was saved.", "%(number)s more photos were saved.", len(others))
            messages.success(request, told % {"number": len(others)})


@admin.register(Expense)
class ExpenseAdmin(ModelAdmin):
    list_display = ["spent_on", "purpose", "amount", "funding", "event", "visit"]
    list_display_links = ["spent_on", "purpose"]
    list_select_related = ["funding__funder", "event", "visit__organization", "visit__survey"]
    linked_lookups = ("funding",)
    search_fields = ["purpose"]
    date_hierarchy = "spent_on"
    autocomplete_fields = ["funding", "event", "visit"]
