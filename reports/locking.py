"""Which records belong to a report year, which years are published, and what was changed in those, and why."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.db.models import Exists, Max, Model, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.models import (
    Answer,
    Attendance,
    Event,
    EventOrganization,
    Expense,
    Question,
    Survey,
    SurveyTarget,
    Visit,
    WorkArea,
)
from grants.models import Funding, Grant, Payment
from organizations.models import Organization, Region
from reports.footings import FOOTINGS, framed, in_years_of, moved, years_of
from reports.models import Amendment, Edition
from yixin.access.sensitive import sensitive_word
from yixin.fuzzydate import MAX_YEAR, MIN_YEAR
from yixin.locks import Published, Reason, Write
from yixin.text import excerpt

YEAR = "report_year"
MOST_NAMED = 50  # records of one year; more of them are told of together
LONGEST_TITLE = 300

# Every kind of record that belongs to a year, with the columns that lead to its event, survey or grant, and what they
# point to; without any it bears the year itself.
KINDS: dict[type[Model], dict[str, type[Model]]] = {
    Event: {},
    EventOrganization: {"event_id": Event},
    Attendance: {"event_id": Event},
    Expense: {"event_id": Event, "visit_id": Visit},
    Survey: {},
    SurveyTarget: {"survey_id": Survey},
    Question: {"survey_id": Survey},
    Visit: {"survey_id": Survey},
    Answer: {"visit_id": Visit},
    Grant: {},
    Payment: {"grant_id": Grant},
}


def year_of(model: type[Model]) -> str:
    """The lookup of the year, from a record to which others lead."""
    return "survey__report_year" if model is Visit else YEAR


class YearLock:
    """A year is published once there is an edition of any report on it."""

    def keeps(self, model: type[Model]) -> bool:
        return model in KINDS or model in FOOTINGS

    def published(self, writes: Sequence[Write]) -> list[Published]:
        years: set[int] = set().union(*map(framed, writes))
        linked: dict[type[Model], set[int]] = defaultdict(set)
        for write in writes:
            links = KINDS.get(type(write.record))
            if links == {}:  # what was typed may still be any number
                years |= {year for year in write.values(YEAR) if MIN_YEAR <= year <= MAX_YEAR}
            for column, model in (links or {}).items():
                linked[model] |= write.values(column)
        asked = (Q(report__year__in=years) if years else Q()) | in_years_of(writes, "report__year")
        for model, keys in linked.items():
            if keys:
                asked |= Q(report__year__in=model.objects.filter(pk__in=keys).order_by().values(year_of(model)))
        return [Published(*row) for row in newest().filter(asked)] if asked else []

    def amend(self, writes: Sequence[Write], years: set[int], reason: Reason) -> None:
        told = Told(writes)
        signed = {"reason": reason.text, "made_by": reason.by, "made_at": reason.at}
        made: list[Amendment] = []
        for year in sorted(years):
            records = told.of(year)
            if len(records) > MOST_NAMED:
                records = [(reason.together, told.together(len(records)))]
            made += [Amendment(year=year, record=record, title=title, **signed) for record, title in records]
        Amendment.objects.bulk_create(made)


def newest():
    """Year and number of its newest edition, of the report on all its work where there is one."""
    editions = Edition.objects.order_by().values("report__year")
    general = Max("number", filter=Q(report__funder=None))
    return editions.annotate(newest=Coalesce(general, Max("number"))).values_list("report__year", "newest")


class Told:
    """What was written, as it is told: by event, survey and grant, and by what carries figures of a year. Two queries a
    kind at most, whatever the number."""

    def __init__(self, writes: Sequence[Write]):
        self.kinds: dict[type[Model], dict[int, set[type[Model]]]] = defaultdict(lambda: defaultdict(set))
        self.years: dict[tuple[type[Model], int], set[int]] = defaultdict(set)
        of_visits: dict[int, set[type[Model]]] = defaultdict(set)
        for write in writes:
            model = type(write.record)
            if KINDS.get(model) == {}:
                self.kinds[model][write.record.pk].add(model)
                self.years[model, write.record.pk] |= write.values(YEAR)
            for column, root in KINDS.get(model, {}).items():
                for key in write.values(column):
                    (of_visits if root is Visit else self.kinds[root])[key].add(model)
            self._carry(model, write.record.pk, framed(write))
        for model, keys in moved(writes).items():
            for key, year in years_of(model, keys):
                self._carry(model, key, {year})
        for visit, survey in Visit.objects.filter(pk__in=list(of_visits)).order_by().values_list("pk", "survey_id"):
            self.kinds[Survey][survey] |= of_visits[visit]
        self.roots = {model: READERS[model](list(keys)) for model, keys in self.kinds.items()}

    def _carry(self, model: type[Model], key: int, years: set[int]) -> None:
        """A record of no year that carries figures of these."""
        if years:
            self.kinds[model][key].add(model)
            self.years[model, key] |= years

    def of(self, year: int) -> list[tuple[str, str]]:
        """Key and title of each event, survey and grant that belongs, or belonged, to the year, and of what carries its
        figures."""
        told = []
        for model, roots in self.roots.items():
            for root, title in roots:
                if year in self.years[model, root.pk] | {getattr(root, YEAR, None)}:
                    told.append((f"{model._meta.label_lower}:{root.pk}", self._title(root, title)))
        return told

    def _title(self, root: Model, title: str) -> str:
        kinds = self.kinds[type(root)][root.pk]
        parts = [] if type(root) in kinds else sorted(str(label(kind)) for kind in kinds)
        return excerpt(" · ".join([*parts, title]), LONGEST_TITLE)

    def together(self, number: int) -> str:
        kinds = "、".join(str(label(model)) for model in self.roots)
        sentence = ngettext("%(count)s record at once: %(kinds)s", "%(count)s records at once: %(kinds)s", number)
        return sentence % {"count": number, "kinds": kinds}


def label(model: type[Model]) -> str:
    return _("roster") if model is Attendance else model._meta.verbose_name_plural


def events(keys: list[int]) -> list[tuple[Event, str]]:
    """Each with its title; of a sensitive one only its date and work area. One query."""
    nameable = Event.objects.nameable().filter(pk=OuterRef("pk"))
    found = Event.objects.filter(pk__in=keys).select_related("area").order_by("pk").annotate(is_named=Exists(nameable))
    return [
        (event, str(event) if event.is_named and not sensitive_word(event.title) else f"{event.when_text} {event.area}")
        for event in found
    ]


def surveys(keys: list[int]) -> list[tuple[Survey, str]]:
    return [(survey, survey.title) for survey in Survey.objects.filter(pk__in=keys).order_by("pk")]


def grants(keys: list[int]) -> list[tuple[Grant, str]]:
    """Each with recipient and project; of one to a person only the project. One query."""
    found = Grant.objects.filter(pk__in=keys).select_related("organization", "funding").order_by("pk")
    return [(grant, grant_title(grant)) for grant in found]


def grant_title(grant: Grant) -> str:
    recipient, funding = grant.organization, grant.funding
    is_sensitive = bool(recipient and recipient.is_sensitive) or bool(funding and funding.is_sensitive)
    if is_sensitive or sensitive_word(grant.project, recipient and recipient.name):
        return str(_("a grant marked as sensitive"))
    return f"{recipient} · {grant.project}" if recipient else grant.project


def fundings(keys: list[int]) -> list[tuple[Funding, str]]:
    """Each with funder and purpose. One query."""
    return [
        (one, funding_title(one)) for one in Funding.objects.filter(pk__in=keys).select_related("funder").order_by("pk")
    ]


def funding_title(funding: Funding) -> str:
    is_sensitive = funding.is_sensitive or funding.funder.is_sensitive
    if is_sensitive or sensitive_word(funding.purpose, funding.funder.name):
        return str(_("a funding marked as sensitive"))
    return str(funding)


def organizations(keys: list[int]) -> list[tuple[Organization, str]]:
    return [(one, organization_title(one)) for one in Organization.objects.filter(pk__in=keys).order_by("pk")]


def organization_title(organization: Organization) -> str:
    is_sensitive = organization.is_sensitive or sensitive_word(organization.name)
    return str(_("an organisation marked as sensitive")) if is_sensitive else organization.name


def regions(keys: list[int]) -> list[tuple[Region, str]]:
    return [(region, region.name) for region in Region.objects.filter(pk__in=keys).order_by("pk")]


def work_areas(keys: list[int]) -> list[tuple[WorkArea, str]]:
    return [(area, str(area)) for area in WorkArea.objects.filter(pk__in=keys).order_by("pk")]


READERS: dict[type[Model], Callable[[list[int]], list[tuple[Model, str]]]] = {
    Event: events,
    Survey: surveys,
    Grant: grants,
    Funding: fundings,
    Organization: organizations,
    Region: regions,
    WorkArea: work_areas,
}


def amendments(year: int) -> list[Amendment]:
    """What was changed of the year after it was published, the newest first. One query."""
    return list(Amendment.objects.filter(year=year).select_related("made_by"))
