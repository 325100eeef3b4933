"""What cannot be deleted because other records hold on to it, and setting it inactive instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import PROTECT, Model
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yixin import history, locks
from yixin.access.models import Act
from yixin.amending import SET_INACTIVE
from yixin.forms import ReasonForm
from yixin.history import Done
from yixin.locks import Reason, Write

COLUMN = "is_active"
WANTED = "active"  # in what is sent: "yes" or "no", so that a second tap changes nothing
SET_ACTIVE = "set_active"


def can_rest(model: type[Model]) -> bool:
    try:
        model._meta.get_field(COLUMN)
    except FieldDoesNotExist:
        return False
    return True


def links_that_hold(model: type[Model]) -> list[str]:
    """By which records of that kind hold on to what would rather be set inactive: their lists are filtered by it."""
    return [
        one.name
        for one in model._meta.concrete_fields
        if one.is_relation and one.remote_field.on_delete is PROTECT and can_rest(one.related_model)
    ]


@dataclass(frozen=True)
class Hold:
    """How many records of one kind keep something from being deleted."""

    model: type[Model]
    number: int
    address: str  # of the list of just these; "" for who may not see it

    def __str__(self) -> str:
        meta = self.model._meta
        kind = meta.verbose_name if self.number == 1 else meta.verbose_name_plural
        sentence = ngettext("{number} {kind}", "{number} {kind}", self.number)
        link = format_html('<a href="{}">{}</a>', self.address, kind) if self.address else kind
        return format_html(sentence, number=self.number, kind=link)


def holds(request: HttpRequest, site: admin.AdminSite, records: Sequence[Model]) -> list[Hold]:
    """By kind; [] if nothing holds on to the records. One query for each kind of link."""
    found, keys = [], [record.pk for record in records]
    for link in type(records[0])._meta.get_fields(include_hidden=True) if records else ():
        if not link.auto_created or link.concrete or getattr(link, "on_delete", None) is not PROTECT:
            continue
        number = link.related_model._base_manager.filter(**{f"{link.field.name}__in": keys}).count()
        if number:
            found.append(Hold(link.related_model, number, _list(request, site, link, keys)))
    return found


def _list(request: HttpRequest, site: admin.AdminSite, link, keys: list[int]) -> str:
    model = link.related_model
    if not site.is_registered(model) or not site.get_model_admin(model).has_view_permission(request):
        return ""
    try:
        address = reverse(f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_changelist")
    except NoReverseMatch:
        return ""
    lookup = link.field.name if len(keys) == 1 else f"{link.field.name}__in"
    return f"{address}?{lookup}={','.join(map(str, keys))}" if link.field.name in links_that_hold(model) else address


@admin.display(description=_("state"), ordering=COLUMN)
def resting(record: Model) -> str:
    return gettext("inactive") if not record.is_active else ""


class Resting:
    """Mixed into the admin of every model: what holds on to a record is told by number and kind, and what can be set
    inactive is, instead of being deleted."""

    def get_deleted_objects(self, objs, request):
        """Django reads each of the records that hold on, and lists them by name."""
        records = list(objs)
        held = holds(request, self.admin_site, records)
        if not held:
            return super().get_deleted_objects(records, request)
        return [], {}, set(), [conditional_escape(str(one)) for one in held]

    def get_list_filter(self, request):
        found = super().get_list_filter(request)
        return [*found, COLUMN] if can_rest(self.model) and COLUMN not in found else found

    def get_list_display(self, request):
        found = super().get_list_display(request)
        return [*found[:1], resting, *found[1:]] if can_rest(self.model) else found

    def get_actions(self, request):
        found = super().get_actions(request)
        if can_rest(self.model) and self.has_change_permission(request) and IS_POPUP_VAR not in request.GET:
            found |= {
                SET_INACTIVE: (set_inactive, SET_INACTIVE, gettext("Set the selected inactive")),
                SET_ACTIVE: (set_active, SET_ACTIVE, gettext("Set the selected active again")),
            }
        return found

    def get_urls(self):
        if not can_rest(self.model):
            return super().get_urls()
        view = self.admin_site.admin_view(require_POST(self.rest_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_rest"
        return [path("<int:pk>/rest/", view, name=name), *super().get_urls()]

    def rest_view(self, request, pk):
        record = self.get_object(request, str(pk))
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        asked = self.let_rest(request, [record], is_active=request.POST.get(WANTED) == "yes")
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        return asked or HttpResponseRedirect(address)

    def let_rest(self, request, records: Iterable[Model], *, is_active: bool) -> TemplateResponse | None:
        """The page that asks for a reason, where one is needed and missing. A few queries, whatever the number."""
        with transaction.atomic():
            held = self.model._base_manager.select_for_update().filter(pk__in=[record.pk for record in records])
            changed = [record for record in held if record.is_active != is_active]
            before = [locks.columns_of(record) for record in changed]
            for record in changed:
                record.is_active = is_active
            writes = [Write(*pair) for pair in zip(changed, before, strict=True)]
            published = locks.published(writes) if writes and locks.keeps(self.model) else []
            form = ReasonForm(request.POST if "_reason" in request.POST else None)
            if published and not form.is_valid():
                return self._ask(request, changed, is_active, {"form": form, "published": published})
            self.model._base_manager.filter(pk__in=[record.pk for record in changed]).update(is_active=is_active)
            now, kind = timezone.now(), self.opts.label_lower
            locks.amend(writes, published, Reason(form.reason if published else "", request.user, now, kind))
            flag = {COLUMN: (not is_active, is_active)}
            history.keep([Done(record, Act.CHANGED, flag) for record in changed], by=request.user, at=now)
        self._tell(request, len(changed), is_active=is_active)
        return None

    def _tell(self, request, number: int, *, is_active: bool) -> None:
        told = (
            ngettext("%(number)s is active again.", "%(number)s are active again.", number)
            if is_active
            else ngettext(
                "%(number)s is inactive now: no longer offered where one chooses; all records stay.",
                "%(number)s are inactive now: no longer offered where one chooses; all records stay.",
                number,
            )
        )
        messages.success(request, told % {"number": number})

    def _ask(self, request, records: list[Model], is_active: bool, asked: dict) -> TemplateResponse:
        title = _("Set active again") if is_active else _("Set inactive")
        context = self.admin_site.each_context(request) | asked
        context |= {"title": title, "opts": self.opts, "records": records, "wanted": "yes" if is_active else "no"}
        context |= {"action": SET_ACTIVE if is_active else SET_INACTIVE, "is_list": "action" in request.POST}
        return TemplateResponse(request, "admin/rest.html", context)

    def render_change_form(self, request, context, change=False, obj=None, **kwargs):
        if change and can_rest(self.model) and self.has_change_permission(request, obj) and not context["is_popup"]:
            context["rest"] = self._offer(obj)
        return super().render_change_form(request, context, change=change, obj=obj, **kwargs)

    def render_delete_form(self, request, context):
        record = context["object"]
        if context["protected"] and can_rest(self.model) and self.has_change_permission(request, record):
            context["rest"] = self._offer(record)
        return super().render_delete_form(request, context)

    def _offer(self, record: Model) -> dict[str, object]:
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_rest", args=[record.pk])
        return {"address": address, "is_active": record.is_active}


def set_inactive(site: Resting, request, queryset):
    return site.let_rest(request, queryset, is_active=False)


def set_active(site: Resting, request, queryset):
    return site.let_rest(request, queryset, is_active=True)
