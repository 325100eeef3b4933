"""The staff's site: Django's admin with a thin layer of our own."""

import re

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import widgets
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from yixin import forms
from yixin.text import clean_text

# Comparisons that a filter's own links use; __regex, __startswith and the like would read hidden columns.
PLAIN_LOOKUPS = {"", "exact", "isnull", "in", "gte", "gt", "lte", "lt", "year", "month", "day"}
IDENTITY = re.compile("[0-9]{1,18}")


class SuperuserOnly:
    """Mixed into the admin of models that are not ours: accounts, groups, whatever a library registers."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


class AdminSite(admin.AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("What would you like to record?")
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        for model in models:
            chosen = admin_class or admin.ModelAdmin
            if model._meta.app_label not in settings.YIXIN_APPS:
                chosen = type(chosen.__name__, (SuperuserOnly, chosen), {})
            super().register(model, chosen, **options)

    def get_app_list(self, request, app_label=None):
        """Our apps in the order who, money, what, the year; those of libraries last."""
        order = {label: number for number, label in enumerate(settings.YIXIN_APPS)}
        places = {model._meta.object_name: number for number, model in enumerate(self._registry)}
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: places[model["object_name"]])
        return sorted(apps, key=lambda app: order.get(app["app_label"], len(order)))


class KnownOnly:
    """Mixed into the search boxes for records: what is no id leads to a sentence, not to an error page."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [item for item in value if IDENTITY.fullmatch(str(item))], attr)


class AutocompleteSelect(KnownOnly, widgets.AutocompleteSelect):
    pass


class AutocompleteSelectMultiple(KnownOnly, widgets.AutocompleteSelectMultiple):
    pass


class Searching:
    """Mixed into what has a form: links to tables that grow are searched for, never listed."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = AutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = AutocompleteSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class ModelAdmin(Searching, admin.ModelAdmin):
    """What every list and form of ours has in common."""

    form = forms.ModelForm
    list_per_page = 50
    save_on_top = False
    # Lookups, besides those of list_filter, by which our own pages link to this list.
    linked_lookups: tuple[str, ...] = ()

    def lookup_allowed(self, lookup, value, request):
        filters = [item if isinstance(item, str) else item[0] for item in self.get_list_filter(request)]
        allowed = [name for name in (*filters, *self.linked_lookups, self.date_hierarchy) if isinstance(name, str)]
        for name in allowed:
            if lookup == name or lookup.startswith(f"{name}__"):
                rest = lookup[len(name) :].removeprefix("__").removeprefix("id__").removeprefix("pk__")
                return rest in PLAIN_LOOKUPS
        return False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, clean_text(search_term))

    def get_changelist_instance(self, request):
        """Values no date or number can have lead back to the whole list instead of an error page."""
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError, ValidationError, DataError) as error:
            raise IncorrectLookupParameters from error

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Two that save the same at once: the second is told at the field, with what was typed kept."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            pass
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            messages.error(request, _("Somebody saved the same at this moment. Look at the list, then try again."))
            return HttpResponseRedirect(request.get_full_path())


class Inline(Searching):
    """Mixed into the tables inside a form: no empty rows, and every rule of the model speaks."""

    form = forms.ModelForm
    formset = forms.InlineFormSet
    extra = 0


class TabularInline(Inline, admin.TabularInline):
    pass


class StackedInline(Inline, admin.StackedInline):
    pass
