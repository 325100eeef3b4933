"""Keeps the grams of the search beside the records: written in the same transaction, whoever writes the records."""

from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save

from organizations.grams import grams_of
from organizations.models import Alias, Gram, Organization
from yixin.written import rows_written

BATCH = 500  # organisations at a time
READ = {"name", "is_sensitive", "organization"}  # the columns that entries are made of
STALE, STORED = 5_000, 2_000  # grams at a time
INSERT = f"INSERT INTO {Gram._meta.db_table} (organization_id, gram) VALUES "  # noqa: S608  no input


def rebuild() -> int:
    """Make all grams anew; how many organisations there are."""
    keys = list(Organization.objects.order_by("pk").values_list("pk", flat=True))
    index(keys)
    return len(keys)


def make_anew(**kwargs) -> None:
    """Receiver of ``restored``."""
    rebuild()


def index(keys: Collection[int]) -> None:
    """Make the grams of these organisations what they must be. Five queries for every 500 of them."""
    keys = sorted(keys)
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            _index(keys[start : start + BATCH])


def _index(keys: list[int]) -> None:
    wanted = {(pk, gram) for pk, names in read_names(keys).items() for gram in grams_of(names)}
    stored = Gram.objects.filter(organization__in=keys).values_list("pk", "organization", "gram")
    there = {(organization, bytes(gram)): pk for pk, organization, gram in stored}
    stale = [there[key] for key in there.keys() - wanted]
    for start in range(0, len(stale), STALE):
        Gram.objects.filter(pk__in=stale[start : start + STALE]).delete()
    store(sorted(wanted - there.keys()))


def store(rows: list[tuple[int, bytes]]) -> None:
    """Plain SQL: some thirty rows for every name, of which none is ever an object."""
    with connection.cursor() as cursor:
        for start in range(0, len(rows), STORED):
            part = rows[start : start + STORED]
            values = ", ".join(["(%s, %s)"] * len(part))
            cursor.execute(INSERT + values, [value for row in part for value in row])


def read_names(keys: list[int]) -> dict[int, list[str]]:
    """By organisation: its name, and its other names unless it is sensitive. Two queries."""
    locked = Organization.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    names, sensitive = {}, set()
    for pk, name, is_sensitive in locked.values_list("pk", "name", "is_sensitive"):
        names[pk] = [name]
        sensitive |= {pk} if is_sensitive else set()
    for pk, name in Alias.objects.filter(organization__in=keys).order_by().values_list("organization", "name"):
        if pk in names and pk not in sensitive:
            names[pk].append(name)
    return names


def written(sender, records: Iterable, **kwargs) -> None:
    """Receiver of rows_written: many rows at once."""
    keys = {record.pk if sender is Organization else record.organization_id for record in records}
    index(keys)


def saved(sender, instance, update_fields=None, **kwargs) -> None:
    """Receiver of post_save and post_delete."""
    if update_fields is None or READ.intersection(update_fields):
        written(sender, [instance])


def forget(sender, instance, **kwargs) -> None:
    """Receiver of post_delete: the other names that went before it were indexed once more."""
    Gram.objects.filter(organization=instance.pk).delete()


def connect() -> None:
    """Called once the models are there."""
    for model in (Organization, Alias):
        post_save.connect(saved, sender=model, dispatch_uid=f"index {model.__name__}")
        rows_written.connect(written, sender=model, dispatch_uid=f"index {model.__name__}")
    post_delete.connect(saved, sender=Alias, dispatch_uid="index Alias")
    post_delete.connect(forget, sender=Organization, dispatch_uid="index Organization")
