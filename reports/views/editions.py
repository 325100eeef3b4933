"""What was published: the editions of a report, their files, their photos, and how they differ."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from reports.contents import LANGUAGE, compare, contents, title_of
from reports.document import Document
from reports.drafts import Draft
from reports.figures import Figures
from reports.forms import PublishForm
from reports.measures import Book
from reports.models import Amendment, Edition
from reports.prose import complaints
from reports.publishing import document_of, is_intact, live, open_picture, opened_file, path_of, publish, redactor_of
from reports.review import answered
from reports.views.access import ForCoordinators, ForStaff, OfReport
from reports.views.pages import download, shown
from yixin.headers import SANDBOX

LIVE_NAME = "live"


class OfEditions(ForStaff):
    """A page about editions of one report."""

    def edition(self, number: int) -> Edition:
        editions = Edition.objects.filter(report__year=self.year, report__funder=self.funder, number=number)
        found = editions.select_related("report", "published_by").first()
        if found is None:
            raise Http404
        return found

    def editions(self) -> QuerySet[Edition]:
        """Without their snapshots, the oldest first."""
        editions = Edition.objects.filter(report__year=self.year, report__funder=self.funder)
        return editions.select_related("published_by").defer("snapshot", "public_snapshot").order_by("number")

    def numbers(self) -> list[int]:
        return list(self.editions().values_list("number", flat=True))


class EditionList(OfEditions):
    """Everything that was published of the report, with its files."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "reports/edition_list.html", self.context(editions=self.editions().reverse()))


class EditionPage(OfEditions):
    """One edition as it was published; no record is asked for anything."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        edition = self.edition(number)
        is_public = "public" in request.GET
        document = document_of(edition, is_public=is_public)
        context = shown(document) | {"edition": edition, "is_intact": is_intact(edition), "is_public_form": is_public}
        return render(request, "reports/report_detail.html", self.context(**context))


class EditionFile(OfEditions):
    kind = "xlsx"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        edition = self.edition(number)
        name = f"public.{self.kind}" if "public" in request.GET else self.kind
        if name not in edition.files:  # altered beyond reading, and retracted
            raise Http404
        return download(opened_file(edition, name), self.kind, self.year, self.slug, number)


class EditionFigure(OfEditions):
    """The records behind a figure as they were when the edition was published."""

    def get(self, request: HttpRequest, number: int, name: str) -> HttpResponse:
        content = self.edition(number).snapshot["content"]
        if name not in content["behind"]:
            raise Http404
        records = [(key, title_of(content["records"][key]), content["records"][key]) for key in content["behind"][name]]
        context = {"name": name, "number": number, "value": content["figures"][name], "records": records}
        return render(request, "reports/edition_figure.html", self.context(**context))


class EditionPhoto(OfReport):
    """A photo of an edition: for staff any, for everybody those of the newest public form."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if not self.may_see_live and not self.is_public(name):
            raise Http404
        content = open_picture(path_of(name, "jpg"))
        if content is None:
            raise Http404
        return HttpResponse(content, content_type="image/jpeg", headers=SANDBOX)

    def is_public(self, name: str) -> bool:
        edition = self.published()
        document = document_of(edition, is_public=True) if edition else Document(self.year, "")
        return any(path_of(name, "jpg") == picture.file for part in document.parts for picture in part.pictures)


class ComparePage(OfEditions):
    """Two editions, or an edition and what stands now: number by number, with the records behind it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        numbers = self.numbers()
        if not numbers:
            raise Http404
        old = self.chosen("from", numbers, str(numbers[-1]))
        new = self.chosen("to", numbers, LIVE_NAME)
        comparison = compare(self.content(old), self.content(new))
        context = {"comparison": comparison, "old": old, "new": new, "numbers": numbers}
        context["amendments"] = Amendment.objects.filter(year=self.year).select_related("made_by")
        return render(request, "reports/compare.html", self.context(**context))

    def chosen(self, name: str, numbers: list[int], default: str) -> str:
        """What was asked for, if there is such an edition."""
        value = self.request.GET.get(name, default)
        return value if value in {LIVE_NAME, *map(str, numbers)} else default

    def content(self, which: str) -> dict:
        if which != LIVE_NAME:
            return self.edition(int(which)).snapshot["content"]
        draft, figures = live(self.year, self.funder)
        with translation.override(LANGUAGE):
            return contents(draft, Book(figures))


class PublishPage(ForCoordinators):
    """Before publishing: what is still open, and what the public will not read. Then one button, once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.draft.report is None:
            return redirect(reverse("reports:report-begin", kwargs=self.at))
        return self.page(PublishForm(initial={"number": self.draft.edition + 1}))

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.draft.report is None:
            return redirect(reverse("reports:report-begin", kwargs=self.at))
        form = PublishForm(request.POST)
        if form.is_valid():
            try:
                edition = publish(report=self.draft.report, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Edition %(number)s is published.") % {"number": edition.number})
                return redirect(reverse("reports:edition", kwargs=self.at | {"number": edition.number}))
        return self.page(form, status=422)

    @cached_property
    def _live(self) -> tuple[Draft, Figures]:
        return live(self.year, self.funder)

    @property
    def draft(self) -> Draft:
        return self._live[0]

    def page(self, form: PublishForm, status: int = 200) -> HttpResponse:
        found, book = answered(*self._live), Book(self._live[1])
        redactor = redactor_of(*self._live, found=found)
        redactor.redacted()
        context = {"form": form, "draft": self.draft, "next_number": self.draft.edition + 1}
        context |= {"removed": redactor.removed, "quiet": redactor.listed_for_staff}
        context["complaints"] = [(section, complaints(section.prose, book)) for section in self.draft.sections]
        context["open"] = found.open
        return render(self.request, "reports/publish.html", self.context(**context), status=status)
