"""Numerals as people type them: Arabic and Chinese, full width and half width, with 百, 千, 万 and 亿."""

import re
from decimal import Decimal

from .text import clean_text

LONGEST_NUMERAL = 40
DIGITS = "零一二三四五六七八九"

_TYPED = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("‐‑‒−", "-")
    | dict.fromkeys("–―─━", "—")
    | dict.fromkeys("〜∼", "~")
    | {"○": "〇", "￥": "¥"}
)
_PLAIN = str.maketrans(
    {"〇": "零", "两": "二", "兩": "二", "廿": "二十", "卅": "三十"}
    | dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿", strict=True))
    | dict(zip("貳參陸", "二三六", strict=True))
)
NUMERAL_CHARACTERS = "0-9.,〇零一二两兩三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸"
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_UNKNOWN = {
    "不详",
    "不明",
    "不清楚",
    "未知",
    "未定",
    "未统计",
    "待定",
    "待统计",
    "无",
    "暂无",
    "n/a",
    "na",
    "none",
}

_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?"
_TERM = re.compile(rf"({_ARABIC})([百千]?[万亿]|[百千])")
_ARABIC_ALONE = re.compile(_ARABIC)
_TERMS = re.compile(rf"(?:{_TERM.pattern})+")
_D = "[一二三四五六七八九]"
_SECTION = re.compile(rf"零?(?:({_D})千零?)?(?:({_D})百零?)?(?:({_D}?)十)?({_D}?)")


def compact(value: str) -> str:
    """The text in half width and lower case, without the spaces that do not part two digits."""
    text = clean_text(value).translate(_TYPED).casefold()
    return re.sub(r"(?<![0-9]) | (?![0-9])", "", text)


def is_unknown(text: str) -> bool:
    """Whether the compact text says that nothing is known: empty, a dash, 不详, N/A."""
    return not text.strip("-—~/?") or text in _UNKNOWN


def read_number(text: str) -> Decimal | None:
    """The number a compact text spells (1,200 · 0.35万 · 一百二十 · 柒仟), or None."""
    if len(text) > LONGEST_NUMERAL:
        return None
    if _ARABIC_ALONE.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _TERMS.fullmatch(text):
        return _sum_of_terms(_TERM.findall(text))
    cardinal = read_cardinal(text)
    return None if cardinal is None else Decimal(cardinal)


def read_cardinal(text: str) -> int | None:
    """The number Chinese numerals spell: 二十三, 三百零五, 两万五, 百 alone; or None."""
    if len(text) > LONGEST_NUMERAL:
        return None
    plain = text.translate(_PLAIN)
    if plain == "零":
        return 0
    if plain in ("百", "千", "万", "百万", "千万"):
        plain = f"一{plain}"
    # 一百二 is 120: a last digit right after a unit counts tenths of the unit.
    if re.search(rf"[百千万亿]{_D}$", plain):
        head = _cardinal(plain[:-1])
        return None if head is None else head + DIGITS.index(plain[-1]) * _MULTIPLIERS[plain[-2]] // 10
    return _cardinal(plain)


def read_digits(text: str) -> str | None:
    """Arabic digits for digits written one by one (二〇一四, 二0一四), or None."""
    digits = [str(DIGITS.find(character)) for character in _arabic_as_chinese(text.translate(_PLAIN))]
    return None if "-1" in digits else "".join(digits)


def _arabic_as_chinese(text: str) -> str:
    return text.translate(str.maketrans("0123456789", DIGITS))


def _sum_of_terms(terms: list[tuple[str, str]]) -> Decimal | None:
    """3万5千 is 35,000. None where a later term is not smaller than the unit before it, or has decimals."""
    total, limit = Decimal(0), None
    for digits, units in terms:
        amount = Decimal(digits.replace(",", ""))
        multiplier = 1
        for unit in units:
            multiplier *= _MULTIPLIERS[unit]
        if limit is not None and amount * multiplier >= limit:
            return None
        if len(terms) > 1 and amount != int(amount):
            return None
        total, limit = total + amount * multiplier, multiplier
    return total


def _cardinal(text: str) -> int | None:
    for unit in "亿万":
        head, found, tail = text.partition(unit)
        if found:
            high, low = _cardinal(head), _cardinal(tail) if tail else 0
            if not high or low is None or low >= _MULTIPLIERS[unit]:
                return None
            return high * _MULTIPLIERS[unit] + low
    match = _SECTION.fullmatch(text)
    if not match or not text.strip("零"):
        return None
    thousands, hundreds, tens, ones = match.groups()
    ten = 0 if tens is None else DIGITS.find(tens) if tens else 1
    return (
        DIGITS.index(thousands or "零") * 1_000
        + DIGITS.index(hundreds or "零") * 100
        + ten * 10
        + DIGITS.index(ones or "零")
    )
