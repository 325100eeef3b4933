"""Open data: the published grants as a file, and the page that explains all the files."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from organizations import opendata as directory
from reports.datafields import GRANTS, ORGANIZATIONS
from reports.models import Edition
from reports.opendata import LICENSE, Package
from yixin.openfiles import json_file, no_file


class GrantsJson(View):
    def get(self, request: HttpRequest) -> HttpResponseBase:
        package = Package(request.build_absolute_uri).as_json()
        if package is None:
            return no_file(_("No annual report with grants is published yet: there is no file."))
        return json_file(request, package)


class OpenData(TemplateView):
    """What the files hold, what they leave out and why, from when they are, and how to cite them. Two queries."""

    template_name = "reports/open_data.html"

    def get_context_data(self, **kwargs):
        published = list(Edition.objects.public().values_list("report__year", "published_at"))
        context = {"directory": directory.state(), "license": LICENSE}
        context["years"] = list(dict.fromkeys(year for year, _published_at in published))
        context["published_at"] = max((published_at for _year, published_at in published), default=None)
        context["fields"] = {"organizations": ORGANIZATIONS, "grants": GRANTS}
        context["largest_page"] = directory.LARGEST_PAGE
        return super().get_context_data(**context, **kwargs)
