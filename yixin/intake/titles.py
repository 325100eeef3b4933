"""What the lines above a table, and the name of its sheet, say about all its rows."""

import re
from collections.abc import Iterable

from yixin.numerals import compact
from yixin.text import clean_text

from .sheets import Line, Table

_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?=年|[-/.][0-9]{1,2}(?![0-9])|$)")


def texts(titles: Iterable[Line]) -> list[str]:
    """Each cell of the lines once."""
    return list(dict.fromkeys(clean_text(str(cell)) for line in titles for cell in line.cells if cell is not None))


def year_named(table: Table) -> int | None:
    """The one year that the lines above the table name, else the one in the sheet's name; None if there are several."""
    for words in (texts(table.titles), [table.sheet]):
        years = {int(year) for text in words for year in _YEAR.findall(compact(text))}
        if years:
            return years.pop() if len(years) == 1 else None
    return None
