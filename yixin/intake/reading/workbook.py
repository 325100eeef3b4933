"""Workbooks (.xlsx) read from their parts: what each sheet shows, with the values as last calculated."""

import posixpath
import re
import zipfile
from io import BytesIO
from xml.parsers.expat import ExpatError, errors

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.intake.sheets import Sheet

from .cells import MAX_CELLS, MAX_TEXT, text_cell
from .formats import Shown, built_in, shown_by
from .parts import Attributes, Part, TextPart, is_true, member, number
from .refusals import is_broken, is_too_complicated
from .worksheet import Budget, Context, Worksheet

MAX_SHEETS = 100
MAX_FORMATS = 100_000  # Excel itself writes at most 65,490
_NO_MEMORY = errors.codes[errors.XML_ERROR_NO_MEMORY]
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_workbook(data: bytes) -> list[Sheet]:
    """The sheets in their order, chart sheets left out. Raises nothing but ValidationError with a sentence.

    Time and memory grow with what the file unpacks to: `limits` bounds them.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _sheets(archive)
    except ValidationError:
        raise
    except MemoryError as error:
        raise is_too_complicated() from error
    except ExpatError as error:
        raise is_too_complicated() if error.code == _NO_MEMORY else is_broken() from error
    # Broken files raise errors of zipfile, zlib, struct, and KeyError, IndexError, ValueError of our own.
    except Exception as error:
        raise is_broken() from error


class Relations(Part):
    """The parts that a part refers to: by id, and by the last word of their type."""

    def __init__(self, archive: zipfile.ZipFile, source: str):
        super().__init__()
        self.by_id: dict[str, str] = {}
        self.by_type: dict[str, str] = {}
        self._folder, name = posixpath.split(source)
        path = posixpath.join(self._folder, "_rels", f"{name}.rels")
        if member(archive, path):
            self.read(archive, path)

    def start_Relationship(self, attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", self._folder, attributes["Target"].replace("\\", "/")))[1:]
        kind = attributes["Type"].rpartition("/")[2]
        self.by_id[attributes["Id"]] = f"{kind}:{target}"
        self.by_type.setdefault(kind, target)


class Book(Part):
    """The list of sheets, and the calendar."""

    def __init__(self):
        super().__init__()
        self.is_1904 = False
        self.sheets: list[tuple[str, str, bool]] = []  # name, id of the relation, whether hidden

    def start_workbookPr(self, attributes: Attributes) -> None:
        self.is_1904 = is_true(attributes.get("date1904"))

    def start_sheet(self, attributes: Attributes) -> None:
        relation = next(value for name, value in attributes.items() if name.endswith(":id"))
        name = " ".join(decoded(attributes["name"]).split())
        self.sheets.append((name, relation, attributes.get("state", "visible") != "visible"))
        if len(self.sheets) > MAX_SHEETS:
            raise ValidationError(
                _("The workbook has more than %(limit)s sheets. Delete those that are not needed."),
                code="too_many_sheets",
                params={"limit": MAX_SHEETS},
            )


class Styles(Part):
    """For each cell format by its place, whether and how it shows a date."""

    def __init__(self):
        super().__init__()
        self.shown: list[Shown | None] = []
        self._codes: dict[int, Shown | None] = {}
        self._is_within_formats = False

    def start_numFmt(self, attributes: Attributes) -> None:
        if len(self._codes) >= MAX_FORMATS:
            raise is_too_complicated()
        self._codes[number(attributes["numFmtId"])] = shown_by(attributes["formatCode"])

    def start_cellXfs(self, attributes: Attributes) -> None:
        self._is_within_formats = True

    def end_cellXfs(self) -> None:
        self._is_within_formats = False

    def start_xf(self, attributes: Attributes) -> None:
        if self._is_within_formats:
            if len(self.shown) >= MAX_FORMATS:
                raise is_too_complicated()
            code = number(attributes.get("numFmtId", "0"))
            self.shown.append(self._codes[code] if code in self._codes else built_in(code))


class SharedStrings(TextPart):
    """The texts that cells refer to by their place."""

    def __init__(self):
        super().__init__()
        self.texts: list[str | None] = []
        self._length = 0

    def start_si(self, attributes: Attributes) -> None:
        self.pieces = []

    def end_si(self) -> None:
        text = text_cell(decoded("".join(self.pieces)))
        self._length += len(text or "")
        if len(self.texts) >= MAX_CELLS or self._length > MAX_TEXT:
            raise is_too_complicated()
        self.texts.append(text)


def decoded(text: str) -> str:
    """The text with _x000D_ and its like turned into the characters they stand for."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes may be the halves of one character; half a character alone is nothing.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    path = Relations(archive, "").by_type.get("officeDocument", "xl/workbook.xml")
    relations, book, styles, strings = Relations(archive, path), Book(), Styles(), SharedStrings()
    book.read(archive, path)
    if "styles" in relations.by_type:
        styles.read(archive, relations.by_type["styles"])
    if "sharedStrings" in relations.by_type:
        strings.read(archive, relations.by_type["sharedStrings"])
    context = Context(strings.texts, styles.shown, book.is_1904, Budget())
    found = []
    for name, relation, is_hidden in book.sheets:
        kind, _colon, part = relations.by_id.get(relation, "").partition(":")
        if kind == "worksheet":
            found.append(_sheet(archive, part, name, is_hidden, context))
    if not found:
        raise ValidationError(
            _("The workbook has no sheet with cells. Copy the table into a new workbook, and send that."),
            code="no_sheet",
        )
    return found


def _sheet(archive: zipfile.ZipFile, part: str, name: str, is_hidden: bool, context: Context) -> Sheet:
    worksheet = Worksheet(name, context, decoded)
    worksheet.read(archive, part)
    return Sheet(name, worksheet.lines(), is_hidden, worksheet.hidden_columns)
