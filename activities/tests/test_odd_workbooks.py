"""Workbooks that nobody should send, and files that only look like some: each is refused with what to do next."""

import zipfile
from hashlib import sha256
from io import BytesIO

import pytest

from yixin.intake.tests import files
from yixin.intake.tests.files import inline, rows

from .odd_files import HEADS, READ, ROW, Odd, Says, accepted, expected, hand_in, raw, rejected, sheet, told, workbook
from .processes import report_of_a_process

pytestmark = pytest.mark.django_db

BROKEN = Says("The file is damaged and cannot be read. Open it in Excel or WPS, save it anew as .xlsx, and send that.")
UNSAFE = Says("The file has parts that no workbook needs. Copy the table into a new workbook, save it, and send that.")
TOO_COMPLICATED = Says(
    "The file is too large or too complicated to be read. Delete empty rows and columns below and beside the table, "
    "pictures and sheets that are not needed, and save it anew; or copy the table into a new workbook."
)
TOO_LARGE = Says("The file is larger than 5 MB. Delete pictures and sheets that are not needed, and save it anew.")
PASSWORD = Says("The file has a password. Remove the password, save it, and send it anew.")
SAVE = "Open it in Excel or WPS, choose “Save as”, type “Excel workbook (.xlsx)”, and send that."
UNREADABLE = Says(
    "Line %(line)s has characters that cannot be read, neither as UTF-8 nor as GB18030. Open the file in Excel or WPS, "
    "save it as .xlsx, and send that.",
    {"line": 1},
)
NOISE = b"".join(sha256(bytes([number])).digest() for number in range(256))
DOCTYPE = "\ufeff<!DOCTYPE x><worksheet/>"
PART = "xl/worksheets/sheet1.xml"


def ordinary() -> bytes:
    return workbook(sheet(HEADS, ROW))


def with_part(name: str, content: bytes) -> bytes:
    """The ordinary workbook with one of its parts replaced, or added."""
    with zipfile.ZipFile(BytesIO(ordinary())) as archive:
        found = {one: archive.read(one) for one in archive.namelist()}
    return files.zipped(found | {name: content})


def with_declaration(declaration: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(ordinary())) as archive:
        part = archive.read(PART)
    return with_part(PART, part.replace(b"<worksheet", declaration + b"<worksheet", 1))


def bomb() -> bytes:
    """70 MB of blanks in 70 KB."""
    return with_part("xl/media/image1.xml", b" " * (70 << 20))


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return with_declaration(f'<!DOCTYPE x [<!ENTITY a0 "哈">{entities}]>'.encode())


def external_entity() -> bytes:
    return with_declaration(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')


def external_link() -> bytes:
    """Values that another workbook is said to hold; nobody looks there."""
    return with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>")


def far_cell(reference: str) -> bytes:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    head = "".join(inline(f"{letter}1", name) for letter, name in zip("ABC", HEADS, strict=True))
    event = "".join(inline(f"{letter}2", str(cell)) for letter, cell in zip("ABC", ROW, strict=True))
    far = f'<row r="{row}">{inline(reference, "远")}</row>'
    return files.workbook(rows(f'<row r="1">{head}</row><row r="2">{event}</row>{far}'))


def formatted_to_the_end() -> bytes:
    """A table with 60,000 blank formatted cells below it."""
    head = "".join(inline(f"{letter}1", name) for letter, name in zip("ABC", HEADS, strict=True))
    event = "".join(inline(f"{letter}2", str(cell)) for letter, cell in zip("ABC", ROW, strict=True))
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 60_000))
    return files.workbook(rows(f'<row r="1">{head}</row><row r="2">{event}</row>{blank}'))


def full() -> bytes:
    """5,000 rows of 40 columns, each cell a text of its own."""
    line = [f"列{place}" for place in range(37)]
    lines = [
        [f"2014-{n % 12 + 1:02}-{n % 28 + 1:02}", f"培训{n}", n, *(f"{n}·{p}" for p in line)] for n in range(5_000)
    ]
    return workbook(sheet([*HEADS, *line], *lines))


