"""Everything that is kept about one person, as lines that they can read: for whoever asks what the hub holds."""

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organizations.merging.relations import relations
from organizations.merging.rows import record_of
from organizations.models import Merger, Person
from organizations.personal.erasing import plan
from yixin.access.masking import SEE_PERSONAL
from yixin.access.models import Revision, Sighting
from yixin.access.showing import note
from yixin.history import kept_columns
from yixin.intake.exports import File, cell, log_export
from yixin.intake.longsheet import workbook
from yixin.intake.permissions import EXPORT_PERSONAL
from yixin.intake.writing import XLSX, Value

JSON = "application/json"
KINDS = {"xlsx": XLSX, "json": JSON}
DEEPEST = 2  # links: a payment of a grant to the person


@dataclass(frozen=True)
class Line:
    kind: str
    number: int
    column: str
    value: Value


def may_take_everything(user) -> bool:
    return user.has_perms([SEE_PERSONAL, EXPORT_PERSONAL])


def take_everything(*, person: Person, kind: str, user, now: datetime, also: tuple[str, ...] = ()) -> File:
    """In the language of the site. Leaves a line in both logs: of what was seen and of what was taken out. Raises
    PermissionDenied, and leaves none, where the user may not take it."""
    if not may_take_everything(user):
        raise PermissionDenied(_("You may not take personal data out."))
    with translation.override(settings.LANGUAGE_CODE):
        found = list(lines(person, also))
        content = as_json(found) if kind == "json" else as_workbook(found)
        title = _("Everything on person %(number)s") % {"number": person.pk}
    note(user, person)
    log_export(Person, kind=kind, rows=len(found), user=user, now=now)
    day = f"{timezone.localtime(now):%Y-%m-%d}"
    return File(f"{title}-{day}.{kind}", f"person-{person.pk}-{day}.{kind}", KINDS[kind], content)


def as_workbook(found: list[Line]) -> bytes:
    labels = [_("kind of record"), _("number"), _("column"), _("content")]
    return workbook(_("Everything"), labels, map(astuple, found))


def as_json(found: list[Line]) -> bytes:
    """By kind and number of the record; a column of which there are several is a list."""
    told: dict[str, dict[str, dict[str, object]]] = {}
    for line in found:
        record = told.setdefault(line.kind, {}).setdefault(str(line.number), {})
        value = line.value if line.value is None or isinstance(line.value, int) else str(line.value)
        record.setdefault(line.column, []).append(value)
    for records in told.values():
        for record in records.values():
            record |= {column: values[0] for column, values in record.items() if len(values) == 1}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def lines(person: Person, also: tuple[str, ...] = ()) -> Iterator[Line]:
    """The person's own columns, all records that lead to them, texts that name them, and both logs."""
    yield from _columns(person)
    yield from _leading_to([person], DEEPEST)
    yield from _put_aside(person)
    for place in plan(person, also).places:
        for text in place.texts:
            yield Line(
                _("Told in: %(kind)s") % {"kind": place.kind}, place.record, str(place.column.verbose_name), text
            )
    yield from _history(person)


def _columns(record: Model, *, is_put_aside: bool = False) -> Iterator[Line]:
    """What a record that was put aside led to may be gone."""
    kind = str(capfirst(record._meta.verbose_name))
    told = _("Put aside by a merge: %(kind)s") % {"kind": kind} if is_put_aside else kind
    for field in kept_columns(type(record)):
        value = None if is_put_aside and field.is_relation else cell(field, record)
        if value not in (None, ""):
            yield Line(told, record.pk, str(field.verbose_name), value)


def _leading_to(records: list[Model], depth: int) -> Iterator[Line]:
    """A query for each kind of link."""
    if not (records and depth):
        return
    for column in relations(type(records[0])):
        if column.model._meta.auto_created:
            continue
        found = list(column.model._base_manager.filter(**{f"{column.name}__in": records}).order_by("pk"))
        for record in found:
            yield from _columns(record)
        yield from _leading_to(found, depth - 1)


def _put_aside(person: Person) -> Iterator[Line]:
    """What led to the person until a merge put it aside, and would again if that were undone."""
    links = {(column.model, column.attname) for column in relations(Person)}
    for merger in Merger.objects.exclude(dropped=[]).order_by("pk"):
        for told in merger.dropped:
            model = apps.get_model(told["model"])
            for record in (record_of(model, row) for row in told["rows"]):
                if any(one is model and getattr(record, name) == person.pk for one, name in links):
                    yield from _columns(record, is_put_aside=True)


def _history(person: Person) -> Iterator[Line]:
    about = {"model": Person._meta.label_lower, "record": person.pk}
    for one in Revision.objects.filter(**about).select_related("made_by").order_by("pk"):
        names = "、".join(str(_label(one.model, name)) for name in one.changes)
        yield _said(_("History"), one.pk, one.made_at, one.made_by, f"{one.get_act_display()} {names}")
    kind = ContentType.objects.get_for_model(Person)
    for one in (
        LogEntry.objects.filter(content_type=kind, object_id=str(person.pk)).select_related("user").order_by("pk")
    ):
        yield _said(_("Log of actions"), one.pk, one.action_time, one.user, one.get_change_message())
    for one in Sighting.objects.filter(**about).select_related("user").order_by("pk"):
        yield _said(_("Seen in full"), one.pk, one.seen_at, one.user, "")


def _said(kind: str, number: int, at: datetime, by: Model | None, text: str) -> Line:
    return Line(kind, number, f"{timezone.localtime(at):%Y-%m-%d %H:%M}", f"{by or ''} {text}".strip())


def _label(label: str, name: str) -> str:
    columns = {field.name: field.verbose_name for field in apps.get_model(label)._meta.concrete_fields}
    return columns.get(name, name)
