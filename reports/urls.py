from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, register_converter
from django.views.decorators.http import require_safe

from reports.sitemaps import SITEMAPS
from reports.views import checks, editing, editions, figures, opendata, pages, photos, sections


class YearConverter:
    """A year that a report can have; anything else is no address of ours."""

    regex = "(?:19|20)[0-9]{2}|2100"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class NumberConverter:
    """The number of an edition: short enough for every database."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(YearConverter, "year")
register_converter(NumberConverter, "number")

app_name = "reports"
OF_SITE = {"sitemaps": SITEMAPS}
OF_PARTS = OF_SITE | {"sitemap_url_name": "reports:sitemap"}
# The report on one year; the same again for one funder's report on it.
of_year = [
    path("", pages.YearPage.as_view(), name="report-detail"),
    path("export.xlsx", pages.YearFile.as_view(kind="xlsx"), name="report-xlsx"),
    path("export.docx", pages.YearFile.as_view(kind="docx"), name="report-docx"),
    path("figures/", figures.FigureList.as_view(), name="figures"),
    path("figures/<str:name>/", figures.FigurePage.as_view(), name="figure"),
    path("begin/", editing.Begin.as_view(), name="report-begin"),
    path("edit/", editing.ReportEdit.as_view(), name="report-edit"),
    path("preview/", sections.SectionPreview.as_view(), name="section-preview"),
    path("sections/add/", sections.SectionAdd.as_view(), name="section-add"),
    path("sections/<int:pk>/", sections.SectionEdit.as_view(), name="section-edit"),
    path("sections/<int:pk>/move/", editing.SectionMove.as_view(), name="section-move"),
    path("sections/<int:pk>/delete/", editing.SectionDelete.as_view(), name="section-delete"),
    path("sections/<int:pk>/photos/", photos.SectionPhotos.as_view(), name="section-photos"),
    path("checks/", checks.ChecksPage.as_view(), name="checks"),
    path("checks/accept/", checks.Accept.as_view(), name="checks-accept"),
    path("checks/<int:pk>/take-back/", checks.TakeBack.as_view(), name="checks-take-back"),
    path("publish/", editions.PublishPage.as_view(), name="publish"),
    path("compare/", editions.ComparePage.as_view(), name="compare"),
    path("photos/<slug:name>.jpg", editions.EditionPhoto.as_view(), name="edition-photo"),
    path("editions/", editions.EditionList.as_view(), name="editions"),
    path("editions/<number:number>/", editions.EditionPage.as_view(), name="edition"),
    path("editions/<number:number>/export.xlsx", editions.EditionFile.as_view(kind="xlsx"), name="edition-xlsx"),
    path("editions/<number:number>/export.docx", editions.EditionFile.as_view(kind="docx"), name="edition-docx"),
    path("editions/<number:number>/figures/<str:name>/", editions.EditionFigure.as_view(), name="edition-figure"),
]
urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("open-data/", opendata.OpenData.as_view(), name="open-data"),
    path("grants.json", opendata.GrantsJson.as_view(), name="grants-json"),
    path("sitemap.xml", require_safe(sitemaps.index), OF_PARTS, name="sitemaps"),
    path("sitemap-<slug:section>.xml", require_safe(sitemaps.sitemap), OF_SITE, name="sitemap"),
    path("reports/", pages.ReportList.as_view(), name="report-list"),
    path("reports/photos/<int:pk>.jpg", photos.PhotoThumbnail.as_view(), name="photo-thumbnail"),
    path("reports/<year:year>/", include(of_year)),
    path("reports/<year:year>/for/", figures.FunderList.as_view(), name="funders"),
    path("reports/<year:year>/for/<slug:funder>/", include(of_year)),
]
