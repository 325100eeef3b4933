"""The sheet to sign as a workbook. Text is never a formula, whatever it begins with."""

from io import BytesIO

from yixin.intake.writing import XLSX, book_in, sheet_name

from .sheets import BODY, HEADING, LINE_HEIGHT, SignInSheet

CONTENT_TYPE = XLSX
POINTS_A_CM, CHARACTERS_A_CM = 28.35, 4.75  # of heights of rows, of widths of columns
SHRUNK = 0.8  # where fonts are missing columns come out wider, and the page is made to fit: lines stay high enough
TITLE_ROW, ABOUT_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
LONGEST_TITLE = 26  # Chinese characters on one line
CELL = {
    "font_name": BODY,
    "font_size": 12,
    "border": 1,
    "indent": 1,
    "valign": "vcenter",
    "text_wrap": True,
    "num_format": "@",
}
MIDDLE = CELL | {"indent": 0, "align": "center"}
TITLE = {"font_name": HEADING, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True}
ABOUT = {"font_name": BODY, "font_size": 12, "valign": "vcenter", "text_wrap": True}
HEAD = MIDDLE | {"font_name": HEADING, "bg_color": "#E7EEF5"}


def workbook(sheet: SignInSheet) -> bytes:
    """The bytes of an .xlsx file that prints on A4, its head on every page."""
    stream, last = BytesIO(), len(sheet.columns) - 1
    with book_in(stream) as book:
        page = book.add_worksheet(sheet_name("签到表"))
        tall = 26 * -(-len(sheet.title) // LONGEST_TITLE)
        for row, text, look, height in (
            (TITLE_ROW, sheet.title, TITLE, tall + 4),
            (ABOUT_ROW, sheet.about, ABOUT, 24),
        ):
            style = book.add_format(look)
            page.merge_range(row, 0, row, last, "", style)
            page.write_string(row, 0, text, style)
            page.set_row(row, height)
        head, middle, plain = (book.add_format(look) for look in (HEAD, MIDDLE, CELL))
        page.set_row(HEAD_ROW, 24)
        for column, (label, width) in enumerate(sheet.columns):
            page.write_string(HEAD_ROW, column, label, head)
            page.set_column(column, column, width * CHARACTERS_A_CM)
        for number, row in enumerate(sheet.rows, start=FIRST_ROW):
            page.set_row(number, LINE_HEIGHT / SHRUNK * POINTS_A_CM)
            for column, text in enumerate(row):
                style = plain if column == 2 else middle
                page.write_string(number, column, text, style) if text else page.write_blank(
                    number, column, None, style
                )
        _set_up(page, FIRST_ROW + len(sheet.rows))
    return stream.getvalue()


def _set_up(page, rows: int) -> None:
    page.freeze_panes(FIRST_ROW, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_margins(left=0.7, right=0.7, top=0.7, bottom=0.8)
    page.set_footer("&C&P / &N")
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{max(rows, 1)}"})
