"""Files and pasted text turned into sheets. Knows their bytes and signs, neither their meaning nor a database."""

from yixin.intake.sheets import Sheet

from .container import Kind, examine
from .delimited import read_delimited
from .limits import read_bounded
from .pasted import read_paste

__all__ = ["read_file", "read_text"]


def read_file(data: bytes) -> list[Sheet]:
    """The sheets of a workbook, or the one sheet of a CSV file, whatever the file's name says.

    Raises nothing but ValidationError, with a sentence that says what to do next.
    """
    contents = examine(data)
    if contents.kind is Kind.WORKBOOK:
        return read_bounded(data, contents.unpacked)
    return [read_delimited(data)]


def read_text(text: str) -> list[Sheet]:
    """The one sheet that a pasted text is. Raises nothing but ValidationError."""
    return [read_paste(text)]
