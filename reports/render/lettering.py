"""Words and numbers in a picture: how wide they are, where a line ends, how a number is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import east_asian_width

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MINUS = "−"
# A word, or one Chinese character; never parted from the bracket before it or the stop behind it.
PIECE = re.compile(r"[（《“‘「『]*(?:[!-\u02ff]+|.)[，。、；：！？）》」』”’]*\s*")
NARROW, DIGIT, LETTER, CAPITAL, BROAD = 0.3, 0.6, 0.56, 0.72, 0.86  # in ems; a little wide, so that nothing runs over


@dataclass(frozen=True)
class Lettering:
    """A text in lines. ``full`` is the whole of it where it had to be cut, otherwise empty."""

    lines: tuple[str, ...]
    full: str = ""


def width(text: str, size: float) -> float:
    """About how wide the text is, in the unit of its size: the font is the reader's own."""
    return size * sum(_ems(character) for character in text)


def _ems(character: str) -> float:
    if east_asian_width(character) in "WFA":  # the ambiguous ones are wide in Chinese fonts
        return 1
    if character in " ,.:;'|!()[]ijlt":
        return NARROW
    if character.isdigit():
        return DIGIT
    if character in "+−=≤%mwMW":
        return BROAD
    return CAPITAL if character.isupper() else LETTER


def wrap(text: str, size: float, room: float, most: int = 2) -> Lettering:
    """The text in at most so many lines of about the same length, cut with … where they do not hold it."""
    text = " ".join(text.split())
    lines = _lines(text, size, room)
    if len(lines) <= most:
        while len(lines) > 1 and len(closer := _lines(text, size, room := room - size / 2)) == len(lines):
            lines = closer
        return Lettering(tuple(lines))
    last = lines[most - 1]
    while last and width(last + "…", size) > room:
        last = last[:-1]
    return Lettering((*lines[: most - 1], last + "…"), full=text)


def _lines(text: str, size: float, room: float) -> list[str]:
    lines = [""]
    for piece in _pieces(text, size, room):
        if lines[-1] and width((lines[-1] + piece).rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _pieces(text: str, size: float, room: float) -> Iterable[str]:
    for piece in PIECE.findall(text):
        yield from [piece] if width(piece.rstrip(), size) <= room else piece


def places(values: Iterable[int | Decimal | None]) -> int:
    """Decimals that every number of a picture gets: 2, or none where all are whole."""
    return 0 if all(value is None or value == int(value) for value in values) else 2


def number(value: int | Decimal | None, decimals: int = 0, *, is_signed: bool = False) -> str:
    """1,462 · 53,100.50 · −9 · +9 where signs are asked for · 不详 where nothing is known."""
    if value is None:
        return _("unknown")
    text = number_format(abs(value), decimal_pos=decimals, force_grouping=True)
    if value < 0:
        return MINUS + text
    return f"+{text}" if is_signed and value else text
