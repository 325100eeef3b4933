"""The empty table to fill in: the heads that are read, and on a second sheet how each may be written."""

from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .columns import Column
from .readers import (
    Amount,
    Choice,
    Count,
    Day,
    Email,
    FuzzyDate,
    HeadCount,
    Line,
    Names,
    Prose,
    Reader,
    Website,
    Year,
    YesNo,
)
from .sheets import MAX_ROWS
from .writing import BODY, GAP, HEADING, LINE, TEXT, book_in, fit_to_paper, set_height, sheet_name, width

NEEDED = {"bg_color": "#F7D9B0"}
WIDEST_LIST = 255  # characters that Excel takes in a list of choices
NARROWEST, WIDEST = 12, 48
NOTE = {"x_scale": 2, "y_scale": 1.4, "font_name": BODY["font_name"], "font_size": 10}

# How a cell may be written, by what reads it.
WAYS = {
    FuzzyDate: gettext_lazy(
        "A date as you write it: 2014年1月4日, 2014-1-4, 4月26-28日, 10-12月. A mere month will do."
    ),
    Day: gettext_lazy("One day: 2014年1月4日, 2014-1-4 or 2014.1.4."),
    HeadCount: gettext_lazy("A number: 30, 30人. Estimates too: 约40, 30余人. Empty or 不详 if nobody counted."),
    Count: gettext_lazy("A number: 30."),
    Amount: gettext_lazy("Yuan: 7000, 7,000元 or 0.7万. Empty if it is not known; 0 is zero."),
    Year: gettext_lazy("A year: 2014."),
    YesNo: gettext_lazy("是 or 否."),
    Names: gettext_lazy("One or several, with 、 between them."),
    Email: gettext_lazy("An e-mail address: name@example.org."),
    Website: gettext_lazy("An address of the web: https://example.org."),
    Prose: gettext_lazy("Text, of several lines if need be."),
    Line: gettext_lazy("Text of one line, at most %(limit)s characters."),
    Reader: gettext_lazy("Text of one line."),
}


def template_workbook(resource_class) -> bytes:
    """The bytes of an .xlsx file without any row, in the language of the site."""
    stream = BytesIO()
    with translation.override(settings.LANGUAGE_CODE):
        resource = resource_class()
        columns = [column for column in resource.columns.values() if not column.readonly]
        with book_in(stream) as book:
            write_table(book, str(resource.label), columns)
            write_ways(book, columns)
    return stream.getvalue()


def write_table(book, label: str, columns: list[Column]) -> None:
    """Heads only; those that must be filled in are in colour, each tells in a note what it takes."""
    sheet = book.add_worksheet(sheet_name(label))
    plain, needed, text = (book.add_format(look) for look in (HEADING, HEADING | NEEDED, TEXT))
    for place, column in enumerate(columns):
        head = column.column_name
        sheet.write_string(0, place, head, needed if column.needs_head else plain)
        sheet.write_comment(0, place, "\n".join(told(column)), NOTE)
        # As text, a cell keeps what was typed: 1-4 does not become this year's 4 January, nor 0791… a number.
        sheet.set_column(place, place, max(width(head) + 6, NARROWEST), None if column.widget.is_number else text)
        choices = choices_of(column)
        if choices and len(",".join(choices)) <= WIDEST_LIST:
            # Other words are read too, so Excel only asks.
            sheet.data_validation(
                1, place, MAX_ROWS, place, {"validate": "list", "source": choices, "error_type": "information"}
            )
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 22)
    fit_to_paper(sheet)


def write_ways(book, columns: list[Column]) -> None:
    sheet = book.add_worksheet(_("How to fill it in"))
    heads = [_("Column"), _("Must it be filled in?"), _("How it may be written"), _("Other names that are understood")]
    rows = [
        [column.column_name, must(column), "\n".join(ways(column)), "、".join(column.synonyms)] for column in columns
    ]
    head, text = book.add_format(HEADING), book.add_format(TEXT | {"border": 1})
    sheet.set_default_row(LINE + GAP)
    for number, row in enumerate([heads, *rows]):
        set_height(sheet, number, row, WIDEST)
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, text if number else head)
    for place, cells in enumerate(zip(heads, *rows, strict=True)):
        sheet.set_column(place, place, min(max(width(cell) + 4 for cell in cells), WIDEST))
    sheet.freeze_panes(1, 0)
    fit_to_paper(sheet)


def told(column: Column) -> Iterator[str]:
    """What the note at a head says."""
    yield must(column)
    yield from ways(column)


def must(column: Column) -> str:
    if column.needs_value:
        return _("Must be filled in")
    return _("The column must be there; a cell may be empty") if column.needs_head else _("May be left out")


def ways(column: Column) -> Iterator[str]:
    """How a cell of the column may be written, in one or two sentences."""
    if choices := choices_of(column):
        yield _("One of: %(choices)s.") % {"choices": "、".join(choices)}
        return
    kind = next(kind for kind in type(column.widget).__mro__ if kind in WAYS)
    yield str(WAYS[kind]) % {"limit": getattr(column.widget, "max_length", None)}


def choices_of(column: Column) -> list[str]:
    if isinstance(column.widget, Choice):
        return [str(label) for label in column.widget.choices.labels]
    return ["是", "否"] if isinstance(column.widget, YesNo) else []
