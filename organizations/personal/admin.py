"""What is kept about one person, as a file; and erasing them: pages of the staff's site."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Person
from organizations.personal.erasing import MAY_ERASE, Plan, erase, plan, to_look_at
from organizations.personal.forms import EraseForm
from organizations.personal.gathering import KINDS, may_take_everything, take_everything
from yixin.access.showing import note
from yixin.intake.downloads import download
from yixin.locks import Reason

EVERYTHING, ERASE = "organizations_person_everything", "organizations_person_erase"


class Personal:
    """Mixed into the admin of persons."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/everything/", view(require_POST(self.everything_view)), name=EVERYTHING),
            path("<int:pk>/erase/", view(self.erase_view), name=ERASE),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {"may_take_everything": may_take_everything(request.user), "may_erase": may_erase(request)}
        return super().render_change_form(request, context, *args, **kwargs)

    def everything_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        kind = request.POST.get("format")
        person = self._person(request, pk, may=may_take_everything(request.user))
        if kind not in KINDS:
            raise BadRequest
        return download(take_everything(person=person, kind=kind, user=request.user, now=timezone.now()))

    def erase_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would be done is shown, with the words that were typed, until somebody says to do it."""
        person = self._person(request, pk, may=may_erase(request))
        form = EraseForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and "erase" in request.POST and (done := self._erased(request, person, form)):
            return done
        also = form.cleaned_data.get("also", ()) if form.is_bound and form.is_valid() else ()
        return self._ask(request, form, plan(person, also))

    def _person(self, request: HttpRequest, pk: int, *, may: bool) -> Person:
        if not may:
            raise PermissionDenied
        person = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        return person

    def _erased(self, request: HttpRequest, person: Person, form: EraseForm) -> HttpResponse | None:
        reason = Reason(form.cleaned_data["reason"], request.user, timezone.now())
        chosen = {"left": request.POST.getlist("leave"), "taken": request.POST.getlist("take")}
        try:
            done = erase(key=person.pk, reason=reason, also=form.cleaned_data["also"], **chosen)
        except ValidationError as error:
            form.add_error(None, error)
            return None
        told = {"number": person.pk, "texts": done.texts}
        messages.success(
            request, _("Person %(number)s is erased. Places in texts: %(texts)s. All totals are as before.") % told
        )
        return redirect("admin:organizations_person_changelist")

    def _ask(self, request: HttpRequest, form: EraseForm, found: Plan) -> HttpResponse:
        note(request.user, found.person)
        context = self.admin_site.each_context(request) | {
            "title": _("Erase person %(number)s") % {"number": found.person.pk},
            "opts": self.opts,
            "original": found.person,
            "form": form,
            "plan": found,
            "looks": to_look_at(found),
        }
        return TemplateResponse(request, "admin/organizations/person/erase.html", context)


def may_erase(request: HttpRequest) -> bool:
    return request.user.has_perms(MAY_ERASE)
