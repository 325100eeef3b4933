"""CSV files in the encodings and with the delimiters that programs in China write."""

import codecs

import pytest

from .odd_files import READ, Odd, Says, accepted, expected, hand_in, raw, rejected, text

pytestmark = pytest.mark.django_db

LINES = "时间,内容,人数\r\n2014-01-04,湘东志愿者培训,140\r\n"
READ_ONCE = accepted(new=1, records={"2": READ})


def parted(delimiter: str) -> str:
    return LINES.replace(",", delimiter)


FILES = [
    Odd("UTF-8", text(LINES), READ_ONCE),
    Odd("UTF-8 with BOM", text(LINES, "utf-8-sig"), READ_ONCE),
    Odd("GBK", text(LINES, "gbk"), READ_ONCE),
    Odd(
        "GB18030 with a rare character",
        text(LINES.replace("湘东", "𬍛东"), "gb18030"),
        accepted(new=1, records={"2": READ | {"内容": "𬍛东志愿者培训"}}),
    ),
    Odd("UTF-16 LE as Excel's Unicode text", raw(codecs.BOM_UTF16_LE + parted("\t").encode("utf-16-le")), READ_ONCE),
    Odd("UTF-16 BE", raw(codecs.BOM_UTF16_BE + LINES.encode("utf-16-be")), READ_ONCE),
    Odd("semicolons", text(parted(";")), READ_ONCE),
    Odd("tabs", text(parted("\t")), READ_ONCE),
    Odd("Chinese commas", text(parted("，")), READ_ONCE),
    Odd("a line that names the delimiter", text("sep=;\r\n" + parted(";")), READ_ONCE),
    Odd("ends of lines of an old Macintosh", text(LINES.replace("\r\n", "\r")), READ_ONCE),
    Odd(
        "quotation marks around several lines, commas and quotation marks",
        text('时间,内容,人数\n2014-01-04,"湘东,\n""志愿者""培训","1,400"\n2014-02-01,管理层培训,35\n'),
        accepted(
            new=2,
            records={
                "2": READ | {"内容": '湘东, "志愿者"培训', "人数": 1400},
                "3": {"时间": "2014-02-01", "内容": "管理层培训", "人数": 35},
            },
        ),
    ),
    Odd(
        "a quotation mark that never closes",
        text('时间,内容,人数\n2014-01-04,"湘东志愿者培训,140\n2014-02-01,管理层培训,35\n'),
        rejected(
            Says(
                "The quotation mark in row %(row)s (line %(line)s of the text) is never closed. Close or delete it.",
                {"row": 2, "line": 2},
            )
        ),
    ),
    Odd(
        "bytes of no encoding",
        raw(LINES.encode() + b"2014-02-01,\xff\xff\x81,3\n"),
        rejected(
            Says(
                "Line %(line)s has characters that cannot be read, neither as UTF-8 nor as GB18030. Open the file in "
                "Excel or WPS, save it as .xlsx, and send that.",
                {"line": 3},
            )
        ),
    ),
    Odd(
        "cells beyond the head",
        text("时间,内容,人数\n2014-01-04,湘东志愿者培训,140,,,见附件\n"),
        accepted(new=1, warnings=[(1, None)]),
    ),
    Odd(
        "a row that ends early",
        text("内容,时间,人数\n湘东志愿者培训,2014-01-04\n"),
        accepted(new=1, records={"2": READ | {"人数": None}}),
    ),
    Odd("a row without its date", text("内容,人数,时间\n湘东志愿者培训,140\n"), rejected((2, "时间"), refused=1)),
    Odd(
        "formulas that our own export guards",
        text("时间,内容,人数\n2014-01-04,'=1+1,140\n"),
        accepted(new=1, records={"2": READ | {"内容": "=1+1"}}),
    ),
    Odd(
        "empty",
        raw(b""),
        rejected(Says("The file is empty. Send the file that holds the table.")),
    ),
    Odd(
        "nothing but blanks",
        text("\ufeff \r\n\u3000,\u3000\r\n"),
        rejected(Says("There is no table: all cells are empty. Send the sheet that is filled in.")),
    ),
    Odd(
        "a cell of 40,000 characters",
        text(f"时间,内容,人数\n2014-01-04,{'长' * 40_000},140\n"),
        rejected(
            Says(
                "Row %(row)s has a cell of more than 32,767 characters. Shorten it, or look for a missing quotation "
                "mark.",
                {"row": 2},
            )
        ),
    ),
    Odd(
        "201 columns",
        text("时间,内容,人数" + ",x" * 198 + "\n2014-01-04,湘东志愿者培训,140\n"),
        rejected(
            Says(
                "Row %(row)s has more than %(limit)s columns. Delete what does not belong to the table.",
                {"row": 1, "limit": 200},
            )
        ),
    ),
    Odd(
        "5,001 rows and more",
        text("时间,内容,人数\n" + "".join(f"2014-01-04,培训{number},1\n" for number in range(5_030))),
        rejected(Says("The table has more than %(limit)s rows. Split it into several parts.", {"limit": 5_000})),
    ),
    Odd(
        "5,000 rows",
        text("时间,内容,人数\n" + "".join(f"2014-01-04,培训{number},1\n" for number in range(5_000))),
        accepted(new=5_000),
    ),
]


@pytest.mark.parametrize("odd", FILES, ids=str)
def test_text_file(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)
