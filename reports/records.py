"""The records of a year as counting needs them: plain frozen values, read in a few queries whatever their number."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce

from activities.models import Event, EventOrganization
from activities.querysets import EventQuerySet
from grants.choices import COMMITTED, PaymentKind
from grants.models import Grant
from grants.querysets import GrantQuerySet
from organizations.places import city_of
from yixin.access.sensitive import sensitive_word
from yixin.fuzzydate import FuzzyDate, Precision
from yixin.quantities import CENT, HeadCount


@dataclass(frozen=True)
class Part:
    """One organisation at an event."""

    organization: int
    name: str
    role: str


@dataclass(frozen=True)
class EventRecord:
    """One held event. ``people`` None: nobody counted. ``printed_in`` are the areas whose tables print it.

    ``is_named`` False: it may stand only inside totals where the public reads.
    """

    pk: int
    when: FuzzyDate
    title: str
    people: HeadCount | None
    area: int
    printed_in: frozenset[int]
    region: str
    city: str
    our_role: str
    course: int | None
    engaged: int | None  # the organisation that it stands by
    parts: tuple[Part, ...]
    is_named: bool

    def __str__(self) -> str:
        return f"{self.when} {self.title}"

    @property
    def key(self) -> str:
        return f"activities.event:{self.pk}"

    @property
    def headcount(self) -> int | None:
        return self.people.number if self.people else None

    @property
    def starts_on(self) -> date:
        return self.when.earliest

    @property
    def organizations(self) -> frozenset[int]:
        """Those that took part, and the one that it stood by."""
        engaged = {self.engaged} if self.engaged else set()
        return frozenset({part.organization for part in self.parts} | engaged)


COLUMNS = (
    "pk", "when_text", "when_earliest", "when_latest", "when_precision", "title", "headcount",
    "headcount_is_estimated", "area_id", "region__name", "region__code", "region__level", "our_role", "course_id",
    "engagement__organization_id", "is_named",
)  # fmt: skip


def read_events(events: EventQuerySet, *, names_checked: bool = False) -> list[EventRecord]:
    """By date, as the tables print them. Two queries. ``names_checked``: find out which may be named in public."""
    named = Exists(Event.objects.public().filter(pk=OuterRef("pk"))) if names_checked else Value(True)
    rows = list(events.annotate(is_named=named).in_report_order().values_list(*COLUMNS))
    listed, parts = _links(events) if rows else ({}, {})
    found = [_event(row, listed, parts) for row in rows]
    return [replace(event, is_named=is_nameable(event)) for event in found] if names_checked else found


def is_nameable(record: "EventRecord | GrantRecord") -> bool:
    """A title that gives it away counts as sensitive, although nobody marked it."""
    title = record.title if isinstance(record, EventRecord) else record.project
    return record.is_named and not sensitive_word(title)


def _event(row: tuple, listed: dict[int, set[int]], parts: dict[int, list[Part]]) -> EventRecord:
    pk, text, earliest, latest, precision, title, number, estimated, area, place, code, level, *rest = row
    our_role, course, engaged, is_named = rest
    return EventRecord(
        pk=pk,
        when=FuzzyDate(text, earliest, latest, Precision(precision)),
        title=title,
        people=None if number is None else HeadCount(number, estimated),
        area=area,
        printed_in=frozenset({area, *listed.get(pk, ())}),
        region=place or "",
        city=city_of(code, level),
        our_role=our_role,
        course=course,
        engaged=engaged,
        parts=tuple(parts.get(pk, ())),
        is_named=bool(is_named),
    )


def _links(events: EventQuerySet) -> tuple[dict[int, set[int]], dict[int, list[Part]]]:
    """By event: the further areas that print it, and the organisations that took part. One query for both."""
    columns = ("event_id", "other", "name", "part")
    listings = Event.also_listed_in.through.objects.filter(event__in=events).order_by()
    listings = listings.annotate(other=F("workarea_id"), name=Value(""), part=Value(""))
    parts = EventOrganization.objects.filter(event__in=events).order_by()
    parts = parts.annotate(other=F("organization_id"), name=F("organization__name"), part=F("role"))
    listed: dict[int, set[int]] = {}
    found: dict[int, list[Part]] = {}
    for event, other, name, role in listings.values_list(*columns).union(parts.values_list(*columns), all=True):
        if role:
            found.setdefault(event, []).append(Part(other, name, role))
        else:
            listed.setdefault(event, set()).add(other)
    for several in found.values():
        several.sort(key=lambda part: (part.organization, part.role))
    return listed, found


@dataclass(frozen=True)
class GrantRecord:
    """One grant. Amounts in yuan; None is unknown. ``paid`` and ``returned`` are None without any payment."""

    pk: int
    recipient: str
    organization: int | None  # None: it went to a person
    project: str
    requested: Decimal | None
    amount: Decimal | None
    status: str
    remark: str
    funding: int | None
    funder: str
    paid: Decimal | None
    returned: Decimal | None
    is_named: bool

    @property
    def key(self) -> str:
        return f"grants.grant:{self.pk}"

    @property
    def is_committed(self) -> bool:
        return self.status in COMMITTED


def read_grants(grants: GrantQuerySet, *, names_checked: bool = False) -> list[GrantRecord]:
    """As they were entered. One query."""
    named = Exists(Grant.objects.public().filter(pk=OuterRef("pk"))) if names_checked else Value(True)
    rows = grants.order_by("pk").annotate(
        recipient_name=Coalesce("organization__name", "person__name"),
        payment_count=Count("payments"),
        paid=Sum("payments__amount", filter=Q(payments__kind=PaymentKind.INSTALMENT)),
        returned=Sum("payments__amount", filter=Q(payments__kind=PaymentKind.REFUND)),
        is_named=named,
    )
    columns = ("pk", "recipient_name", "organization_id", "project", "requested_amount", "awarded_amount", "status")
    columns += ("remark", "funding_id", "funding__funder__name", "paid", "returned", "is_named", "payment_count")
    found = [_grant(row) for row in rows.values_list(*columns)]
    return [replace(grant, is_named=is_nameable(grant)) for grant in found] if names_checked else found


def _grant(row: tuple) -> GrantRecord:
    *own, funding, funder, paid, returned, is_named, payments = row
    nothing = Decimal("0.00") if payments else None
    sums = [nothing if amount is None else Decimal(amount).quantize(CENT) for amount in (paid, returned)]
    return GrantRecord(*own, funding, funder or "", *sums, bool(is_named))
