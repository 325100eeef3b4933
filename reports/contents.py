"""What a report says, without its wording: figures, the records behind them, and the text as it was written.

Two of these are compared number by number, whatever language or version printed them.
"""

from dataclasses import dataclass, fields
from decimal import Decimal

from django.utils.translation import override

from reports.drafts import Draft
from reports.measures import Book
from reports.records import EventRecord, GrantRecord
from reports.traces import CityRecord, OrganizationRecord, Record

LANGUAGE = "zh-hans"  # of what the records are called in it


def contents(draft: Draft, book: Book) -> dict:
    """Plain JSON: ``figures`` and ``behind`` by name, ``records`` by key, ``sections`` by key."""
    with override(LANGUAGE):
        behind = {name: measure.records for name, measure in sorted(book.measures.items())}
    areas = {area.pk: area.name for area in book.figures.scope.all_areas}
    records = {record.key: told(record, areas) for found in behind.values() for record in found}
    report = draft.report
    return {
        "title": report.title if report else "",
        "cut_off": str(book.figures.scope.cut_off or ""),
        "figures": {name: as_text(measure.value) for name, measure in sorted(book.measures.items())},
        "behind": {name: [record.key for record in found] for name, found in behind.items()},
        "records": dict(sorted(records.items())),
        "sections": {f"reports.section:{section.pk}": section_text(section) for section in draft.sections},
    }


def section_text(section) -> dict[str, object]:
    return {
        "position": section.position,
        "heading": section.heading,
        "prose": section.prose,
        "table": section.table,
        "photos": [[photo.image.name, photo.caption] for photo in section.pictures],
    }


# Numbers of rows say nothing to a reader; what they stand for is told beside them.
UNTOLD = {"pk", "key", "is_named", "parts", "city", "course", "engaged", "funding", "printed_in"}


def told(record: Record, areas: dict[int, str]) -> dict[str, str | None]:
    """Every column of a record as text; areas and the organisations at an event by name."""
    found = {field.name: as_text(getattr(record, field.name)) for field in fields(record) if field.name not in UNTOLD}
    if isinstance(record, EventRecord):
        found["area"] = areas[record.area]
        found["printed_in"] = "、".join(areas[area] for area in sorted(record.printed_in))
        found["parts"] = "、".join(part.name for part in record.parts)
    if isinstance(record, GrantRecord):
        del found["organization"]  # the recipient says who it is
    if isinstance(record, CityRecord | OrganizationRecord):
        return {"name": record.name}  # how much there was is told by the events
    return found


def as_text(value: object) -> str | None:
    """None stays None: unknown is no number."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value)


# Columns that say how something is called, and move no number.
NAMES = {"title", "parts", "name", "recipient", "organization", "project", "remark", "funder", "region", "our_role"}


@dataclass(frozen=True)
class RecordChange:
    """One record that came, went or changed; ``columns`` are name, old and new."""

    key: str
    title: str
    kind: str  # added, gone or changed
    columns: tuple[tuple[str, str | None, str | None], ...] = ()

    @property
    def moves_numbers(self) -> bool:
        """Whether it can be why a number is another one: a mere name is not."""
        return self.kind != "changed" or any(name not in NAMES for name, _old, _new in self.columns)


@dataclass(frozen=True)
class Difference:
    """One figure that is not what it was, with the records that made it so."""

    name: str
    old: str | None
    new: str | None
    records: tuple[RecordChange, ...]


@dataclass(frozen=True)
class TextChange:
    """One section that was added, left out or rewritten."""

    heading: str
    kind: str
    columns: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True)
class Comparison:
    figures: tuple[Difference, ...]
    records: tuple[RecordChange, ...]
    sections: tuple[TextChange, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.records or self.sections)


def compare(old: dict, new: dict) -> Comparison:
    """What differs between two contents: figures, records, text. Empty, and so false, where they say the same."""
    changed = {change.key: change for change in record_changes(old["records"], new["records"])}
    names = sorted(old["figures"].keys() | new["figures"].keys())
    figures = []
    for name in names:
        before, after = old["figures"].get(name), new["figures"].get(name)
        if before != after:
            figures.append(Difference(name, before, after, tuple(_behind(name, old, new, changed))))
    return Comparison(tuple(figures), tuple(changed.values()), tuple(section_changes(old, new)))


def _behind(name: str, old: dict, new: dict, changed: dict[str, RecordChange]):
    """The records that joined the figure, left it, or changed in it."""
    before, after = set(old["behind"].get(name, ())), set(new["behind"].get(name, ()))
    for key in sorted(before | after):
        if key in changed:
            if changed[key].moves_numbers:
                yield changed[key]
        elif key not in after:
            yield RecordChange(key, title_of(old["records"][key]), "gone")
        elif key not in before:
            yield RecordChange(key, title_of(new["records"][key]), "added")


def record_changes(old: dict[str, dict], new: dict[str, dict]) -> list[RecordChange]:
    found = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        kind = "added" if before is None else "gone" if after is None else "changed"
        columns = columns_changed(before, after) if kind == "changed" else ()
        found.append(RecordChange(key, title_of(after or before), kind, columns))
    return found


def columns_changed(before: dict, after: dict) -> tuple[tuple[str, str | None, str | None], ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple((name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name))


def title_of(record: dict[str, str]) -> str:
    """What a person calls it: an event by time and title, a grant by recipient and project."""
    names = ("when", "title", "recipient", "organization_name", "name", "organization", "project")
    return " ".join(record[name] for name in names if record.get(name))


def section_changes(old: dict, new: dict) -> list[TextChange]:
    before, after = old["sections"], new["sections"]
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        mine, other = before.get(key), after.get(key)
        if mine == other:
            continue
        kind = "added" if mine is None else "gone" if other is None else "changed"
        columns = columns_changed(mine, other) if kind == "changed" else ()
        found.append(TextChange((other or mine)["heading"], kind, columns))
    whole = [(name, old[name], new[name]) for name in ("title", "cut_off") if old[name] != new[name]]
    return ([TextChange(new["title"], "changed", tuple(whole))] if whole else []) + found
