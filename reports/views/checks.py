"""The findings of the checks on one report, and their answers."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.acceptance import Answers, Reason, accept, answers, take_back
from reports.checks import CHECKS, Finding, Level, Reading, RecordRef, run
from reports.checks.forms import AcceptForm
from reports.models import Acceptance, AnnualReport
from reports.templatetags.addresses import record_address
from reports.views.access import WRITE, ForCoordinators, ForStaff
from reports.views.bounded import Bounded

SHOWN = 5  # records of a finding before the rest is folded away


@dataclass(frozen=True)
class Link:
    """One record of a finding; no address where it has no page."""

    label: str
    address: str


@dataclass(frozen=True)
class Entry:
    """One finding on the page. ``form`` None: it cannot be answered here."""

    finding: Finding
    title: str
    links: tuple[Link, ...]
    form: AcceptForm | None = None
    acceptance: Acceptance | None = None

    @property
    def anchor(self) -> str:
        return f"finding-{self.finding.fingerprint[:12]}"

    @property
    def first_links(self) -> tuple[Link, ...]:
        """All where there would be but one more."""
        return self.links if len(self.links) == SHOWN + 1 else self.links[:SHOWN]

    @property
    def more_links(self) -> tuple[Link, ...]:
        return self.links[len(self.first_links) :]


class OfChecks(Bounded):
    """What the pages of the checks have in common. Mixed into a page of a report."""

    too_large = gettext_lazy("What was sent is larger than 6 MB and was not read. Nothing was accepted.")

    @cached_property
    def reading(self) -> Reading:
        return Reading.of(self.year, self.funder)

    @property
    def report(self) -> AnnualReport | None:
        return self.reading.draft.report

    @cached_property
    def answers(self) -> Answers:
        return answers(self.report, run(self.reading))

    @property
    def may_answer(self) -> bool:
        return self.request.user.has_perm(WRITE)

    def to_the_list(self) -> HttpResponse:
        return redirect(reverse("reports:checks", kwargs=self.at))

    def not_read(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, self.too_large)
        return self.to_the_list()

    def page(self, refused: AcceptForm | None = None, status: int = 200) -> HttpResponse:
        """``refused``: a form that was sent and cannot be taken; it keeps what was typed."""
        found = self.answers
        entries = [self.entry(number, finding, refused) for number, finding in enumerate(found.open)]
        levels = [(level, [entry for entry in entries if entry.finding.level is level]) for level in Level]
        context = {
            "report": self.report,
            "levels": [(level, several) for level, several in levels if several],
            "count": len(entries),
            "accepted": [self.entry(0, a.finding, None, a.acceptance) for a in found.accepted],
            "outdated": found.outdated,
            "may_answer": self.may_answer,
            "checks": CHECKS.values(),
        }
        return render(self.request, "reports/checks.html", self.context(**context), status=status)

    def entry(
        self, number: int, finding: Finding, refused: AcceptForm | None, acceptance: Acceptance | None = None
    ) -> Entry:
        form = None
        if self.may_answer and self.report and acceptance is None:
            is_refused = refused is not None and refused.data.get("fingerprint") == finding.fingerprint
            form = AcceptForm(number=number, initial={"fingerprint": finding.fingerprint})
            form = AcceptForm(refused.data, number=number) if is_refused else form
        links = tuple(Link(record.label, self.address(record)) for record in finding.records)
        return Entry(finding, CHECKS[finding.code].title, links, form, acceptance)

    def address(self, record: RecordRef) -> str:
        """Where the record is changed; a section, for those who write, in the editor."""
        label, _colon, pk = record.key.partition(":")
        if label != "reports.section":
            return record_address(record.key)
        if not self.may_answer:
            return reverse("reports:report-detail", kwargs=self.at)
        return reverse("reports:section-edit", kwargs=self.at | {"pk": int(pk)})


class ChecksPage(OfChecks, ForStaff):
    """Every finding with its records: the open ones first, then those that were accepted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page()


class Accept(OfChecks, ForCoordinators):
    """One finding is accepted. A second click finds it accepted; one that has changed is asked anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.report is None:
            messages.error(request, _("The report on this year has to be begun first: an answer is kept with it."))
            return self.to_the_list()
        form = AcceptForm(request.POST)
        finding = self._finding(request.POST.get("fingerprint", ""))
        if finding is None:
            messages.error(request, _("This question is not asked any more, or it has changed. Nothing was accepted."))
            return self.to_the_list()
        if not form.is_valid():
            return self.page(form, status=422)
        because = Reason(form.cleaned_data["reason"], form.cleaned_data["is_printed"])
        given, is_new = accept(
            report=self.report, finding=finding, because=because, by=request.user, now=timezone.now()
        )
        if is_new:
            messages.success(request, _("Accepted: %(code)s.") % {"code": finding.code})
        else:
            messages.info(request, _("%(who)s has accepted it already.") % {"who": given.accepted_by})
        return self.to_the_list()

    def _finding(self, fingerprint: str) -> Finding | None:
        found = (answered.finding for answered in self.answers.findings)
        return next((finding for finding in found if finding.fingerprint == fingerprint), None)


class TakeBack(OfChecks, ForCoordinators):
    """An answer is taken back: its question is open again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.report and take_back(report=self.report, pk=pk, by=request.user):
            messages.success(request, _("Taken back: the question is open again."))
        else:
            messages.info(request, _("This answer has been taken back already."))
        return self.to_the_list()
