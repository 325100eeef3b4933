"""The public directory as files, for who visits without logging in: nobody is asked who it is."""

from django.http import HttpRequest, HttpResponseBase
from django.views import View

from organizations.opendata import A_PAGE, LARGEST_PAGE, page, table
from yixin.openfiles import csv_file, json_file

LARGEST = 10**9  # no number of a page is longer


class OrganizationsCsv(View):
    def get(self, request: HttpRequest) -> HttpResponseBase:
        return csv_file(request, table(request.build_absolute_uri), "organizations.csv")


class OrganizationsJson(View):
    def get(self, request: HttpRequest) -> HttpResponseBase:
        size = self.number("per_page", A_PAGE, LARGEST_PAGE)
        return json_file(request, page(self.number("page", 1, LARGEST), size, request.build_absolute_uri))

    def number(self, name: str, default: int, most: int) -> int:
        """The number asked for, or the nearest that there can be; the default for what is no number."""
        text = self.request.GET.get(name, "")
        if not (text.isascii() and text.isdigit()):
            return default
        return min(max(int(text[:10]), 1), most)
