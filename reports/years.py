"""The years beside each other: what each adds up to, in one query whatever their number."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Q, Sum, Value
from django.db.models.functions import Cast

from activities.models import Event, Survey, Visit
from grants.choices import COMMITTED
from grants.models import Grant
from reports.scope import Scope
from yixin.quantities import CENT

MONEY = DecimalField(max_digits=16, decimal_places=2)


@dataclass(frozen=True)
class Year:
    """What one report year holds. ``people`` and ``money`` are sums of what is known; ``None``: nothing is."""

    year: int
    events: int = 0
    people: int | None = None
    unknown: int = 0
    grants: int = 0  # all of them
    committed: int = 0
    money: Decimal | None = None
    surveys: int = 0
    visits: int = 0


def read_years(scope: Scope) -> list[Year]:
    """The years on record, the newest first. One query."""
    columns = ("kind", "report_year", "rows", "known", "amount")
    (first, *others) = (queryset.values_list(*columns) for queryset in _tallies(scope))
    found: dict[int, dict] = {}
    for kind, year, rows, known, amount in first.union(*others, all=True):
        found.setdefault(year, {})[kind] = (rows, known, amount)
    return [_year(year, kinds) for year, kinds in sorted(found.items(), reverse=True)]


def _tallies(scope: Scope):
    """Of each kind of record, by year: how many, how many of them are counted, and the sum of those."""
    events = Event.objects.held()
    grants, surveys, visits = Grant.objects.all(), Survey.objects.all(), Visit.objects.done()
    if scope.funder:
        events, grants = events.funded_by(scope.funder), grants.funded_by(scope.funder)
        surveys = surveys.filter(funding__funder=scope.funder)
        visits = visits.filter(survey__funding__funder=scope.funder)
    if scope.cut_off:
        events = events.exclude(report_year=scope.year, when_earliest__gt=scope.cut_off)
    committed = Q(status__in=COMMITTED)
    money = Sum("awarded_amount", filter=committed)
    visits = visits.annotate(year=F("survey__report_year")).values("year")
    yield _grouped(events, "events", known=Count("headcount"), amount=Cast(Sum("headcount"), MONEY))
    yield _grouped(grants, "grants", known=Count("pk", filter=committed), amount=Cast(money, MONEY))
    yield _grouped(surveys, "surveys", known=Value(0), amount=Value(None, output_field=MONEY))
    visits = visits.annotate(report_year=F("year"), kind=Value("visits"), rows=Count("pk"), known=Value(0))
    yield visits.annotate(amount=Value(None, output_field=MONEY)).order_by()


def _grouped(queryset, kind: str, **sums):
    return queryset.order_by().values("report_year").annotate(kind=Value(kind), rows=Count("pk"), **sums)


def _year(year: int, kinds: dict[str, tuple]) -> Year:
    events, counted, people = kinds.get("events", (0, 0, None))
    grants, committed, money = kinds.get("grants", (0, 0, None))
    return Year(
        year=year,
        events=events,
        people=int(people) if counted else None,
        unknown=events - counted,
        grants=grants,
        committed=committed,
        money=_known_money(grants, committed, money),
        surveys=kinds.get("surveys", (0,))[0],
        visits=kinds.get("visits", (0,))[0],
    )


def _known_money(grants: int, committed: int, money) -> Decimal | None:
    """Yuan committed: nothing where grants are on record and none of them was committed, None where nobody knows."""
    if money is None:
        return Decimal("0.00") if grants and not committed else None
    return Decimal(money).quantize(CENT)
