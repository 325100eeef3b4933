import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from yixin.intake.reading import read_file
from yixin.intake.reading.delimited import read_delimited
from yixin.intake.sheets import Line, Sheet

TABLE = "时间,内容,人数\n2014年1月4日,第二届江西公益年会,140\n"
READ = Sheet("", (Line(1, ("时间", "内容", "人数")), Line(2, ("2014年1月4日", "第二届江西公益年会", "140"))))
TRICKY_TEXT = st.text(st.sampled_from("时间人1,;\t，\"' =\r\n\u3000\u200b\0\x0b\u2028"), max_size=60)


def lines(text):
    return [(line.number, line.cells) for line in read_delimited(text.encode()).lines]


def refusal(data):
    with override("en"), pytest.raises(ValidationError) as caught:
        read_delimited(data)
    with override("en"):
        return caught.value.code, caught.value.messages


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends(encoding, line_end):
    assert read_file(TABLE.replace("\n", line_end).encode(encoding)) == [READ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_mark(encoding):
    assert read_file(f"\ufeff{TABLE}".encode(encoding)) == [READ]


def test_characters_that_only_gb18030_has():
    assert read_delimited("姓名,机构\n㼆,𠮷\n".encode("gb18030")).lines[1] == Line(2, ("㼆", "𠮷"))


@pytest.mark.parametrize(
    ("data", "line"),
    [("时间,内容\n年会,".encode() + b"\xff\xff\n", 2), (b"\xef\xbb\xbfa\r\nb\r\n\xff", 3), (b"\xff\xfea\0b", 1)],
)
def test_unreadable_characters_are_refused_with_their_line(data, line):
    assert refusal(data) == (
        "encoding",
        [
            f"Line {line} has characters that cannot be read, neither as UTF-8 nor as GB18030. Open the file in Excel "
            "or WPS, save it as .xlsx, and send that."
        ],
    )


@pytest.mark.parametrize("data", [b"a,b\n\0,c", "时间\n".encode("utf-16-le"), b"SQLite format 3\0"])
def test_bytes_of_no_text_are_refused(data):
    assert refusal(data)[0] in ("binary", "encoding")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_delimiter_is_found(delimiter):
    assert read_delimited(TABLE.replace(",", delimiter).encode()) == READ


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "活动一览\n时间;内容\n1;a,b\n2;c\n",
            [(1, ("活动一览",)), (2, ("时间", "内容")), (3, ("1", "a,b")), (4, ("2", "c"))],
        ),
        ("时间,内容\n1,a;b\n2,c;d;e\n", [(1, ("时间", "内容")), (2, ("1", "a;b")), (3, ("2", "c;d;e"))]),
        ("内容\n一，二\n三\n", [(1, ("内容",)), (2, ("一，二",)), (3, ("三",))]),
        ("内容\n一;二\n三\n四\n", [(1, ("内容",)), (2, ("一;二",)), (3, ("三",)), (4, ("四",))]),
        ('a,"b;c;d"\ne,"f;g"\n', [(1, ("a", "b;c;d")), (2, ("e", "f;g"))]),
        ("sep=;\na,b;c\n", [(1, ("a,b", "c"))]),
        ('"sep=|"\na,b|c\n', [(1, ("a,b", "c"))]),
        ("sep=,", [(1, ("sep=",))]),
    ],
)
def test_delimiter_fits_most_lines(text, found):
    assert lines(text) == found


def test_rows_are_numbered_as_excel_numbers_them():
    assert lines('时间,内容\n\n1,"a\nb"\n,\u3000\n2,c\n') == [
        (1, ("时间", "内容")),
        (3, ("1", "a\nb")),
        (5, ("2", "c")),
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"a ""b"" c",d', ('a "b" c', "d")),
        ('a "b" c,d', ('a "b" c', "d")),
        ('"a"b,c', ("ab", "c")),
        ("a\u2028b,c\x0bd", ("a\u2028b", "c\x0bd")),
        (" a ,\u3000b\u200b", ("a", "b")),
        ("a,,\u200b", ("a",)),
        ("'=1+1,'+86,'-5,'@a,'a,''=1", ("=1+1", "+86", "-5", "@a", "'a", "'=1")),
    ],
)
def test_cells(text, cells):
    assert lines(text + ",\n") == [(1, cells)]


def test_open_quote_is_refused_with_its_place():
    assert refusal('时间,内容\n"a\nb",c\n1,"d\n2,e\n'.encode()) == (
        "unclosed",
        ["The quotation mark in row 3 (line 4 of the text) is never closed. Close or delete it."],
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n" * 5_031, "too_many_rows"),
        (",\n" * 200_001, "too_complicated"),
        ("," * 200 + "a\n", "too_many_columns"),
        ("a" * 32_768, "too_long"),
        ("a" * 200_000, "too_long"),
        ('"' + "a,b\n" * 100_000, "too_long"),
    ],
)
def test_limits(text, code):
    assert refusal(text.encode())[0] == code


def test_blank_rows_and_columns_do_not_count():
    text = "a,b" + "," * 300 + "\n" + ",,\n" * 10_000 + "c\n"

    assert lines(text) == [(1, ("a", "b")), (10_002, ("c",))]


@given(st.binary(max_size=200) | TRICKY_TEXT.map(str.encode) | TRICKY_TEXT.map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_read_or_refused(data):
    try:
        (sheet,) = read_file(data)
        told = all(any(line.cells) for line in sheet.lines)
    except ValidationError as error:
        told = bool(error.messages[0])

    assert told


@given(TRICKY_TEXT)
def test_no_letter_is_lost(text):
    try:
        sheet = read_delimited(text.encode())
    except ValidationError:
        return

    read = "".join(cell for line in sheet.lines for cell in line.cells if cell)

    assert [sign for sign in read if sign in "时间人1"] == [sign for sign in text if sign in "时间人1"]
