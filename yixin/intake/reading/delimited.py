"""CSV files: the encoding that fits without a guess, the delimiter that fits most lines."""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.intake.sheets import Sheet

from .records import fitting_delimiter, line_breaks, lines_of, records

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = ",\t;，"
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|，])"?\n', re.IGNORECASE)


def read_delimited(data: bytes) -> Sheet:
    """The one sheet of a CSV file. Raises nothing but ValidationError.

    Rows are numbered as Excel numbers them: a record is a row, even if it has several lines, and so is a blank line.
    """
    text = line_breaks(_decoded(data))
    named = _SEPARATOR_LINE.match(text)
    if named:
        text, delimiter = text[named.end() :], named[1]
    else:
        delimiter, share = fitting_delimiter(text, _DELIMITERS)
        # Prose has semicolons and commas of its own, most of all the full-width ones.
        if share < (1 if delimiter == "，" else 0.5):
            delimiter = ","
    return Sheet("", lines_of(records(text, delimiter)))


def _decoded(data: bytes) -> str:
    mark, encoding = next((pair for pair in _BYTE_ORDER_MARKS if data.startswith(pair[0])), (b"", ""))
    data = data[len(mark) :]
    encoding = encoding or max("utf-8", "gb18030", key=lambda name: _readable(data, name))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(data[: error.start].decode(encoding)) from error
    if "\0" in text:
        raise ValidationError(
            _("This is no table: the file holds bytes that stand in no text. Send an .xlsx or .csv file."),
            code="binary",
        )
    return text


def _readable(data: bytes, encoding: str) -> int:
    """How many of the bytes the encoding fits, from the first."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _unreadable(readable: str) -> ValidationError:
    return ValidationError(
        _(
            "Line %(line)s has characters that cannot be read, neither as UTF-8 nor as GB18030. Open the file in "
            "Excel or WPS, save it as .xlsx, and send that."
        ),
        code="encoding",
        params={"line": len(line_breaks(readable).split("\n"))},
    )
