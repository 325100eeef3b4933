"""What goes out of a list: which columns and rows somebody may take, as a file; every file leaves a line in the log."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from operator import attrgetter

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Field, JSONField, Model, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yixin.access.levels import PERSONAL, level_of

from .longsheet import workbook
from .models import Export
from .permissions import EXPORT_PERSONAL, may_export
from .readers import FuzzyDate, YesNo
from .registry import resource_of
from .writing import CSV, XLSX, Value, comma_separated

KINDS = {"xlsx": XLSX, "csv": CSV}
AT_ONCE = 20_000  # rows whose many-to-many links are read together; SQLite takes 32,766 numbers a query
DEEPEST = 3  # links from a record to what may be sensitive: payment → grant → funding → funder


@dataclass(frozen=True)
class Head:
    """One column of an export."""

    label: str
    is_personal: bool
    read: Callable[[Model], Value]


@dataclass(frozen=True)
class File:
    name: str
    plain_name: str  # the same in ASCII
    content_type: str
    content: bytes


def take_out(*, queryset: QuerySet, kind: str, user, now: datetime) -> File:
    """The rows of a list as a file, in the language of the site. A fixed number of queries up to 20,000 rows.

    ``queryset`` is the list as filtered and sorted. Raises PermissionDenied, and leaves no line in the log,
    where the user may not take it.
    """
    model = queryset.model
    if not may_take(user, model):
        raise PermissionDenied(_("You may not take these records out."))
    takes_personal = user.has_perm(EXPORT_PERSONAL)
    with translation.override(settings.LANGUAGE_CODE):
        heads = heads_of(model) if takes_personal else impersonal(model)
        table = Rows(heads, with_links(queryset if takes_personal else without_sensitive(queryset)))
        title = str(model._meta.verbose_name_plural)
        labels = [head.label for head in heads]
        content = workbook(title, labels, table) if kind == "xlsx" else comma_separated(labels, table)
    Export.objects.create(
        table=model._meta.label_lower,
        user=user,
        created_at=now,
        format=kind,
        rows=table.count,
        is_personal=any(head.is_personal for head in heads),
    )
    day = f"{timezone.localtime(now):%Y-%m-%d}"
    return File(f"{title}-{day}.{kind}", f"{model._meta.model_name}-{day}.{kind}", KINDS[kind], content)


def log_export(model: type[Model], *, kind: str, rows: int, user, now: datetime) -> None:
    """The line that says who took a file out that names people, or tells how to reach them."""
    table = model._meta.label_lower
    Export.objects.create(table=table, user=user, created_at=now, format=kind, rows=rows, is_personal=True)


def may_take(user, model: type[Model]) -> bool:
    """Whether the user may take any of the list; one that is personal altogether needs the permission for that.

    Logs, accounts and whatever a library keeps are nobody's.
    """
    is_ours = model._meta.app_label in settings.YIXIN_APPS
    return is_ours and may_export(user, model) and (not is_personal(model) or user.has_perm(EXPORT_PERSONAL))


def left_out(user, model: type[Model]) -> list[str]:
    """What the user's file of the list would not hold, in words; empty for who may take personal data."""
    if user.has_perm(EXPORT_PERSONAL):
        return []
    told = [head.label for head in heads_of(model) if head.is_personal]
    told += [_("names of individuals")] if resource_of(model) and people_of(model) else []
    return told + ([_("what is marked as sensitive")] if sensitive_paths(model) else [])


def is_personal(model: type[Model]) -> bool:
    """Whether every column says who somebody is."""
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    return all(level_of(model, field.name) >= PERSONAL for field in columns)


class Rows:
    """The cells of each record, one record after the other; ``count`` is how many there were."""

    def __init__(self, heads: list[Head], queryset: QuerySet):
        self.heads, self.queryset, self.count = heads, queryset, 0

    def __iter__(self) -> Iterator[list[Value]]:
        for record in self.queryset.iterator(chunk_size=AT_ONCE):
            self.count += 1
            yield [head.read(record) for head in self.heads]


