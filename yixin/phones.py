"""Phone numbers as people write them, several in one cell and what a spreadsheet made of them included."""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .numerals import compact, is_unknown
from .text import clean_text, excerpt

Cell = str | int | float | Decimal | None

LONGEST_CELL = 200
EXACT_DECIMALS = 7  # programs that round a number write six decimals at most: 1.38001E+10, 1.380014e+10

_COUNTRY = r"(?P<country>\(?(?:\+|00)86\)?[ -]{0,3}|86[ -]{0,3}(?=1[3-9]))?"
_EXTENSION = r"(?:(?: ?转 ?| ?ext\.? ?|-| (?=[0-9]{2,4}(?![0-9 -])))(?P<extension>[0-9]{2,6}))?"
_PHONE = re.compile(
    rf"{_COUNTRY}(?:"
    r"(?P<mobile>1[3-9](?:[ -]?[0-9]){9})"
    r"|(?P<service>[48]00(?:[ -]?[0-9]){7})"
    r"|(?:\(?(?P<area>(?(country)0?|0)(?:10|2[0-9]|[3-9][0-9]{2}))\)?[ -]{0,3})?"
    rf"(?P<line>[2-9](?:[ -]?[0-9]){{6,7}}){_EXTENSION}"
    r"|(?P<foreign>(?:\+|00)(?!86)[1-9](?:[ -]?[0-9]){6,13})"
    r")(?![0-9])"
)
_LABEL = re.compile(
    "(?:联系|办公|单位|家庭|移动|固定|座机|手机|电话|号码|微信|同号|同|方式|热线|传真|tel|phone|mobile)+(?:号码?)?[:.]?"
)
_NEXT = re.compile("[ -]*")
_BETWEEN = re.compile("[/;,、|或和及。]+")
_ROUNDED = re.compile(r"[0-9](?:\.([0-9]+))?e\+?[0-9]{1,2}")
_NOTHING = {
    "没有",
    "无电话",
    "无手机",
    "保密",
    "空",
    "未留",
    "未填",
    "不方便",
    "不便透露",
    "不方便透露",
    "不愿透露",
    "未提供",
    "不方便提供",
}

_TOO_FEW = _("“%(text)s” has too few digits for a phone number. A mobile number has 11.")
_TOO_MANY = _("“%(text)s” has too many digits for a phone number. A mobile number has 11; part two numbers by a slash.")
_WITH_LETTERS = _("“%(text)s” is not a phone number. Write digits only, and other words in the remark.")
_LOST = _(
    "The last digits of “%(text)s” were lost when a spreadsheet rounded it. Type the number again, in a column "
    "whose format is text."
)
_UNREADABLE = _("“%(text)s” is not a phone number that can be read. Write it like 13800138000 or 0791-88000000.")


def clean_phone(value: Cell) -> str:
    """The first phone number as it is stored, "" if none is known; ValidationError if the cell holds anything else.

    Stored are 13800138000, 0791-88000000, 0791-88000000-801, 88000000, 400-123-4567 and +85291234567.
    """
    return next(iter(read_phones(value)), "")


def read_phones(value: Cell) -> list[str]:
    """All phone numbers of a cell in their order, each once; [] if none is known. Raises as `clean_phone`."""
    text = _written(value)
    if is_unknown(text.replace(" ", "")) or text in _NOTHING:
        return []
    phones: dict[str, None] = {}
    for part in _BETWEEN.split(re.sub(r"\( *\)", " ", _LABEL.sub(" ", text))):
        phones |= dict.fromkeys(_in_a_row(part.strip(" -:."), value))
    if not phones:
        raise _refusal(text, value)
    return list(phones)


def spellings(phone: str) -> set[str]:
    """The ways in which a stored number may have been typed into a form: with and without 86 and dashes."""
    digits = phone.replace("-", "")
    if len(digits) == 11 and digits.startswith("1"):
        parted = f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
        return {digits, parted, f"+86{digits}", f"86{digits}", f"+86-{digits}", f"+86-{parted}"}
    return {phone, phone.replace("-", "", 1) if digits.startswith("0") else digits}


