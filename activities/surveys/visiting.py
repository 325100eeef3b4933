"""The form of a visit as the staff's site shows it: the survey's questions in it, today offered, and the way back."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from activities.choices import VisitStatus
from activities.models import Expense, Visit
from yixin.access.masking import SEE_PERSONAL
from yixin.admin import IDENTITY
from yixin.fuzzydate import FuzzyDate, Precision

from .forms import Asked, VisitForm
from .rounds import earlier_visitors, running, survey_named

PROGRESS = "activities_survey_progress"
PHOTO_AGAIN = _("The photo could not be kept while something else is wrong: choose it again before you save.")


class Visiting:
    """Mixed into the admin of visits."""

    readonly_fields = ["answers_told"]

    def asked(self, request, visit) -> Asked:
        """The questions of the survey of the visit, as it is on record; of a new one, of that which was sent, or else
        is in the address, or else is running. Kept for the request."""
        if not hasattr(request, "asked_of_visit"):
            key = visit.survey_id if visit else survey_key(request)
            request.asked_of_visit = Asked(survey_named(key), visit, request.POST)
        return request.asked_of_visit

    def get_fieldsets(self, request, visit=None):
        asked = self.asked(request, visit)
        own, others = asked.names(own=True), asked.names(own=False)
        if visit and not self.has_change_permission(request, visit):
            own, others = ["answers_told"], []
        first = (None, {"fields": ["survey", "organization", "when", "status"]})
        answers = (_("Answers"), {"classes": ["questions"], "fields": own, "description": advice(asked)})
        last = (_("What came of it"), {"fields": ["outcome", "visitors", "is_added"]})
        if not others:
            return [first, answers, last]
        return [first, answers, (_("Answers to questions of another survey"), {"fields": others}), last]

    def get_form(self, request, obj=None, change=False, **kwargs):
        asked = self.asked(request, obj)
        made = {**asked.fields, "asked": asked, "offered": offered(request, obj)}
        form = super().get_form(request, obj, change, **{"form": type("VisitForm", (VisitForm,), made)} | kwargs)
        for name, attributes in {"visitors": {"list": "earlier-visitors"}, "outcome": {"rows": 4}}.items():
            if name in form.base_fields:
                form.base_fields[name].widget.attrs |= attributes
        if "survey" in form.base_fields:
            form.base_fields["survey"].widget.can_add_related = False  # the round is there before anybody goes
        return form

    def get_changeform_initial_data(self, request):
        given = super().get_changeform_initial_data(request)
        survey = self.asked(request, None).survey
        is_done = given.get("status", VisitStatus.DONE) == VisitStatus.DONE
        return (done_today() if is_done else {}) | ({"survey": survey.pk} if survey else {}) | given

    def render_change_form(self, request, context, *args, **kwargs):
        """Who went is personal: it is offered again to those who may see it."""
        if request.FILES:  # sent, and the form comes back all the same: no browser sends a file twice by itself
            messages.warning(request, PHOTO_AGAIN)
        survey = self.asked(request, kwargs.get("obj")).survey
        if survey:
            context["progress"] = reverse(f"admin:{PROGRESS}", args=[survey.pk])
            if request.user.has_perm(SEE_PERSONAL):
                context["earlier_visitors"] = earlier_visitors(survey)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_formset(self, request, form, formset, change):
        """New tickets are paid from the funding of the survey; their own form can say otherwise."""
        for row in formset.forms:
            if isinstance(row.instance, Expense) and row.instance.pk is None:
                row.instance.funding_id = form.instance.survey.funding_id
        super().save_formset(request, form, formset, change)

    def response_post_save_add(self, request, obj):
        return way_back(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return way_back(request, obj) or super().response_post_save_change(request, obj)

    @admin.display(description=_("answers"))
    def answers_told(self, visit):
        asked = Asked(visit.survey, visit)
        told = [(one.text, asked.answers[one.pk]) for one in asked.questions if asked.answers.get(one.pk)]
        return format_html_join("", "<p>{}<br>{}</p>", told) or None


class Ticketing:
    """Mixed into the table of tickets inside the form of a visit."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        fields = formset.form.base_fields  # of a class made for this request
        when = obj and obj.when
        is_day = when and when.precision == Precision.DAY
        if "spent_on" in fields:
            fields["spent_on"].initial = when.earliest if is_day else timezone.localdate()
        for name, attribute in (("receipt", {"accept": "image/*"}), ("amount", {"inputmode": "decimal"})):
            if name in fields:
                fields[name].widget.attrs |= attribute
        return formset


def survey_key(request) -> int | None:
    for named in (request.POST.get("survey", ""), request.GET.get("survey", "")):
        if IDENTITY.fullmatch(named):
            return int(named)
    return running(timezone.localdate())


def offered(request, visit: Visit | None) -> dict[str, str]:
    """Today and done, where somebody comes back from a visit that was planned."""
    comes_back = request.method == "GET" and "visited" in request.GET
    return done_today() if comes_back and visit and visit.status == VisitStatus.PLANNED else {}


def done_today() -> dict[str, str]:
    return {"when": str(FuzzyDate.on(timezone.localdate())), "status": VisitStatus.DONE}


def advice(asked: Asked) -> str:
    """What to do where there is no question to answer."""
    if asked.survey is None:
        return _("The questions show here once the survey is chosen.")
    return "" if asked.names(own=True) else _("This survey has no questions yet.")


def way_back(request, visit: Visit) -> HttpResponseRedirect | None:
    """To the page of the survey, for who came from there."""
    came = "visited" in request.GET or "survey" in request.GET
    return HttpResponseRedirect(reverse(f"admin:{PROGRESS}", args=[visit.survey_id])) if came else None
