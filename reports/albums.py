"""The photos of a section: which are taken in, in which order they stand, and what is said under them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from activities.models import Event, Photo
from reports.models import Section
from reports.scope import Scope
from yixin.images import cleaned
from yixin.text import excerpt

MOST_PHOTOS = 40  # of one section
MOST_AT_ONCE = 20  # files of one upload
PLACED = Section.photos.through
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")


@dataclass(frozen=True)
class Refused:
    """One file that was not taken, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}" if self.name else self.reason


@dataclass(frozen=True)
class Caption:
    """What somebody wrote under a photo, and what stood there when they did."""

    photo: int
    text: str
    seen: str


def choosable(scope: Scope) -> QuerySet[Photo]:
    """Those of the year's events, and those of no event; the newest first."""
    of_the_year = Q(event__in=scope.all_events().order_by().values("pk"))
    return Photo.objects.filter(of_the_year | Q(event=None)).select_related("event").order_by("-pk")


def sorted_out(files: Iterable[UploadedFile]) -> tuple[list, list[Refused]]:
    """The pictures, cleaned and ready to be stored, and what is none of that."""
    pictures, refused = [], []
    for file in files:
        try:
            refuse_unreadable(file)
            pictures.append(cleaned(file))
        except ValidationError as error:
            refused.append(Refused(excerpt(file.name), " ".join(error.messages)))
    return pictures, refused


def refuse_unreadable(file: UploadedFile) -> None:
    """Say more than that it cannot be read, where more is known."""
    if not file.size:
        raise ValidationError(_("The file is empty. Fetch it from the phone or camera once more."))
    file.seek(0)
    if file.read(12)[4:] in HEIC:
        raise ValidationError(
            _("This is an iPhone's HEIC picture. Send it to yourself by WeChat and save it there: that makes a JPEG.")
        )


@transaction.atomic
def add_photos(
    *, section: Section, pictures: Sequence, caption: str, event: Event | None, consented_on: date | None
) -> list[Photo]:
    """Store the pictures and put them at the end of the section. Raises ValidationError for too many."""
    photos = [Photo(image=image, caption=caption, event=event, consented_on=consented_on) for image in pictures]
    refuse_too_many(section, len(photos))
    Photo.objects.bulk_create(photos)
    PLACED.objects.bulk_create([PLACED(section=section, photo=photo) for photo in photos])
    return photos


@transaction.atomic
def choose_photos(*, section: Section, photos: Iterable[Photo]) -> int:
    """Put photos that are on record at the end of the section; how many were not there yet."""
    there = set(placed(section))
    new = [photo for photo in photos if photo.pk not in there]
    refuse_too_many(section, len(new))
    PLACED.objects.bulk_create([PLACED(section=section, photo=photo) for photo in new])
    return len(new)


def placed(section: Section) -> list[int]:
    """Keys of the section's photos in order, for this transaction alone. Raises Section.DoesNotExist."""
    Section.objects.select_for_update().get(pk=section.pk)
    return list(PLACED.objects.filter(section=section).order_by("pk").values_list("photo_id", flat=True))


def refuse_too_many(section: Section, new: int) -> None:
    there = len(placed(section))
    if there + new > MOST_PHOTOS:
        raise ValidationError(
            _("A section holds at most %(most)s photos. It has %(there)s; %(new)s more are too many. None was taken."),
            params={"most": MOST_PHOTOS, "there": there, "new": new},
        )


@transaction.atomic
def move_photo(*, section: Section, photo: int, step: int) -> None:
    """One place towards the front (-1) or the end (1); nothing where there is no such place or photo."""
    order = placed(section)
    if photo not in order:
        return
    place = order.index(photo)
    other = place + step
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        PLACED.objects.filter(section=section).delete()
        PLACED.objects.bulk_create([PLACED(section=section, photo_id=key) for key in order])


@transaction.atomic
def take_out(*, section: Section, photo: int) -> None:
    """The photo stays on record."""
    placed(section)
    PLACED.objects.filter(section=section, photo_id=photo).delete()


@transaction.atomic
def write_captions(*, section: Section, captions: Iterable[Caption]) -> list[Caption]:
    """Store those that were changed; returns those that somebody else had changed meanwhile, which stay as they are."""
    own, stale = set(placed(section)), []
    for caption in captions:
        if caption.photo in own and caption.text != caption.seen:
            photos = Photo.objects.filter(pk=caption.photo, caption__in=(caption.seen, caption.text))
            if not photos.update(caption=caption.text):
                stale.append(caption)
    return stale
