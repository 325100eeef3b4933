"""Records of a published year change only with a reason. The ground knows no year; the app that does registers here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

NO_REASON = _("Write the reason. Without one no record of a published year is changed; nothing was saved.")


@dataclass(frozen=True)
class Write:
    """One record that is stored or deleted; of one that changes, its columns as they were."""

    record: Model
    before: Mapping[str, object] = field(default_factory=dict)

    def values(self, column: str) -> set:
        """What the column will hold, and what it held; without None, which says that there is nothing yet."""
        values = {getattr(self.record, column)}
        if column in self.before:
            values.add(self.before[column])
        return values - {None}

    def changes(self, *columns: str) -> bool:
        """Whether any of these columns of a stored record becomes another one."""
        return any(name in self.before and self.before[name] != getattr(self.record, name) for name in columns)


@dataclass(frozen=True)
class Published:
    """One report year that was published, and the number of its newest edition."""

    year: int
    edition: int

    def __str__(self) -> str:
        sentence = _(
            "The report on %(year)s is published (edition %(edition)s): records of that year change only with a reason."
        )
        return str(sentence % vars(self))


@dataclass(frozen=True)
class Reason:
    """Why records were changed, by whom (None: a command), when; and the key of what many changes are told of."""

    text: str
    by: Model | None
    at: datetime
    together: str = ""


class Source(Protocol):
    def keeps(self, model: type[Model]) -> bool:
        """Whether records of that kind belong to a report year, or carry figures of one."""

    def published(self, writes: Sequence[Write]) -> list[Published]:
        """The published years to which any of the records belongs, or belonged, and those of which a figure moves with
        it. One query, if there can be any."""

    def amend(self, writes: Sequence[Write], years: set[int], reason: Reason) -> None:
        """Note the changes to those years. The number of queries does not grow with the writes."""


_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def keeps(model: type[Model]) -> bool:
    return any(source.keeps(model) for source in _sources)


def published(writes: Sequence[Write]) -> list[Published]:
    """What of the writes needs a reason, by year; [] if nothing does."""
    found = {item for source in _sources for item in source.published(writes)}
    return sorted(found, key=lambda item: item.year)


def amend(writes: Sequence[Write], changed: Iterable[Published], reason: Reason) -> None:
    """Note why, inside the transaction that writes: while a deleted record is still there, once a new one is stored."""
    years = {item.year for item in changed}
    for source in _sources if years else ():
        source.amend(writes, years, reason)


def explain(writes: Sequence[Write], reason: Reason) -> None:
    """Note why, as `amend` does. Raises ValidationError where a published year would change without a reason."""
    changed = published(writes)
    if changed and not reason.text:
        raise ValidationError(NO_REASON, code="unexplained")
    amend(writes, changed, reason)


def columns_of(record: Model) -> dict[str, object]:
    """The record's stored columns by attname, without its id."""
    return {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if not f.primary_key}
