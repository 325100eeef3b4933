"""The grid of a course as a workbook. Text is never a formula, whatever it begins with."""

from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yixin.intake.writing import book_in, cell_text, sheet_name

from .course import Figure, Grid
from .sheets import BODY, HEADING

TITLE_ROW, HEAD_ROW = 0, 2
NAME, ORGANIZATION, FIRST_SESSION = 0, 1, 2  # columns
CELL = {"font_name": BODY, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "@"}
LINE, TWO_LINES, HEAD = 22, 36, 64  # points
LOOKS = {
    "title": {"font_name": HEADING, "font_size": 16},
    "note": {"font_name": BODY, "font_size": 10, "font_color": "#444444"},
    "head": CELL | {"font_name": HEADING, "align": "center", "bg_color": "#E7EEF5"},
    "text": CELL | {"indent": 1},
    "mark": CELL | {"align": "center"},
    "number": CELL | {"align": "center", "num_format": "0"},
    "total": CELL | {"align": "center", "num_format": "0", "font_name": HEADING, "bg_color": "#F5F5F5"},
}


def workbook(grid: Grid) -> bytes:
    """The bytes of an .xlsx file of one sheet: people down, sessions across, figures below."""
    stream = BytesIO()
    with book_in(stream) as book:
        _Page(book, grid).write()
    return stream.getvalue()


class _Page:
    def __init__(self, book, grid: Grid):
        self.grid, self.sheet = grid, book.add_worksheet(sheet_name(grid.course.title))
        self.looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        self.last = FIRST_SESSION + len(grid.sessions)

    def write(self) -> None:
        self._text(TITLE_ROW, 0, self.grid.course.title, "title")
        self.sheet.set_row(TITLE_ROW, 26)
        self._head()
        for row, line in enumerate(self.grid.lines, start=HEAD_ROW + 1):
            self.sheet.set_row(row, LINE)
            self._text(row, NAME, line.name, "text")
            self._text(row, ORGANIZATION, line.organization, "text")
            for column, mark in enumerate(line.marks, start=FIRST_SESSION):
                self._text(row, column, mark, "mark")
            self.sheet.write_number(row, self.last, line.times, self.looks["number"])
        row = HEAD_ROW + 1 + len(self.grid.lines)
        self._totals(row, _("on the roster, counted"), [session.named for session in self.grid.sessions], "")
        counts = [session.event.headcount for session in self.grid.sessions]
        self._totals(row + 1, _("head-count"), counts, _("unknown"))
        for number, figure in enumerate(self.grid.figures, start=row + 3):
            self._text(number, 0, told(figure), "note")
        self._set_up()

    def _head(self) -> None:
        labels = [pgettext("of a person", "name"), _("came for")]
        labels += [f"{session.event.when_text}\n{session.event.title}" for session in self.grid.sessions]
        for column, label in enumerate([*labels, pgettext("of a course", "sessions")]):
            self._text(HEAD_ROW, column, label, "head")
        self.sheet.set_row(HEAD_ROW, HEAD)

    def _totals(self, row: int, label: str, values: list[int | None], unknown: str) -> None:
        self.sheet.set_row(row, TWO_LINES)
        self._text(row, NAME, label, "total")
        self._text(row, ORGANIZATION, "", "total")
        self._text(row, self.last, "", "total")
        for column, value in enumerate(values, start=FIRST_SESSION):
            if value is None:
                self._text(row, column, unknown, "total")
            else:
                self.sheet.write_number(row, column, value, self.looks["total"])

    def _text(self, row: int, column: int, text: str, look: str) -> None:
        if text:
            self.sheet.write_string(row, column, cell_text(text), self.looks[look])
        else:
            self.sheet.write_blank(row, column, None, self.looks[look])

    def _set_up(self) -> None:
        self.sheet.set_column(NAME, NAME, 18)
        self.sheet.set_column(ORGANIZATION, ORGANIZATION, 24)
        self.sheet.set_column(FIRST_SESSION, self.last, 14)
        self.sheet.freeze_panes(HEAD_ROW + 1, 1)
        self.sheet.repeat_rows(HEAD_ROW)
        self.sheet.set_paper(9)  # A4
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P / &N")


def told(figure: Figure) -> str:
    """A figure in one line."""
    value = _("unknown") if figure.value is None else figure.value
    return "；".join(filter(None, [f"{figure.label} {value}（{figure.basis}）", figure.stated]))
