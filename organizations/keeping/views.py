"""The pages behind a link for an organisation, and the one on which a visitor reports an error."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from organizations.divisions import read_divisions
from organizations.keeping.forms import EntryForm, ErrorReportForm
from organizations.keeping.limits import ERROR_REPORTS, seconds_to_wait
from organizations.keeping.links import Closed, found, opened
from organizations.keeping.proposing import propose, report_error
from organizations.models import Organization
from yixin.throttle import visitor_of

NOT_INDEXED = {"X-Robots-Tag": "noindex"}
# The address is the key: it is told to nobody, neither to the site behind a link nor to our own log of referrers.
SECRET = NOT_INDEXED | {"Referrer-Policy": "no-referrer"}


def patched(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response.headers[name] = value
    return response


class BehindALink(View):
    """Mixed into pages that a link opens: kept by no cache and no search engine; a closed link gets a sentence.

    No cookie gives access here, the address does, so there is nothing that another site could make a browser send. A
    browser that may name no referrer sends no origin either, and Django would take that for a forgery.
    """

    @method_decorator([csrf_exempt, never_cache])
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Closed as closed:
            response = render(request, "organizations/entry_closed.html", {"closed": closed}, status=closed.status)
        return patched(response, SECRET)


class EntryPage(BehindALink):
    """The entry as its organisation sees it, and what it would have otherwise."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(EntryForm(opened(token, timezone.now()), read_divisions()))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        now = timezone.now()
        link = opened(token, now)
        form = EntryForm(link, read_divisions(), request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        propose(link=link, answer=form.answer(now), now=now)
        return redirect("organizations:entry-sent", token)

    def page(self, form: EntryForm, status: int = 200) -> HttpResponse:
        return render(self.request, "organizations/entry_form.html", {"form": form}, status=status)


class EntrySent(BehindALink):
    """Thanks, after an answer was sent."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = found(token)
        if link.used_at is None:
            return redirect("organizations:entry", token)
        return render(request, "organizations/entry_sent.html")


class OfAnEntry(View):
    """Mixed into pages about an entry that the visitor can see."""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
        response = super().dispatch(request)
        return patched(response, NOT_INDEXED)

    def page(self, name: str, status: int = 200, **context) -> HttpResponse:
        context["organization"] = self.organization
        return render(self.request, f"organizations/{name}.html", context, status=status)


class ErrorReport(OfAnEntry):
    """What a visitor finds wrong."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("error_report", form=ErrorReportForm(label_suffix=""))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, now = ErrorReportForm(request.POST, label_suffix=""), timezone.now()
        if not form.is_valid():
            return self.page("error_report", 422, form=form)
        if seconds := seconds_to_wait("error-report", visitor_of(request), ERROR_REPORTS, now):
            return self.too_many(form, seconds)
        if not form.is_by_a_machine:
            report_error(organization=self.organization, answer=form.answer, now=now)
        return redirect("organizations:error-report-sent", self.organization.slug)

    def too_many(self, form: ErrorReportForm, seconds: int) -> HttpResponse:
        """What was typed stays on the page."""
        minutes = -(-seconds // 60)
        sentence = ngettext(
            "So many reports came from your connection that this one was not taken. Try again in %(count)s minute.",
            "So many reports came from your connection that this one was not taken. Try again in %(count)s minutes.",
            minutes,
        )
        form.add_error(None, sentence % {"count": minutes})
        response = self.page("error_report", 429, form=form)
        response.headers["Retry-After"] = str(seconds)
        return response


class ErrorReportSent(OfAnEntry):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("error_report_sent")
