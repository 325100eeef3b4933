"""What stands below a head: the rows, rid of repeated heads and of everything that must not be kept."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from yixin.text import clean_text

from .heads import Expected, Fit, Head, heads_of
from .listing import column_letters, listed
from .private import holds_private_number
from .sheets import Cell, Finding, Line, Sheet, Table
from .totals import is_partial_total_word, is_total_word

_OTHER_UNIT = re.compile("万元|千元|百元|美元|美金|港元|港币|欧元")
_SIGN_OF_TOTAL = re.compile("计|总|共|到|席|汇|total|sum", re.IGNORECASE)
_NUMERAL = re.compile("[0-9０-９一二三四五六七八九十.、()（）-]{1,8}")


class Body:
    """Makes the table of a sheet once its head is known."""

    def __init__(
        self,
        expected: Expected,
        required: Collection[str],
        sheet: Sheet,
        fit: Fit,
        keeps_head: Callable[[str], bool] | None = None,
    ):
        self.expected, self.required, self.sheet, self.fit = expected, required, sheet, fit
        self.keeps_head = keeps_head
        self.extras: dict[str, int] = {}
        self.findings: list[Finding] = []
        self._columns = dict(fit.columns)
        self._private = frozenset(place for place, head in enumerate(fit.heads) if head.is_private)
        self._numbers: dict[int, list[int]] = defaultdict(list)  # rows with a private number, by place
        self._row = 0

    def table(self, first: int, after: int) -> Table:
        lines = self.sheet.lines
        self._row = lines[after - 1].number
        self._about_head()
        self._about_sides(lines[after:])
        self._find_extras(lines[first:after])
        rows = self._without_heads(lines[first:after], lines[after:])
        titles = tuple(self._blanked(line, lambda place: True) for line in lines[:first])
        kept = self._kept_rows(rows)
        self._about_numbers()
        self._about_hidden(kept)
        ignored = dict.fromkeys(
            head.text
            for place, head in enumerate(self.fit.heads)
            if head.text and place not in self._places and not head.is_private and not head.is_numbering
        )
        return Table(
            sheet=self.sheet.name,
            titles=titles,
            columns=self._columns,
            lines=tuple(kept),
            ignored=tuple(ignored),
            findings=self.findings,
            extras=self.extras,
        )

    @property
    def _places(self) -> set[int]:
        return {*self._columns.values(), *self.extras.values()}

    def _warn(self, row: int | None, column: str | None, message, **params) -> None:
        self.findings.append(Finding(row, column, message % params, is_error=False))

    def _refuse(self, row: int | None, column: str | None, message, **params) -> None:
        self.findings.append(Finding(row, column, message % params))

    def _about_head(self) -> None:
        fit, row = self.fit, self._row
        for head in dict.fromkeys(head for head in fit.heads if head.is_private):
            message = _("The column “%(head)s” holds personal data that must not be kept here. It was left out.")
            self._warn(row, head.text, message, head=head.text)
        for name in fit.columns:
            text = fit.heads[fit.columns[name]].text
            if _OTHER_UNIT.search(text):
                message = _(
                    "“%(head)s” does not count in yuan. Write the amounts in yuan, and name the column “%(name)s”."
                )
                self._refuse(row, name, message, head=text, name=name)
            if name in fit.loose:
                self._warn(row, name, _("The column “%(head)s” was read as %(name)s."), head=text, name=name)
            if name in fit.doubled:
                self._warn(
                    row, name, _("The column %(name)s stands here more than once. The first was read."), name=name
                )
        for name, heads in fit.unclear.items():
            message = _("Each of the columns %(heads)s might be %(name)s. Name the right one “%(name)s”.")
            self._refuse(row, name, message, heads=listed(heads), name=name)
        for name, heads in fit.parted.items():
            message = _("%(name)s stands here in parts (%(heads)s) without a total. Add a column “合计” beside them.")
            self._refuse(row, name, message, heads=listed(heads), name=name)

    def _find_extras(self, lines: tuple[Line, ...]) -> None:
        """Notes the wanted columns beside the declared ones. Their heads may be days, which are no names."""
        for place in range(max(len(line.cells) for line in lines)) if self.keeps_head else ():
            if place not in self._places and not self._head(place).is_private:
                texts = (*_texts_above(lines, place), self._head(place).text)
                text = next((text for text in texts if text and self.keeps_head(text)), None)
                if text:
                    self.extras.setdefault(text, place)

    def _about_sides(self, lines: tuple[Line, ...]) -> None:
        """Two tables side by side: only the left one has been read, which must not pass for the whole."""
        again = [self._again(name) for name in self.required]
        if (
            again
            and all(again)
            and any(place < len(line.cells) and line.cells[place] for line in lines for place in again)
        ):
            message = _(
                "The same heads stand here side by side. Put the right part below the left one; it was not read."
            )
            self._refuse(None, None, message)  # of the whole file: the good rows are only half

    def _again(self, name: str) -> int:
        """Where the very head of the column stands once more; 0 for nowhere."""
        first = self.fit.columns.get(name)
        keys = [head.key for head in self.fit.heads]
        return 0 if first is None else next((p for p in range(first + 1, len(keys)) if keys[p] == keys[first]), 0)

    def _without_heads(self, head: tuple[Line, ...], lines: tuple[Line, ...]) -> list[Line]:
        """The rows in the places of the first head, without the heads of later pages and tables."""
        shown, keys = {line.cells for line in head}, {_keys(line) for line in head}
        rows: list[Line] = []
        moves: dict[int, int] = {}
        for line in lines:
            names = self.expected.exact_heads(line)
            if line.cells in shown or (names and _keys(line) in keys):
                moves = {}
                self._drop_titles(rows)
                continue
            if names < 2:
                rows.append(_moved(line, moves) if moves else line)
                continue
            fit = self.expected.fit(heads_of(line))
            if not set(self.required) <= set(fit.columns) or fit.parted or fit.unclear:
                message = _("Another table begins here. Put it on a sheet of its own; nothing from here on was read.")
                self._refuse(line.number, None, message)
                break
            self._drop_titles(rows)
            moves = self._moves(fit)
        return rows

    def _moves(self, fit: Fit) -> dict[int, int]:
        """From the places of a later head to those of the first."""
        for name in fit.columns:
            self._columns.setdefault(name, max(self._places | set(range(len(self.fit.heads)))) + 1)
        taken, heads = set(fit.columns.values()), [head.text for head in fit.heads]
        kept = {heads.index(text) if text in heads else place: place for text, place in self.extras.items()}
        kept = {place: first for place, first in kept.items() if place not in taken}
        return kept | {place: self._columns[name] for name, place in fit.columns.items()}

    def _drop_titles(self, rows: list[Line]) -> None:
        """Lines of one text right above a later head are its titles."""
        titles: list[int] = []
        while rows and _is_title(rows[-1]):
            titles.insert(0, rows.pop().number)
        if titles:
            message = _("These lines stand above a head and were taken for titles: %(rows)s.")
            self._warn(titles[0], None, message, rows=listed(titles))

    def _kept_rows(self, rows: list[Line]) -> list[Line]:
        kept, left_out = [], []
        places = self._places
        for line in rows:
            row = self._blanked(line, places.__contains__)
            if any(cell is not None for cell in row.cells):
                kept.append(row)
            elif not self._is_number_only(line):
                left_out.append(line.number)
        if left_out:
            message = _("Rows %(rows)s have nothing in the columns that are known. They were left out.")
            self._warn(None, None, message, rows=listed(left_out))
        self._about_headless(rows)
        return kept

    def _blanked(self, line: Line, is_known: Callable[[int], bool]) -> Line:
        """The line with None for what must not be kept; what is a private number is noted, a total's label stays."""
        cells: list[Cell] = []
        for place, cell in enumerate(line.cells):
            is_private = place in self._private
            if cell is not None and not is_private and holds_private_number(cell):
                self._numbers[place].append(line.number)
                is_private = True
            is_kept = is_known(place) or _is_total(cell)
            cells.append(cell if is_kept and not is_private else None)
        return replace(line, cells=tuple(cells))

    def _is_number_only(self, line: Line) -> bool:
        """Whether nothing but a row's running number stands in the line."""
        filled = [(place, cell) for place, cell in enumerate(line.cells) if cell is not None]
        return (
            len(filled) == 1 and self._head(filled[0][0]).is_numbering and bool(_NUMERAL.fullmatch(str(filled[0][1])))
        )

    def _head(self, place: int) -> Head:
        return self.fit.heads[place] if place < len(self.fit.heads) else Head()

    def _about_headless(self, rows: list[Line]) -> None:
        filled = {place for line in rows for place, cell in enumerate(line.cells) if cell is not None}
        headless = sorted(place for place in filled - self._places if not self._head(place).text)
        if headless:
            message = _("Columns without a head were not read: %(columns)s.")
            self._warn(self._row, None, message, columns=listed(map(column_letters, headless)))

    def _about_numbers(self) -> None:
        for place, rows in sorted(self._numbers.items()):
            head = self._head(place).text or column_letters(place)
            message = _(
                "Numbers of identity or bank cards must not be kept here. These cells were left out: rows %(rows)s."
            )
            self._warn(rows[0], head, message, rows=listed(rows))

    def _about_hidden(self, kept: list[Line]) -> None:
        rows = [line.number for line in kept if line.is_hidden]
        if rows:
            self._warn(None, None, _("Hidden rows were read as well: %(rows)s."), rows=listed(rows))
        columns = [self._head(place).text for place in sorted(self._places & self.sheet.hidden_columns)]
        if columns:
            self._warn(None, None, _("Hidden columns were read as well: %(columns)s."), columns=listed(columns))


