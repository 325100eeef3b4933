"""Somebody's name and numbers taken out of all texts, wherever in the database they stand: every column of text of
every table, and what is inside JSON. A new table or column is swept without being named here."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import CharField, Field, JSONField, Model, SlugField, TextField
from django.dispatch import Signal
from django.utils.text import capfirst

from yixin import history, locks
from yixin.access.models import Act
from yixin.history import Done
from yixin.intake.journal import derive
from yixin.spellings import Wanted
from yixin.written import rows_written

BATCH = 2_000
AROUND = 20  # characters on either side of what an excerpt shows
# What is no text about anybody: names of accounts and rights, and sessions, which go as a whole.
LEFT = {"auth.user", "auth.group", "auth.permission", "contenttypes.contenttype", "sessions.session"}
# Columns in which a name or a number is that of the row itself, and so of somebody else.
OWN = {"organizations.person": {"name", "phone", "email"}}
# What JSON is made of beside its signs: a text with its quotes, a number.
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[-0-9][-+.0-9eE]*')

# Sent inside the transaction, with the model as its sender, ``writes`` (each record, and its columns before) and
# ``reason``.
swept = Signal()


@dataclass(frozen=True)
class Place:
    """One column of one record in which somebody is told of."""

    model: type[Model]
    record: int
    column: Field
    texts: tuple[str, ...]  # where it stands there

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}:{self.record}:{self.column.name}"

    @property
    def kind(self) -> str:
        return str(capfirst(self.model._meta.verbose_name))

    @property
    def is_log(self) -> bool:
        """Of the ground's own tables and those of libraries nobody is asked."""
        return self.model._meta.app_label not in settings.YIXIN_APPS


def places(wanted: Wanted) -> list[Place]:
    """All of them. Reads every text that there is, a query a table."""
    return [place for model in swept_models() for place in _places_of(model, wanted)]


def swept_models() -> list[type[Model]]:
    every = (one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy)
    return [one for one in every if one._meta.label_lower not in LEFT and text_columns(one)]


def text_columns(model: type[Model]) -> list[Field]:
    """Those that hold what somebody wrote: no word of a list, no address, nothing that is made of another column."""
    left = OWN.get(model._meta.label_lower, ())
    kinds = (CharField, TextField, JSONField)
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, kinds)
        and not (one.primary_key or one.choices or isinstance(one, SlugField) or hasattr(one, "function"))
        and one.name not in left
    ]


def _places_of(model: type[Model], wanted: Wanted) -> Iterator[Place]:
    columns = text_columns(model)
    rows = model._base_manager.order_by("pk").values_list("pk", *(column.attname for column in columns))
    for key, *values in rows.iterator(chunk_size=BATCH):
        for column, value in zip(columns, values, strict=True):
            found = tuple(dict.fromkeys(one for text in texts_in(value) for one in excerpts(text, wanted)))
            if found:
                yield Place(model, key, column, found)


def texts_in(value: object) -> Iterator[str]:
    """Every text in a value as JSON has it; and in a text that is JSON itself, which has 甄 as \\u7504."""
    if isinstance(value, str):
        yield from (text for word in _WORD.findall(value) for text in _said(word)) if is_json(value) else [value]
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def mapped(value: object, change: Callable[[str], str]) -> object:
    """The value with every text in it changed; a text that is JSON stays JSON."""
    if isinstance(value, str):
        return _WORD.sub(lambda word: _changed(word[0], change), value) if is_json(value) else change(value)
    if isinstance(value, dict):
        return {name: mapped(one, change) for name, one in value.items()}
    if isinstance(value, list):
        return [mapped(one, change) for one in value]
    return value


def is_json(text: str) -> bool:
    """Whether the text is written as a list or an object of JSON, as Django writes its log of actions."""
    if not text.lstrip().startswith(("[", "{")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):  # somebody's own brackets
        return False
    return True


def _said(word: str) -> Iterator[str]:
    """The texts in one word of JSON; a number as it stands there, since it may be that of a phone."""
    return texts_in(json.loads(word)) if word.startswith('"') else iter([word])


