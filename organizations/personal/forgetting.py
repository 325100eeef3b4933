"""Persons made nameless: they stay one of so many, and nothing tells who they were."""

from collections.abc import Collection, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import ForeignKey
from django.utils import translation
from django.utils.translation import gettext as _

from organizations.merging.relations import relations
from organizations.models import Merger, Person
from yixin import history, locks
from yixin.access.models import Act
from yixin.access.retention import CUT, EMPTIED, GONE, columns_by
from yixin.access.sweeping import store
from yixin.history import Done
from yixin.intake.models import Change
from yixin.locks import Reason, Write

COLUMNS = ["name", "phone", "email", "remark", "consented_on", "is_active"]


def nameless(key: int) -> str:
    """What a person is called whose name is gone, in the language of the site: everywhere the same."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Deleted %(number)s") % {"number": key}


@transaction.atomic
def forget(keys: Collection[int], reason: Reason) -> dict[str, int]:
    """Take out what each of these persons is known by, and what only told of them; how many records of each kind were
    changed or went. Nobody is deleted who is on a roster or got a grant. A few queries, whatever the number."""
    people = list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    counts = {column.model._meta.label_lower: _let_go(column, people, reason) for column in relations(Person)}
    held = {key for column in relations(Person) for key in _held_by(column, people)}
    staying = [person for person in people if person.pk in held]
    going = [person for person in people if person.pk not in held]
    untold = dict.fromkeys(COLUMNS, history.UNTOLD)
    history.keep(
        [Done(one, Act.CHANGED if one.pk in held else Act.DELETED, dict(untold)) for one in people],
        by=reason.by,
        at=reason.at,
    )
    for person in staying:
        person.name, person.phone, person.email, person.remark = nameless(person.pk), "", "", ""
        person.consented_on, person.is_active = None, False
    store(Person, staying, COLUMNS)
    Person.objects.filter(pk__in=[person.pk for person in going]).delete()
    _forget_imports({person.pk for person in people})
    _forget_merges({person.pk for person in people})
    return counts | {Person._meta.label_lower: len(people)}


def _held_by(column: ForeignKey, people: list[Person]) -> list[int]:
    rows = column.model._base_manager.filter(**{f"{column.name}__in": people})
    return list(rows.order_by().values_list(column.attname, flat=True).distinct())


def _let_go(column: ForeignKey, people: list[Person], reason: Reason) -> int:
    """What the table of retention says of the records that lead to them; how many records that was."""
    model, label = column.model, column.model._meta.label_lower
    rows = model._base_manager.filter(**{f"{column.name}__in": people}).order_by("pk")
    if column.name in columns_by(label, GONE):
        found = list(rows)
        history.keep([history.deleted(row) for row in found], by=reason.by, at=reason.at)
        rows.order_by().delete()
        return len(found)
    emptied = columns_by(label, EMPTIED)
    names = [name for name in columns_by(label, CUT) if name == column.name]
    changed = []
    for row in rows if emptied or names else ():
        filled = [name for name in emptied if getattr(row, name)] + names
        if filled:
            changed.append((row, locks.columns_of(row), filled))
            for name in filled:
                setattr(row, name, None if name in names else "")
    note([(row, before, filled) for row, before, filled in changed], reason)
    return len(changed)


def note(changed: list[tuple], reason: Reason) -> None:
    """Store the records of one kind with their columns taken out; told by column in their history, and with the reason
    where they belong to a published year."""
    if not changed:
        return
    model = type(changed[0][0])
    store(model, [row for row, _before, _names in changed], {name for *_, names in changed for name in names})
    writes = [Write(row, before) for row, before, _names in changed]
    locks.amend(writes, locks.published(writes) if locks.keeps(model) else [], reason)
    done = [Done(row, Act.CHANGED, dict.fromkeys(names, history.UNTOLD)) for row, _before, names in changed]
    history.keep(done, by=reason.by, at=reason.at)


def _forget_imports(keys: set[int]) -> None:
    """What an import replaced in a person's row: values, their pinyin, and a sum by which a name can be guessed. It can
    no longer be undone: the row is another one."""
    for change in Change.objects.select_for_update().filter(model=Person._meta.label_lower):
        notes = [[note[0], note[1], note[2] and {}, ""] if note[0] in keys else note for note in change.notes]
        if notes != change.notes:
            change.notes = notes
            change.save(update_fields=["notes"])


def _forget_merges(keys: set[int]) -> None:
    """A record that goes would come back with the merge that put it aside, when that is undone: it goes there too."""
    columns = ((column.model._meta.label_lower, column) for column in relations(Person))
    goes = {(label, column.attname) for label, column in columns if column.name in columns_by(label, GONE)}
    for merger in Merger.objects.select_for_update().exclude(dropped=[]):
        dropped = [told | {"rows": [*_others(told, goes, keys)]} for told in merger.dropped]
        if dropped != merger.dropped:
            merger.dropped = [told for told in dropped if told["rows"]]
            merger.save(update_fields=["dropped"])


def _others(told: dict, goes: set[tuple[str, str]], keys: set[int]) -> Iterator[dict]:
    """The rows of one table that lead to nobody of these persons."""
    for row in told["rows"]:
        if not any(value in keys for name, value in row.items() if (told["model"], name) in goes):
            yield row