def with_links(queryset: QuerySet) -> QuerySet:
    """The same records in the same order, with all that their columns read."""
    found = resource_of(queryset.model)
    if found:
        records = found().get_queryset().filter(pk__in=queryset.values("pk"))
        return records.order_by(*queryset.query.order_by)
    options = queryset.model._meta
    links = [field.name for field in options.concrete_fields if field.is_relation and field.editable]
    many = [field.name for field in options.many_to_many]
    records = queryset.select_related(*links) if links else queryset
    return records.prefetch_related(*many)


def without_sensitive(queryset: QuerySet) -> QuerySet:
    """Without what is marked as sensitive, and what is tied to that."""
    for path in sensitive_paths(queryset.model):
        queryset = queryset.exclude(**{path: True})
    return queryset


def sensitive_paths(model: type[Model], depth: int = DEEPEST) -> list[str]:
    """The lookups that lead from a record to a mark of sensitivity: its own, and that of what it links to."""
    own, many = model._meta.concrete_fields, model._meta.many_to_many if depth == DEEPEST else ()
    paths = ["is_sensitive"] if any(field.name == "is_sensitive" for field in own) else []
    for field in (*own, *many):
        if depth and field.is_relation and field.related_model is not model:
            paths += [f"{field.name}__{path}" for path in sensitive_paths(field.related_model, depth - 1)]
    return paths


def people_of(model: type[Model], depth: int = 1) -> list[str]:
    """The attributes that lead from a record to a person whom it names; not of accounts, which are not ours."""
    paths = []
    for field in model._meta.concrete_fields:
        if field.is_relation and level_of(model, field.name) >= PERSONAL:
            paths.append(field.name)
        elif depth and field.is_relation and field.related_model._meta.app_label in settings.YIXIN_APPS:
            paths += [f"{field.name}.{path}" for path in people_of(field.related_model, depth - 1)]
    return paths


def impersonal(model: type[Model]) -> list[Head]:
    """The columns without the personal ones; where another column names an individual, it says so instead."""
    people = [attrgetter(path) for path in people_of(model)]

    def masked(read: Callable[[Model], Value], record: Model) -> Value:
        value = read(record)
        if isinstance(value, str):
            for person in filter(None, (person(record) for person in people)):
                value = value.replace(str(person), pgettext("instead of a name", "individual"))
        return value

    return [replace(head, read=partial(masked, head.read)) for head in heads_of(model) if not head.is_personal]


def heads_of(model: type[Model]) -> list[Head]:
    """All columns of the list's export: those of the exchanged table, else of the form."""
    found = resource_of(model)
    return list(_declared(found()) if found else _plain(model))


def _declared(resource) -> Iterator[Head]:
    for name, column in resource.columns.items():
        yield Head(name, column.is_personal, partial(_rendered, column.widget.render, resource.reader_of(name)))


def _rendered(render: Callable, read: Callable[[Model], object], record: Model) -> Value:
    return render(read(record))


def _plain(model: type[Model]) -> Iterator[Head]:
    names = {field.name for field in model._meta.concrete_fields}
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        when = field.name.removesuffix("_text")
        if {f"{when}_text", f"{when}_earliest", f"{when}_precision"} <= names and field.name.endswith("_text"):
            read = partial(_fuzzy, attrgetter(when))
        elif field.editable and not field.primary_key and not isinstance(field, JSONField):
            read = partial(cell, field)
        else:
            continue
        yield Head(str(field.verbose_name), level_of(model, field.name) >= PERSONAL, read)


def _fuzzy(when: Callable, record: Model) -> Value:
    return FuzzyDate().render(when(record))


def cell(field: Field, record: Model) -> Value:
    """What a column of a record says, as a cell holds it."""
    value = getattr(record, field.name)
    if field.many_to_many:
        return "、".join(map(str, value.all())) or None
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return YesNo().render(value)
    if isinstance(value, datetime):
        return timezone.make_naive(value)
    return value if value is None or isinstance(value, int | Decimal | date) else str(value)
