"""Pasted text: from Excel, WPS, Word, a web page, Markdown or a chat, one row a line or one cell a line."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.intake.sheets import Sheet

from .cells import LONGEST_CELL
from .records import fitting_delimiter, line_breaks, lines_of, records

MAX_CHARACTERS = 5 * 1024 * 1024
_MOST_STRAY_QUOTES = 1_000

Rows = list[list[str]] | Iterator[list[str]]

_WIDE_GAP = re.compile(r"(?: {2,}|\u3000+)[ \u3000]*")
_ANY_GAP = re.compile(r"[ \u3000]+")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_QUOTED = re.compile(rf'"((?:[^"\t]|""){{0,{LONGEST_CELL}}}+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


def read_paste(text: str) -> Sheet:
    """The text as one sheet, prose between tables included. Raises nothing but ValidationError."""
    if len(text) > MAX_CHARACTERS:
        raise ValidationError(
            _("The text has more than 5 million characters. Paste it in several parts."), code="too_large"
        )
    text = line_breaks(text.replace("\0", ""))
    if not text.strip():
        raise ValidationError(_("There is no text. Paste a table with its head."), code="empty")
    return Sheet("", lines_of(_rows(text)))


def _rows(text: str) -> Rows:
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if _is_markdown(filled):
        return [_pipe_fields(line) for line in lines]
    if any("\t" in line for line in filled):
        return _cells_by_line(lines) if _has_a_cell_a_line(lines) else _tabbed(text)
    if (comma := _comma(text)) is not None:
        return records(text, comma)
    gap = _gap(filled)
    return [_split(line, gap) for line in lines]


def _is_markdown(filled: list[str]) -> bool:
    piped = sum(line.lstrip().startswith("|") for line in filled)
    return piped >= 2 and any("|" in line and _RULE.fullmatch(line) for line in filled)


def _pipe_fields(line: str) -> list[str]:
    if "|" not in line:
        return [line]
    if _RULE.fullmatch(line):
        return []
    inner = line.strip().removeprefix("|")
    fields = [field.replace("\\|", "|") for field in _PIPE.split(inner)]
    return fields[:-1] if len(fields) > 1 and not fields[-1].strip() else fields


def _is_cell(line: str) -> bool:
    return line.startswith("\t") and "\t" not in line[1:]


def _parts_rows(line: str) -> bool:
    """Word leaves a line without anything between two rows; one with a tab or a wide space is an empty cell."""
    return not line.strip() and "\t" not in line and "\u3000" not in line


def _has_a_cell_a_line(lines: list[str]) -> bool:
    """Whether most lines with a tab are one cell, and two rows of two such cells stand apart."""
    tabbed = [line for line in lines if "\t" in line]
    if 2 * sum(map(_is_cell, tabbed)) <= len(tabbed):
        return False
    rows = sum(
        _is_cell(line) and _is_cell(next_line) and not (place and "\t" in lines[place - 1])
        for place, (line, next_line) in enumerate(pairwise(lines))
    )
    return rows >= 2


def _cells_by_line(lines: list[str]) -> Iterator[list[str]]:
    """Rows of cells that begin with a tab each. A line without one goes on with the cell above, or is prose."""
    row: list[str] = []
    for line in [*lines, ""]:
        if _parts_rows(line):
            if row:
                yield row
            row = []
        elif "\t" in line:
            fields = line.removeprefix("\t").split("\t")
            row.extend(fields)
        elif row and line.strip():
            row[-1] = f"{row[-1]}\n{line}"
        elif row:
            row.append(line)
        elif line.strip():
            yield [line]


def _tabbed(text: str) -> Iterator[list[str]]:
    """Rows as Excel and WPS copy them: in quotes only where a cell has several lines."""
    place, row, strays = 0, [], 0
    while True:
        quoted = _QUOTED.match(text, place) if strays < _MOST_STRAY_QUOTES and text[place : place + 1] == '"' else None
        if quoted and ("\n" in quoted[1] or '""' in quoted[1]):
            row.append(quoted[1].replace('""', '"'))
            place = quoted.end()
        else:
            strays += text[place : place + 1] == '"'
            plain = _PLAIN.match(text, place)
            row.append(plain[0])
            place = plain.end()
        if text[place : place + 1] != "\t":
            yield row
            row = []
        place += 1
        if place > len(text):
            return


def _comma(text: str) -> str | None:
    """The delimiter, where the first line has it and most lines part alike; prose has commas, too."""
    first = text.strip().partition("\n")[0]
    present = "".join(sign for sign in ",;，" if sign in first)
    if not present:
        return None
    delimiter, share = fitting_delimiter(text, present)
    enough = 1 if delimiter == "，" else 0.6
    return delimiter if share >= enough and "\n" in text.strip() else None


def _gap(filled: list[str]) -> re.Pattern | None:
    """Two spaces or more where most lines part alike by them; one space only where all do."""
    for gap, enough in ((_WIDE_GAP, 0.5), (_ANY_GAP, 1)):
        widths = Counter(len(_split(line, gap)) for line in filled)
        count = max((count for width, count in widths.items() if width > 1), default=0)
        if count >= enough * len(filled) and count > 1:
            return gap
    return None


def _split(line: str, gap: re.Pattern | None) -> list[str]:
    return gap.split(line.strip()) if gap else [line]
