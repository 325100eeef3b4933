"""The editor of one section: its text beside what it will read like, and what happens when two write at once."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.forms import SectionForm
from reports.measures import subject_of
from reports.models import AnnualReport, Section
from reports.previews import Preview, preview
from reports.prose import LONGEST
from reports.views.bounded import Bounded
from reports.views.editing import OfWriting
from reports.writing import Stale, add_section, save_section

SAVED = "saved"  # by this the browser knows that its own copy of the text is no longer needed


class OfText(Bounded, OfWriting):
    """What has to do with the text of a section."""

    def preview(self, values: dict) -> Preview:
        """Of what stands in the form, whatever it is."""
        texts = {name: str(values.get(name) or "") for name in ("heading", "prose", "table")}
        area = next((area for area in self.figures.scope.all_areas if str(area.pk) == str(values.get("area"))), None)
        section = Section(area=area, **texts)
        return preview(section, draft=self.draft, book=self.book, earlier=self.earlier)

    def page(
        self, form: SectionForm, section: Section | None, *, page: str = "section_edit", status: int = 200, **more
    ) -> HttpResponse:
        values = {name: form[name].value() for name in SectionForm.Meta.fields}
        areas = {str(area.pk): subject_of(area) for area in self.figures.scope.all_areas}
        context = {
            "form": form,
            "section": section,
            "report": self.draft.report,
            "preview": self.preview(values),
            "groups": self.book.groups(),
            "own_subject": areas.get(str(values["area"]), ""),
            "longest": LONGEST,
        }
        return render(self.request, f"reports/{page}.html", self.context(**context | more), status=status)

    def form(self, *data, section: Section | None = None) -> SectionForm:
        """On a copy: a form writes what it reads into its instance, and the page shows what is stored."""
        instance = copy(section) if section else Section(report=self.draft.report)
        return SectionForm(*data, instance=instance, tables=self.tables)

    def saved(self, pk: int) -> HttpResponse:
        messages.success(self.request, _("Saved."), extra_tags=SAVED)
        return redirect(self.address("section-edit", pk=pk))


class SectionAdd(OfText):
    """A new section at the end of the report."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.draft.report is None:
            return redirect(self.address("report-begin"))
        return self.page(self.form(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if "preview" in request.POST:
            return self.page(form, None)
        if form.is_valid() and (section := self.added(form)):
            return self.saved(section.pk)
        return self.page(form, None, status=422)

    def added(self, form: SectionForm) -> Section | None:
        """None, with the reason in the form, if the report was deleted meanwhile."""
        try:
            if self.draft.report is not None:
                by, now = self.request.user, timezone.now()
                return add_section(report=self.draft.report, by=by, now=now, **form.columns)
        except AnnualReport.DoesNotExist:
            pass
        form.add_error(None, _("There is no report on this year any more. Begin it in a new window, then save here."))
        return None


class SectionEdit(OfText):
    """One section. Nobody's text is overwritten by somebody who did not see it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        section = self.known(pk)
        return self.page(self.form(section=section), section)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        section = self.section(pk)
        if section is None:
            return self.conflict(request, None)
        form = self.form(request.POST, section=section)
        if "preview" in request.POST:
            return self.page(form, section)
        if not form.is_valid():
            return self.page(form, section, status=422)
        version, by = form.cleaned_data["version"], request.user
        try:
            save_section(pk=pk, version=version, by=by, now=timezone.now(), **form.columns)
        except Stale as stale:
            return self.conflict(request, stale.current)
        return self.saved(pk)

    def conflict(self, request: HttpRequest, other: Section | None) -> HttpResponse:
        """Both texts: hers in the form, and what stands there now, which saving again replaces knowingly."""
        sent = request.POST.copy()
        sent["version"] = other.version if other else 0
        form = self.form(sent, section=other)
        own = {line.strip() for line in str(sent.get("prose", "")).splitlines()}
        lines = [(line, line.strip() not in own) for line in other.prose.splitlines()] if other else []
        context = {"other": other, "other_lines": lines, "table_titles": dict(self.tables)}
        return self.page(form, other, page="section_conflict", status=409, **context)


class SectionPreview(OfText):
    """The text as it will read, while it is being written: a piece of the page, put in its place by htmx."""

    def post(self, request: HttpRequest) -> HttpResponse:
        context = self.context(preview=self.preview(request.POST.dict()))
        return render(request, "reports/_preview.html", context)

    def handle_no_permission(self) -> HttpResponse:
        """No way to the login page inside the preview: the text beside it would be lost."""
        if self.request.htmx and not self.request.user.is_authenticated:
            sentence = _("You are no longer logged in. Log in again in a new window, then save here.")
            return render(self.request, "reports/_preview.html", {"trouble": sentence})
        return super().handle_no_permission()

    def not_read(self, request: HttpRequest) -> HttpResponse:
        return render(request, "reports/_preview.html", {"trouble": self.too_large})
