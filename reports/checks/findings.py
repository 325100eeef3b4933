"""What a check has found: a sentence that says where, both numbers, and what could be done; never a verdict."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from reports.table import listed


class Level(StrEnum):
    """How much a finding weighs: a contradiction, something unlikely, something to know."""

    ERROR = "E"
    WARNING = "W"
    NOTE = "I"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Level.ERROR: pgettext_lazy("level of a finding", "Contradiction"),
    Level.WARNING: pgettext_lazy("level of a finding", "To be looked at"),
    Level.NOTE: pgettext_lazy("level of a finding", "Good to know"),
}


@dataclass(frozen=True)
class RecordRef:
    """One record, or one section of the text, by its key such as activities.event:12, and what people call it."""

    key: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Told:
    """A sentence with its values, put into words only when somebody reads it, in that reader's language."""

    template: object
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return str(self.template) % dict(self.values)


def told(template: object, **values: object) -> Told:
    """``template`` is lazily translated; values may be, too."""
    return Told(template, tuple(values.items()))


@dataclass(frozen=True)
class Names:
    """The first few of several names, and how many more there are."""

    names: tuple[object, ...]

    def __str__(self) -> str:
        return listed([str(name) for name in self.names])


@dataclass(frozen=True)
class Finding:
    """``facts`` are what it rests on, in no language: with other numbers it is another finding, to be asked anew."""

    sentence: Told
    suggestion: Told
    records: tuple[RecordRef, ...] = ()
    facts: tuple[object, ...] = ()
    code: str = ""
    level: Level = Level.NOTE

    @cached_property
    def fingerprint(self) -> str:
        """64 hexadecimal digits of the check, the records and the facts, whatever the reader's language."""
        keys = sorted({record.key for record in self.records})
        plain = json.dumps([self.code, keys, [str(fact) for fact in self.facts]], ensure_ascii=False)
        return sha256(plain.encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        """What ``manage.py checks --json`` prints of it; its keys are a contract."""
        return {
            "id": self.code,
            "level": self.level.value,
            "sentence": str(self.sentence),
            "suggestion": str(self.suggestion),
            "records": [record.label for record in self.records],
            "keys": [record.key for record in self.records],
        }


def finding(sentence: Told, suggestion: Told, records: Iterable[RecordRef], *facts: object) -> Finding:
    """One finding of a rule; its code and level are those of the rule. A record is named once."""
    return Finding(sentence, suggestion, tuple(dict.fromkeys(records)), facts)
