"""What a report is about: the records of one year, of all of the work or of what one funder paid for."""

from dataclasses import dataclass, field

from django.db.models import Q

from activities.models import Event, Survey, WorkArea
from activities.querysets import EventQuerySet, SurveyQuerySet
from grants.models import Grant
from grants.querysets import GrantQuerySet
from organizations.models import Alias, Organization
from yixin.text import name_key


@dataclass
class Scope:
    """One report year and, for a funder's own report, the funder."""

    year: int
    funder: Organization | None = None
    _areas: list[WorkArea] | None = field(default=None, repr=False)

    def events(self) -> EventQuerySet:
        """The held events of the report year, whatever their date."""
        events = Event.objects.held().in_year(self.year)
        return events.funded_by(self.funder) if self.funder else events

    def grants(self) -> GrantQuerySet:
        grants = Grant.objects.in_year(self.year)
        return grants.funded_by(self.funder) if self.funder else grants

    def surveys(self) -> SurveyQuerySet:
        surveys = Survey.objects.in_year(self.year)
        return surveys.filter(funding__funder=self.funder) if self.funder else surveys

    @property
    def areas(self) -> list[WorkArea]:
        """The work areas that have a table, in order. One query, however often it is asked."""
        if self._areas is None:
            self._areas = list(WorkArea.objects.filter(has_table=True))
        return self._areas


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
