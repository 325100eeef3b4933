"""What a file is by its bytes, whatever its name says, and whether it is safe to unpack."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .refusals import is_broken, is_too_complicated, is_unsafe

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_MEMBERS = 1_000
CHUNK = 1 << 16

_SAVE_AS_XLSX = _("Open it in Excel or WPS, choose “Save as”, type “Excel workbook (.xlsx)”, and send that.")


class Kind(Enum):
    WORKBOOK = "workbook"
    TEXT = "text"


@dataclass(frozen=True)
class Contents:
    kind: Kind
    unpacked: int  # bytes, as counted while unpacking, not as declared


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x05\x06", b"PK\x07\x08")
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|meta|table|style|\?xml|!--)", re.IGNORECASE)
_MAIL = re.compile(rb"\s*MIME-Version:", re.IGNORECASE)
_TEXT_DOCUMENT = re.compile(rb"\s*\{\\rtf")
_ENTITIES = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")

_REFUSED_WORKBOOKS = (
    (
        rb"\.macroEnabled\.main\+xml",
        "macros",
        _("The workbook contains macros (.xlsm). Save it as “Excel workbook (.xlsx)” without macros, and send that."),
    ),
    (
        rb"sheet\.binary\.macroEnabled",
        "binary",
        _("The workbook is a binary one (.xlsb). Save it as “Excel workbook (.xlsx)”, and send that."),
    ),
    (
        rb"wordprocessingml\.(?:document|template)\.main",
        "word",
        _("This is a Word document. Copy the table in it and paste it here, or into a new workbook."),
    ),
    (
        rb"presentationml\.(?:presentation|slideshow|template)\.main",
        "slides",
        _("These are PowerPoint slides. Copy the table in it and paste it here, or into a new workbook."),
    ),
)
_WORKBOOK = re.compile(rb"spreadsheetml\.(?:sheet|template)\.main\+xml")


def examine(data: bytes) -> Contents:
    """What the bytes are. Raises ValidationError, with what to do next, for all that is no workbook and no text."""
    if not data.strip():
        raise _refusal("empty", _("The file is empty. Send the file that holds the table."))
    if len(data) > MAX_BYTES:
        raise _refusal(
            "too_large",
            _("The file is larger than 5 MB. Delete pictures and sheets that are not needed, and save it anew."),
        )
    if data.startswith(b"PK\x03\x04"):
        return Contents(Kind.WORKBOOK, _unpacked(data))
    _refuse_by_first_bytes(data)
    return Contents(Kind.TEXT, len(data))


def _refusal(code: str, message) -> ValidationError:
    return ValidationError(message, code=code, params={"save": _SAVE_AS_XLSX})


def _refuse_by_first_bytes(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _refusal("password", _("The file has a password. Remove the password, save it, and send it anew."))
        raise _refusal("xls", _("This is a file of an old kind (.xls, .et or .doc). %(save)s"))
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        raise _refusal("pdf", _("This is a PDF. Copy the table in it and paste it here, or send the workbook itself."))
    if data.startswith(_PICTURES) or data[:4] == b"RIFF" or data[4:8] == b"ftyp" or _is_bitmap(data):
        raise _refusal("picture", _("This is a picture. Send the workbook itself, or type the table into one."))
    if data.startswith(_ARCHIVES):
        raise _refusal("archive", _("This is an archive. Unpack it, and send the workbook that is in it."))
    if _PAGE.match(data) or _MAIL.match(data) or _is_utf16_page(data):
        raise _refusal("page", _("This is a web page or XML, not a workbook. %(save)s"))
    if _TEXT_DOCUMENT.match(data):
        raise _refusal("word", _("This is a text document. Copy the table in it and paste it here."))


def _is_bitmap(data: bytes) -> bool:
    return data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)


def _is_utf16_page(data: bytes) -> bool:
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return False
    return bool(_PAGE.match(data[:2000].decode("utf-16", errors="ignore").encode("utf-8", errors="ignore")))


def _unpacked(data: bytes) -> int:
    """Bytes of all members. Raises ValidationError for a zip that is no workbook or not safe."""
    # The list of members is read before it can be counted: 5 MB hold 100,000 of them.
    if data.count(b"PK\x01\x02") > 2 * MAX_MEMBERS:
        raise is_too_complicated()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_members(archive)
            return _counted(archive)
    except ValidationError:
        raise
    # zipfile raises BadZipFile, but also struct.error, zlib.error, ValueError, EOFError, IndexError and more.
    except Exception as error:
        raise is_broken() from error


def _refuse_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename.replace("\\", "/").casefold() for member in members]
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise is_too_complicated()
    if any(member.flag_bits & 1 for member in members):
        raise _refusal("password", _("The file has a password. Remove the password, save it, and send it anew."))
    _refuse_other_kinds(archive, names)
    if (
        len(set(names)) < len(names)
        or any(_UNSAFE_NAME.search(member.orig_filename) for member in members)
        or any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members)
    ):
        raise is_unsafe()


def _refuse_other_kinds(archive: zipfile.ZipFile, names: list[str]) -> None:
    if "mimetype" in names and b"opendocument" in _beginning(archive, names.index("mimetype")):
        raise _refusal("ods", _("This is an OpenDocument file (.ods or .odt). %(save)s"))
    if "[content_types].xml" not in names:
        raise _refusal(
            "archive", _("This is an archive and no workbook. Unpack it, and send the workbook (.xlsx) that is in it.")
        )
    types = _beginning(archive, names.index("[content_types].xml")).replace(b"\0", b"")
    for pattern, code, message in _REFUSED_WORKBOOKS:
        if re.search(pattern, types, re.IGNORECASE):
            raise _refusal(code, message)
    if not _WORKBOOK.search(types):
        raise _refusal("no_workbook", _("This is no workbook. Send an .xlsx or .csv file, or paste the table."))


def _beginning(archive: zipfile.ZipFile, place: int) -> bytes:
    return b"".join(chunks(archive, archive.infolist()[place], at_most=1_000_000))


def chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, at_most: int) -> Iterator[bytes]:
    """The unpacked bytes, piece by piece; never more than a piece beyond `at_most`, whatever the zip declares."""
    count = 0
    with archive.open(member) as stream:
        while count <= at_most and (piece := stream.read(CHUNK)):
            count += len(piece)
            yield piece


def _counted(archive: zipfile.ZipFile) -> int:
    total = 0
    for member in archive.infolist():
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        before = b""
        for piece in chunks(archive, member, MAX_UNPACKED - total):
            total += len(piece)
            if is_xml and any(word in before + piece for word in _ENTITIES):
                raise is_unsafe()
            before = piece[-20:]
        if total > MAX_UNPACKED:
            raise is_too_complicated()
    return total
