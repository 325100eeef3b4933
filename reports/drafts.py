"""The report on a year as it is being written: its sections, and what was published of it last."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from activities.models import Photo
from organizations.models import Organization
from reports.models import Acceptance, AnnualReport, Edition, Section


@dataclass(frozen=True)
class Draft:
    """``report`` None: nobody has begun it, and there are only tables."""

    report: AnnualReport | None = None
    sections: tuple[Section, ...] = ()
    has_notes: bool = False  # whether any answer to a finding is to be printed, outdated or not
    edition: int = 0  # the newest one; 0: nothing was published
    published_at: datetime | None = None
    content_sha256: str = field(default="", repr=False)


def read_draft(year: int, funder: Organization | None = None) -> Draft:
    """One query for the report with its sections; one more each where there are photos, or no section yet."""
    sections = Section.objects.filter(report__year=year, report__funder=funder).select_related("report", "area")
    has_photo = Section.photos.through.objects.filter(section=OuterRef("pk"))
    sections = list(_with_edition(sections, "report").annotate(has_photo=Exists(has_photo)))
    found = sections[0] if sections else _with_edition(_reports(year, funder), "pk").first()
    if found is None:
        return Draft()
    report = found.report if isinstance(found, Section) else found
    _fetch_photos(sections)
    return Draft(
        report=report,
        sections=tuple(sections),
        has_notes=found.has_note,
        edition=found.newest_number or 0,
        published_at=found.newest_at,
        content_sha256=found.newest_content or "",
    )


def _reports(year: int, funder: Organization | None) -> QuerySet[AnnualReport]:
    return AnnualReport.objects.filter(year=year, funder=funder)


def _with_edition(queryset: QuerySet, report: str) -> QuerySet:
    newest = Edition.objects.filter(report=OuterRef(report)).order_by("-number")
    return queryset.annotate(
        newest_number=Subquery(newest.values("number")[:1]),
        newest_at=Subquery(newest.values("published_at")[:1]),
        newest_content=Subquery(newest.values("content_sha256")[:1]),
        has_note=Exists(Acceptance.objects.filter(report=OuterRef(report), is_printed=True)),
    )


def _fetch_photos(sections: list[Section]) -> None:
    """In the order in which they were added to their section."""
    shown = [section for section in sections if section.has_photo]
    placed = Section.photos.through.objects.filter(section__in=shown).order_by("pk") if shown else []
    photos = Photo.objects.in_bulk([row.photo_id for row in placed]) if shown else {}
    for section in sections:
        section.pictures = [photos[row.photo_id] for row in placed if row.section_id == section.pk]
