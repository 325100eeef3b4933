"""What the page of a roster shows, and what it asks before anything is written."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Attendance, Event
from yixin import locks
from yixin.forms import REASON, ReasonForm
from yixin.intake.permissions import may, may_import
from yixin.locks import Reason, Write

from .changes import Done
from .forms import ACTS, REMOVE, ActForm, AddForm, SheetForm
from .naming import Question
from .page import Roster, named, people_of

ROSTER, ACT, ADD, NAMES, SIGN_IN = (
    f"activities_event_roster{end}" for end in ("", "_act", "_add", "_names", "_sign_in")
)
SEE_PERSONAL = "organizations.see_personal"
ACTIONS = ("view", "add", "change", "delete")


def address(event: Event, words: str = "") -> str:
    return reverse(f"admin:{ROSTER}", args=[event.pk], query={"q": words} if words else None)


def paste_address(event: Event) -> str:
    """Where a whole roster is pasted."""
    return reverse("admin:import-start", args=["attendance"], query={"event": event.pk})


def reason_of(request: HttpRequest, event: Event) -> Reason:
    """As it was typed; with an empty text if none was."""
    key = f"{Event._meta.label_lower}:{event.pk}"
    return Reason(ReasonForm(request.POST).reason, request.user, timezone.now(), key)


class RosterShown:
    """Mixed into the admin of events."""

    def event_of_roster(self, request: HttpRequest, pk: int, *actions: str) -> Event:
        """The event, if the user may see it and its roster, and may do any of the actions on that. One query.

        It knows whether it may be named one by one: otherwise those on its roster agreed to that separately.
        """
        nameable = Event.objects.nameable().filter(pk=OuterRef("pk"))
        found = self.get_queryset(request).select_related("region").annotate(is_nameable=Exists(nameable))
        event = get_object_or_404(found, pk=pk)
        allowed = self.has_view_permission(request, event) and may(request.user, "view", Attendance)
        if actions:
            allowed = allowed and self.may_name(request, event)
            allowed = allowed and any(may(request.user, action, Attendance) for action in actions)
        if not allowed:
            raise PermissionDenied
        return event

    def may_name(self, request: HttpRequest, event: Event) -> bool:
        """Whether the user may be told who was there: of what is sensitive, only who may see personal data in full."""
        return event.is_nameable or request.user.has_perm(SEE_PERSONAL)

    def show_roster(
        self,
        request: HttpRequest,
        event: Event,
        *,
        words: str = "",
        act_form: ActForm | None = None,
        add_form: AddForm | None = None,
    ) -> HttpResponse:
        """With what was typed and ticked, where a form cannot be done. Two queries."""
        shown_acts = act_form or ActForm()
        allowed = {action: may(request.user, action, Attendance) for action in ACTIONS}
        if not allowed["delete"]:
            shown_acts.leave_out(REMOVE)
        context = {
            "title": _("Roster of “%(event)s”") % {"event": event},
            "roster": Roster(event, people_of(event), words),
            "names_shown": self.may_name(request, event),
            "may": allowed,
            "can_tick": allowed["change"] or allowed["delete"],
            "may_paste": may_import(request.user, Attendance),
            "published": published_years(event),
            "act_form": shown_acts,
            "add_form": add_form or fresh(event, is_next="added" in request.GET),
            "sheet_form": SheetForm(),
            "attendances": reverse("admin:activities_attendance_changelist"),  # an address for each row takes its time
        }
        response = self._page(request, event, "roster", context)
        response.status_code = 422 if act_form or add_form else 200
        return response

    def ask_about(
        self, request: HttpRequest, event: Event, form: ActForm, question: Question | None = None
    ) -> HttpResponse:
        """What is asked before something is done with those that were ticked: whether, why, or for whom they came."""
        keys, act = form.cleaned_data["chosen"], form.cleaned_data["act"]
        attendances = people_of(event)
        names = named(attendances)
        sent = [("chosen", ",".join(map(str, sorted(keys)))), ("act", act), ("q", request.POST.get("q", ""))]
        sent.append(("organization", form.cleaned_data.get("organization") or ""))
        if act == REMOVE:
            sent.append(("sure", "1"))
        context = {
            "what": ACTS[act],
            "names": [names[one.pk] for one in attendances if one.pk in keys],
            "is_removing": act == REMOVE,
            "post_to": reverse(f"admin:{ACT}", args=[event.pk]),
        }
        return self._ask(request, event, sent, question, context)

    def ask_whom(
        self, request: HttpRequest, event: Event, form: AddForm, question: Question | None = None
    ) -> HttpResponse:
        """What is asked before somebody is put on the roster: who is meant, or why."""
        sent = [(name, form[name].value() or "") for name in form.fields]
        context = {
            "what": _("Put on the roster"),
            "names": [form.cleaned_data["name"]],
            "post_to": reverse(f"admin:{ADD}", args=[event.pk]),
        }
        return self._ask(request, event, sent, question, context)

    def _ask(
        self, request, event: Event, sent: Iterable[tuple[str, str]], question: Question | None, context: dict
    ) -> HttpResponse:
        answered = question.name if question else None
        typed = request.POST if REASON in request.POST else None
        context |= {
            "title": _("Roster of “%(event)s”") % {"event": event},
            "sent": [(name, value) for name, value in sent if value and name != answered],
            "question": question,
            "published": published_years(event),
            "asked": ReasonForm(typed),
            "back": address(event, request.POST.get("q", "")),
        }
        return self._page(request, event, "roster_ask", context)

    def _page(self, request: HttpRequest, event: Event, name: str, context: dict) -> TemplateResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts, "event": event} | context
        return TemplateResponse(request, f"admin/activities/event/{name}.html", context)

    def tell_done(self, request: HttpRequest, what: str, done: Done) -> str:
        """The sentence that says what became of those that were ticked."""
        sentence = ngettext("%(what)s: %(count)s person.", "%(what)s: %(count)s people.", done.changed)
        told = sentence % {"what": what.removesuffix(" …"), "count": done.changed}
        messages.success(request, told)
        if done.missing:
            gone = ngettext(
                "%(count)s of those that were ticked is no more on the roster.",
                "%(count)s of those that were ticked are no more on the roster.",
                done.missing,
            )
            messages.warning(request, gone % {"count": done.missing})
        return told


def published_years(event: Event) -> list[locks.Published]:
    """The published years that a change to the event's roster would be one of. One query."""
    return locks.published([Write(Attendance(event=event))])


def fresh(event: Event, *, is_next: bool) -> AddForm:
    """``is_next``: after one was added, the next one can be typed at once."""
    form = AddForm(asks_consent=not event.is_nameable)
    if is_next:
        form.fields["name"].widget.attrs["autofocus"] = True
    return form
