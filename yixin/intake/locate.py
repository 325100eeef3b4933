"""Where in the sheets a table stands: which sheet, which line is its head, which column is which."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.text import excerpt

from .body import Body
from .heads import Expected, Fit, heads_of, heads_of_two
from .listing import listed
from .private import holds_private_number
from .sheets import Cell, Finding, Line, Sheet, Table

HEAD_LINES = 30  # lines that are not blank; a head further down is none

Heads = Mapping[str, tuple[str, ...]]


@dataclass
class Place:
    """The best head that a sheet has."""

    sheet: Sheet
    first: int  # of its lines
    after: int  # first line below the head
    fit: Fit
    score: tuple[bool, int, int]

    @property
    def is_whole(self) -> bool:
        return self.score[0] and self.score[2] > 0

    @property
    def row(self) -> int:
        return self.sheet.lines[self.after - 1].number


def find_table(
    sheets: list[Sheet],
    heads: Heads,
    required: Collection[str],
    *,
    sheet: str | None = None,
    keeps_head: Callable[[str], bool] | None = None,
) -> Table:
    """The table of the sheet whose head fits best, or of the sheet that is named.

    ``heads`` gives each column's name its synonyms; ``keeps_head`` says of any other head whether its column is wanted
    all the same (Table.extras). Cells of columns that are not known, or that hold what must not
    be kept, are None. Raises ValidationError for the whole file where no sheet fits, or several alike.
    """
    expected = Expected(heads)
    places = [place for one in sheets if (place := _best(one, expected, required))]
    chosen = (
        _chosen(places, sheets, heads, required) if sheet is None else _named(places, sheets, sheet, heads, required)
    )
    table = Body(expected, required, chosen.sheet, chosen.fit, keeps_head).table(chosen.first, chosen.after)
    table.findings[:0] = _about_sheets(sheets, chosen.sheet)
    return table


def candidates(sheets: list[Sheet], heads: Heads, required: Collection[str]) -> list[str]:
    """The names of the sheets that hold such a table, best first; hidden ones only where no other does."""
    expected = Expected(heads)
    places = [place for one in sheets if (place := _best(one, expected, required)) and place.is_whole]
    visible = [place for place in places if not place.sheet.is_hidden] or places
    return [place.sheet.name for place in sorted(visible, key=lambda place: place.score, reverse=True)]


def _best(sheet: Sheet, expected: Expected, required: Collection[str]) -> Place | None:
    """The earliest of the heads that fit most columns; None where no line names any."""
    found = []
    for first, line in enumerate(sheet.lines[:HEAD_LINES]):
        following = sheet.lines[first + 1] if first + 1 < len(sheet.lines) else Line(0, ())
        two = heads_of_two(line, following)
        if not two and not expected.may_fit(line):
            continue
        fit = expected.fit(two or heads_of(line))
        found.append(Place(sheet, first, first + (2 if two else 1), fit, fit.score(required)))
    return max(found, key=lambda place: place.score, default=None)


def _chosen(places: list[Place], sheets: list[Sheet], heads: Heads, required: Collection[str]) -> Place:
    whole = [place for place in places if place.is_whole]
    visible = sorted((place for place in whole if not place.sheet.is_hidden), key=lambda place: place.score)
    if not visible:
        if whole:
            raise ValidationError(
                _("Only hidden sheets hold such a table: %(sheets)s. Unhide the right one in Excel or WPS."),
                code="hidden_sheets",
                params={"sheets": listed(place.sheet.name for place in whole)},
            )
        raise _no_table(places, sheets, heads, required)
    best = [place for place in visible if place.score == visible[-1].score]
    filled = [place for place in best if place.after < len(place.sheet.lines)] or best
    if len(filled) > 1:
        raise ValidationError(
            _("Several sheets hold such a table: %(sheets)s. Say which of them is meant."),
            code="several_sheets",
            params={"sheets": listed(place.sheet.name for place in filled)},
        )
    return filled[0]


def _named(places: list[Place], sheets: list[Sheet], name: str, heads: Heads, required: Collection[str]) -> Place:
    if name not in {one.name for one in sheets}:
        raise ValidationError(
            _("There is no sheet “%(sheet)s”. The file has: %(sheets)s."),
            code="no_sheet",
            params={"sheet": excerpt(name), "sheets": listed(one.name for one in sheets)},
        )
    found = [place for place in places if place.sheet.name == name]
    if not found or not found[0].is_whole:
        raise _no_table(found, [one for one in sheets if one.name == name], heads, required)
    return found[0]


def _no_table(places: list[Place], sheets: Sequence[Sheet], heads: Heads, required: Collection[str]) -> ValidationError:
    best = max(places, key=lambda place: place.score, default=None)
    expected = listed(required or heads)
    if best is None or not best.fit.columns:
        return _no_head(sheets, expected)
    return ValidationError(
        _(
            "The columns %(missing)s are missing. Row %(row)s was taken for the head; it has: %(found)s. Add the "
            "columns, or name them so."
        ),
        code="missing_heads",
        params={
            "missing": listed(name for name in required if name not in best.fit.columns),
            "row": best.row,
            "found": _quoted(head.text or None for head in best.fit.heads),
        },
    )


def _no_head(sheets: Sequence[Sheet], expected: str) -> ValidationError:
    lines = [line for one in sheets for line in one.lines[:HEAD_LINES]]
    if not lines:
        return ValidationError(
            _("There is no table: all cells are empty. Send the sheet that is filled in."), code="empty"
        )
    line = max(lines, key=lambda line: len(set(line.cells)))
    return ValidationError(
        _(
            "No head of a table was found. Row %(row)s has: %(found)s. The table needs a line with the heads: "
            "%(expected)s."
        ),
        code="no_table",
        params={"row": line.number, "found": _quoted(line.cells), "expected": expected},
    )


def _quoted(cells: Iterable[Cell]) -> str:
    """The different cells as a message may quote them."""
    return listed(dict.fromkeys(excerpt(cell) for cell in cells if cell is not None and not holds_private_number(cell)))


def _about_sheets(sheets: list[Sheet], chosen: Sheet) -> list[Finding]:
    found = []
    if chosen.is_hidden:
        message = _("The sheet “%(sheet)s” is hidden. It was read because it was named.") % {"sheet": chosen.name}
        found.append(Finding(None, None, message, is_error=False))
    others = [one.name for one in sheets if one is not chosen and one.lines]
    if others:
        message = _("Only the sheet “%(sheet)s” was read. Not read: %(others)s.")
        found.append(Finding(None, None, message % {"sheet": chosen.name, "others": listed(others)}, is_error=False))
    return found
