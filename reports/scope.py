"""What a report is about: the records of one year, of all of the work or of what one funder paid for."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, Value

from activities.models import Event, Survey, WorkArea
from activities.querysets import EventQuerySet, SurveyQuerySet
from grants.models import Grant
from grants.querysets import GrantQuerySet
from organizations.models import Alias, Organization, Region
from reports.models import AnnualReport
from yixin.text import name_key


@dataclass
class Scope:
    """One report year; for a funder's own report, the funder; and the last day that is counted, if one is set."""

    year: int
    funder: Organization | None = None
    cut_off: date | None = None

    @classmethod
    def of(cls, year: int, funder: Organization | None = None) -> "Scope":
        """The scope of the report on that year, with its cut-off if there is such a report. One query."""
        cut_off = AnnualReport.objects.filter(year=year, funder=funder).values_list("cut_off", flat=True).first()
        return cls(year, funder, cut_off)

    def events(self) -> EventQuerySet:
        """The held events of the report year, whatever their date, as far as they began by the cut-off."""
        events = self.all_events()
        return events.filter(when_earliest__lte=self.cut_off) if self.cut_off else events

    def all_events(self) -> EventQuerySet:
        """Those after the cut-off too."""
        events = Event.objects.held().in_year(self.year)
        return events.funded_by(self.funder) if self.funder else events

    def grants(self) -> GrantQuerySet:
        grants = Grant.objects.in_year(self.year)
        return grants.funded_by(self.funder) if self.funder else grants

    def surveys(self) -> SurveyQuerySet:
        surveys = Survey.objects.in_year(self.year)
        return surveys.filter(funding__funder=self.funder) if self.funder else surveys

    @cached_property
    def _frame(self) -> tuple[list[WorkArea], list[Region]]:
        """All work areas, and the home province's prefecture cities as they were at the end of the year. One query."""
        columns = ("kind", "pk", "code", "name", "name_en", "short_name", "position", "has_table")
        areas = WorkArea.objects.order_by().annotate(kind=Value("area")).values_list(*columns)
        none = {"name_en": Value(""), "short_name": Value(""), "position": Value(0), "has_table": Value(False)}
        cities = Region.objects.prefectures().in_use(self.year).order_by()
        rows = areas.union(cities.annotate(kind=Value("city"), **none).values_list(*columns), all=True)
        rows = [dict(zip(columns, row, strict=True)) for row in rows]
        found = [WorkArea(**{name: row[name] for name in columns[1:]}) for row in rows if row["kind"] == "area"]
        places = [Region(pk=row["pk"], code=row["code"], name=row["name"]) for row in rows if row["kind"] == "city"]
        found.sort(key=lambda area: (area.position, area.pk))
        return found, sorted(places, key=lambda city: (city.code, city.pk))

    @property
    def all_areas(self) -> list[WorkArea]:
        """Every work area, in order."""
        return self._frame[0]

    @property
    def areas(self) -> list[WorkArea]:
        """The work areas that have a table, in order."""
        return [area for area in self.all_areas if area.has_table]

    @property
    def cities(self) -> list[Region]:
        """The home province's prefecture cities, by code."""
        return self._frame[1]


def find_funder(name: str) -> Organization:
    """The organisation of that name or alias. Raises Organization.DoesNotExist or MultipleObjectsReturned."""
    key = name_key(name)
    by_alias = Alias.objects.filter(name_key=key).values("organization")
    return Organization.objects.get(Q(name_key=key) | Q(pk__in=by_alias))


def years_on_record() -> list[int]:
    """The report years that any event, grant or survey belongs to, the newest first. One query."""
    years = Event.objects.order_by().values_list("report_year")
    years = years.union(Grant.objects.order_by().values_list("report_year"))
    years = years.union(Survey.objects.order_by().values_list("report_year"))
    return sorted((year for (year,) in years), reverse=True)


def funders_of(year: int) -> list[Organization]:
    """The organisations that paid for any event, grant or survey of that report year, by name. One query."""
    paid = Q(fundings_given__events__report_year=year)
    paid |= Q(fundings_given__grants__report_year=year) | Q(fundings_given__surveys__report_year=year)
    return list(Organization.objects.filter(paid).order_by("name_pinyin", "pk").distinct())
