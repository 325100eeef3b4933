"""What is of no report year and still carries figures of some: who funds, where a seat lies, what has a table."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import F, Model, Q, QuerySet

from activities.models import Event, Survey, SurveyTarget, Visit, WorkArea
from grants.models import Funding, Grant
from organizations.choices import RegionLevel
from organizations.models import Organization, Region
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR
from yixin.locks import Write, columns_of

YEAR = "report_year"
OF_ITS_SURVEY = f"survey__{YEAR}"


@dataclass(frozen=True)
class Counted:
    """Records of a year that are counted by something of another record: the lookups to that one and to the year."""

    records: Callable[[], QuerySet]
    lookup: str
    year: str = YEAR

    def of(self, keys: set[int]) -> QuerySet:
        """Key and year of those that are counted by any of these."""
        found = self.records().filter(**{f"{self.lookup}__in": keys}).order_by()
        return found.annotate(footing=F(self.lookup), of_year=F(self.year)).values_list("footing", "of_year").distinct()


@dataclass(frozen=True)
class Footing:
    """``columns``: those that figures look at; a name is none of them. ``falls``: whether figures move as well when
    the record is added or deleted. Of the others none can go while anything is counted by it."""

    columns: tuple[str, ...]
    counted: tuple[Counted, ...]
    falls: bool = False

    def is_moved(self, write: Write) -> bool:
        return write.changes(*self.columns) if write.before else self.falls


def events(lookup: str) -> Counted:
    return Counted(Event.objects.held, lookup)


def visits(lookup: str) -> Counted:
    return Counted(Visit.objects.done, lookup, OF_ITS_SURVEY)


FOOTINGS: dict[type[Model], Footing] = {
    Funding: Footing(  # by_funder, and every report for a funder
        ("funder_id",),
        (events("funding"), Counted(Grant.objects.all, "funding"), Counted(Survey.objects.all, "funding")),
    ),
    Organization: Footing(("region_id",), (visits("organization"),)),  # visits are counted in the city of the seat
    Region: Footing(
        ("code", "level"),
        (events("region"), visits("organization__region"), Counted(SurveyTarget.objects.all, "region", OF_ITS_SURVEY)),
        falls=True,
    ),
    WorkArea: Footing(("has_table",), (events("area"), events("also_listed_in")), falls=True),
}


def moved(writes: Sequence[Write]) -> dict[type[Model], set[int]]:
    """Keys of the stored records of which a column changes that figures look at, by model."""
    found: dict[type[Model], set[int]] = defaultdict(set)
    for write in writes:
        footing = FOOTINGS.get(type(write.record))
        if footing and write.record.pk is not None and footing.is_moved(write):
            found[type(write.record)].add(write.record.pk)
    return found


def years_of(model: type[Model], keys: set[int]) -> list[tuple[int, int]]:
    """Key and year, for every year in which anything is counted by the record. One query."""
    first, *others = (counted.of(keys) for counted in FOOTINGS[model].counted)
    return list(first.union(*others))


def in_years_of(writes: Sequence[Write], year: str) -> Q:
    """Whether the lookup ``year`` is a year in which anything is counted by what changes; empty where nothing is."""
    subqueries = (
        c.of(keys).values("of_year") for model, keys in moved(writes).items() for c in FOOTINGS[model].counted
    )
    return reduce(or_, (Q(**{f"{year}__in": found}) for found in subqueries), Q())


def framed(write: Write) -> set[int]:
    """The years of which the list of cities becomes another one, with or without anything counted there."""
    if not isinstance(write.record, Region):
        return set()
    now = columns_of(write.record)
    before = now | write.before if write.before else None
    years = range(MIN_YEAR, MAX_YEAR + 1)
    return {year for year in years if city_in(now, year) != (before and city_in(before, year))}


def city_in(region: Mapping[str, object], year: int) -> str | None:
    """The code under which the region is one of that year's cities; None if it is none. As ``prefectures().in_use``."""
    starts, ends = region["valid_from"], region["valid_to"]
    is_in_use = starts is not None and starts <= year and (ends is None or ends > year)
    is_city = region["level"] == RegionLevel.PREFECTURE and region["code"].startswith(settings.HOME_PROVINCE[:2])
    return region["code"] if is_in_use and is_city else None
