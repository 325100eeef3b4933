"""A report as its readers get it: plain frozen values, live or from an edition, which every renderer formats.

Knows neither the database nor any file format. Numbers and names are filled in already.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reports.table import Table


@dataclass(frozen=True)
class Run:
    """A piece of text. ``figure`` names the figure that stands there; an ``is_unknown`` one has no value."""

    text: str
    figure: str = ""
    is_unknown: bool = False


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True)
class Block:
    """One paragraph, or one item of a list; items of one kind in a row make one list."""

    kind: BlockKind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Picture:
    """A photo by its name in the media storage, with its size in pixels."""

    file: str
    caption: str
    width: int
    height: int


@dataclass(frozen=True)
class Part:
    """One section: heading, prose, at most one table (by its code) and photos.

    ``key`` stays the same as long as it is the same section, whatever its heading.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...] = ()
    table: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Correction:
    """What a later edition says that it corrected."""

    number: int
    published_on: date
    text: str


@dataclass(frozen=True)
class Document:
    """One whole report. ``edition`` 0: live, not published; ``follows`` is then the newest edition, 0 for none.

    ``tables`` holds every table of the year in the order of the catalogue. Those that no part shows stand in the
    annex. ``notes`` are answers to checks that are to be printed; ``review`` lists all findings with their answers,
    None where the readers are the public.
    """

    year: int
    title: str
    funder: str = ""
    cut_off: date | None = None
    edition: int = 0
    follows: int = 0
    published_on: date | None = None
    corrections: tuple[Correction, ...] = ()
    parts: tuple[Part, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    review: Table | None = None

    def table(self, code: str) -> Table | None:
        return next((table for table in self.tables if table.code == code), None)

    @property
    def annex(self) -> tuple[Table, ...]:
        """The tables that no part shows."""
        shown = {part.table for part in self.parts}
        return tuple(table for table in self.tables if table.code not in shown)
