"""What regional volunteers see of the staff's site: the records of their own prefecture city, at every address."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.forms import BaseModelForm, ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from yixin.access.territories import NOTHING, WHOLE, Own, confined, is_closed, paths, reach

SAFE = ("GET", "HEAD", "OPTIONS")
OPEN = {"logout", "password_change", "password_change_done", "jsi18n"}  # names of addresses that are for everybody
SHORT_WAY = "view_on_site"  # leads from any record of any kind to its public page


class Territorial:
    """Put around the admin of every model of ours, so that no list, form or page of theirs can leave it out."""

    def get_queryset(self, request):
        own = confined(request.user)
        return inside(own, super().get_queryset(request)) if own else super().get_queryset(request)

    def get_list_display(self, request):
        found = super().get_list_display(request)
        return [name for name in found if not self._leads_away(name)] if confined(request.user) else found

    def get_list_filter(self, request):
        """None that lists by name what lies elsewhere."""
        found = super().get_list_filter(request)
        return [name for name in found if not self._names_others(name)] if confined(request.user) else found

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        if not confined(request.user):
            return found
        return [(title, options | {"fields": self._without_those(options["fields"])}) for title, options in found]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form, own = super().get_form(request, obj, change, **kwargs), confined(request.user)
        return within(form, own, is_alone=True) if own else form

    def get_formsets_with_inlines(self, request, obj=None):
        own = confined(request.user)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if own:
                formset.form = within(formset.form, own)
            yield formset, inline

    def get_changeform_initial_data(self, request):
        """The city itself, until a county is chosen."""
        given, own = super().get_changeform_initial_data(request), confined(request.user)
        return given | {name: own.region for name in paths(self.model) if "__" not in name} if own else given

    def _leads_away(self, name) -> bool:
        return isinstance(name, str) and is_closed(self.model, name)

    def _names_others(self, name) -> bool:
        name = name[0] if isinstance(name, tuple | list) else name
        if not isinstance(name, str):
            return False
        field = self.model._meta.get_field(name.split("__")[0])
        return field.is_relation and reach(field.related_model) != WHOLE

    def _without_those(self, fields: Iterable) -> list:
        """Fields that stand in one line are a sequence of their own."""
        left = [name if isinstance(name, str) or callable(name) else self._without_those(name) for name in fields]
        return [name for name in left if name != [] and not self._leads_away(name)]


def inside(own: Own, records: QuerySet) -> QuerySet:
    return records.filter(own.inside(records.model))


def choosable(user, link: Field, records: QuerySet) -> QuerySet:
    """Those of the records that the user may choose at a link, in a form or in the search box of one."""
    own = confined(user)
    return records.filter(own.choosable(link)) if own else records


# Forms


class Within:
    """Mixed into the form of a record, and of the rows inside one: what is chosen lies in the city of the account."""

    own: Own
    is_alone = False  # no row of a table inside another record's form, whose place is that record's

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        model = self._meta.model
        needed = {path.split("__")[0] for path in paths(model)}
        for name, field in self.fields.items():
            if isinstance(field, ModelChoiceField) and (link := link_of(model, name)):
                self._narrow(field, link)
                field.required = field.required or (self.is_alone and needed == {name})

    def _narrow(self, field: ModelChoiceField, link: Field) -> None:
        """What is chosen already stays, wherever it lies."""
        allowed = self.own.choosable(link)
        if allowed:
            field.queryset = field.queryset.filter(allowed | Q(pk=getattr(self.instance, link.attname)))
            field.error_messages |= {"invalid_choice": elsewhere(self.own), "required": elsewhere(self.own)}

    def _post_clean(self):
        super()._post_clean()
        if self.is_alone and not self.errors and not self.own.holds(self.instance):
            self.add_error(None, ValidationError(elsewhere(self.own), code="elsewhere"))


def within(form: type[BaseModelForm], own: Own, *, is_alone: bool = False) -> type[BaseModelForm]:
    """The form confined to what the account may choose, with the fields as they were made for this request."""
    made = type(form.__name__, (Within, form), {"own": own, "is_alone": is_alone})
    made.base_fields = form.base_fields
    return made


def link_of(model: type[Model], name: str) -> Field | None:
    """The column behind a field of a form, where that links to one other record."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if field.many_to_one or (field.one_to_one and field.concrete) else None


def elsewhere(own: Own) -> str:
    return _("Choose something in %(city)s: you record what lies there.") % {"city": own.name}


# Addresses


def guarded(site: admin.AdminSite, view: Callable) -> Callable:
    """A page of the site that is not there for a volunteer where it is about what lies elsewhere."""

    @wraps(view)
    def guard(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        own = confined(request.user)
        if own is None or request.resolver_match.url_name in OPEN:
            return view(request, *args, **kwargs)
        if not own.city:
            return told_whom_to_ask(site, request)
        refuse_elsewhere(site, request, request.resolver_match)
        return view(request, *args, **kwargs)

    return guard


def refuse_elsewhere(site: admin.AdminSite, request: HttpRequest, match: ResolverMatch) -> None:
    """Raises Http404 for a record that lies elsewhere, PermissionDenied for what volunteers never see or write."""
    if match.url_name == SHORT_WAY:
        raise Http404
    model = model_of(site, match.url_name or "")
    if model is None:
        return
    if reach(model) == NOTHING:
        raise PermissionDenied
    key = match.kwargs.get("object_id", match.kwargs.get("pk"))
    if key is not None and site.get_model_admin(model).get_object(request, unquote(str(key))) is None:
        raise Http404
    if reach(model) == WHOLE and request.method not in SAFE:
        raise PermissionDenied


def model_of(site: admin.AdminSite, name: str) -> type[Model] | None:
    """The model whose page has that name: organizations_organization_merge is one of organisations."""
    return next((m for m in site._registry if name.startswith(f"{m._meta.app_label}_{m._meta.model_name}_")), None)


def told_whom_to_ask(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    context = site.each_context(request) | {"title": _("Your prefecture city is missing"), "available_apps": []}
    return TemplateResponse(request, "admin/no_territory.html", context, status=403)
