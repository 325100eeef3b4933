"""What an editor saw when a form was opened, what is stored now, and what was sent: compared value by value.

A form carries short marks of the values that it showed. A mark is made with the site's key and for one record, so that
no personal value can be guessed from it. Nothing here reads or writes the database.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict

from yixin.text import clean_lines

SEEN = "_seen"  # as no column is called
LENGTH = 12  # hexadecimal digits of a mark: two of 10**6 values of one column have the same in one of 500 records
UNTOUCHED = object()  # what is sent of a file that stays

Marks = Mapping[str, str]  # by the field's name


class Verdict(Enum):
    AGREED = "agreed"  # nobody else changed it, or both made it the same
    THEIRS = "theirs"  # somebody else changed it, this editor did not touch it
    BOTH = "both"  # both changed it, to different values


@dataclass(frozen=True)
class Seen:
    """The marks of a form as it was opened: of the record, and of the rows of each table in it, by the row's key."""

    record: Marks = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Marks]] = field(default_factory=dict)

    def __str__(self) -> str:
        return json.dumps({"record": self.record, "tables": self.tables}, separators=(",", ":"))


def read(text: str) -> Seen:
    """What was sent; nothing is known of what is missing, cut off or made up."""
    try:
        sent = _mapping(json.loads(text))
    except (ValueError, RecursionError):
        return Seen()
    tables = {str(prefix): _mapping(rows) for prefix, rows in _mapping(sent.get("tables")).items()}
    return Seen(
        _marks(sent.get("record")),
        {prefix: {str(key): _marks(marks) for key, marks in rows.items()} for prefix, rows in tables.items()},
    )


def _mapping(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _marks(value: Any) -> dict[str, str]:
    return {name: mark for name, mark in _mapping(value).items() if isinstance(mark, str)}


def mark(record: Model, name: str, text: str) -> str:
    value = "\x1f".join([record._meta.label_lower, str(record.pk), name, text])
    return salted_hmac("yixin.staleness", value, algorithm="sha256").hexdigest()[:LENGTH]


def judge(seen: str | None, stored: str, posted: str) -> Verdict:
    """Of three marks; ``seen`` is None where nobody knows what was seen."""
    if stored in (posted, seen):
        return Verdict.AGREED
    return Verdict.THEIRS if seen == posted else Verdict.BOTH


# One spelling for what is stored and for what is sent of it


def stored_text(box: forms.Field, value: Any) -> str:
    if isinstance(box, forms.FileField):
        return getattr(value, "name", None) or ""
    return as_text(box, box.prepare_value(value))


def posted_text(box: forms.Field, value: Any) -> str | object:
    """``UNTOUCHED`` where nothing was sent because the file stays."""
    if not isinstance(box, forms.FileField):
        return as_text(box, value)
    if value is None:
        return UNTOUCHED
    return f"\x1f{getattr(value, 'name', value)}" if value else ""


def as_text(box: forms.Field, value: Any) -> str:
    if isinstance(box, forms.ModelMultipleChoiceField):
        return ",".join(sorted(key_of(one) for one in value or ()))
    if isinstance(box, forms.ModelChoiceField):
        return key_of(value)
    with suppress(ValidationError):  # compared as it was typed
        value = box.to_python(value)
    if value is None or value is False:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else clean_lines(str(value))


def key_of(value: Any) -> str:
    """Of a record, or of its key as it is stored or sent."""
    return "" if value is None else str(getattr(value, "pk", value))


def put(data: MultiValueDict, name: str, widget: forms.Widget, value: Any) -> None:
    """Write a stored value as a browser would send it."""
    widget = getattr(widget, "widget", widget)  # inside the admin's links to add and change
    data.pop(name, None)
    if isinstance(widget, forms.FileInput):
        return
    if isinstance(widget, forms.CheckboxInput):
        sent = ["on"] if value else []
    elif isinstance(value, list | tuple):
        sent = [key_of(one) for one in value]
    elif isinstance(widget, forms.Select | forms.RadioSelect):
        sent = [key_of(value)]
    else:
        sent = [widget.format_value(value) or ""]
    if sent:
        data.setlist(name, sent)


def rearranged(data: MultiValueDict, prefix: str, order: Sequence[int]) -> MultiValueDict:
    """The rows of a table as they were sent, in another order or fewer: the old number of each."""
    found, places = data.copy(), {str(old): new for new, old in enumerate(order)}
    found.clear()
    for name, values in data.lists():
        number, dash, column = name.removeprefix(f"{prefix}-").partition("-")
        if not (name.startswith(f"{prefix}-") and dash and number.isdecimal()):
            found.setlist(name, values)
        elif number in places:
            found.setlist(f"{prefix}-{places[number]}-{column}", values)
    return found
