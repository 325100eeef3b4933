"""The page of one event's roster in the staff's site: look, tick, act, add one more."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from activities.models import Event
from organizations.models import Organization, Person
from yixin.access.territories import confined

from .adding import add
from .changes import Done, set_columns, set_organization, take_off
from .forms import ACTS, ORGANIZATION, REMOVE, ActForm, AddForm, columns_of
from .naming import BODY, Known, Typed, Undecided
from .page import label_of
from .showing import ACT, ADD, NAMES, ROSTER, SEE_PERSONAL, SIGN_IN, RosterShown, address, reason_of
from .signing import SignInSheets
from .suggesting import suggestions

AT_ONCE = gettext_lazy("Somebody saved the same at this moment. Look at the list, then try again.")
KINDS = {"person": Person, "organization": Organization}


class RosterPages(SignInSheets, RosterShown):
    """Mixed into the admin of events. Who may see an event there, and attendances, sees its roster."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/roster/", view(require_safe(self.roster_view)), name=ROSTER),
            path("<int:pk>/roster/act/", view(require_POST(self.roster_act_view)), name=ACT),
            path("<int:pk>/roster/add/", view(require_POST(self.roster_add_view)), name=ADD),
            path("<int:pk>/roster/names/", view(require_safe(self.roster_names_view)), name=NAMES),
            path("<int:pk>/roster/sign-in.<str:kind>", view(require_POST(self.sign_in_view)), name=SIGN_IN),
            *super().get_urls(),
        ]

    def roster_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show_roster(request, self.event_of_roster(request, pk), words=request.GET.get("q", ""))

    def roster_names_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whom somebody may be about to type: persons or organisations on record that they may see."""
        self.event_of_roster(request, pk, "add", "change")
        site = self.admin_site.get_model_admin(KINDS.get(request.GET.get("kind"), Person))
        known = site.get_queryset(request) if site.has_view_permission(request) else site.model.objects.none()
        return JsonResponse({"names": suggestions(known, request.GET.get("q", ""))})

    def roster_act_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Something is done with all that were ticked, or with none."""
        form, act = ActForm(request.POST), request.POST.get("act")
        event = self.event_of_roster(request, pk, "delete" if act == REMOVE else "change")
        words = request.POST.get("q", "")
        if not form.is_valid():
            return self.show_roster(request, event, words=words, act_form=form)
        try:
            done = self._do(request, event, form)
        except Undecided as undecided:
            return self.ask_about(request, event, form, undecided.question)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.show_roster(request, event, words=words, act_form=form)
        except IntegrityError:
            messages.error(request, AT_ONCE)
            return redirect(address(event, words))
        self.log_change(request, event, self.tell_done(request, str(ACTS[act]), done))
        return redirect(address(event, words))

    def _do(self, request: HttpRequest, event: Event, form: ActForm) -> Done:
        act, keys = form.cleaned_data["act"], form.cleaned_data["chosen"]
        whole = {"event": event, "keys": keys, "reason": reason_of(request, event)}
        if act == REMOVE and "sure" not in request.POST:
            raise Undecided
        if act == REMOVE:
            return take_off(**whole)
        if act == ORGANIZATION:
            typed = Typed(form.cleaned_data["organization"], form.answer(BODY))
            return set_organization(**whole, typed=typed, known=self._known(request, event))
        return set_columns(**whole, columns=columns_of(act))

    def roster_add_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.event_of_roster(request, pk, "add")
        form = AddForm(request.POST, asks_consent=not event.is_nameable)
        if not form.is_valid():
            return self.show_roster(request, event, add_form=form)
        try:
            known = self._known(request, event)
            made = add(event=event, entry=form.entry(), known=known, reason=reason_of(request, event))
        except Undecided as undecided:
            return self.ask_whom(request, event, form, undecided.question)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show_roster(request, event, add_form=form)
        except IntegrityError:
            messages.error(request, AT_ONCE)
            return redirect(address(event))
        told = _("“%(name)s” is on the roster.") % {"name": label_of(made)}
        self.log_change(request, event, _("Put on the roster"))  # without the name: the log holds none
        messages.success(request, told)
        return redirect(f"{address(event)}?added={made.pk}")

    def _known(self, request: HttpRequest, event: Event) -> Known:
        persons, organizations = (self.admin_site.get_model_admin(model) for model in (Person, Organization))
        has_phones = request.user.has_perm(SEE_PERSONAL)
        place = event.region if confined(request.user) else None
        return Known(persons.get_queryset(request), organizations.get_queryset(request), has_phones, place)
