"""What is old is forgotten: persons with whom there was nothing for so long, and what the table of retention says."""

import logging
from collections.abc import Collection, Iterator
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from organizations.models import Person
from organizations.personal.erasing import erase
from organizations.personal.forgetting import forget, note
from organizations.personal.ties import TIES, forgettable
from yixin import locks
from yixin.access.retention import COVERED, EMPTIED, GONE, aged, columns_by
from yixin.access.sweeping import overwrite_what_goes
from yixin.locks import Reason

log = logging.getLogger(__name__)
PART = 500  # persons at a time


def due(day: date) -> dict[str, int]:
    """How many records of each kind are to be forgotten, by label. Nothing is written."""
    counts = {Person._meta.label_lower: len(forgettable(day))}
    return counts | {model._meta.label_lower: rows.count() for model, rows in aged(day)}


def purge(day: date, reason: Reason) -> dict[str, int]:
    """Forget it, all or nothing; how many of each kind that was. Totals, of every year, stay what they are.

    Who got a grant stands in published editions too, and is erased one by one; all others lose what they are known by.
    """
    overwrite_what_goes()
    with transaction.atomic():
        keys = forgettable(day)
        counts = {Person._meta.label_lower: len(keys)}
        named = _named_in_reports(keys, day)
        for key in named:
            erase(key=key, reason=reason)
        for part in _parts([key for key in keys if key not in named]):
            forget(part, reason)
        counts |= {model._meta.label_lower: _take_out(model, rows, reason) for model, rows in aged(day)}
    log.info("personal data from before %s purged: %s", day, " ".join(f"{k}={n}" for k, n in counts.items()))
    return counts


def _named_in_reports(keys: list[int], day: date) -> set[int]:
    found: set[int] = set()
    for tie in TIES:
        if tie.is_printed and tie.held:
            people = Person.objects.order_by().filter(pk__in=tie.held(day).order_by())
            found |= set(people.values_list("pk", flat=True))
    return found & set(keys)


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + PART] for start in range(0, len(keys), PART))


def _take_out(model: type[Model], rows: QuerySet, reason: Reason) -> int:
    """What the table says of old rows of the model; how many they were."""
    label = model._meta.label_lower
    if columns_by(label, GONE):
        keys = list(rows.order_by().values_list("pk", flat=True))
        for part in _parts(keys):
            model._base_manager.filter(pk__in=part).delete()
        return len(keys)
    emptied, covered = columns_by(label, EMPTIED), columns_by(label, COVERED)
    keys = list(rows.values_list("pk", flat=True))
    for part in _parts(keys):
        note([_emptied(record, emptied, covered) for record in model._base_manager.filter(pk__in=part)], reason)
    return len(keys)


def _emptied(record: Model, emptied: Collection[str], covered: Collection[str]) -> tuple[Model, dict, list[str]]:
    before = locks.columns_of(record)
    filled = [name for name in (*emptied, *covered) if getattr(record, name)]
    for name in filled:
        setattr(record, name, _covering() if name in covered else "")
    return record, before, filled


def _covering() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("(deleted)")