def without_phones(text: str) -> tuple[str, list[str]]:
    """The text without the phone numbers that stand in it, and those. A number without an area code may be a day."""
    pieces, phones, end = [], [], 0
    long = [(start, stop) for start, stop in find_phones(text) if len(re.sub("[^0-9]", "", text[start:stop])) > 9]
    for start, stop in long:
        pieces.append(text[end:start])
        phones += read_phones(text[start:stop])
        end = stop
    rest = re.sub(r"[(（][ 、，,/;；]*[)）]", "", " ".join([*pieces, text[end:]]))
    return clean_text(rest).strip(" /,，、;；:：-") if phones else text, phones


def find_phones(text: str) -> list[tuple[int, int]]:
    """Where phone numbers stand in a half-width text, from … to; linear in its length."""
    return [
        match.span() for match in _PHONE.finditer(text) if not text[max(0, match.start() - 1) : match.start()].isdigit()
    ]


def _written(value: Cell) -> str:
    """The cell as compact text, in which a number is written in full."""
    if isinstance(value, bool | date):
        raise _error(_UNREADABLE, "unreadable", value)
    if value is None:
        return ""
    if not isinstance(value, str):
        return _in_full(value)
    if len(value) > LONGEST_CELL:
        raise _error(_UNREADABLE, "unreadable", value)
    text = re.sub("[—–―‐‑‒−~_]+", "-", clean_text("/".join(value.split("\n"))))
    return _scientific(_spaced(text), value)


def _spaced(text: str) -> str:
    """In half width and lower case, with its spaces: they part two numbers, or the groups of one."""
    return " ".join(compact(word) for word in text.split())


def _in_full(value: int | float | Decimal) -> str:
    number = Decimal(repr(value) if isinstance(value, float) else value)
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number < 10**18:
        raise _error(_UNREADABLE, "unreadable", value)
    digits = str(int(number))
    # A spreadsheet drops the zero of an area code from what it takes for a number.
    return f"0{digits}" if len(digits) in (10, 11) and digits[0] not in "148" else digits


def _scientific(text: str, value: str) -> str:
    match = _ROUNDED.fullmatch(text)
    if not match:
        return re.sub(r"(?<=[0-9])\.0+$", "", text)
    if len(match[1] or "") < EXACT_DECIMALS:
        raise _error(_LOST, "rounded", value)
    return _in_full(Decimal(text))


def _in_a_row(text: str, value: Cell) -> list[str]:
    """The phones of a text that holds nothing else."""
    found, place = [], 0
    while place < len(text):
        match = _PHONE.match(text, place)
        if not match:
            raise _refusal(text, value)
        found.append(_stored(match))
        place = _NEXT.match(text, match.end()).end()
    return found


def _stored(match: re.Match) -> str:
    if match["mobile"]:
        return re.sub("[ -]", "", match["mobile"])
    if match["service"]:
        digits = re.sub("[ -]", "", match["service"])
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if match["foreign"]:
        return "+" + re.sub("[ +-]", "", match["foreign"].removeprefix("00"))
    area = match["area"] and f"0{match['area'].removeprefix('0')}"
    return "-".join(filter(None, (area, re.sub("[ -]", "", match["line"]), match["extension"])))


def _refusal(text: str, value: Cell) -> ValidationError:
    if any(character.isalpha() for character in text):
        return _error(_WITH_LETTERS, "letters", value)
    digits = sum(character.isdigit() for character in text)
    if 0 < digits < 7:
        return _error(_TOO_FEW, "too_few", value)
    if digits > 11:
        return _error(_TOO_MANY, "too_many", value)
    return _error(_UNREADABLE, "unreadable", value)


def _error(sentence: str, code: str, value: object) -> ValidationError:
    return ValidationError(sentence, code=code, params={"text": excerpt(value)})
