"""Personal data in the staff's site: masked in every list, in full on the record's own form, and then noted who saw it;
and no names of people in the log of what was done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst

from yixin.access.levels import Level, level_of
from yixin.access.masking import SEE_PERSONAL, column, filled, masks
from yixin.access.models import Sighting


class Masking:
    """Put around the admin of every model of ours, so that no list or form of theirs can leave it out."""

    def get_list_display(self, request):
        found, kinds = super().get_list_display(request), masks(self.model)
        return [column(self.model, name) if name in kinds else name for name in found]

    def get_fieldsets(self, request, obj=None):
        closed = self.kept_masked(request, obj)
        found = super().get_fieldsets(request, obj)
        return [(title, options | {"fields": self._with_masks(options["fields"], closed)}) for title, options in found]

    def get_readonly_fields(self, request, obj=None):
        closed = self.kept_masked(request, obj)
        return [*super().get_readonly_fields(request, obj), *(column(self.model, name) for name in closed)]

    def render_change_form(self, request, context, *args, **kwargs):
        record = kwargs.get("obj")
        is_seen = request.method != "POST" or shows_stored(context["adminform"].form)
        if record is not None and is_seen and filled(record) and not self.kept_masked(request, record):
            note(request.user, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def kept_masked(self, request, obj: Model | None) -> list[str]:
        """What the user may not see in full, nor write over. What is empty they may fill in."""
        return [] if obj is None or request.user.has_perm(SEE_PERSONAL) else filled(obj)

    def _with_masks(self, fields: Iterable, closed: list[str]) -> list:
        """Fields that stand in one line are a sequence of their own."""
        return [
            (column(self.model, name) if name in closed else name)
            if isinstance(name, str) or callable(name)
            else self._with_masks(name, closed)
            for name in fields
        ]


def shows_stored(form) -> bool:
    """Whether a form that came back shows, beside what was typed, personal data that is stored."""
    return bool(form.contested.keys() & masks(form._meta.model).keys())


def note(user, *records: Model) -> None:
    """Somebody is shown personal data of the records in full. The one thing that is written when a page is opened."""
    seen = dict.fromkeys((record._meta.label_lower, record.pk) for record in records)
    at = timezone.now()
    Sighting.objects.bulk_create(Sighting(user=user, seen_at=at, model=label, record=key) for label, key in seen)


class Unnamed:
    """Put around the admin of every model of ours: the log of what was done says “person 12” instead of the name."""

    def log_addition(self, request, obj, message):
        return super().log_addition(request, without_name(obj), message)

    def log_change(self, request, obj, message):
        return super().log_change(request, without_name(obj), message)

    def log_deletions(self, request, queryset):
        return super().log_deletions(request, [without_name(record) for record in queryset])

    def construct_change_message(self, request, form, formsets, add=False):
        """Django tells of each row of the tables inside the form by what it is called."""
        message = super().construct_change_message(request, form, formsets, add)
        told = (said for entry in message for said in entry.values() if "object" in said)
        for said, record in zip(told, _rows(formsets or ()), strict=True):
            said["object"] = str(without_name(record))
        return message


def _rows(formsets: Iterable) -> Iterator[Model]:
    """In the order in which Django tells of them."""
    for formset in formsets:
        yield from formset.new_objects
        yield from (record for record, _changed in formset.changed_objects)
        yield from formset.deleted_objects


@dataclass(frozen=True)
class Nameless:
    """A record as the log reads it. ``pk``: None once it is deleted."""

    record: Model

    @property
    def pk(self) -> Any:
        return self.record.pk

    @property
    def _meta(self):
        return self.record._meta

    def __str__(self) -> str:
        return f"{capfirst(self._meta.verbose_name)} {self.pk or ''}".strip()


def without_name(record: Model) -> Model | Nameless:
    """The record, or what stands for it in the log where it is called by the name of a person."""
    return Nameless(record) if is_called_by_a_name(type(record)) else record


def is_called_by_a_name(model: type[Model]) -> bool:
    """Whether a record's text may name a person: no public title, and personal, or linked to somebody."""
    if model._meta.app_label not in settings.YIXIN_APPS:
        return False
    levels = {field.name: level_of(model, field.name) for field in model._meta.concrete_fields if not field.primary_key}
    if any(levels.get(name) == Level.PUBLIC for name in ("name", "title")):
        return False
    return min(levels.values()) >= Level.PERSONAL or _leads_to_a_person(model)


def _leads_to_a_person(model: type[Model], depth: int = 2) -> bool:
    """By a personal link, or by one to what has no name or title of its own. Accounts are no persons of ours."""
    links = [field for field in model._meta.concrete_fields if field.is_relation and field.related_model is not model]
    links = [field for field in links if field.related_model._meta.app_label in settings.YIXIN_APPS]
    if any(level_of(model, field.name) >= Level.PERSONAL for field in links):
        return True
    return depth > 0 and any(
        _leads_to_a_person(field.related_model, depth - 1) for field in links if not _has_a_name(field.related_model)
    )


def _has_a_name(model: type[Model]) -> bool:
    return any(field.name in ("name", "title") for field in model._meta.concrete_fields)
