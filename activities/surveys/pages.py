"""The pages of one survey in the staff's site: its progress, its questions, its workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from activities.choices import VisitStatus
from activities.models import Answer, Expense, Publication, Question, Survey, SurveyTarget, Visit
from grants.models import Funding
from yixin.access.territories import confined
from yixin.forms import REASON
from yixin.intake.downloads import download
from yixin.intake.exports import may_take
from yixin.intake.permissions import may, may_import

from .copying import CopyForm, copy_questions
from .findings import findings
from .progress import Progress
from .rounds import cities_of
from .sheets import take_out
from .tickets import Tickets
from .visiting import PROGRESS

COPY, WORKBOOK = (f"activities_survey_{name}" for name in ("copy", "workbook"))


class Told:
    """All that is on record of one survey, as far as the user may see it. Seven queries in all.

    Volunteers are told of their own city alone: of another they would read that nobody was visited there.
    """

    def __init__(self, site, request: HttpRequest, survey: Survey):
        self.survey, user, own = survey, request.user, confined(request.user)
        mine = site.get_model_admin(Visit).get_queryset(request).filter(survey=survey)
        visits = list(mine.select_related("organization__region").order_by("when_earliest", "pk"))
        targets = SurveyTarget.objects.filter(survey=survey).select_related("region").order_by("region__code", "pk")
        here = own.city if own else ""
        targets = [target for target in targets if target.region.code.startswith(here)]
        cities = [city for city in cities_of(survey) if city.code.startswith(here)]
        self.progress = Progress(survey, visits, targets, cities)
        self.questions = list(Question.objects.filter(survey=survey).order_by("position", "pk"))
        by_key = {visit.pk: visit for visit in visits}
        answers = self._answers(by_key)
        self.findings = findings(self.questions, answers, len(self.progress.done))
        self.uncounted = sum(answer.visit.status != VisitStatus.DONE for answer in answers if answer.value)
        self.tickets = self._tickets(by_key) if may(user, "view", Expense) else None
        published = site.get_model_admin(Publication).get_queryset(request).filter(survey=survey)
        self.publications = list(published) if may(user, "view", Publication) else []

    def _answers(self, visits: dict[int, Visit]) -> list[Answer]:
        found = Answer.objects.filter(visit__survey=self.survey).order_by("visit__when_earliest", "visit", "pk")
        answers = [answer for answer in found if answer.visit_id in visits]
        for answer in answers:
            answer.visit = visits[answer.visit_id]
        return answers

    def _tickets(self, visits: dict[int, Visit]) -> Tickets:
        found = Expense.objects.filter(visit__survey=self.survey).select_related("funding__funder")
        tickets = [ticket for ticket in found.order_by("spent_on", "pk") if ticket.visit_id in visits]
        for ticket in tickets:
            ticket.visit = visits[ticket.visit_id]
        return Tickets(tickets)


class Progressing:
    """Mixed into the admin of surveys."""

    own_pages = {PROGRESS: gettext_lazy("Progress of the survey")}

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/progress/", view(require_safe(self.progress_view)), name=PROGRESS),
            path("<int:pk>/progress.xlsx", view(require_POST(self.workbook_view)), name=WORKBOOK),
            path("<int:pk>/questions/copy/", view(require_POST(self.copy_view)), name=COPY),
            *super().get_urls(),
        ]

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._progress(request, self._survey(request, pk))

    def _progress(self, request: HttpRequest, survey: Survey, copying: CopyForm | None = None) -> HttpResponse:
        told, user = Told(self.admin_site, request, survey), request.user
        may_ask = not told.questions and may(user, "add", Question) and not confined(user)
        context = {
            "told": told,
            "copying": copying or (CopyForm(survey) if may_ask else None),
            "may_add": may(user, "add", Visit),
            "may_visit": may(user, "change", Visit),
            "may_import": may_import(user, Visit),
            "may_see_funding": may(user, "view", Funding),
            "may_take": may_take(user, Survey),
            "may_change": self.has_change_permission(request, survey),
        }
        return self._page(request, "progress", survey, title=_("Progress of the survey"), **context)

    def workbook_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        survey = self._survey(request, pk)
        if not may_take(request.user, Survey):
            raise PermissionDenied
        told = Told(self.admin_site, request, survey)
        return download(take_out(told=told, user=request.user, now=timezone.now()))

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        survey = self._survey(request, pk)
        if not may(request.user, "add", Question):
            raise PermissionDenied
        form = CopyForm(survey, request.POST)
        if form.is_valid():
            said = {"source": form.cleaned_data["source"], "reason": form.cleaned_data[REASON]}
            try:
                number = copy_questions(survey=survey, by=request.user, now=timezone.now(), **said)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
                return redirect(self._address(survey))
            told = ngettext("%(number)s question was copied.", "%(number)s questions were copied.", number)
            messages.success(request, told % {"number": number})
            return redirect(self._address(survey))
        response = self._progress(request, survey, form)
        response.status_code = 422
        return response

    def _survey(self, request: HttpRequest, pk: int) -> Survey:
        survey = self.record_shown(request, pk, "funding__funder")
        if not may(request.user, "view", Visit):
            raise PermissionDenied
        return survey

    def _address(self, survey: Survey) -> str:
        return reverse(f"admin:{PROGRESS}", args=[survey.pk])

    def _page(self, request: HttpRequest, name: str, survey: Survey, **context) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts, "survey": survey} | context
        return TemplateResponse(request, f"admin/activities/survey/{name}.html", context)