HOSTILE = [
    Odd("5 MB and a byte", raw(b"," * (5 * 1024 * 1024 + 1)), rejected(TOO_LARGE)),
    Odd("zip bomb", bomb, rejected(TOO_COMPLICATED)),
    Odd("size that is a lie", lambda: files.with_lying_size(bomb(), "xl/media/image1.xml", 100), rejected(BROKEN)),
    Odd("DOCTYPE with a billion laughs", billion_laughs, rejected(UNSAFE)),
    Odd("external entity", external_entity, rejected(UNSAFE)),
    Odd("DOCTYPE in UTF-16", lambda: with_part(PART, DOCTYPE.encode("utf-16-le")), rejected(UNSAFE)),
    Odd("link to another workbook", external_link, accepted(new=1, records={"2": READ})),
    Odd("name that leaves the folder", lambda: with_part("../../etc/cron.d/x", b"x"), rejected(UNSAFE)),
    Odd("password of a workbook", lambda: files.ole(encrypted=True), rejected(PASSWORD)),
    Odd("password of a zip", lambda: files.with_flag(ordinary(), 1), rejected(PASSWORD)),
    Odd(
        "old .xls",
        files.ole,
        rejected(Says("This is a file of an old kind (.xls, .et or .doc). %(save)s", {"save": SAVE})),
    ),
    Odd(
        "Word document",
        lambda: files.zipped(
            {
                "[Content_Types].xml": files.content_types(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                )
            }
        ),
        rejected(Says("This is a Word document. Copy the table in it and paste it here, or into a new workbook.")),
    ),
    Odd(
        "picture",
        raw(b"\x89PNG\r\n\x1a\n" + bytes(100)),
        rejected(Says("This is a picture. Send the workbook itself, or type the table into one.")),
    ),
    Odd(
        "PDF",
        raw(b"%PDF-1.4\n" + bytes(100)),
        rejected(Says("This is a PDF. Copy the table in it and paste it here, or send the workbook itself.")),
    ),
    Odd(
        "web page that calls itself .xls",
        raw("<html><table><tr><td>时间</td></tr></table></html>".encode()),
        rejected(Says("This is a web page or XML, not a workbook. %(save)s", {"save": SAVE})),
    ),
    Odd(
        "zip that is no workbook",
        lambda: files.zipped({"a.txt": "x"}),
        rejected(Says("This is an archive and no workbook. Unpack it, and send the workbook (.xlsx) that is in it.")),
    ),
    Odd("zip cut off in the middle", lambda: ordinary()[:2_000], rejected(BROKEN)),
    Odd("zip with noise in it", lambda: ordinary()[:1_500] + NOISE[:1_000] + ordinary()[2_500:], rejected(BROKEN)),
    Odd("sheet cut off in the middle", lambda: with_part(PART, b"<worksheet><sheetData><row"), rejected(BROKEN)),
    Odd("elements a million deep", lambda: files.deep(1_000_000), rejected(TOO_COMPLICATED)),
    Odd(
        "700,000 tiny rows",
        lambda: files.tiny_rows(700_000),
        rejected(
            Says(
                "The sheet “%(sheet)s” has more than %(limit)s rows. Split the table into several files, or delete the "
                "sheet if it is not needed.",
                {"sheet": "表1", "limit": 5_000},
            )
        ),
    ),
    Odd("formatted far below the table", formatted_to_the_end, accepted(new=1, records={"2": READ})),
    Odd("cell in the last row", lambda: far_cell("B1048576"), rejected((1_048_576, "时间"), new=1, refused=1)),
    Odd(
        "cell in the last column of the last row",
        lambda: far_cell("XFD1048576"),
        rejected(
            Says(
                "The sheet “%(sheet)s” has something in row %(row)s beyond its column %(limit)s. Delete what stands "
                "there, or delete the sheet if it is not needed.",
                {"sheet": "表1", "row": 1_048_576, "limit": 200},
            )
        ),
    ),
    Odd("cell beyond the last column", lambda: far_cell("ZZZZ3"), rejected(BROKEN)),
    Odd("5,000 rows of 40 columns", full, accepted(new=5_000)),
    Odd(
        "300,000 texts that nobody refers to",
        lambda: files.many_strings(300_000),
        rejected(
            Says(
                "No head of a table was found. Row %(row)s has: %(found)s. The table needs a line with the heads: "
                "%(expected)s.",
                {"row": 1, "found": "字", "expected": "时间、内容、人数"},
            )
        ),
    ),
    Odd("noise", raw(NOISE), rejected(UNREADABLE)),
]
HEAVIEST = ["zip bomb", "700,000 tiny rows", "elements a million deep", "5,000 rows of 40 columns"]


@pytest.mark.parametrize("odd", HOSTILE, ids=str)
def test_file(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)


@pytest.mark.parametrize("odd", [odd for odd in HOSTILE if odd.id in HEAVIEST], ids=str)
def test_memory_of_a_process_of_its_own_stays_small(odd, tmp_path):
    file = tmp_path / "handed-in"
    file.write_bytes(odd.file())

    report = report_of_a_process(odd.table, str(file), *odd.options)

    assert told(report, odd.outcome) == expected(odd)
    assert report["peak_mb"] <= 300
