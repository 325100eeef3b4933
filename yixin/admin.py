"""The staff's site: Django's admin with a thin layer of our own."""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import helpers, widgets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yixin import desk, finding, forms
from yixin.access.showing import Masking, Unnamed
from yixin.amending import Amending
from yixin.autocomplete import Autocomplete
from yixin.drafts import Drafts
from yixin.histories import Histories
from yixin.inactive import Resting, links_that_hold
from yixin.intake import registry
from yixin.intake.downloads import download, template
from yixin.intake.exports import KINDS, left_out, may_take, take_out
from yixin.intake.permissions import may_import
from yixin.lists import List, Pages
from yixin.once import Once
from yixin.ownpages import OwnPages
from yixin.territory import Territorial, guarded
from yixin.text import clean_text
from yixin.together import Together

# Apps whose models are ours, in the order in which the first page lists them; all others are for superusers.
OURS = [*settings.YIXIN_APPS, "intake", "access"]

UNLISTED = {"otp_totp", "otp_static"}  # keys of codes: read and changed by nobody

# Comparisons that a filter's own links use; __regex, __startswith and the like would read hidden columns.
PLAIN_LOOKUPS = {"", "exact", "isnull", "in", "gte", "gt", "lte", "lt", "year", "month", "day"}
LONGEST_SEARCH = 200  # characters; SQLite refuses to look for very long texts
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
        """Accounts are set inactive: the logs say who did what."""
        return request.user.is_superuser and self.model is not get_user_model()


class AdminSite(admin.AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("What would you like to record?")
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        for model in models:
            if model._meta.app_label in UNLISTED:
                continue
            chosen = admin_class or admin.ModelAdmin
            around = (Territorial, Masking, Unnamed) if model._meta.app_label in OURS else (SuperuserOnly,)
            super().register(model, type(chosen.__name__, (*around, chosen), {}), **options)

    def admin_view(self, view, cacheable=False):
        return super().admin_view(guarded(self, view), cacheable)

    def get_urls(self):
        blank = path("import/<slug:table>/template.xlsx", self.admin_view(template), name="import-template")
        found = path("find/", self.admin_view(never_cache(self.find)), name="find")
        return [blank, found, path("import/", include("yixin.intake.urls")), *super().get_urls()]

    def index(self, request, extra_context=None):
        today = timezone.localdate()
        asked = desk.Asked(request, today, desk.year_asked_for(request.GET.get("year", ""), today))
        return super().index(request, {"desk": desk.lay(asked)} | (extra_context or {}))

    def find(self, request):
        words = finding.asked_for(request.GET.get("q", ""))
        groups = finding.find(desk.Reader(request), words)
        context = self.each_context(request) | {"title": _("Find"), "words": words, "groups": groups}
        return TemplateResponse(request, "admin/find.html", context)

    def autocomplete_view(self, request):
        return Autocomplete.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """Our apps in the order who, money, what, the year; those of libraries last."""
        order = {label: number for number, label in enumerate(OURS)}
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


class Exporting:
    """Mixed into the lists of our own models: the selected rows, or all of the list as it is filtered, as a file."""

    actions = ["export_xlsx", "export_csv"]

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.export_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", view, name=name), *super().get_urls()]

    def has_export_permission(self, request):
        return may_take(request.user, self.model)

    def changelist_view(self, request, extra_context=None):
        offer = {"can_export": self.has_export_permission(request)}
        if offer["can_export"]:
            offer["left_out"] = left_out(request.user, self.model)
        return super().changelist_view(request, offer | (extra_context or {}))

    def export_view(self, request):
        """The list's own filters, search and order stand in the address."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            queryset = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            return HttpResponseRedirect(f"{address}?{ERROR_FLAG}=1")
        if request.POST.get("format") not in KINDS:
            raise BadRequest
        return self._file(request, queryset, request.POST["format"])

    @admin.action(description=_("Export the selected as Excel"), permissions=["export"])
    def export_xlsx(self, request, queryset):
        return self._file(request, queryset, "xlsx")

    @admin.action(description=_("Export the selected as CSV"), permissions=["export"])
    def export_csv(self, request, queryset):
        return self._file(request, queryset, "csv")

    def _file(self, request, queryset, kind):
        return download(take_out(queryset=queryset, kind=kind, user=request.user, now=timezone.now()))


def parameter_of(list_filter) -> str:
    """What the links of a filter ask of the list: a column, or a filter of our own by its name."""
    if isinstance(list_filter, type):
        return list_filter.parameter_name
    return list_filter if isinstance(list_filter, str) else list_filter[0]


class ModelAdmin(
    Exporting, Searching, OwnPages, Amending, Drafts, Once, Together, Resting, Histories, admin.ModelAdmin
):
    """What every list and form of ours has in common."""

    form = forms.ModelForm
    list_per_page = 50
    paginator = Pages
    save_on_top = False
    # Other than by search_fields: a function of the list's records and the words, giving those that are called so.
    finder: Callable[[QuerySet, str], QuerySet] | None = None
    # Lookups, besides those of list_filter, by which our own pages link to this list.
    linked_lookups: tuple[str, ...] = ()

    def lookup_allowed(self, lookup, value, request):
        filters = [parameter_of(item) for item in self.get_list_filter(request)]
        linked = (*self.linked_lookups, *links_that_hold(self.model), self.date_hierarchy)
        allowed = [name for name in (*filters, *linked) if isinstance(name, str)]
        for name in allowed:
            if lookup == name or lookup.startswith(f"{name}__"):
                rest = lookup[len(name) :].removeprefix("__").removeprefix("id__").removeprefix("pk__")
                if rest in PLAIN_LOOKUPS:
                    return True
        return False

    def get_search_results(self, request, queryset, search_term):
        words = clean_text(search_term)[:LONGEST_SEARCH]
        if words and self.finder:
            return self.finder(queryset, words), False
        return super().get_search_results(request, queryset, words)

    def response_action(self, request, queryset):
        """What no id can be was not ticked on the list: nothing is done."""
        chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        if all(IDENTITY.fullmatch(key) for key in chosen):
            return super().response_action(request, queryset)
        messages.error(request, _("Some of the records that were chosen are none. Choose them again on the list."))
        return HttpResponseRedirect(request.get_full_path())

    def changelist_view(self, request, extra_context=None):
        found = registry.resource_of(self.model)
        table = found.name if found and may_import(request.user, self.model) else None
        return super().changelist_view(request, {"import_table": table} | (extra_context or {}))

    def get_changelist(self, request, **kwargs):
        return List

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


class ReadOnly:
    """Mixed into the admin, or a table inside a form, of records that nobody changes there, not even a superuser."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Inline(Searching):
    """Mixed into the tables inside a form: no empty rows, and every rule of the model speaks."""

    form = forms.ModelForm
    formset = forms.InlineFormSet
    extra = 0


class TabularInline(Inline, admin.TabularInline):
    pass


class StackedInline(Inline, admin.StackedInline):
    pass
