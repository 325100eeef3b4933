"""All that we have to do with one organisation that we stand by, in the order of time. For the staff alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import FilteredRelation, Q, TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from activities.choices import EventStatus, OrganizationRole, TalkKind, VisitStatus
from activities.models import Engagement, Event, Talk, Visit, WorkArea
from activities.timeline import grouped
from grants.amounts import written
from grants.choices import FundingStatus, GrantStatus, PaymentKind
from grants.models import Funding, Grant
from yixin.access.masking import SEE_PERSONAL
from yixin.desk import Reader
from yixin.finding import form_of
from yixin.text import excerpt

LONGEST = 300  # characters of what was said, or of what came of a visit


class Kind(TextChoices):
    TALK = "talk", pgettext_lazy("story", "Talks")
    EVENT = "event", pgettext_lazy("story", "Events and trainings")
    VISIT = "visit", pgettext_lazy("story", "Visits")
    JOINT = "joint", pgettext_lazy("story", "Joint applications")
    GRANT = "grant", pgettext_lazy("story", "Grants and payments")


@dataclass(frozen=True)
class Entry:
    """``day``: where it stands among the others, None for what has no time; ``when``: what a reader sees of it."""

    kind: Kind
    day: date | None
    when: str
    what: str
    title: str
    address: str
    notes: tuple[str, ...] = ()


def tell(engagement: Engagement, reader: Reader) -> list[Entry]:
    """What the reader may see, the newest first; what has no time comes last. One query a kind."""
    readers = {Talk: talks, Event: events, Visit: visits, Funding: joint_applications, Grant: grants}
    sees = {model: model is Talk or reader.may("view", model) for model in readers}
    found = [entry for model, read in readers.items() if sees[model] for entry in read(engagement, reader)]
    return sorted(found, key=lambda entry: -entry.day.toordinal() if entry.day else 0)


def talks(engagement: Engagement, reader: Reader) -> Iterator[Entry]:
    """With whom is personal."""
    address, names = f"{form_of(engagement)}#talks-group", reader.request.user.has_perm(SEE_PERSONAL)
    columns = ("held_on", "kind", "partners", "summary")
    for day, kind, partners, summary in Talk.objects.filter(engagement=engagement).values_list(*columns):
        told = (_("with %(partners)s") % {"partners": partners},) if partners and names else ()
        yield Entry(Kind.TALK, day, _day(day), str(TalkKind(kind).label), excerpt(summary, LONGEST), address, told)


def events(engagement: Engagement, reader: Reader) -> Iterator[Entry]:
    """Those of this standing by, and all others in which the organisation had a part."""
    part = FilteredRelation("parts", condition=Q(parts__organization=engagement.organization_id))
    found = reader.records(Event).annotate(part=part).filter(Q(engagement=engagement) | Q(part__isnull=False))
    columns = ("pk", "when_earliest", "when_text", "title", "status", "area__name", "area__name_en", "part__role")
    rows = found.order_by("-when_earliest", "-pk", "part__pk").values_list(*columns)
    for (key, day, when, title, status, area, area_en), several in grouped(rows):
        roles = [str(OrganizationRole(row[-1]).label) for row in several if row[-1]]
        told = [*roles, *([] if status == EventStatus.HELD else [str(EventStatus(status).label)])]
        kind = str(WorkArea(name=area, name_en=area_en))
        yield Entry(Kind.EVENT, day, when, kind, title, form_of(Event(pk=key)), tuple(filter(None, ["、".join(told)])))


def visits(engagement: Engagement, reader: Reader) -> Iterator[Entry]:
    """One without a date stands at the beginning of its survey."""
    found = reader.records(Visit).filter(organization=engagement.organization_id).select_related("survey")
    for visit in found:
        day, when = visit.when_earliest or visit.survey.period_earliest, visit.when_text or visit.survey.period_text
        told = (str(VisitStatus(visit.status).label), excerpt(visit.outcome, LONGEST))
        what = pgettext("timeline", "Visit")
        yield Entry(Kind.VISIT, day, when, what, str(visit.survey), form_of(visit), tuple(filter(None, told)))


def joint_applications(engagement: Engagement, reader: Reader) -> Iterator[Entry]:
    """Fundings that we applied for together."""
    found = reader.records(Funding).filter(partners=engagement.organization_id).select_related("funder")
    for funding in found:
        told = (str(FundingStatus(funding.status).label), _yuan(funding.amount))
        what = pgettext("story", "Joint application")
        day, when = funding.period_earliest, funding.period_text
        yield Entry(Kind.JOINT, day, when, what, str(funding), form_of(funding), told)


def grants(engagement: Engagement, reader: Reader) -> Iterator[Entry]:
    """Each with its payments. Of the day nothing may be known but the year."""
    columns = ("pk", "project", "status", "awarded_amount", "report_year", "decided_on", "applied_on")
    payments = ("payments__paid_on", "payments__kind", "payments__amount")
    found = reader.records(Grant).filter(organization=engagement.organization_id)
    rows = found.order_by("pk", "payments__paid_on", "payments__pk").values_list(*columns, *payments)
    for (key, project, status, amount, year, decided, applied), several in groupby(rows, lambda row: row[:7]):
        day = decided or applied
        told = [f"{GrantStatus(status).label} · {_yuan(amount)}", *(_payment(*row[7:]) for row in several if row[7])]
        when = _day(day) if day else date_format(date(year, 12, 31), pgettext("date format", "Y"))
        what = pgettext("timeline", "Grant")
        yield Entry(Kind.GRANT, day or date(year, 12, 31), when, what, project, form_of(Grant(pk=key)), tuple(told))


def _payment(day: date, kind: str, amount: Decimal) -> str:
    return f"{_day(day)} {PaymentKind(kind).label} {_yuan(amount)}"


def _yuan(amount: Decimal | None) -> str:
    return _("amount unknown") if amount is None else _("%(amount)s yuan") % {"amount": written(amount)}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
