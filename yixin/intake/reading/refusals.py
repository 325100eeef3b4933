"""Sentences for files that nothing can be made of, whichever reader meets them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yixin.intake.sheets import MAX_COLUMNS, MAX_ROWS


def is_broken() -> ValidationError:
    return ValidationError(
        _("The file is damaged and cannot be read. Open it in Excel or WPS, save it anew as .xlsx, and send that."),
        code="broken",
    )


def is_unsafe() -> ValidationError:
    return ValidationError(
        _("The file has parts that no workbook needs. Copy the table into a new workbook, save it, and send that."),
        code="unsafe",
    )


def is_too_complicated() -> ValidationError:
    return ValidationError(
        _(
            "The file is too large or too complicated to be read. Delete empty rows and columns below and beside the "
            "table, pictures and sheets that are not needed, and save it anew; or copy the table into a new workbook."
        ),
        code="too_complicated",
    )


def has_too_many_rows(sheet: str = "") -> ValidationError:
    if sheet:
        message = _(
            "The sheet “%(sheet)s” has more than %(limit)s rows. Split the table into several files, or delete the "
            "sheet if it is not needed."
        )
    else:
        message = _("The table has more than %(limit)s rows. Split it into several parts.")
    return ValidationError(message, code="too_many_rows", params={"sheet": sheet, "limit": MAX_ROWS})


def has_too_many_columns(row: int, sheet: str = "") -> ValidationError:
    if sheet:
        message = _(
            "The sheet “%(sheet)s” has something in row %(row)s beyond its column %(limit)s. Delete what stands there, "
            "or delete the sheet if it is not needed."
        )
    else:
        message = _("Row %(row)s has more than %(limit)s columns. Delete what does not belong to the table.")
    return ValidationError(message, code="too_many_columns", params={"sheet": sheet, "row": row, "limit": MAX_COLUMNS})


def has_too_long_cell(row: int) -> ValidationError:
    return ValidationError(
        _("Row %(row)s has a cell of more than 32,767 characters. Shorten it, or look for a missing quotation mark."),
        code="too_long",
        params={"row": row},
    )
