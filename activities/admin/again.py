"""What is done after an event was recorded: its roster, a photo of the sign-in sheet, the same on another day."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.models import Attendance, Event, Photo
from activities.rosters.showing import paste_address
from yixin.admin import IDENTITY
from yixin.intake.permissions import may, may_import

LIKE = "like"  # in the address of the add form: the event that it is the same as
# All but the date, the head-count, and what belongs to the day: status, report year, remark.
SAME = ("title", "area", "region", "our_role", "course", "engagement", "funding", "is_sensitive")


def offers(user, event: Event) -> list[dict[str, str]]:
    """What the user may do next with the event: label and address."""
    found = []
    if may_import(user, Attendance):
        found.append({"label": _("Paste a roster"), "address": paste_address(event)})
    if may(user, "add", Photo):
        address = reverse("admin:activities_photo_add", query={"event": event.pk})
        found.append({"label": _("Add photos"), "address": address})
    if may(user, "add", Event):
        address = reverse("admin:activities_event_add", query={LIKE: event.pk})
        found.append({"label": _("Same again on another day"), "address": address})
    return found


class Again:
    """Mixed into the admin of events."""

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if IS_POPUP_VAR not in request.POST and "_continue" not in request.POST:
            told = {"offers": offers(request.user, obj)}
            messages.info(request, render_to_string("admin/activities/event/_next.html", told))
        return response

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and not context["is_popup"]:
            context["offers"] = offers(request.user, obj)
        context["like"] = getattr(request, "like", None)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def get_changeform_initial_data(self, request):
        given = super().get_changeform_initial_data(request)
        event = self._like(request, given.pop(LIKE, ""))
        if event is None:
            return given
        request.like = event
        request.parts_like = list(event.parts.values("organization", "role"))
        same = {name: getattr(event, event._meta.get_field(name).attname) for name in SAME}
        return same | {"also_listed_in": list(event.also_listed_in.values_list("pk", flat=True))} | given

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """What stands in the rows at first is stored as if it had been typed: the answer starts from empty rows."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        return given | ({"initial": request.parts_like} if hasattr(request, "parts_like") else {})

    def _like(self, request: HttpRequest, key: str) -> Event | None:
        event = self.get_queryset(request).filter(pk=key).first() if IDENTITY.fullmatch(key) else None
        return event if event and self.has_view_permission(request, event) else None
