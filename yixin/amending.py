"""What the staff's forms and lists ask before a published year changes: mixed into the site's own ModelAdmin."""

from collections.abc import Sequence

from django.contrib.admin import actions
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from yixin import locks
from yixin.forms import ReasonForm
from yixin.locks import Reason

DELETE = "delete_selected"
SET_INACTIVE = "set_inactive"


class Asked:
    """Why records are deleted: asked for where any of them is of a published year. One query."""

    def __init__(self, request: HttpRequest, records: Sequence[Model]):
        self.writes = [locks.Write(record) for record in records]
        self.published = locks.published(self.writes)
        self.form = ReasonForm(request.POST if request.POST.get("post") else None)

    @property
    def is_missing(self) -> bool:
        return bool(self.published) and not self.form.is_valid()

    def amend(self, request: HttpRequest) -> None:
        """Note the reason, while the records are still there."""
        if self.published:
            kind = type(self.writes[0].record)._meta.label_lower
            locks.amend(self.writes, self.published, Reason(self.form.reason, request.user, timezone.now(), kind))

    def show(self, response: TemplateResponse) -> None:
        """Ask on the page that asks whether to delete, unless that says why nothing can be deleted."""
        context = response.context_data
        if self.published and not (context["perms_lacking"] or context["protected"]):
            context["asked"] = self
            response.template_name = "admin/delete_with_reason.html"


class ReasonMissing(Exception):
    """A question, not an error."""

    def __init__(self, asked: Asked):
        super().__init__()
        self.asked = asked


class Amending:
    """Mixed into the admin of every model: what belongs to a published year is changed and deleted with a reason."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The class is made for this request alone."""
        form = super().get_form(request, obj, change, **kwargs)
        is_only_seen = change and not self.has_change_permission(request, obj)
        form.asks_reason = locks.keeps(self.model) and not is_only_seen
        form.tables_inside = lambda form: getattr(request, "tables_inside", ())
        return form

    def _create_formsets(self, request, obj, change):
        """Django offers no other place at which the form that is checked next can learn of the tables inside it."""
        request.tables_inside, inlines = super()._create_formsets(request, obj, change)
        return request.tables_inside, inlines

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.amend(by=request.user, now=timezone.now())

    # Deleting one

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ReasonMissing as missing:
            asked = missing.asked
        request.POST = QueryDict()  # the page asks again
        request.asked = asked
        return super().delete_view(request, object_id, extra_context)

    def render_delete_form(self, request, context):
        asked = getattr(request, "asked", None) or Asked(request, [context["object"]])
        response = super().render_delete_form(request, context)
        asked.show(response)
        return response

    def delete_model(self, request, obj):
        """Inside the transaction of the page."""
        asked = Asked(request, [obj])
        if asked.is_missing:
            raise ReasonMissing(asked)
        asked.amend(request)
        super().delete_model(request, obj)

    # Deleting those that were ticked on the list

    def get_actions(self, request):
        found = super().get_actions(request)
        if DELETE in found:
            found[DELETE] = (delete_selected, *found[DELETE][1:])
        return found

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            request.asked.amend(request)
            super().delete_queryset(request, queryset)


def delete_selected(site, request, queryset):
    """Django's own action, which asks again while the reason is missing."""
    request.asked = asked = Asked(request, list(queryset))
    if asked.is_missing:
        request.POST = request.POST.copy()
        request.POST.pop("post", None)
    response = actions.delete_selected(site, request, queryset)
    if response is not None:
        response.context_data["can_rest"] = SET_INACTIVE in site.get_actions(request)
        asked.show(response)
    return response
