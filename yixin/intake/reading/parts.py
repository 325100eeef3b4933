"""The XML parts of a workbook, read as a stream: nothing is kept that nobody asked for."""

import zipfile
from collections.abc import Callable
from xml.parsers import expat

from .container import MAX_UNPACKED, chunks
from .refusals import is_broken, is_too_complicated, is_unsafe

MAX_DEPTH = 100
MAX_TAG = 1 << 20  # bytes of one tag with its attributes

Attributes = dict[str, str]


class Part:
    """Calls `start_NAME(attributes)` and `end_NAME()` of a subclass, for elements of the root's name space.

    A part written as <x:row> instead of <row> is read alike. `keep` starts to gather text, `kept` is the text.
    """

    def __init__(self):
        self._starts = self._methods("start_")
        self._ends = self._methods("end_")
        self._prefix: str | None = None
        self._depth = 0
        self._kept: list[str] = []

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        """Raises ValidationError or an error of expat or zipfile for what cannot be read."""
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        count = 0
        try:
            for piece in chunks(archive, member(archive, name) or name, MAX_UNPACKED):
                count += len(piece)
                parser.Parse(piece, False)
                if count - parser.CurrentByteIndex > MAX_TAG:
                    raise is_too_complicated()
            parser.Parse(b"", True)
        finally:
            del self._parser  # it refers to this object, and both would wait for the garbage collector

    def keep(self) -> None:
        self._kept = []
        self._parser.CharacterDataHandler = self._kept.append

    def kept(self) -> str:
        self._parser.CharacterDataHandler = None
        return "".join(self._kept)

    def _methods(self, prefix: str) -> dict[str, Callable]:
        return {name.removeprefix(prefix): getattr(self, name) for name in dir(self) if name.startswith(prefix)}

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise is_too_complicated()
        if self._prefix is None:
            self._find_prefix(name)
        if name in self._starts:
            self._starts[name](attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name in self._ends:
            self._ends[name]()

    def _find_prefix(self, root: str) -> None:
        prefix, colon, _local = root.rpartition(":")
        self._prefix = prefix + colon
        self._starts = {self._prefix + name: method for name, method in self._starts.items()}
        self._ends = {self._prefix + name: method for name, method in self._ends.items()}

    def _refuse(self, *declaration) -> None:
        raise is_unsafe()


class TextPart(Part):
    """A part with texts in pieces of different looks; readings of characters (ruby) are left out."""

    def __init__(self):
        super().__init__()
        self.pieces: list[str] = []
        self._is_reading = False

    def start_rPh(self, attributes: Attributes) -> None:
        self._is_reading = True

    def end_rPh(self) -> None:
        self._is_reading = False

    def start_t(self, attributes: Attributes) -> None:
        self.keep()

    def end_t(self) -> None:
        text = self.kept()
        if not self._is_reading:
            self.pieces.append(text)


def member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """The member of that name, whatever its capitals and slashes: some programs write others than they refer to."""
    wanted = name.casefold()
    return next((one for one in archive.infolist() if one.filename.replace("\\", "/").casefold() == wanted), None)


def number(text: str, at_most: int = 1 << 31) -> int:
    """A count or place as XML parts write it. Raises ValidationError for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= at_most):
        raise is_broken()
    return int(text)


def is_true(text: str | None) -> bool:
    return text in ("1", "true", "on", "t")
