"""Head-counts and amounts as people write them. Unknown is None, never 0."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .numerals import LONGEST_NUMERAL, NUMERAL_CHARACTERS, compact, is_unknown, read_number
from .text import excerpt

MAX_HEADCOUNT = 1_000_000
MAX_AMOUNT = Decimal("1000000000")
CENT = Decimal("0.01")
FLOAT_NOISE = Decimal("0.000001")

Cell = str | int | float | Decimal | None

_NUMERAL = f"[{NUMERAL_CHARACTERS}]+"
_TOTAL = "(?:一共|总共|共计|合计|总计|共)?"
_ABOUT = "大约|大概|大致|约|将近|接近|近|差不多|超过|不到|至少|上|逾|超|~|≈"
_MORE = r"左右|上下|以上|余|多|来|\+"
_PERSONS = "人次|人|名|位|个人|个"
_HEADCOUNT = re.compile(
    rf"{_TOTAL}(?P<about>{_ABOUT})?(?P<number>{_NUMERAL})(?P<more>{_MORE})?(?P<scale>[百千万])?"
    rf"(?:{_PERSONS})?(?P<after>{_MORE})?(?:{_PERSONS})?"
)
_HEADCOUNT_RANGE = re.compile(
    rf"{_TOTAL}(?:{_ABOUT})?({_NUMERAL})(?:{_PERSONS})?[-~—至到]({_NUMERAL})(?:{_PERSONS})?(?:{_MORE})?"
)
_YUAN = "¥|rmb|cny|人民币"
_AMOUNT = re.compile(
    rf"{_TOTAL}(?:{_YUAN})*({_NUMERAL})(?:(?:元|圆|块钱|块)(?:({_NUMERAL})角)?(?:({_NUMERAL})分)?)?(?:{_YUAN})?[整正]?"
)
_INEXACT = re.compile(
    rf"{_TOTAL}(?:{_ABOUT}|{_YUAN})*{_NUMERAL}(?:{_MORE})?[百千万]?(?:元|圆|块钱|块)?"
    rf"(?:{_MORE}|[-~—至到](?:{_YUAN})?{_NUMERAL}(?:元|圆|块钱|块)?)?"
)
_FOREIGN = re.compile(
    "[$€£₩円]|[美港欧日韩澳台加]元|美金|[港台]币|英镑|卢布|泰铢|usd|hkd|eur|gbp|jpy|krw|aud|cad|twd|mop|sgd"
)
_MALFORMED_THOUSANDS = re.compile(r"[0-9,]+(?:\.[0-9]+)?[百千万亿]*")

_UNREADABLE_HEADCOUNT = _(
    "“%(text)s” is not a number of people that can be read. Write one number, like 40 or 约40, "
    "and leave it empty if nobody counted."
)
_NEGATIVE_HEADCOUNT = _("“%(text)s” is a negative number of people. Write 0 or a positive number.")
_TOO_MANY_PEOPLE = _("“%(text)s” is more than %(limit)s people. Check the number for digits too many.")
_FRACTIONAL = _("“%(text)s” is not a whole number of people. Write a whole number, like 40.")
_RANGE = _("“%(text)s” is a range. Write one number, for example %(example)s.")
_THOUSANDS = _("The commas in “%(text)s” do not part thousands. Write the number without commas, like 1200.")
_TOO_LONG = _("“%(text)s” has too many digits. Check the number.")
_UNREADABLE_AMOUNT = _(
    "“%(text)s” is not an amount that can be read. Write it in yuan, like 7000, 7,000.50 or 0.35万, "
    "and leave it empty if it is unknown."
)
_NEGATIVE_AMOUNT = _(
    "“%(text)s” is a negative amount. Write it without the minus sign; a refund is recorded as its own kind of payment."
)
_TOO_MUCH_MONEY = _("“%(text)s” is more than %(limit)s yuan. Check the amount for digits too many.")
_DECIMALS = _("“%(text)s” has more than two decimals. Write yuan and cents, like 7000.50.")
_ESTIMATED_AMOUNT = _("“%(text)s” is not exact. Write the exact amount, like 7000, or leave it empty.")
_FOREIGN_CURRENCY = _("“%(text)s” is not in yuan. Write what it came to in yuan, like 7000.")


@dataclass(frozen=True)
class HeadCount:
    """How many people were there, and whether somebody only guessed."""

    number: int
    is_estimated: bool = False

    def __str__(self) -> str:
        # The same in every language, so that what is printed can be typed back.
        return f"约{self.number}" if self.is_estimated else str(self.number)


def known_sum(values: Iterable[int | Decimal | None], zero: int | Decimal = 0) -> int | Decimal | None:
    """The sum of what is known; ``zero`` of no values at all; None if there are values and none is known."""
    values = list(values)
    known = [value for value in values if value is not None]
    return None if values and not known else sum(known, zero)


def parse_headcount(value: Cell) -> HeadCount | None:
    """The head-count, None if unknown (empty, a dash, 不详); ValidationError if it cannot be one.

    约, 近, 余, 多, 以上 and + make it estimated; the number is the one written: 百余人 is about 100.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        return HeadCount(_whole(_finite(value, _UNREADABLE_HEADCOUNT), value))
    text = compact(value)
    if is_unknown(text):
        return None
    _refuse_negative(text, value, _NEGATIVE_HEADCOUNT)
    match = _HEADCOUNT.fullmatch(text)
    if not match:
        _refuse_range(text, value)
        raise _error(_UNREADABLE_HEADCOUNT, "unreadable", value)
    number = _number(match["number"] + (match["scale"] or ""), value, _UNREADABLE_HEADCOUNT)
    is_round = match["number"] in ("百", "千", "万")
    return HeadCount(_whole(number, value), bool(match["about"] or match["more"] or match["after"] or is_round))