def _texts_above(lines: tuple[Line, ...], place: int) -> Iterator[str]:
    """What the head lines say at a place: the day above with 上午 below it, then the lowest alone."""
    texts = [text for line in lines if (text := _day_or_text(line, place, spreads=len(lines) > 1))]
    yield " ".join(dict.fromkeys(texts))
    yield "".join(texts[-1:])


def _day_or_text(line: Line, place: int, *, spreads: bool) -> str:
    """The cell as text; where it is blank and `spreads`, the one to the left that spans it."""
    cells = [cell for cell in line.cells[: place + 1] if cell is not None]
    cell = line.cells[place] if place < len(line.cells) else None
    if cell is None and spreads and cells:
        cell = cells[-1]
    return cell.isoformat()[:10] if isinstance(cell, date) else clean_text(cell) if isinstance(cell, str) else ""


def _keys(line: Line) -> tuple[str, ...]:
    return tuple(head.key for head in heads_of(line))


def _is_title(line: Line) -> bool:
    filled = {cell for cell in line.cells if cell is not None}
    return len(filled) == 1 and all(isinstance(cell, str) and not _is_total(cell) for cell in filled)


def _is_total(cell: Cell) -> bool:
    """Whether the cell is the label of a total; quick for the many that are not."""
    return (
        isinstance(cell, str)
        and bool(_SIGN_OF_TOTAL.search(cell))
        and (is_total_word(cell) or is_partial_total_word(cell))
    )


def _moved(line: Line, moves: dict[int, int]) -> Line:
    cells: list[Cell] = [None] * (max(moves.values()) + 1)
    for place, cell in enumerate(line.cells):
        if place in moves:
            cells[moves[place]] = cell
    merged = frozenset(moves[place] for place in line.merged if place in moves)
    return replace(line, cells=tuple(cells), merged=merged)
