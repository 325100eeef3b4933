"""Odd and hostile files, made part by part: what no spreadsheet program writes, but somebody may send."""

import struct
import zipfile
from collections.abc import Iterable
from io import BytesIO

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def zipped(parts: dict[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip of the parts; as pairs, a name may come twice."""
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return stored.getvalue()


def content_types(workbook: str = WORKBOOK_TYPE) -> str:
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{workbook}"/></Types>'
    )


def relations(*targets: tuple[str, str], base: str = RELATIONS) -> str:
    """The relations rId1, rId2 … to targets, each with the last word of its type."""
    entries = "".join(
        f'<Relationship Id="rId{place}" Type="{base}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def parts(
    *sheets: str,
    strings: str = "",
    styles: str = "",
    workbook_properties: str = "",
    states: dict[int, str] | None = None,
    main: str = MAIN,
    base: str = RELATIONS,
) -> dict[str, str | bytes]:
    """The parts of a workbook. ``sheets`` are what stands in <worksheet>, ``strings`` in <sst>, and so on."""
    targets = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(sheets) + 1)]
    targets += [("sharedStrings", "sharedStrings.xml")] if strings else []
    targets += [("styles", "styles.xml")] if styles else []
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml"), base=base),
        "xl/workbook.xml": (
            f'{DECLARATION}<workbook xmlns="{main}" xmlns:r="{base}">{workbook_properties}'
            f"<sheets>{_listed(len(sheets), states or {})}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": relations(*targets, base=base),
    }
    for place, sheet in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{place}.xml"] = f'{DECLARATION}<worksheet xmlns="{main}">{sheet}</worksheet>'
    if strings:
        made["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{main}">{strings}</sst>'
    if styles:
        made["xl/styles.xml"] = f'{DECLARATION}<styleSheet xmlns="{main}">{styles}</styleSheet>'
    return made


def _listed(count: int, states: dict[int, str]) -> str:
    return "".join(
        f'<sheet name="表{place}" sheetId="{place}" state="{states.get(place, "visible")}" r:id="rId{place}"/>'
        for place in range(1, count + 1)
    )


def workbook(*sheets: str, **rest) -> bytes:
    return zipped(parts(*sheets, **rest))


def rows(content: str) -> str:
    return f"<sheetData>{content}</sheetData>"


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def written(*sheets: tuple[str, list[list]], **options) -> bytes:
    """An ordinary workbook, as XlsxWriter makes it: each sheet's name and rows."""
    stored = BytesIO()
    with xlsxwriter.Workbook(
        stored, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd", **options}
    ) as book:
        for name, lines in sheets:
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                sheet.write_row(row, 0, line)
    return stored.getvalue()


def with_lying_size(data: bytes, name: str, size: int) -> bytes:
    """The zip, with another unpacked size declared for one member, in both of the places where it stands."""
    changed = bytearray(data)
    encoded = name.encode()
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = data.find(signature)
        while place >= 0:
            if data[place + name_at : place + name_at + len(encoded)] == encoded:
                changed[place + size_at : place + size_at + 4] = struct.pack("<I", size)
            place = data.find(signature, place + 1)
    return bytes(changed)


def with_flag(data: bytes, flag: int) -> bytes:
    """The zip, with a flag set for each member: 1 says that it is encrypted."""
    changed = bytearray(data)
    for signature, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            changed[place + flag_at] |= flag
            place = data.find(signature, place + 1)
    return bytes(changed)


def ole(*, encrypted: bool = False) -> bytes:
    """The beginning of an old .xls, or of a workbook with a password."""
    name = "EncryptedPackage" if encrypted else "Workbook"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le") + bytes(512)


def tiny_rows(count: int) -> bytes:
    return workbook(rows("".join(f"<row><c><v>{row}</v></c></row>" for row in range(count))))


def blank_cells(count: int) -> bytes:
    """Formatted cells without a value, a row each, as people's sheets have them far below the table."""
    filled = f'<row r="1">{inline("A1", "时间")}</row>'
    return workbook(rows(filled + "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, count))))


def many_strings(count: int) -> bytes:
    return workbook(rows('<row><c t="s"><v>0</v></c></row>'), strings="<si><t>字</t></si>" * count)


def deep(depth: int) -> bytes:
    return workbook("<a>" * depth + "</a>" * depth)


def many_styles(count: int) -> bytes:
    codes = "".join(f'<numFmt numFmtId="{200 + code}" formatCode="yyyy-mm-dd"/>' for code in range(count))
    formats = "".join(f'<xf numFmtId="{200 + code}"/>' for code in range(count))
    styles = f"<numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs>"
    return workbook(rows('<row><c s="5"><v>41643</v></c></row>'), styles=styles)


def many_attributes(count: int) -> bytes:
    attributes = " ".join(f'a{number}=""' for number in range(count))
    return workbook(rows(f"<row {attributes}><c><v>1</v></c></row>"))


def many_names(count: int) -> bytes:
    """Elements of as many names: expat keeps each of them."""
    return workbook("".join(f"<a{number}/>" for number in range(count)))
