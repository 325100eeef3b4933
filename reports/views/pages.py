"""Home, the list of years, and the page and files of one year."""

from django.contrib.auth.mixins import AccessMixin
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.generic import TemplateView

from organizations.directory import cities_with_entries, lately_confirmed
from organizations.tiles import city_map
from reports.composing import compose
from reports.contents import LANGUAGE, contents
from reports.document import Document
from reports.drafts import Draft
from reports.figures import Figures
from reports.glance import glance
from reports.measures import Book
from reports.models import AnnualReport, Edition
from reports.publishing import RENDERERS, document_of, full_document, live, opened_file
from reports.render import docx, xlsx
from reports.review import notes_to_print
from reports.scope import years_on_record
from reports.snapshot import checksum
from reports.views.access import WRITE, OfReport, sees_live

CONFIRMED = 6  # entries that home names as lately confirmed
CONTENT_TYPES = {"xlsx": xlsx.CONTENT_TYPE, "docx": docx.CONTENT_TYPE}


class Home(TemplateView):
    """The network at a glance: the newest published year, the cities, and the ways in. Five queries for a visitor."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        cities = cities_with_entries()
        newest = Edition.objects.public().defer("snapshot", "files").select_related("report").first()
        context = {"cities": cities, "years": years_for(self.request), "glance": glance(newest)}
        context["tiles"] = city_map((city.code, city.name, city.entries, f"city={city.code}", False) for city in cities)
        return super().get_context_data(confirmed=lately_confirmed(CONFIRMED), **context, **kwargs)


class ReportList(TemplateView):
    template_name = "reports/report_list.html"

    def get_context_data(self, **kwargs):
        years = years_for(self.request)
        user = self.request.user
        is_live = sees_live(user)
        more = coming(years) if is_live and user.has_perm(WRITE) else []
        return super().get_context_data(years=years, coming=more, sees_live=is_live, **kwargs)


def coming(years: list[int]) -> list[int]:
    """This year and the one after the newest on record, if there is nothing of them yet: a report can be begun."""
    this = timezone.localdate().year
    return sorted({this, *(year + 1 for year in years[:1])} - set(years), reverse=True)


def years_for(request: HttpRequest) -> list[int]:
    """Staff see every year on record or with a report; the public those that were published. The newest first."""
    if sees_live(request.user):
        begun = AnnualReport.objects.values_list("year", flat=True)
        return sorted({*years_on_record(), *begun}, reverse=True)
    return list(dict.fromkeys(Edition.objects.public().values_list("report__year", flat=True)))


class YearPage(OfReport):
    """The report on a year: live for staff, the newest edition for everybody else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.live_page() if self.may_see_live else self.public_page()

    def live_page(self) -> HttpResponse:
        draft, figures = live(self.year, self.funder)
        document = compose(draft, figures, notes=notes_to_print(draft, figures))
        context = shown(document) | {
            "draft": draft,
            "is_live": True,
            "is_empty": figures.is_empty and draft.report is None,
            "differs": differs(draft, figures),
            "may_write": self.request.user.has_perm(WRITE),
        }
        return render(self.request, "reports/report_detail.html", self.context(**context))

    def public_page(self) -> HttpResponse:
        edition = self.published()
        if edition is None:
            return render(self.request, "reports/not_published.html", self.context(), status=404)
        context = shown(document_of(edition, is_public=True)) | {"edition": edition, "is_public": True}
        return render(self.request, "reports/report_detail.html", self.context(**context))


def shown(document: Document) -> dict:
    """What the page of a document needs: its parts with their tables, and the tables that stand in no part."""
    return {
        "document": document,
        "tables": document.tables,
        "parts": [(part, document.table(part.table) if part.table else None) for part in document.parts],
        "annex": document.annex,
    }


def differs(draft: Draft, figures: Figures) -> bool:
    """Whether the records or the text say something else than the newest edition."""
    if not draft.edition:
        return False
    with translation.override(LANGUAGE):
        return checksum(contents(draft, Book(figures))) != draft.content_sha256


class YearFile(AccessMixin, OfReport):
    """The same report as a file: live for staff, the published bytes for everybody else."""

    kind = "xlsx"

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.may_see_live:
            draft, figures = live(self.year, self.funder)
            content = RENDERERS[self.kind](full_document(draft, figures))
            return download(content, self.kind, self.year, self.slug)
        edition, name = self.published(), f"public.{self.kind}"
        if edition is None:
            return self.handle_no_permission()
        if name not in edition.files:  # altered beyond reading, and retracted
            raise Http404
        return download(opened_file(edition, name), self.kind, self.year, number=edition.number)


def download(content: bytes | File, kind: str, year: int, slug: str = "", number: int = 0) -> HttpResponseBase:
    """A file is sent block by block, and closed afterwards."""
    name = "-".join(["yixin", str(year), *([slug] if slug else []), *([f"edition-{number}"] if number else [])])
    if isinstance(content, File):
        return FileResponse(content, as_attachment=True, filename=f"{name}.{kind}", content_type=CONTENT_TYPES[kind])
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[kind], headers=headers)
