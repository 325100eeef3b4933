"""Beginning a report, and its page in the editor: title, cut-off, and the order of its sections."""

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from reports.drafts import Draft
from reports.figures import Figures
from reports.forms import ReportForm, VersionField
from reports.measures import Book
from reports.models import AnnualReport, Section
from reports.outline import outline
from reports.previews import carried_over, earlier_lines, tables_to_choose
from reports.prose import complaints
from reports.publishing import live
from reports.views.access import ForCoordinators
from reports.writing import Direction, Stale, Start, begin, delete_section, last_report, move_section, save_report


class Begin(ForCoordinators):
    """Two ways to begin: as last year's report, or from an outline. A report with sections has begun already."""

    def get(self, request: HttpRequest) -> HttpResponse:
        draft, figures = live(self.year, self.funder)
        if draft.sections:
            return redirect(reverse("reports:report-edit", kwargs=self.at))
        last = last_report(self.year, self.funder)
        context = {"last": last, "outline": outline(figures), "draft": draft}
        context["last_sections"] = last.sections.order_by("position", "pk") if last else ()
        return render(request, "reports/report_begin.html", self.context(**context))

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("start")
        if wanted not in list(Start):
            messages.error(request, _("Choose how the report is to begin."))
            return redirect(reverse("reports:report-begin", kwargs=self.at))
        begin(year=self.year, funder=self.funder, start=Start(wanted), by=request.user)
        return redirect(reverse("reports:report-edit", kwargs=self.at))


@dataclass(frozen=True)
class Entry:
    """One section in the list, and what its writer has left to do."""

    section: Section
    table: str
    table_is_lost: bool
    complaints: int
    is_last_years: bool
    is_untouched: bool


class OfWriting(ForCoordinators):
    """A page of the editor: the report as it stands, and its figures."""

    @cached_property
    def _live(self) -> tuple[Draft, Figures]:
        return live(self.year, self.funder)

    @property
    def draft(self) -> Draft:
        return self._live[0]

    @property
    def figures(self) -> Figures:
        return self._live[1]

    @cached_property
    def book(self) -> Book:
        return Book(self.figures)

    @cached_property
    def tables(self) -> list[tuple[str, str]]:
        return tables_to_choose(self.figures)

    @cached_property
    def earlier(self) -> set[str]:
        return earlier_lines(self.year, self.funder)

    def address(self, name: str, **more) -> str:
        return reverse(f"reports:{name}", kwargs=self.at | more)

    def section(self, pk: int) -> Section | None:
        """The section of this report with its pictures; None if there is no such section, or no longer."""
        return next((section for section in self.draft.sections if section.pk == pk), None)

    def known(self, pk: int) -> Section:
        if (section := self.section(pk)) is None:
            raise Http404
        return section


class ReportEdit(OfWriting):
    """Title and cut-off, and the sections in order with what is left to do in each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.draft.report is None:
            return redirect(self.address("report-begin"))
        return self.page(ReportForm(instance=self.draft.report))

    def post(self, request: HttpRequest) -> HttpResponse:
        report = self.draft.report
        if report is None:
            return redirect(self.address("report-begin"))
        form = ReportForm(request.POST, instance=copy(report))
        if not form.is_valid():
            return self.page(form, status=422)
        seen = (form.cleaned_data["seen_title"], form.cleaned_data["seen_cut_off"])
        columns = {name: form.cleaned_data[name] for name in ReportForm.Meta.fields}
        if save_report(report=report, seen=seen, by=request.user, **columns):
            messages.success(request, _("Saved."))
            return redirect(self.address("report-edit"))
        return self.changed_meanwhile(request, AnnualReport.objects.filter(pk=report.pk).first() or report)

    def changed_meanwhile(self, request: HttpRequest, report: AnnualReport) -> HttpResponse:
        """What was typed stays in the form; what stands there is told, and seen from now on."""
        sent = request.POST.copy()
        sent["seen_title"], sent["seen_cut_off"] = report.title, report.cut_off or ""
        form = ReportForm(sent, instance=copy(report))
        sentence = _(
            "Somebody changed this meanwhile: the title is “%(title)s” now, counted until: %(day)s. Nothing was "
            "saved. Save again if yours is right."
        )
        form.add_error(None, sentence % {"title": report.title, "day": report.cut_off or _("no cut-off")})
        return self.page(form, status=409)

    def page(self, form: ReportForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "draft": self.draft, "report": self.draft.report, "entries": self.entries()}
        return render(self.request, "reports/report_edit.html", self.context(**context), status=status)

    def entries(self) -> list[Entry]:
        titles = dict(self.tables)
        return [
            Entry(
                section=section,
                table=titles.get(section.table, section.table),
                table_is_lost=bool(section.table) and section.table not in titles,
                complaints=len(complaints(section.prose, self.book)),
                is_last_years=section.edited_at is None and bool(carried_over(section.prose, self.earlier)),
                is_untouched=section.edited_at is None,
            )
            for section in self.draft.sections
        ]


class SectionMove(OfWriting):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        section, wanted = self.section(pk), request.POST.get("direction")
        if section is not None and wanted in list(Direction):
            seen = VersionField(required=False).clean(request.POST.get("position"))
            if not move_section(section=section, direction=Direction(wanted), seen=seen):
                messages.warning(request, _("The order has just changed. Look at it before you move the section."))
        return redirect(f"{self.address('report-edit')}#section-{pk}")


class SectionDelete(OfWriting):
    """Asks first, with the text in view; what was edited since is asked about once more."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = self.context(section=self.known(pk), report=self.draft.report)
        return render(request, "reports/section_delete.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        section = self.section(pk)
        version = VersionField(required=False).clean(request.POST.get("version"))
        if section is not None:
            try:
                delete_section(section=section, version=version, by=request.user)
            except Stale as stale:
                if stale.current is not None:
                    messages.warning(request, _("The section was edited meanwhile. Nothing is deleted; read it again."))
                    return redirect(self.address("section-delete", pk=pk))
        messages.success(request, _("The section is deleted. Its photos stay on record."))
        return redirect(self.address("report-edit"))