def _changed(word: str, change: Callable[[str], str]) -> str:
    before = json.loads(word) if word.startswith('"') else word
    after = mapped(before, change)
    return word if after == before else json.dumps(after, ensure_ascii=word.isascii())


def excerpts(text: str, wanted: Wanted) -> Iterator[str]:
    for start, stop in wanted.spans(text):
        before, after = max(start - AROUND, 0), min(stop + AROUND, len(text))
        yield "…" * (before > 0) + " ".join(text[before:after].split()) + "…" * (after < len(text))


@transaction.atomic
def cover(found: Collection[Place], wanted: Wanted, word: str, reason: locks.Reason) -> None:
    """Put the word in the place of what stands there; told in the history of each record, without the values, and
    noted where the record belongs to a published year. A few queries a table."""
    by_model: dict[type[Model], dict[int, list[Field]]] = {}
    for place in found:
        by_model.setdefault(place.model, {}).setdefault(place.record, []).append(place.column)
    for model, columns in by_model.items():
        for part in _parts(list(columns)):
            _cover(model, {key: columns[key] for key in part}, lambda text: wanted.covered(text, word), reason)


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _cover(model: type[Model], columns: dict[int, list[Field]], change: Callable, reason: locks.Reason) -> None:
    records = list(model._base_manager.select_for_update().filter(pk__in=columns).order_by("pk"))
    writes = []
    for record in records:
        writes.append(locks.Write(record, locks.columns_of(record)))
        for column in columns[record.pk]:
            value = mapped(getattr(record, column.attname), change)
            fits = value[: column.max_length] if isinstance(value, str) and column.max_length else value
            setattr(record, column.attname, fits)
    names = {column.name for found in columns.values() for column in found}
    store(model, records, names | _readdressed(model, records, columns))
    changed = locks.published(writes) if locks.keeps(model) else []
    locks.amend(writes, changed, reason)
    if model._meta.app_label in settings.YIXIN_APPS:
        untold = [Done(one, Act.CHANGED, {c.name: history.UNTOLD for c in columns[one.pk]}) for one in records]
        history.keep(untold, by=reason.by, at=reason.at)
    swept.send(model, writes=writes, reason=reason)


def _readdressed(model: type[Model], records: list[Model], columns: dict[int, list[Field]]) -> set[str]:
    """Give those whose address was made of what is swept, and tells the name in pinyin, a new one: the old one leads
    nowhere. The names of such columns; a query for each."""
    made = set()
    for address in (one for one in model._meta.concrete_fields if hasattr(one, "fill")):
        anew = [one for one in records if address.source in {column.name for column in columns[one.pk]}]
        for record in anew:
            setattr(record, address.attname, "")
        if anew:
            address.fill(anew)
            made.add(address.name)
    return made


def store(model: type[Model], records: list[Model], names: Iterable[str]) -> None:
    """Write those columns, and the ones that are made of them."""
    made = {one.name for one in model._meta.concrete_fields if hasattr(one, "function") and one.source in names}
    for record in records if made else ():
        derive(record)
    model._base_manager.bulk_update(records, sorted({*names, *made}), batch_size=500)
    rows_written.send(model, records=records)


def end_sessions(wanted: Wanted) -> int:
    """Those in which somebody is told of; how many. Whoever was logged in with one logs in anew."""
    told = [
        session.pk
        for session in Session.objects.iterator(chunk_size=BATCH)
        if any(wanted.spans(text) for text in texts_in(session.get_decoded()))
    ]
    return Session.objects.filter(pk__in=told).delete()[0]


def empty_caches() -> None:
    """Once the transaction is through: nothing there is anybody's work."""
    transaction.on_commit(lambda: [cache.clear() for cache in caches.all(initialized_only=False)])


def overwrite_what_goes() -> None:
    """From now on SQLite writes over what it deletes. PostgreSQL does so when it tidies up."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
