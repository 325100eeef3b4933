"""What waits for those who record events, visits and standing by; and what the year adds up to."""

from collections.abc import Iterator

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from activities.choices import EventStatus, VisitStatus
from activities.models import Attendance, Engagement, Event, Photo, Visit
from yixin.desk import Asked, Item, Tone, Waiting, page
from yixin.intake.permissions import may_import

TRAINING = "training"  # the area whose events have rosters


def without_headcount() -> Q:
    return Q(status=EventStatus.HELD, headcount=None, when_earliest__lte=timezone.localdate())


def without_region() -> Q:
    return Q(status=EventStatus.HELD, region=None)


def without_roster() -> Q:
    """Trainings that took place. Sensitive ones have none without consent."""
    named = Exists(Attendance.objects.filter(event=OuterRef("pk")))
    held = Q(status=EventStatus.HELD, when_earliest__lte=timezone.localdate())
    return held & Q(area__code=TRAINING, is_sensitive=False) & ~named


def visit_due() -> Q:
    today = timezone.localdate()
    return Q(status=VisitStatus.PLANNED, survey__period_earliest__lte=today, survey__period_latest__gte=today)


def step_due() -> Q:
    today = timezone.localdate()
    return Q(next_due__lte=today) & (Q(closed_on=None) | Q(closed_on__gt=today))


class Missing(Waiting):
    title = gettext_lazy("still missing")
    parameter_name = "missing"
    conditions = {
        "headcount": (gettext_lazy("head-count"), without_headcount),
        "region": (gettext_lazy("region"), without_region),
        "roster": (gettext_lazy("roster"), without_roster),
    }


class VisitWaiting(Waiting):
    title = pgettext_lazy("list of visits", "waiting")
    parameter_name = "waiting"
    conditions = {"due": (gettext_lazy("to be visited in a survey that runs"), visit_due)}


class StepWaiting(Waiting):
    title = pgettext_lazy("list of standing by", "waiting")
    parameter_name = "waiting"
    conditions = {"due": (gettext_lazy("next step is due"), step_due)}


def starts(asked: Asked) -> Iterator[Item]:
    yield from asked.add(Event, _("Add an event"))
    if may_import(asked.request.user, Event):
        yield Item(_("Paste a table"), reverse("admin:import-index"), Tone.START)
    if may_import(asked.request.user, Attendance):
        yield Item(_("Paste a roster"), reverse("admin:import-start", args=["attendance"]), Tone.START)
    yield from asked.add(Visit, _("Record a visit"))
    yield from asked.add(Photo, _("Add a photo"))


def events(asked: Asked) -> Iterator[Item]:
    """One query."""
    if not asked.may("view", Event):
        return
    trainings = Q(area__code=TRAINING)
    found = asked.records(Event).held().in_year(asked.year).aggregate(
        events=Count("pk"), people=Sum("headcount"), trainings=Count("pk", filter=trainings),
        training=Max("area", filter=trainings),
        **{value: Count("pk", filter=Missing.condition(value)) for value in Missing.conditions},
    )  # fmt: skip
    query = {"report_year": asked.year, "status__exact": EventStatus.HELD.value}
    held = page(Event, "changelist", **query)
    of_area = {"area__id__exact": found["training"]} if found["training"] else {}
    trained = page(Event, "changelist", **query, **of_area)
    people = found["people"] if found["events"] else 0
    yield Item(pgettext("desk", "Events"), held, Tone.FIGURE, found["events"])
    yield Item(pgettext("desk", "Person-times"), held, Tone.FIGURE, people)
    yield Item(pgettext("desk", "Trainings"), trained, Tone.FIGURE, found["trainings"])
    yield from _gaps(asked.year, found)


def _gaps(year: int, found: dict[str, int]) -> Iterator[Item]:
    headcount, region, roster = found["headcount"], found["region"], found["roster"]
    label = ngettext("event without a head-count", "events without a head-count", headcount)
    yield _gap("headcount", year, label, headcount, _("how many came; none is not the same as unknown"))
    label = ngettext("training without a roster", "trainings without a roster", roster)
    yield _gap("roster", year, label, roster, _("paste the sign-in sheet on the page of the event"))
    label = ngettext("event without a region", "events without a region", region)
    yield _gap("region", year, label, region, _("otherwise its city shows nothing on the map"))


def _gap(value: str, year: int, label: str, number: int, note: str) -> Item:
    address = page(Event, "changelist", report_year=year, **{Missing.parameter_name: value})
    return Item(label, address, Tone.TASK, number, note)


def newest_year(asked: Asked) -> Iterator[Item]:
    """One query, of an index."""
    if not asked.may("view", Event):
        return
    newest = asked.records(Event).order_by("-report_year").values_list("report_year", flat=True).first()
    if newest:
        yield Item(str(newest), "", Tone.YEAR, newest)


def visits(asked: Asked) -> Iterator[Item]:
    """One query."""
    if not asked.may("view", Visit):
        return
    done = Q(status=VisitStatus.DONE, survey__report_year=asked.year)
    found = asked.records(Visit).aggregate(done=Count("pk", filter=done), due=Count("pk", filter=visit_due()))
    query = {"survey__report_year": asked.year, "status__exact": VisitStatus.DONE.value}
    yield Item(pgettext("desk", "Visits"), page(Visit, "changelist", **query), Tone.FIGURE, found["done"])
    label = ngettext("organisation still to be visited", "organisations still to be visited", found["due"])
    address = page(Visit, "changelist", **{VisitWaiting.parameter_name: "due"})
    yield Item(label, address, Tone.TASK, found["due"], _("in surveys that run today"))


def steps(asked: Asked) -> Iterator[Item]:
    """One query."""
    if not asked.may("view", Engagement):
        return
    due = asked.records(Engagement).filter(step_due()).count()
    label = ngettext("next step of standing by is due", "next steps of standing by are due", due)
    address = page(Engagement, "changelist", **{StepWaiting.parameter_name: "due"})
    yield Item(label, address, Tone.LATE, due, _("record the talk, and what comes next"))


SOURCES = [starts, events, visits, steps, newest_year]
