"""Every figure of a year with its value, and the records behind each: what a number is made of."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reports.measures import Book
from reports.publishing import live
from reports.scope import funders_of
from reports.traces import trace
from reports.views.access import ForStaff


class FigureList(ForStaff):
    """All figures that the text may name."""

    def get(self, request: HttpRequest) -> HttpResponse:
        _draft, figures = live(self.year, self.funder)
        return render(request, "reports/figure_list.html", self.context(groups=Book(figures).groups()))


class FigurePage(ForStaff):
    """One figure, and the records that make it; each leads to where it can be corrected."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        _draft, figures = live(self.year, self.funder)
        measure = Book(figures).find(name)
        if measure is None:
            raise Http404
        table = trace(measure.name, measure.records, figures)
        return render(request, "reports/figure_detail.html", self.context(measure=measure, table=table))


class FunderList(ForStaff):
    """Who paid for anything in the year: each has a view of its own part, with its own files."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "reports/funder_list.html", self.context(funders=funders_of(self.year)))
