"""How a cell of one kind is read, compared, shown and written: lines, dates, head-counts, amounts, choices."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext_lazy as _
from import_export import widgets

from yixin import fuzzydate, quantities
from yixin.numerals import compact, is_unknown
from yixin.text import clean_lines, clean_text, excerpt, name_key

from .sheets import Cell, CellError

FIRST_SERIAL, LAST_SERIAL = 10_959, 73_050  # days of Excel's calendar: 1930-01-01 and 2099-12-31
EXCEL_EPOCH = date(1899, 12, 30)


class Reader(widgets.Widget):
    """Reads one cell and writes it back. ``clean`` gives None for an empty cell; ValidationError if unreadable."""

    empty: object = ""  # what a stored value becomes if an empty cell may wipe it
    is_number = False

    def clean(self, value: Cell, row=None, **kwargs):
        if isinstance(value, CellError):
            raise ValidationError(value.message)
        is_empty = value is None or (isinstance(value, str) and not clean_text(value))
        return None if is_empty else self.read(value, **kwargs)

    def read(self, value: Cell, **kwargs):
        raise NotImplementedError

    def render(self, value, **kwargs):
        """The value as a cell of a workbook: text, number or date."""
        return value

    def same(self, old, new) -> bool:
        return old == new

    def shown(self, value) -> str:
        """The value for a person who compares old and new."""
        return "" if value is None else str(self.render(value))

    def plain(self, value):
        """The value for JSON."""
        return value


class Line(Reader):
    """One line of text. ``by_key``: two spellings of one name are the same."""

    def __init__(self, max_length: int = 200, *, by_key: bool = False):
        super().__init__()
        self.max_length, self.by_key = max_length, by_key

    def read(self, value, **kwargs):
        text = clean_text(as_text(value))
        if len(text) > self.max_length:
            raise ValidationError(
                _("“%(text)s” is longer than %(limit)s characters. Shorten it."),
                params={"text": excerpt(text), "limit": self.max_length},
            )
        return text or None

    def same(self, old, new):
        return name_key(old or "") == name_key(new or "") if self.by_key else (old or "") == (new or "")


class Name(Line):
    """The name of something on record; the resource finds the record, and the value becomes that."""

    def same(self, old, new):
        return old == new

    def render(self, value, **kwargs):
        return None if value in (None, "") else str(value)

    plain = render


class Names(Name):
    """Several names in one cell. The value becomes a list of records."""

    def render(self, value, **kwargs):
        return "、".join(str(item) for item in value) if value else None

    plain = render

    def shown(self, value):
        return self.render(value) or ""


class Prose(Line):
    """Text of several lines."""

    def __init__(self, max_length: int = 5_000):
        super().__init__(max_length)

    def read(self, value, **kwargs):
        super().read(value)
        return clean_lines(as_text(value)) or None


class Email(Line):
    def read(self, value, **kwargs):
        text = super().read(value)
        if is_unknown(compact(text)):
            return None
        checked(EmailValidator(_("“%(value)s” is not an e-mail address. Write it like name@example.org.")), text)
        return text


class Website(Line):
    def read(self, value, **kwargs):
        text = super().read(value)
        if is_unknown(compact(text)):
            return None
        address = text if "://" in text else f"https://{text}"
        checked(
            URLValidator(("http", "https"), message=_("“%(value)s” is not an address of the web. Check it.")), address
        )
        return address


class FuzzyDate(Reader):
    """Shape: yixin.fuzzydate.FuzzyDate. ``year`` is the year of dates that name none."""

    empty = None

    def read(self, value, *, year: int | None = None, **kwargs):
        return fuzzydate.parse(from_serial(value), year=year)

    def render(self, value, **kwargs):
        if value is None or value.precision != fuzzydate.Precision.DAY:
            return value and value.text
        return value.earliest

    def same(self, old, new):
        return bool(old and new) and (old.earliest, old.latest) == (new.earliest, new.latest)

    def shown(self, value):
        return value.text if value else ""

    def plain(self, value):
        if value is None:
            return None
        return value.earliest.isoformat() if value.earliest == value.latest else value.text


class Day(FuzzyDate):
    """One day and no less. Shape: date."""

    def read(self, value, *, year: int | None = None, **kwargs):
        when = super().read(value, year=year)
        if when and when.earliest != when.latest:
            raise ValidationError(
                _("“%(text)s” is not one day. Write the day, like 2014年1月4日."), params={"text": when}
            )
        return when and when.earliest

    def render(self, value, **kwargs):
        return value

    def same(self, old, new):
        return old == new

    def shown(self, value):
        return value.isoformat() if value else ""

    plain = shown


class HeadCount(Reader):
    """Shape: yixin.quantities.HeadCount."""

    empty, is_number = None, True

    def read(self, value, **kwargs):
        return quantities.parse_headcount(value)

    def render(self, value, **kwargs):
        return str(value) if value and value.is_estimated else value and value.number

    def shown(self, value):
        return "" if value is None else str(value)

    def plain(self, value):
        return value and value.number


class Count(HeadCount):
    """A number that somebody set, never an estimate: 20, 20家. Shape: int."""

    def read(self, value, **kwargs):
        count = super().read(value.strip().removesuffix("家").removesuffix("所") if isinstance(value, str) else value)
        return count and count.number

    def render(self, value, **kwargs):
        return value

    def plain(self, value):
        return value


class Amount(Reader):
    """Yuan. Shape: Decimal."""

    empty, is_number = None, True

    def read(self, value, **kwargs):
        return quantities.parse_amount(value)

    def shown(self, value):
        return "" if value is None else f"{value:,.2f}"

    def plain(self, value):
        return None if value is None else f"{value:.2f}"


class Year(Reader):
    empty = None

    def read(self, value, **kwargs):
        text = compact(as_text(value)).removesuffix("年度").removesuffix("年")
        if not (len(text) == 4 and text.isdecimal() and fuzzydate.MIN_YEAR <= int(text) <= fuzzydate.MAX_YEAR):
            raise ValidationError(_("“%(text)s” is not a year. Write it like 2014."), params={"text": excerpt(value)})
        return int(text)


class Choice(Reader):
    """One of a TextChoices, by its label, its value or a synonym. ``synonyms``: value → words, parted by spaces."""

    def __init__(self, choices, synonyms: dict[str, str] | None = None):
        super().__init__()
        self.choices, self.labels = choices, dict(choices.choices)
        self.synonyms = {name_key(word): value for value, words in (synonyms or {}).items() for word in words.split()}

    def read(self, value, **kwargs):
        text = name_key(as_text(value))
        for choice, label in self.choices.choices:
            if text in (name_key(str(label)), name_key(choice)):
                return choice
        if text in self.synonyms:
            return self.synonyms[text]
        raise ValidationError(
            _("“%(text)s” is none of the choices: %(choices)s."),
            params={"text": excerpt(value), "choices": "、".join(str(label) for label in self.choices.labels)},
        )

    def render(self, value, **kwargs):
        return str(self.labels[value]) if value else None


class YesNo(Reader):
    """Shape: bool."""

    empty = False

    def read(self, value, **kwargs):
        word = compact(as_text(value))
        if word in {"是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "对"}:
            return True
        if word in {"否", "无", "没有", "×", "x", "✗", "☐", "n", "no", "false", "0", "-", "—"}:
            return False
        raise ValidationError(_("“%(text)s” is neither 是 nor 否."), params={"text": excerpt(value)})

    def render(self, value, **kwargs):
        return None if value is None else "是" if value else "否"


def as_text(value: Cell) -> str:
    """The cell as somebody would have typed it: 12.0 is 12."""
    if isinstance(value, float) and value.is_integer():
        return str(Decimal(value))
    return str(value)


def from_serial(value: Cell) -> Cell:
    """A day number of a workbook whose cell lost its date format becomes the day; anything else stays."""
    text = compact(as_text(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if len(text) == 5 and text.isdecimal() and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return EXCEL_EPOCH + timedelta(days=int(text))
    return as_text(value) if isinstance(value, float | Decimal) else value


def checked(validator, text: str) -> None:
    try:
        validator(text)
    except ValidationError as error:
        raise ValidationError(error.message, params={"value": excerpt(text)}) from error
