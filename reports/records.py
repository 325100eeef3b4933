"""The records of a year as counting needs them: plain frozen values, read in a few queries whatever their number."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce

from activities.models import Event, EventOrganization
from activities.querysets import EventQuerySet
from grants.choices import COMMITTED, PaymentKind
from grants.models import Grant
from grants.querysets import GrantQuerySet
from organizations.models import Alias, Organization
from organizations.places import city_of
from yixin.access.sensitive import sensitive_word
from yixin.fuzzydate import FuzzyDate, Precision
from yixin.quantities import CENT, HeadCount
from yixin.text import name_key

SHORTEST_NAME = 2  # characters of an organisation's name that is looked for in a title


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
    def told(self) -> tuple[str, ...]:
        """What a table says of it."""
        return (self.title,)

    @property
    def partners(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts)

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
    "engagement__organization_id", "engaged_name", "is_named",
)  # fmt: skip


def read_events(events: EventQuerySet, *, names_checked: bool = False) -> list[EventRecord]:
    """By date, as the tables print them. Two queries. ``names_checked``: find out which may be named in public, with
    one query more."""
    named = Exists(Event.objects.public().filter(pk=OuterRef("pk"))) if names_checked else Value(True)
    engaged = F("engagement__organization__name") if names_checked else Value("")
    events = events.annotate(is_named=named, engaged_name=engaged)
    rows = list(events.in_report_order().values_list(*COLUMNS))
    listed, parts = _links(events) if rows else ({}, {})
    found = [_event(row, listed, parts) for row in rows]
    return with_names_checked(found) if names_checked else found


def with_names_checked(records: "list[Record]") -> "list[Record]":
    """A word that gives it away, in a title or in the name of an organisation, counts as sensitive, although nobody
    marked it; and so does a title that names a sensitive organisation. One query."""
    told = "\n".join(key for record in records for key in map(name_key, record.told))
    secret = [name for name in secret_names() if name in told] if records else []
    return [replace(record, is_named=record.is_named and not _is_telling(record, secret)) for record in records]


def _is_telling(record: "Record", secret: list[str]) -> bool:
    if sensitive_word(*record.told, *record.partners):
        return True
    return any(name in key for key in map(name_key, record.told) for name in secret)


def secret_names() -> set[str]:
    """Keys of all names of the sensitive organisations. One query."""
    names = Organization.objects.filter(is_sensitive=True).order_by().values_list("name_key")
    others = Alias.objects.filter(organization__is_sensitive=True).order_by().values_list("name_key")
    return {key for (key,) in names.union(others) if len(key) >= SHORTEST_NAME}


def _event(row: tuple, listed: dict[int, set[int]], parts: dict[int, list[Part]]) -> EventRecord:
    pk, text, earliest, latest, precision, title, number, estimated, area, place, code, level, *rest = row
    our_role, course, engaged, engaged_name, is_named = rest
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
        is_named=bool(is_named) and not sensitive_word(engaged_name),
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
    def told(self) -> tuple[str, ...]:
        """What a public table says of it."""
        return self.recipient, self.project

    @property
    def partners(self) -> tuple[str, ...]:
        return ()

    @property
    def is_committed(self) -> bool:
        return self.status in COMMITTED


Record = TypeVar("Record", EventRecord, GrantRecord)


def read_grants(grants: GrantQuerySet, *, names_checked: bool = False) -> list[GrantRecord]:
    """As they were entered. One query; one more with ``names_checked``."""
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
    return with_names_checked(found) if names_checked else found


def _grant(row: tuple) -> GrantRecord:
    *own, funding, funder, paid, returned, is_named, payments = row
    nothing = Decimal("0.00") if payments else None
    sums = [nothing if amount is None else Decimal(amount).quantize(CENT) for amount in (paid, returned)]
    return GrantRecord(*own, funding, funder or "", *sums, bool(is_named))
