from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from organizations.directory import cities_with_entries
from reports.catalogue import tables
from reports.figures import Figures
from reports.models import Edition
from reports.render import xlsx
from reports.scope import Scope, years_on_record

LIVE = "reports.view_annualreport"  # the permission to see a year before it is published


class Home(TemplateView):
    """What the network is, and the ways into the directory and the reports."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(cities=cities_with_entries(), years=years_for(self.request), **kwargs)


class ReportList(TemplateView):
    template_name = "reports/report_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(years=years_for(self.request), **kwargs)


def years_for(request: HttpRequest) -> list[int]:
    """Staff see every year on record; the public those that were published. The newest first."""
    if request.user.has_perm(LIVE):
        return years_on_record()
    return list(dict.fromkeys(Edition.objects.public().values_list("report__year", flat=True)))


@method_decorator(never_cache, name="dispatch")
class YearPage(View):
    """All tables of one year: live for staff. Whoever may not see it is told so, and where to log in."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        if not request.user.has_perm(LIVE):
            return render(request, "reports/not_published.html", {"year": year}, status=404)
        figures = Figures(Scope(year))
        is_empty = not (figures.events or figures.grants.rows or figures.survey.surveys)
        context = {"year": year, "tables": tables(figures), "is_empty": is_empty}
        return render(request, "reports/report_detail.html", context)


@method_decorator(never_cache, name="dispatch")
class YearWorkbook(PermissionRequiredMixin, View):
    """The same tables as a workbook."""

    permission_required = LIVE

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        content = xlsx.workbook(tables(Figures(Scope(year))), year=year)
        headers = {"Content-Disposition": f'attachment; filename="yixin-{year}.xlsx"'}
        return HttpResponse(content, content_type=xlsx.CONTENT_TYPE, headers=headers)
