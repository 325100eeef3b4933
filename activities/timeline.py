"""What an organisation's page tells of events and visits: what everybody may read, without any person."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import pgettext

from activities.choices import OrganizationRole
from activities.models import EventOrganization, Publication, Visit, WorkArea
from organizations.models import Organization
from organizations.timeline import Happening, Source

EVENT_COLUMNS = (
    *("event_id", "event__when_earliest", "event__when_text", "event__title"),
    *("event__area__name", "event__area__name_en", "publication", "role"),
)


def publication_about(column: str) -> Subquery:
    """The slug of the newest public publication of the event or survey."""
    found = Publication.objects.public().filter(**{column: OuterRef(column)}).order_by("-published_earliest", "pk")
    return Subquery(found.values("slug")[:1])


def address(slug: str | None) -> str:
    return f"{reverse('activities:publication-list')}#{slug}" if slug else ""


def of_events(organization: Organization) -> QuerySet:
    return EventOrganization.objects.public().filter(organization=organization)


def events(organization: Organization, most: int, year: int | None) -> list[Happening]:
    """Of an organisation that had several parts in one event: one entry."""
    parts = of_events(organization).annotate(publication=publication_about("event"))
    if year:
        parts = parts.filter(event__when_earliest__year=year)
    rows = parts.order_by("-event__when_earliest", "-event", "pk").values_list(*EVENT_COLUMNS)[:most]
    return [_event(event, [row[-1] for row in rows]) for event, rows in grouped(rows)]


def grouped(rows: QuerySet) -> Iterator[tuple[tuple, list[tuple]]]:
    return ((key, list(several)) for key, several in groupby(rows, key=lambda row: row[:-1]))


def _event(row: tuple, roles: list[str]) -> Happening:
    _pk, day, when, title, area, area_en, slug = row
    kind = str(WorkArea(name=area, name_en=area_en))
    note = "、".join(str(OrganizationRole(role).label) for role in roles)
    return Happening(day, when, kind, title, note, address(slug))


def event_years(organization: Organization) -> list[int]:
    return [day.year for day in of_events(organization).order_by().dates("event__when_earliest", "year")]


def of_visits(organization: Organization) -> QuerySet:
    """One without a date of its own stands at the beginning of its survey."""
    visits = Visit.objects.public().filter(organization=organization)
    return visits.annotate(day=Coalesce("when_earliest", "survey__period_earliest"))


def visits(organization: Organization, most: int, year: int | None) -> list[Happening]:
    """That it was visited, and in which month; not what came of it, nor who went."""
    found = of_visits(organization).annotate(publication=publication_about("survey"))
    if year:
        found = found.filter(day__year=year)
    columns = ("day", "when_latest", "survey__period_text", "survey__title", "publication")
    return [_visit(*row) for row in found.order_by("-day", "-pk").values_list(*columns)[:most]]


def _visit(day: date, last: date | None, period: str, title: str, slug: str | None) -> Happening:
    is_one_month = last is not None and (day.year, day.month) == (last.year, last.month)
    when = date_format(day, "YEAR_MONTH_FORMAT") if is_one_month else period
    return Happening(day, when, pgettext("timeline", "Visit"), title, link=address(slug))


def visit_years(organization: Organization) -> list[int]:
    found = of_visits(organization).annotate(year=ExtractYear("day")).order_by()
    return list(found.values_list("year", flat=True).distinct())


SOURCES = [Source(events, event_years), Source(visits, visit_years)]
