"""The history of a record as the staff's site writes it down and shows it: mixed into the admin of every model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db.models import Field, Model, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yixin import history
from yixin.access.models import Act, Revision
from yixin.access.showing import without_name
from yixin.access.territories import Own, confined, is_closed
from yixin.history import IMPORT, UNTOLD, Done, between, values_of

PAGE = 100


class Histories:
    """Mixed into the admin of every model, below whatever else is done when a record is stored or deleted."""

    object_history_template = "admin/record_history.html"

    def get_object(self, request, object_id, from_field=None):
        """How it was is noted before any form writes into it."""
        record = super().get_object(request, object_id, from_field)
        if record is not None and request.method == "POST":
            request.values_before = values_of(record)
        return record

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record = form.instance
        before = getattr(request, "values_before", {}) if change else {}
        changes = between(before, values_of(record)) | beside_columns(form)
        for table in formsets:
            changes |= of_rows(table)
        if changes or not change:
            history.keep([Done(record, Act.CHANGED if change else Act.ADDED, changes)], by=request.user)

    def delete_model(self, request, obj):
        history.keep([history.deleted(obj)], by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        history.keep([history.deleted(record) for record in queryset], by=request.user)
        super().delete_queryset(request, queryset)

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        context = getattr(response, "context_data", None)
        if context and "object" in context:
            record = context["object"]
            kept = Revision.objects.filter(model=self.opts.label_lower, record=record.pk).select_related("made_by")
            paginator = Paginator(kept, PAGE)
            page = paginator.get_page(request.GET.get(context["page_var"]))
            imports = self.admin_site.get_model_admin(apps.get_model("intake.Intake"))
            sees_imports = imports.has_view_permission(request)
            reading = Reading(self.model, page.object_list, sees_imports=sees_imports, own=confined(request.user))
            context |= {"page": page, "entries": reading.entries}
            context |= {"page_range": paginator.get_elided_page_range(page.number)}
        return response


def beside_columns(form) -> dict[str, tuple[Any, Any]]:
    """What the form changed that is no column: links to many, and answers, which are told by their label."""
    found, meta = {}, form.instance._meta
    many = {one.name for one in meta.many_to_many}
    columns = {one.name for one in meta.concrete_fields}
    for name in form.changed_data:
        if name in many:
            found[name] = (form.initial.get(name) or [], list(form.cleaned_data[name]))
        elif name not in columns and not name.startswith("_") and not is_property(form.instance, name):
            found[str(form.fields[name].label)] = UNTOLD
    return found


def is_property(record: Model, name: str) -> bool:
    return isinstance(getattr(type(record), name, None), property)


def of_rows(table) -> dict[str, tuple[Any, Any]]:
    """The columns of rows, called like grants.payment:3:amount, and rows that came or went, like grants.payment:3."""
    label, found = table.model._meta.label_lower, {}
    forms = {id(form.instance): form for form in table.initial_forms}
    for record, changed in getattr(table, "changed_objects", ()):
        values, initial = values_of(record), forms[id(record)].initial
        found |= {
            f"{label}:{record.pk}:{name}": (initial.get(name), values[name]) for name in changed if name in values
        }
    for record in getattr(table, "new_objects", ()):
        found |= history.row_added(record)
        found |= {f"{label}:{record.pk}:{name}": ("", value) for name, value in open_values(table, record)}
    for record in getattr(table, "deleted_objects", ()):
        # Django has taken the key away from what it deleted; the form still holds it.
        key = forms[id(record)].fields[table.model._meta.pk.name].initial
        found[f"{label}:{key}"] = ("", Act.DELETED)
        found |= {f"{label}:{key}:{name}": (value, "") for name, value in open_values(table, record)}
    return found


def open_values(table, record: Model) -> Iterable[tuple[str, Any]]:
    """What is filled in and may be told."""
    for name, value in values_of(record).items():
        if name != table.fk.name and history.is_open(type(record), name) and value not in (None, ""):
            yield name, value


# Reading it


@dataclass(frozen=True)
class Entry:
    revision: Revision
    lines: Sequence[str]
    is_imported: bool
    imported: str  # the address of the import that did it; "" for who may not see that

    @property
    def act(self) -> str:
        return self.revision.get_act_display()

    @property
    def who(self) -> str:
        return self.revision.made_by.get_username() if self.revision.made_by else _("the command line")


class Reading:
    """Revisions in words. What links lead to is looked up all at once: a query for each kind of record.

    ``own``: what a volunteer is confined to. They read nothing of a column that their forms hide, and of what lies in
    another city only its number.
    """

    def __init__(
        self, model: type[Model], revisions: Iterable[Revision], *, sees_imports: bool = False, own: Own | None = None
    ):
        self.model, self.revisions, self.sees_imports, self.own = model, list(revisions), sees_imports, own
        self.names = self._names()
        self.entries = [self._entry(revision) for revision in self.revisions]

    def _entry(self, revision: Revision) -> Entry:
        names = filter(self._is_told, revision.changes.keys() - {IMPORT})
        names = sorted(names, key=lambda name: (self._place(name), name))
        lines = [self._line(name, revision.changes[name]) for name in names]
        number = revision.changes.get(IMPORT)
        address = reverse("admin:intake_intake_change", args=[number[1]]) if number and self.sees_imports else ""
        return Entry(revision, lines, number is not None, address)

    def _is_told(self, name: str) -> bool:
        column = self._column(name)[0] if self.own else None
        return column is None or not is_closed(column.model, column.name)

    def _place(self, name: str) -> tuple[int, str, int]:
        """Columns in their own order, then the rows inside: PostgreSQL keeps no order of what was stored."""
        column = self._column(name)[0]
        is_row, places = name.count(":") > 0, [*(column.model._meta.get_fields() if column else ())]
        row = name.rpartition(":")[0] if name.count(":") > 1 else name
        return int(is_row), row if is_row else "", places.index(column) if column else -1

    def _line(self, name: str, pair: list[str] | None) -> str:
        column, label = self._column(name)
        if pair is None:
            return _("%(field)s: changed; the value is not kept") % {"field": label}
        if name.count(":") == 1:
            return in_row(label, dict(Act.choices).get(pair[1], pair[1]))
        before, after = (self._value(column, text) or _("nothing") for text in pair)
        return _("%(field)s: %(before)s → %(after)s") % {"field": label, "before": before, "after": after}

    def _column(self, name: str) -> tuple[Field | None, str]:
        """The column and what it is called, with the row of a table inside the record."""
        label, _colon, rest = name.partition(":")
        if not rest:
            found = column_of(self.model, name)
            return found, capfirst(found.verbose_name) if found else name
        number, _colon, inside = rest.partition(":")
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            return None, name
        row = f"{capfirst(model._meta.verbose_name)} {number}"
        found = column_of(model, inside) if inside else None
        return found, in_row(row, found.verbose_name) if found else row

    def _value(self, column: Field | None, text: str) -> str:
        if column is None or not text:
            return text
        if column.is_relation:
            return "、".join(self.names.get((column.related_model, key), key) for key in text.split(","))
        if column.get_internal_type() == "BooleanField":
            return _("yes") if text == "True" else _("no")
        return str(dict(column.flatchoices).get(text, text)) if column.choices else text

    def _names(self) -> dict[tuple[type[Model], str], str]:
        wanted: dict[type[Model], set[int]] = {}
        for revision in self.revisions:
            for name, pair in revision.changes.items():
                column = None if pair is None or name == IMPORT else self._column(name)[0]
                if column is not None and column.is_relation:
                    keys = [key for text in pair for key in text.split(",") if key.isdecimal()]
                    wanted.setdefault(column.related_model, set()).update(map(int, keys))
        return {
            (model, str(record.pk)): called(record)
            for model, keys in wanted.items()
            for record in self._seen(model).select_related(*links_of(model)).filter(pk__in=keys)
        }

    def _seen(self, model: type[Model]) -> QuerySet:
        every = model._base_manager.all()
        return every if self.own is None else every.filter(self.own.inside(model))


def called(record: Model) -> str:
    """No name of a person, and of what is marked sensitive only its number."""
    if getattr(record, "is_sensitive", False):
        return f"{capfirst(record._meta.verbose_name)} {record.pk}"
    return str(without_name(record))


def in_row(row: str, what: str) -> str:
    return _("%(row)s: %(what)s") % {"row": row, "what": what}


def links_of(model: type[Model]) -> list[str]:
    """By which a record is called, as often as not; also those that may be empty."""
    return [one.name for one in model._meta.concrete_fields if one.is_relation]


def column_of(model: type[Model], name: str) -> Field | None:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
