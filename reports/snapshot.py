"""A document as JSON and back, and the one spelling of JSON that a checksum is taken of.

What an older version wrote is read by a newer one: fields that are not known any more are passed over, and new ones
take their default.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from reports.chart import Bar, Chart, ChartKind
from reports.document import Block, BlockKind, Correction, Document, Part, Picture, Run
from reports.table import Kind, Row, Table
from yixin.fuzzydate import FuzzyDate, Precision
from yixin.quantities import HeadCount

FORMAT = 1
TYPES = (Document, Part, Block, Run, Picture, Correction, Table, Row, Chart, Bar, FuzzyDate, HeadCount)
BY_NAME = {kind.__name__: kind for kind in TYPES}
TAG = "is"
# Fields that hold a word of a list, and the list.
WORDS: dict[tuple[str, str], type[StrEnum]] = {
    ("Block", "kind"): BlockKind,
    ("Chart", "kind"): ChartKind,
    ("FuzzyDate", "precision"): Precision,
}


def canonical(value: object) -> bytes:
    """The JSON of the value: the same value, the same bytes, whatever order a database keeps it in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def checksum(value: object) -> str:
    return sha256(canonical(value)).hexdigest()


def to_json(value: object) -> object:
    """Plain JSON values; each of our own types says which one it is."""
    if is_dataclass(value):
        own = {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
        return {TAG: type(value).__name__} | own
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Decimal):
        return {TAG: "yuan", "amount": str(value)}
    if isinstance(value, date):
        return {TAG: "day", "day": value.isoformat()}
    return str(value) if isinstance(value, str) else value


def from_json(value: object) -> object:
    """Lists become tuples. Raises KeyError for a type that is not known."""
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if not isinstance(value, dict):
        return value
    match value[TAG]:
        case "yuan":
            return Decimal(value["amount"])
        case "day":
            return date.fromisoformat(value["day"])
        case name:
            return _made(BY_NAME[name], value)


def _made(kind: type, stored: dict) -> object:
    known = {field.name for field in fields(kind)}
    values = {name: from_json(value) for name, value in stored.items() if name in known}
    for (owner, name), words in WORDS.items():
        if owner == kind.__name__ and name in values:
            values[name] = words(values[name])
    if kind is Table:
        values["kinds"] = tuple(map(Kind, values["kinds"]))
    return kind(**values)
