"""A picture as plain frozen values: where each mark lies and how it looks. A template writes them down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.render.lettering import Lettering, width

WIDTH = 360  # units: about the pixels of a phone's column, so that letters keep their size there
SIZE, SMALL = 13, 11  # of letters
LINE = 1.2  # from one line of text to the next, in its size
MIDDLE = 0.36  # from the middle of a letter down to the line that it stands on, in its size
SWATCH, GAP = 12, 14


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    look: str


@dataclass(frozen=True)
class Text:
    """One line. ``anchor``: start, middle or end. ``full``: what it says uncut, if it was cut."""

    x: float
    y: float
    text: str
    size: int = SIZE
    anchor: str = "start"
    look: str = ""
    full: str = ""


@dataclass(frozen=True)
class Drawing:
    """``ems``: its width on the page, at which its letters are as large as the text around it."""

    width: float
    height: float
    rects: tuple[Rect, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]

    @property
    def ems(self) -> float:
        return round(self.width / SIZE, 1)


class Pen:
    """Collects marks, each to a tenth of a unit, and gives the drawing of them."""

    def __init__(self) -> None:
        self.rects: list[Rect] = []
        self.lines: list[Line] = []
        self.texts: list[Text] = []

    def rect(self, x: float, y: float, width: float, height: float, look: str) -> None:
        self.rects.append(Rect(_tenth(x), _tenth(y), _tenth(width), _tenth(height), look))

    def line(self, start: tuple[float, float], end: tuple[float, float], look: str) -> None:
        self.lines.append(Line(*map(_tenth, (*start, *end)), look))

    def text(self, x: float, y: float, text: str, **how) -> None:
        """``y`` is the middle of its letters."""
        size = how.get("size", SIZE)
        self.texts.append(Text(_tenth(x), _tenth(y + MIDDLE * size), text, **how))

    def lettering(self, x: float, y: float, lettering: Lettering, **how) -> None:
        """Several lines around the middle ``y``."""
        step = LINE * how.get("size", SIZE)
        first = y - step * (len(lettering.lines) - 1) / 2
        for number, line in enumerate(lettering.lines):
            self.text(x, first + number * step, line, full=lettering.full, **how)

    def key(self, entries: Iterable[tuple[str, str]], y: float, room: float) -> float:
        """Swatches with their names from ``y`` down, as many in a line as it holds; gives where they end."""
        x, step = 0.0, SMALL * LINE + 6
        for look, name in entries:
            taken = (SWATCH + 5 if look else 0) + width(name, SMALL)
            if x and x + taken > room:
                x, y = 0.0, y + step
            if look:
                self.rect(x, y + (step - 6 - SWATCH) / 2, SWATCH, SWATCH, look)
            self.text(x + (SWATCH + 5 if look else 0), y + (step - 6) / 2, name, size=SMALL, look="muted")
            x += taken + GAP
        return y + step

    def drawing(self, width: float, height: float) -> Drawing:
        return Drawing(_tenth(width), _tenth(height), tuple(self.rects), tuple(self.lines), tuple(self.texts))


def _tenth(value: float) -> float:
    return round(float(value), 1)


def names(series: Sequence[str], looks: Sequence[str]) -> list[tuple[str, str]]:
    """The key of the series; a single one needs no swatch, only its unit."""
    return [("", series[0])] if len(series) == 1 else list(zip(looks, series, strict=True))
