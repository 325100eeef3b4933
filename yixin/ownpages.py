"""Pages of one record beside its form, in the staff's site: who may open them, and the links to them on the form."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse


class OwnPages:
    """Mixed into the admin of every model."""

    own_pages: dict[str, str] = {}  # by the name of the address, what the link says

    def get_own_pages(self, request: HttpRequest) -> dict[str, str]:
        """Those to which the form of a record links."""
        return self.own_pages

    def record_shown(self, request: HttpRequest, pk: int, *links: str) -> Model:
        """The record with what it links to. Raises Http404 for one that is not there for the user, PermissionDenied for
        who may see none. One query."""
        found = self.get_queryset(request)
        record = get_object_or_404(found.select_related(*links) if links else found, pk=pk)
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def render_change_form(self, request, context, *args, **kwargs):
        if record := kwargs.get("obj"):
            pages = self.get_own_pages(request).items()
            context["own_pages"] = [(reverse(f"admin:{name}", args=[record.pk]), label) for name, label in pages]
        return super().render_change_form(request, context, *args, **kwargs)
