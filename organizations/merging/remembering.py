"""What a merge, and taking it apart, leaves in the history of every record concerned."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.db.models import ManyToManyField, Model

from organizations.merging.moving import Moved
from organizations.merging.relations import link_behind
from organizations.merging.since import Back
from organizations.models import Organization
from yixin import history
from yixin.access.models import Act
from yixin.history import Done


def pointing(parts: Iterable[Moved | Back]) -> Iterator[Done]:
    """Of those that will point to another record. A query for every table between two."""
    return chain.from_iterable(map(_of_part, parts))


def going(tables: Iterable[list[Model]]) -> Iterator[Done]:
    """Of those that are deleted, while they are there."""
    return chain.from_iterable(_of_table(rows, history.deleted, lambda key: ([key], [])) for rows in tables)


def coming(tables: Iterable[list[Model]]) -> Iterator[Done]:
    """Of those that are new, or come back, once they are there."""
    return chain.from_iterable(_of_table(rows, history.added, lambda key: ([], [key])) for rows in tables)


def _of_part(part: Moved | Back) -> Iterator[Done]:
    column, link = part.column, link_behind(part.column.model)

    def was(row: Model) -> int:
        return part.before[row.pk][column.attname]

    if link is None:
        for row in part.records:
            yield Done(row, Act.CHANGED, {column.name: (was(row), getattr(row, column.attname))})
    elif column.name == link.m2m_reverse_field_name():
        yield from _linked(link, part.records, lambda row: ([was(row)], [getattr(row, column.attname)]))
    else:
        yield from coming([part.records])


def _of_table(rows: list[Model], tell: Callable[[Model], Done], pair: Callable[[int], tuple]) -> Iterator[Done]:
    link = link_behind(type(rows[0]))
    if link is None:
        return map(tell, rows)
    return _linked(link, rows, lambda row: pair(getattr(row, f"{link.m2m_reverse_field_name()}_id")))


def _linked(link: ManyToManyField, rows: list[Model], pair: Callable[[Model], tuple]) -> Iterator[Done]:
    """Of the records whose links these rows are: what they led to, before and after. Organisations tell it themselves,
    for the rows of both are theirs in the end."""
    if link.model is not Organization:
        name = f"{link.m2m_field_name()}_id"
        owners = link.model._base_manager.in_bulk({getattr(row, name) for row in rows})
        yield from (Done(owners[getattr(row, name)], Act.CHANGED, {link.name: pair(row)}) for row in rows)
