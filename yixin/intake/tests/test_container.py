import io

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from yixin.intake.reading.container import MAX_BYTES, MAX_UNPACKED, Contents, Kind, examine
from yixin.intake.tests import files

SHEET = files.rows(f"<row>{files.inline('A1', '时间')}</row>")
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"


def refusal(data):
    with pytest.raises(ValidationError) as caught:
        examine(data)
    return caught.value.code


def typed(content_type):
    return files.zipped(files.parts(SHEET) | {"[Content_Types].xml": files.content_types(content_type)})


def test_workbook_is_known_by_its_bytes_and_measured_unpacked():
    parts = files.parts(SHEET)

    assert examine(files.zipped(parts)) == Contents(
        Kind.WORKBOOK, sum(len(content.encode()) for content in parts.values())
    )


@pytest.mark.parametrize("text", ["时间,内容\n", "BMI,体重\n", "PKU,北大\n", "II,III\n"])
def test_what_has_no_signature_is_text(text):
    assert examine(text.encode()) == Contents(Kind.TEXT, len(text.encode()))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
        (files.ole(), "xls"),
        (files.ole(encrypted=True), "password"),
        (files.with_flag(files.workbook(SHEET), 1), "password"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xff\xd8\xff\xe0JFIF", "picture"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"GIF89a", "picture"),
        (b"RIFF\0\0\0\0WEBP", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"BM\x0a\0\0\0\0\0\0\0", "picture"),
        (b"Rar!\x1a\x07\x01\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x1f\x8b\x08\0", "archive"),
        (files.zipped({}), "archive"),
        (files.zipped({"活动.xlsx": files.workbook(SHEET)}), "archive"),
        (files.zipped({"mimetype": OPEN_DOCUMENT, "content.xml": "<a/>"}), "ods"),
        (typed(WORD), "word"),
        (typed(SLIDES), "slides"),
        (typed(MACROS), "macros"),
        (typed(BINARY), "binary"),
        (typed("application/vnd.ms-package.3dmodel"), "no_workbook"),
        (b"{\\rtf1\\ansi}", "word"),
        (b"\r\n<html><table><tr><td>1</td></tr></table></html>", "page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "page"),
        ("\ufeff<table></table>".encode("utf-16-le"), "page"),
        (b"MIME-Version: 1.0\r\n", "page"),
    ],
)
def test_other_files_are_refused_by_what_they_are(data, code):
    assert refusal(data) == code


def test_refusal_says_what_to_do():
    with override("en"), pytest.raises(ValidationError) as caught:
        examine(files.ole())

    with override("en"):
        assert caught.value.messages == [
            "This is a file of an old kind (.xls, .et or .doc). Open it in Excel or WPS, choose “Save as”, type "
            "“Excel workbook (.xlsx)”, and send that."
        ]


@pytest.mark.parametrize("name", ["/etc/passwd", "../../up.xml", "xl/../../up.xml", "C:/windows.xml", "..\\up.xml"])
def test_member_outside_the_folder_is_refused(name):
    assert refusal(files.zipped(files.parts(SHEET) | {name: "<a/>"})) == "unsafe"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml", "xl\\workbook.xml"])
def test_member_that_comes_twice_is_refused(name):
    assert refusal(files.zipped([*files.parts(SHEET).items(), (name, "<a/>")])) == "unsafe"


@pytest.mark.parametrize("count", [1_000, 3_000])
def test_too_many_members_are_refused(count):
    extra = {f"xl/media/{number}.bin": "" for number in range(count)}

    assert refusal(files.zipped(files.parts(SHEET) | extra)) == "too_complicated"


def test_unpacked_size_is_bounded():
    assert refusal(files.zipped(files.parts(SHEET) | {"a.bin": bytes(MAX_UNPACKED)})) == "too_complicated"


def test_lying_size_does_not_help():
    data = files.zipped(files.parts(SHEET) | {"a.bin": bytes(MAX_UNPACKED)})

    assert refusal(files.with_lying_size(data, "a.bin", 10)) == "broken"


def test_member_packed_with_another_method_is_refused():
    stored = io.BytesIO()
    with files.zipfile.ZipFile(stored, "w", files.zipfile.ZIP_BZIP2) as archive:
        for name, content in files.parts(SHEET).items():
            archive.writestr(name, content)

    assert refusal(stored.getvalue()) == "unsafe"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declaration", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!ENTITY b "c">'])
def test_declared_entities_are_refused(encoding, declaration):
    part = f'<?xml version="1.0" encoding="{encoding[:6]}"?>{declaration}<a/>'

    assert refusal(files.zipped(files.parts(SHEET) | {"docProps/app.xml": part.encode(encoding)})) == "unsafe"


def test_declared_entity_across_two_pieces_is_found():
    part = "<a>" + " " * (65_536 - 8) + "<!DOCTYPE a>"

    assert refusal(files.zipped(files.parts(SHEET) | {"docProps/app.xml": part})) == "unsafe"


@pytest.mark.parametrize("cut", [5, 40, 200, -30, -1])
def test_cut_workbook_is_refused(cut):
    assert refusal(files.workbook(SHEET)[:cut]) == "broken"


@given(st.binary(max_size=300), st.integers(0, 900), st.booleans())
def test_any_bytes_are_examined_or_refused(noise, place, is_workbook):
    whole = files.workbook(SHEET) if is_workbook else b""
    data = whole[:place] + noise + whole[place + len(noise) :]

    try:
        contents = examine(data)
    except ValidationError as error:
        contents = error.messages[0]

    assert contents
