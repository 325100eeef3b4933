"""The page on which a visit to an organisation that was not on the list is recorded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Survey, Visit
from yixin.forms import REASON

from .added import AddedForm, add_visit
from .visiting import PROGRESS

ADDED = "activities_visit_added"


class Adding:
    """Mixed into the admin of visits."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.added_view)
        return [path("added/<int:survey>/", view, name=ADDED), *super().get_urls()]

    def added_view(self, request: HttpRequest, survey: int) -> HttpResponse:
        survey = get_object_or_404(self.admin_site.get_model_admin(Survey).get_queryset(request), pk=survey)
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        form = AddedForm(survey, sent, site=self.admin_site, request=request)
        if form.is_valid() and (visit := self._added(request, form)):
            address = reverse("admin:activities_visit_change", args=[visit.pk])
            may_go_on = self.has_change_permission(request, visit)
            return redirect(f"{address}?visited" if may_go_on else reverse(f"admin:{PROGRESS}", args=[survey.pk]))
        context = {"opts": Survey._meta, "survey": survey, "title": _("Found on the way"), "form": form}
        context |= self.admin_site.each_context(request)
        status = 200 if sent is None else 422
        return TemplateResponse(request, "admin/activities/visit/added.html", context, status=status)

    def _added(self, request: HttpRequest, form: AddedForm) -> Visit | None:
        """None where it cannot be, which the form then says."""
        signed = {"reason": form.cleaned_data[REASON], "by": request.user, "now": timezone.now()}
        try:
            visit = add_visit(found=form.found, **signed)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return None
        self.log_addition(request, visit, [{"added": {}}])
        messages.success(request, _("“%(name)s” is added as visited.") % {"name": visit.organization})
        return visit
