"""Writing a report: begin it, save its sections, move and delete them. All or nothing, and nobody's text is lost."""

from datetime import date, datetime
from enum import StrEnum

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from organizations.models import Organization
from reports.figures import Figures
from reports.models import AnnualReport, Section
from reports.outline import outline, title_for
from reports.scope import Scope


class Start(StrEnum):
    """What a new report is made from."""

    LAST_YEAR = "last-year"
    OUTLINE = "outline"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


class Stale(Exception):
    """Somebody else was faster, and nothing was written. ``current`` is what stands there now; None: it is gone."""

    def __init__(self, current: Section | None):
        super().__init__(str(current))
        self.current = current


def last_report(year: int, funder: Organization | None) -> AnnualReport | None:
    """The newest earlier report of the same kind: on all the work, or for the same funder. One query."""
    return AnnualReport.objects.filter(year__lt=year, funder=funder).order_by("-year").first()


@transaction.atomic
def begin(*, year: int, funder: Organization | None, start: Start, by: AbstractUser) -> AnnualReport:
    """The year's report with sections to work on. One that has sections already is returned as it is.

    Where there is no earlier report, it begins with the outline. Sections that nobody has edited yet have no
    ``edited_at``. Photos and the cut-off are not taken over.
    """
    last = last_report(year, funder) if start is Start.LAST_YEAR else None
    title = last.title.replace(str(last.year), str(year)) if last else title_for(year, funder)
    report, is_new = AnnualReport.objects.get_or_create(year=year, funder=funder, defaults={"title": title})
    report = locked(report)
    if not report.sections.exists():
        sections = copies(last, report) if last else outlined(report)
        for position, section in enumerate(sections, 1):
            section.position = position
        Section.objects.bulk_create(sections)
    if is_new:
        note(report, by, _("Begun."), ADDITION)
    return report


def note(report: AnnualReport, by: AbstractUser, message: str, action: int = CHANGE) -> None:
    """Add to the report's history in the admin who did what."""
    LogEntry.objects.log_actions(by.pk, [report], action, message, single_object=True)


def locked(report: AnnualReport) -> AnnualReport:
    """The report, for this transaction alone: whoever else orders or fills its sections waits."""
    return AnnualReport.objects.select_for_update().get(pk=report.pk)


def copies(last: AnnualReport, report: AnnualReport) -> list[Section]:
    """The sections of an earlier report; its year becomes the new one in their headings only."""
    return [
        Section(
            report=report,
            heading=section.heading.replace(str(last.year), str(report.year)),
            prose=section.prose,
            table=section.table,
            area_id=section.area_id,
        )
        for section in last.sections.order_by("position", "pk")
    ]


def outlined(report: AnnualReport) -> list[Section]:
    figures = Figures(Scope(report.year, report.funder, report.cut_off))
    return [
        Section(report=report, heading=item.heading, prose=item.prose, table=item.table, area_id=item.area)
        for item in outline(figures)
    ]


@transaction.atomic
def save_report(
    *, report: AnnualReport, seen: tuple[str, date | None], title: str, cut_off: date | None, by: AbstractUser
) -> bool:
    """Whether title and cut-off are stored now: nothing is written where they are no longer those that were seen."""
    current = locked(report)
    if (current.title, current.cut_off) not in (seen, (title, cut_off)):
        return False
    AnnualReport.objects.filter(pk=report.pk).update(title=title, cut_off=cut_off)
    if current.cut_off != cut_off:
        note(report, by, _("Counted until: %(day)s") % {"day": cut_off or _("no cut-off")})
    return True


@transaction.atomic
def add_section(*, report: AnnualReport, by: AbstractUser, now: datetime, **columns) -> Section:
    """A new section at the end. Raises AnnualReport.DoesNotExist if the report is gone."""
    locked(report)
    position = next_position(report)
    return Section.objects.create(report=report, position=position, edited_by=by, edited_at=now, **columns)


def next_position(report: AnnualReport) -> int:
    return (report.sections.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def save_section(*, pk: int, version: int, by: AbstractUser, now: datetime, **columns) -> None:
    """Write the section if it still has that version, in one statement: of two at the same moment one wins.

    Raises Stale otherwise, unless what stands there says the same already, as after a double click.
    """
    stands = Section.objects.filter(pk=pk, version=version)
    if stands.update(version=F("version") + 1, edited_by=by, edited_at=now, **columns):
        return
    current = Section.objects.filter(pk=pk).select_related("edited_by", "area").first()
    if current is None or any(getattr(current, name) != value for name, value in columns.items()):
        raise Stale(current)


@transaction.atomic
def move_section(*, section: Section, direction: Direction, seen: int) -> bool:
    """Change places with the neighbour, by way of a free number; False if it is not where it was ``seen``."""
    locked(section.report)
    places = list(section.report.sections.order_by("position", "pk").values_list("pk", "position"))
    if (section.pk, seen) not in places:
        return False
    index = places.index((section.pk, seen))
    other = index - 1 if direction is Direction.UP else index + 1
    if 0 <= other < len(places):
        neighbour, place = places[other]
        for pk, position in ((section.pk, next_position(section.report)), (neighbour, seen), (section.pk, place)):
            Section.objects.filter(pk=pk).update(position=position)
    return True


@transaction.atomic
def delete_section(*, section: Section, version: int, by: AbstractUser) -> None:
    """Delete what was seen; its photos stay on record, and its text in the history of the report.

    Raises Stale, and deletes nothing, if it was edited since.
    """
    current = Section.objects.select_for_update(of=("self",)).select_related("edited_by").filter(pk=section.pk).first()
    if current is None or current.version != version:
        raise Stale(current)
    message = _("Section “%(heading)s” deleted. Its text was: %(prose)s")
    note(section.report, by, message % {"heading": current.heading, "prose": current.prose})
    current.delete()