def parse_amount(value: Cell) -> Decimal | None:
    """Yuan with two decimals, None if unknown (empty, a dash, 不详); ValidationError if it cannot be one."""
    if value is None:
        return None
    if not isinstance(value, str):
        number = _finite(value, _UNREADABLE_AMOUNT)
        return _cents(number, value, tolerance=FLOAT_NOISE if isinstance(value, float) else Decimal(0))
    text = compact(value)
    if is_unknown(text):
        return None
    if _FOREIGN.search(text):
        raise _error(_FOREIGN_CURRENCY, "currency", value)
    _refuse_negative(re.sub(f"^(?:{_YUAN})+", "", text), value, _NEGATIVE_AMOUNT)
    match = _AMOUNT.fullmatch(text)
    if not match:
        is_inexact = _INEXACT.fullmatch(text)
        raise _error(_ESTIMATED_AMOUNT, "estimated", value) if is_inexact else _unreadable_amount(value)
    yuan, jiao, fen = (_number(part, value, _UNREADABLE_AMOUNT) if part else Decimal(0) for part in match.groups())
    if jiao >= 10 or fen >= 10 or ((jiao or fen) and yuan != int(yuan)):
        raise _unreadable_amount(value)
    return _cents(yuan + jiao / 10 + fen / 100, value)


def _finite(value: int | float | Decimal, sentence: str) -> Decimal:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    number = Decimal(repr(value) if isinstance(value, float) else value) if is_number else None
    if number is None or not number.is_finite():
        raise _error(sentence, "unreadable", value)
    return number


def _number(text: str, value: str, sentence: str) -> Decimal:
    number = read_number(text)
    if number is not None:
        return number
    if "," in text and _MALFORMED_THOUSANDS.fullmatch(text):
        raise _error(_THOUSANDS, "thousands", value)
    if len(text) > LONGEST_NUMERAL and text.isdigit():
        raise _error(_TOO_LONG, "too_large", value)
    raise _error(sentence, "unreadable", value)


def _whole(number: Decimal, value: Cell) -> int:
    if number < 0:
        raise _error(_NEGATIVE_HEADCOUNT, "negative", value)
    if number > MAX_HEADCOUNT:
        raise _error(_TOO_MANY_PEOPLE, "too_large", value, limit=f"{MAX_HEADCOUNT:,}")
    if number != int(number):
        raise _error(_FRACTIONAL, "fractional", value)
    return int(number)


def _cents(number: Decimal, value: Cell, tolerance: Decimal = Decimal(0)) -> Decimal:
    if number < -tolerance:
        raise _error(_NEGATIVE_AMOUNT, "negative", value)
    if number > MAX_AMOUNT:
        raise _error(_TOO_MUCH_MONEY, "too_large", value, limit=f"{MAX_AMOUNT:,}")
    cents = number.quantize(CENT)
    if abs(cents - number) > tolerance:
        raise _error(_DECIMALS, "decimals", value)
    return abs(cents)


def _refuse_negative(text: str, value: str, sentence: str) -> None:
    if re.match(rf"(?:-|负)(?:{_YUAN})*[{NUMERAL_CHARACTERS}]", text):
        raise _error(sentence, "negative", value)


def _refuse_range(text: str, value: str) -> None:
    match = _HEADCOUNT_RANGE.fullmatch(text)
    low, high = map(read_number, match.groups()) if match else (None, None)
    if low is not None and high is not None:
        raise _error(_RANGE, "range", value, example=f"约{int(low + high) // 2}")


def _unreadable_amount(value: object) -> ValidationError:
    return _error(_UNREADABLE_AMOUNT, "unreadable", value)


def _error(sentence: str, code: str, value: object, **params: str) -> ValidationError:
    return ValidationError(sentence, code=code, params={"text": excerpt(value), **params})
