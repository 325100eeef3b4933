"""The publications that everybody may read, with their files, and nothing else of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import SuspiciousFileOperation
from django.db.models import OuterRef, Subquery
from django.utils.text import slugify

from activities.models import Event, Publication
from activities.querysets import PublicationQuerySet
from organizations.discretion import tellable

LONGEST_NAME = 60  # characters of a file's name: some systems take no more than 255 bytes


@dataclass(frozen=True)
class Published:
    """One publication. ``of`` are the survey that it came out of and the event at which it was presented, as far as
    they may be named. ``size`` in bytes; None where there is no file."""

    title: str
    slug: str
    when: str
    of: tuple[str, ...]
    kind: str = ""
    size: int | None = None


def in_order() -> PublicationQuerySet:
    """The newest first. Each with the title of its event, if that may be named one by one."""
    event = Event.objects.public().filter(pk=OuterRef("event")).values("title")[:1]
    found = Publication.objects.public().select_related("survey").annotate(event_title=Subquery(event))
    return found.order_by("-published_earliest", "title", "pk")


def published(publications: Sequence[Publication]) -> list[Published]:
    """Of records that ``in_order`` read: one query for all of them."""
    told = tellable({title for one in publications for title in _origins(one)})
    return [
        Published(
            title=one.title,
            slug=one.slug,
            when=one.published_text,
            of=tuple(title for title in _origins(one) if title in told),
            kind=kind(one),
            size=size(one),
        )
        for one in publications
    ]


def _origins(publication: Publication) -> list[str]:
    return [title for title in (publication.survey and publication.survey.title, publication.event_title) if title]


def kind(publication: Publication) -> str:
    return publication.file.name.rpartition(".")[2] if publication.file else ""


def size(publication: Publication) -> int | None:
    """None too where the store has lost it."""
    try:
        return publication.file.size if publication.file else None
    except (OSError, SuspiciousFileOperation):
        return None


def file_name(publication: Publication) -> str:
    """The title, with nothing in it that a path or a header could trip over."""
    title = slugify(publication.title, allow_unicode=True)[:LONGEST_NAME].strip("-_")
    return f"{title or publication.slug}.{kind(publication)}"
